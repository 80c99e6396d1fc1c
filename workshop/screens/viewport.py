"""Amazon's viewport profiles, each with a device that has it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewport:
    """Size in pixels, DPI and shape. APL lays out in device-independent pixels of 160 DPI."""

    name: str
    width: int
    height: int
    round: bool = False
    mode: str = "HUB"
    dpi: int = 160


VIEWPORTS = (
    Viewport("round hub", 480, 480, round=True),
    Viewport("small landscape", 960, 480),
    Viewport("medium landscape", 1024, 600),
    Viewport("large landscape", 1280, 800),
    Viewport("extra-large landscape", 1920, 1080),
    Viewport("portrait", 1080, 1920),
    Viewport("TV", 960, 540, mode="TV"),
)
