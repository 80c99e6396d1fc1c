"""The pictures in the documents: `python -m tests.endpoint.browser.screenshots` writes docs/screenshots/."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.endpoint.browser.night import Night
from tests.endpoint.browser.test_for_everybody import SIZES, bring
from tests.endpoint.running import coach, running
from workshop.screens import chromium

FOLDER = Path(__file__).parents[3] / "docs" / "screenshots"
PICTURES = (
    ("phone", "holding"),
    ("phone", "listening"),
    ("laptop", "closed"),
    ("laptop", "holding"),
    ("laptop", "listening"),
    ("laptop", "emergency"),
    ("laptop", "drawer"),
    ("4K", "holding"),
)


def main() -> None:
    """Takes them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running(coach(None, page=True)) as port, chromium.launched() as browser:
        for size, state in PICTURES:
            with Night.begin(browser, f"http://127.0.0.1:{port}", *SIZES[size], reduced_motion="reduce") as night:
                bring(night, state)
                if state == "holding":
                    night.pass_time(6)
                path = FOLDER / f"{size}-{state}.png".lower()
                night.page.screenshot(path=path)
                night.was_quiet()
                sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
