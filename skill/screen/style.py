"""Colours and boxes: warm, dim and dark on every screen, at three shapes of it."""

from __future__ import annotations

from typing import Any

# Nothing here is brighter than 70 % of white, to dazzle no one at three in the morning.
TEXT = "#a98659"
QUIET = "#97734d"
FIRM = "#b2a08c"
ACCENT = "#b2561a"
TRACK = "#1c120a"
BLACK = "#000000"

Box = tuple[float, float, float, float]
"""Left, top, width and height, in hundredths of the screen."""

BOXES: dict[str, dict[str, Box]] = {
    "landscape": {
        "picture": (0, 4, 56, 92),
        "ring": (69, 5, 18, 32),
        "caption": (58, 39, 39, 41),
        "title": (5, 5, 90, 15),
        "body": (5, 22, 90, 50),
        "foot": (5, 73, 90, 7),
        "head": (5, 4, 90, 36),
        "number": (5, 3, 90, 38),
        "call": (5, 41, 90, 11),
        "signs": (5, 53, 90, 28),
        "help": (5, 53, 90, 43),
        "rest": (5, 42, 90, 39),
        "whole": (5, 12, 90, 66),
        "bar": (58, 82, 39, 16),
        "wide_bar": (5, 82, 90, 16),
    },
    "portrait": {
        "picture": (0, 4, 100, 37),
        "ring": (31, 42, 38, 17),
        "caption": (6, 60, 88, 26),
        "title": (6, 5, 88, 10),
        "body": (6, 17, 88, 60),
        "foot": (6, 79, 88, 7),
        "head": (6, 7, 88, 28),
        "number": (6, 6, 88, 30),
        "call": (6, 37, 88, 12),
        "signs": (6, 51, 88, 34),
        "help": (6, 51, 88, 44),
        "rest": (6, 37, 88, 49),
        "whole": (6, 15, 88, 68),
        "bar": (6, 88, 88, 10),
        "wide_bar": (6, 88, 88, 10),
    },
    "round": {
        "picture": (21, 19, 58, 34),
        "ring": (0.5, 0.5, 99, 99),
        "caption": (14, 54, 72, 24),
        "title": (21, 8.5, 58, 13),
        "body": (12, 23, 76, 54),
        "foot": (16, 70, 68, 8),
        "head": (20, 10, 60, 27),
        "number": (14, 7, 72, 25),
        "call": (13, 32, 74, 10),
        "signs": (12, 43, 76, 35),
        "help": (15, 43, 70, 41),
        "rest": (12, 38, 76, 40),
        "whole": (13, 22, 74, 54),
        "bar": (27, 79, 46, 12),
        "wide_bar": (27, 79, 46, 12),
    },
}
_WHEN = {
    "landscape": "${viewport.shape != 'round' && viewport.width >= viewport.height}",
    "portrait": "${viewport.shape != 'round' && viewport.width < viewport.height}",
    "round": "${viewport.shape == 'round'}",
}
_SIDES = (("X", "width"), ("Y", "height"), ("W", "width"), ("H", "height"))


def resources(boxes: tuple[str, ...]) -> list[dict[str, Any]]:
    """The boxes as APL numbers for each shape: `@bodyW` is the width of `body` in device pixels."""
    return [
        {
            "when": _WHEN[shape],
            "numbers": {
                f"{name}{side}": f"${{viewport.{measure}*{value / 100:g}}}"
                for name in boxes
                for (side, measure), value in zip(_SIDES, own[name], strict=True)
            },
        }
        for shape, own in BOXES.items()
    ]


WHOLE = {"position": "absolute", "width": "100%", "height": "100%"}


def at(left: str, top: str, width: str, height: str) -> dict[str, Any]:
    """The properties that put a component at a place; each an expression."""
    sides = {"left": left, "top": top, "width": width, "height": height}
    return {"position": "absolute", **{side: f"${{{value}}}" for side, value in sides.items()}}


def placed(box: str) -> dict[str, Any]:
    """The properties that put a component into a box."""
    return at(*(f"@{box}{side}" for side in "XYWH"))
