"""Visual rules for a rendered screen: text outside its box, overlapping, too small, too bright or too faint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from skill.screen.scenes import LEAST as LEAST_READ
from skill.screen.style import BOXES
from workshop.screens.viewport import Viewport

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

_SLACK = 2.0
"""Tolerance for rounding, in pixels."""
MOST_LIGHT = 0.03
"""Maximum mean relative luminance of a guided step."""
BRIGHTEST = 0.7
"""Maximum of any colour channel of any pixel, as a share of white."""
LEAST_CONTRAST = 4.5
LEAST = {"number": 90, "caption": 28, "foot": 15}
"""The least size of letters by the box that they are in, in device pixels, each some 0.13 mm on the devices that stand
by a bed: the number to call has capitals of 8 mm, three times as large as good eyes need at two metres; a caption of
2.6 mm, just as large as that. Sources are small print."""
LEAST_TEXT = LEAST_READ
"""The minimum for all other text, which is read rather than glanced at."""

Text = dict[str, Any]


def faults(texts: list[Text], viewport: Viewport) -> list[str]:
    """Text that is clipped, overflows its box, overlaps other text, or is too small to read."""
    found = []
    for text in texts:
        words = text["words"][:50]
        least = LEAST.get(box_of(text, viewport), LEAST_TEXT)
        if text["size"] < least:
            found.append(f"smaller than {least}: {words!r} ({text['size']:g})")
        left, top, right, bottom = text["given"]
        for ink in text["lines"]:
            if ink[0] < left - _SLACK or ink[2] > right + _SLACK:
                found.append(f"wider than its box: {words!r}")
            if ink[1] < top - _SLACK - _lead(text) or ink[3] > bottom + _SLACK + _lead(text):
                found.append(f"taller than its box: {words!r}")
            if not _inside(_glyphs(ink, text), viewport):
                found.append(f"outside the screen: {words!r}")
    for at, text in enumerate(texts):
        for other in texts[at + 1 :]:
            if any(_overlap(_glyphs(a, text), _glyphs(b, other)) for a in text["lines"] for b in other["lines"]):
                found.append(f"{text['words'][:30]!r} lies over {other['words'][:30]!r}")
    return list(dict.fromkeys(found))


def box_of(text: Text, viewport: Viewport) -> str:
    """The name of the box that a text is in; empty for the countdown on a round screen, which has one of its own."""
    shape = "round" if viewport.round else "landscape" if viewport.width >= viewport.height else "portrait"
    for name, (left, top, width, height) in BOXES[shape].items():
        sides = (left * viewport.width, top * viewport.height,
                 (left + width) * viewport.width, (top + height) * viewport.height)  # fmt: skip
        if all(abs(side / 100 - given) <= _SLACK for side, given in zip(sides, text["given"], strict=True)):
            return name
    return ""


def _lead(text: Text) -> float:
    """The leading of a line: how far its box extends beyond the glyphs."""
    return float(text["size"]) * 0.12


def _glyphs(ink: list[float], text: Text) -> list[float]:
    """The box of a line without its leading."""
    lead = _lead(text)
    return [ink[0], ink[1] + lead, ink[2], ink[3] - lead]


def _inside(ink: list[float], viewport: Viewport) -> bool:
    left, top, right, bottom = ink
    if viewport.round:
        radius = viewport.width / 2
        return all(
            (x - radius) ** 2 + (y - radius) ** 2 <= (radius + _SLACK) ** 2
            for x in (left, right)
            for y in (top, bottom)
        )
    return (
        left >= -_SLACK and top >= -_SLACK and right <= viewport.width + _SLACK and bottom <= viewport.height + _SLACK
    )


def _overlap(a: list[float], b: list[float]) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > _SLACK and min(a[3], b[3]) - max(a[1], b[1]) > _SLACK


def linear(picture: Image) -> np.ndarray[Any, Any]:
    """Relative luminance of every pixel, 0 to 1 (WCAG 2)."""
    import numpy as np

    level = np.arange(256) / 255
    light = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)
    red, green, blue = (light[channel] for channel in np.moveaxis(np.asarray(picture), -1, 0))
    luminance: np.ndarray[Any, Any] = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return luminance


def mean_luminance(picture: Image) -> float:
    """Mean relative luminance."""
    return float(linear(picture).mean())


def brightest(picture: Image) -> float:
    """The brightest channel of any pixel, as a share of white."""
    return max(high for _, high in picture.getextrema()) / 255  # type: ignore[misc]


def contrast(picture: Image, text: Text) -> float:
    """Contrast ratio of text to background (WCAG 2), from the lightest and darkest pixels."""
    import numpy as np

    box = [min(line[0] for line in text["lines"]), min(line[1] for line in text["lines"]),
           max(line[2] for line in text["lines"]), max(line[3] for line in text["lines"])]  # fmt: skip
    light = np.sort(linear(picture.crop(tuple(round(side) for side in box))).ravel())
    many = max(1, len(light) // 100)
    return float((light[-many:].mean() + 0.05) / (light[:many].mean() + 0.05))


def ink(texts: Iterable[Text]) -> str:
    """All visible words."""
    return " ".join(text["words"] for text in texts)
