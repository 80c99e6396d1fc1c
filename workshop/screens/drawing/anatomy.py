"""Parts of a person, rounded and seen from the side: leg, foot, hand, arm, trunk and head."""

from __future__ import annotations

from workshop.screens.drawing.ink import Mark, Point, at, between, body, detail, direction, round_, taper, toward


def leg(hip: Point, knee: Point, ankle: Point, size: float = 1.0) -> str:
    """Thigh, knee, and a lower leg that is fuller behind the shin; `size` 1 is a close view."""
    calf = between(knee, ankle, 0.35)
    return taper((hip, 33 * size), (knee, 23 * size), (calf, 23 * size), (ankle, 15 * size))


def foot(ankle: Point, points: float, sole: int = 1, toes: float = 0.0, size: float = 1.0) -> str:
    """A foot whose toes point to `points` degrees. `sole` 1 has the sole to the right of that way, -1 to the left.

    `toes` lifts the toes away from the sole by so many degrees; negative curls them.
    """
    heel, ball, tip = foot_points(ankle, points, sole, toes, size)
    return (
        taper((heel, 15 * size), (ankle, 16 * size), (ball, 12 * size))
        + taper((heel, 15 * size), (between(heel, ball, 0.5), 11 * size), (ball, 12 * size))
        + taper((ball, 12 * size), (tip, 8 * size))
    )


def foot_points(
    ankle: Point, points: float, sole: int = 1, toes: float = 0.0, size: float = 1.0
) -> tuple[Point, Point, Point]:
    """Heel, ball and tip of the toes."""
    down = points + 90 * sole
    heel = toward(toward(ankle, points, -12 * size), down, 18 * size)
    ball = toward(toward(ankle, points, 52 * size), down, 22 * size)
    tip = toward(ball, points - toes * sole, 27 * size)
    return heel, ball, tip


def trunk(shoulder: Point, hip: Point, size: float = 1.0) -> str:
    """Shoulder to hip."""
    return taper((shoulder, 25 * size), (between(shoulder, hip, 0.5), 25 * size), (hip, 31 * size))


def head(neck: Point, degrees: float, size: float = 1.0, faces: int = 1) -> str:
    """Neck and head, `degrees` the way the neck rises; a small nose on the side that it faces (1 right of that way)."""
    crown = toward(neck, degrees, 45 * size)
    nose = toward(crown, degrees + 90 * faces, 26 * size)
    return taper((neck, 11 * size), (crown, 14 * size)) + round_(crown, 25 * size) + round_(nose, 4 * size)


def arm(shoulder: Point, elbow: Point, hand: Point, size: float = 1.0) -> str:
    """Upper arm and forearm to a closed hand."""
    return taper((shoulder, 15 * size), (elbow, 12 * size), (hand, 9 * size)) + round_(hand, 13 * size)


def open_hand(wrist: Point, points: float, size: float = 1.0, thumb: int = 1, bend: float = 0.0) -> list[Mark]:
    """A flat hand laid on something: forearm end, palm, fingers; `bend` curls the fingers to the right."""
    palm = toward(wrist, points, 26 * size)
    tip = toward(palm, points + bend, 40 * size)
    thumb_root = toward(palm, points, -8 * size)
    thumb_tip = toward(thumb_root, points + 58 * thumb, 30 * size)
    whole = taper((wrist, 13 * size), (palm, 19 * size), (tip, 11 * size)) + taper(
        (thumb_root, 9 * size), (thumb_tip, 7.5 * size)
    )
    lines = "".join(
        f"M{at(toward(toward(palm, points + bend, 12 * size), points + bend + 90, side * size))}"
        f"L{at(toward(toward(palm, points + bend, 46 * size), points + bend + 90, side * 0.62 * size))}"
        for side in (-7, 1, 9)
    )
    return [*body(whole), *detail(lines, 2.5)]


def forearm(elbow: Point, wrist: Point, size: float = 1.0) -> str:
    """From the elbow to the wrist of an open hand."""
    return taper((elbow, 18 * size), (wrist, 13 * size))


def toe_lines(ball: Point, tip: Point, size: float = 1.0) -> list[Mark]:
    """A crease where the toes begin, so that a foot reads as one."""
    way = direction(ball, tip)
    root = toward(ball, way, 6 * size)
    return detail(f"M{at(toward(root, way - 90, 6 * size))}L{at(toward(root, way + 90, 6 * size))}", 2.5)
