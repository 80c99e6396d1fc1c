"""The style of every picture, and its few kinds of mark: a rounded body, a thing, a ghost of where it was, an arrow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 400, 300
"""Units of every picture."""

LINE = "#97693f"
SKIN = "#140c06"
THING = "#5c3e25"
CLOTH = "#100a05"
GHOST = "#432d1a"
ACCENT = "#b2561a"
"""The one colour of movement."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """One path, with how it is filled and stroked; `none` for not at all."""

    d: str
    fill: str = "none"
    stroke: str = "none"
    width: float = 0.0


def number(value: float) -> str:
    """A coordinate, to a tenth of a unit: finer than any screen shows it."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def at(point: Point) -> str:
    """A point in path data."""
    return f"{number(point[0])} {number(point[1])}"


def toward(start: Point, degrees: float, length: float) -> Point:
    """The point `length` away from `start`; 0 degrees is right, 90 down."""
    turn = math.radians(degrees)
    return start[0] + length * math.cos(turn), start[1] + length * math.sin(turn)


def between(start: Point, end: Point, part: float) -> Point:
    """A point on the way, 0 at the start and 1 at the end."""
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def direction(start: Point, end: Point) -> float:
    """Degrees from one point to the other."""
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def round_(centre: Point, radius: float) -> str:
    """A circle."""
    x, y = centre
    r = number(radius)
    return f"M{at((x - radius, y))}A{r} {r} 0 1 1 {at((x + radius, y))}A{r} {r} 0 1 1 {at((x - radius, y))}Z"


def taper(*balls: tuple[Point, float]) -> str:
    """A limb: the hull around each pair of neighbouring circles, in one turning direction so that they unite."""
    return "".join(_hull(a, ra, b, rb) for (a, ra), (b, rb) in pairwise(balls))


def _hull(a: Point, ra: float, b: Point, rb: float) -> str:
    apart = math.dist(a, b)
    if apart <= abs(ra - rb):
        return round_(a, ra) if ra >= rb else round_(b, rb)
    along = direction(a, b)
    spread = math.degrees(math.acos((ra - rb) / apart))
    left, right = along - spread, along + spread
    wide_a, wide_b = int(360 - 2 * spread > 180), int(2 * spread > 180)
    return (
        f"M{at(toward(a, left, ra))}L{at(toward(b, left, rb))}"
        f"A{number(rb)} {number(rb)} 0 {wide_b} 1 {at(toward(b, right, rb))}"
        f"L{at(toward(a, right, ra))}"
        f"A{number(ra)} {number(ra)} 0 {wide_a} 1 {at(toward(a, left, ra))}Z"
    )


def body(*parts: str, width: float = 5.0) -> list[Mark]:
    """Rounded parts that grow into one another: outlined together, then filled together."""
    whole = "".join(parts)
    return [Mark(whole, stroke=LINE, width=2 * width), Mark(whole, fill=SKIN)]


def ghost(*parts: str) -> list[Mark]:
    """Where something was before it moved."""
    whole = "".join(parts)
    return [Mark(whole, stroke=GHOST, width=6), Mark(whole, fill="#000000")]


def thing(d: str, width: float = 6.0) -> list[Mark]:
    """A wall, a bed, a footboard: a plain line."""
    return [Mark(d, stroke=THING, width=width)]


def cloth(d: str, width: float = 14.0) -> list[Mark]:
    """A towel or a sheet: a soft band along a line."""
    return [Mark(d, stroke=THING, width=width), Mark(d, stroke=CLOTH, width=width - 7)]


def detail(d: str, width: float = 3.5) -> list[Mark]:
    """A fine line within a body: a toe, a finger, an eye."""
    return [Mark(d, stroke=LINE, width=width)]


def arrow(start: Point, end: Point, bend: float = 0.0) -> list[Mark]:
    """A movement. `bend` moves its middle sideways, in units, to the right of its way where positive."""
    middle = between(start, end, 0.5)
    control = toward(middle, direction(start, end) + 90, 2 * bend)
    heading = direction(control, end) if bend else direction(start, end)
    neck = toward(end, heading, -9)
    d = f"M{at(start)}Q{at(control)} {at(neck)}" if bend else f"M{at(start)}L{at(neck)}"
    tip = toward(end, heading, 8)
    head = f"M{at(tip)}L{at(toward(toward(tip, heading, -23), heading - 90, 14))}"
    head += f"L{at(toward(toward(tip, heading, -23), heading + 90, 14))}Z"
    return [Mark(d, stroke=ACCENT, width=9), Mark(head, fill=ACCENT, stroke=ACCENT, width=3)]


def svg(marks: list[Mark], title: str, description: str) -> str:
    """The picture as an SVG file."""
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'stroke-linecap="round" stroke-linejoin="round">',
        f"<title>{title}</title>",
        f"<desc>{description}</desc>",
    ]
    for mark in marks:
        stroke = f' stroke="{mark.stroke}" stroke-width="{number(mark.width)}"' if mark.stroke != "none" else ""
        rows.append(f'<path fill="{mark.fill}"{stroke} d="{mark.d}"/>')
    return "\n".join([*rows, "</svg>", ""])
