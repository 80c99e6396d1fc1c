"""The pictures in the documents: `make pictures` writes small ones to docs/screenshots/, and large ones to build/."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image

from tests.endpoint.browser.night import Night
from tests.endpoint.browser.test_for_everybody import SIZES, bring
from tests.endpoint.running import coach, running
from workshop.screens import chromium

ROOT = Path(__file__).parents[3]
FOLDER, LARGE = ROOT / "docs" / "screenshots", ROOT / "build" / "screenshots"
KEPT = (("laptop", "holding"), ("phone", "listening"), ("laptop", "emergency"))
LOOKED_AT = (
    ("phone", "holding"),
    ("laptop", "closed"),
    ("laptop", "listening"),
    ("laptop", "drawer"),
    ("4K", "holding"),
)
COLOURS, FEW = 48, 48
FRAME = {"x": 110, "y": 90, "width": 714, "height": 380}
"""The speaker and its words, on a laptop, in pixels."""
EVERY = 2.0
"""Seconds of the night between two frames."""
FRAMES = 18
SHOWN = 450
"""Milliseconds that a frame is shown: the hold goes by more than four times as fast."""


def picture(night: Night, clip: dict[str, int] | None = None) -> Image.Image:
    """What is on the page now."""
    taken = night.page.screenshot(clip=clip) if clip else night.page.screenshot()  # type: ignore[arg-type]
    return Image.open(io.BytesIO(taken)).convert("RGB")


def small(image: Image.Image, most: int = 1000) -> Image.Image:
    """At most so many pixels wide, in few colours."""
    image.thumbnail((most, most), Image.Resampling.LANCZOS)
    return image.quantize(COLOURS)


def hold(night: Night) -> list[Image.Image]:
    """A whole hold, from the first words until they ask."""
    night.launch()
    night.until("holding")
    frames: list[Image.Image] = []
    for _ in range(FRAMES):
        frames.append(picture(night, FRAME))
        frames[-1].thumbnail((420, 420), Image.Resampling.LANCZOS)
        night.pass_time(EVERY)
    # One palette for all, and no dither: what stands still costs nothing.
    palette = frames[0].quantize(FEW, method=Image.Quantize.MAXCOVERAGE)
    return [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]


def save(path: Path, images: Iterable[Image.Image]) -> None:
    """Writes a picture, or the frames of one that moves."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first, *rest = images
    moving: dict[str, Any] = {"save_all": True, "append_images": rest, "duration": SHOWN, "loop": 0} if rest else {}
    first.save(path, optimize=True, **moving)
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} KB\n")


def main() -> None:
    """Takes them all."""
    with running(coach(None, page=True)) as port, chromium.launched() as browser:
        address = f"http://127.0.0.1:{port}"
        for size, state in (*KEPT, *LOOKED_AT):
            with Night.begin(browser, address, *SIZES[size], reduced_motion="reduce") as night:
                bring(night, state)
                if state == "holding":
                    night.pass_time(6)
                name = f"{size}-{state}.png".lower()
                kept = (size, state) in KEPT
                save(FOLDER / name, [small(picture(night))]) if kept else save(LARGE / name, [picture(night)])
                night.was_quiet()
        with Night.begin(browser, address, *SIZES["laptop"], reduced_motion="reduce") as night:
            save(FOLDER / "hold.gif", hold(night))


if __name__ == "__main__":
    main()
