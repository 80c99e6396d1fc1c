"""Draws icon-108.png and icon-512.png from icon.svg: `python interaction_models/icons/draw.py`."""

from __future__ import annotations

from pathlib import Path

import resvg_py

HERE = Path(__file__).parent
SIZES = (108, 512)
"""Pixels that Amazon asks for."""


def draw(size: int, svg: Path = HERE / "icon.svg") -> bytes:
    """The icon as PNG, `size` pixels square."""
    return bytes(resvg_py.svg_to_bytes(svg_path=str(svg), width=size, height=size))


def main() -> None:
    """Writes both."""
    for size in SIZES:
        (HERE / f"icon-{size}.png").write_bytes(draw(size))


if __name__ == "__main__":
    main()
