"""Pictures close to the foot and the lower leg: calf, arch, toes and shin."""

from __future__ import annotations

from workshop.screens.drawing.anatomy import foot, foot_points, forearm, leg, open_hand, toe_lines
from workshop.screens.drawing.ink import Mark, Point, arrow, at, body, detail, ghost, taper, thing, toward

BED = 236.0
"""Where the mattress is, in a picture of somebody lying on it."""


def bed(y: float = BED, left: float = 0.0, right: float = 400.0) -> list[Mark]:
    """The mattress."""
    return thing(f"M{at((left, y))}L{at((right, y))}")


def board(x: float, top: float = 40.0, foot_of_it: float = BED + 30) -> list[Mark]:
    """A footboard or a wall at the end of the bed."""
    return thing(f"M{at((x, top))}L{at((x, foot_of_it))}", 12)


def _foot(ankle: Point, points: float, toes: float, size: float, *more: str) -> list[Mark]:
    _, ball, tip = foot_points(ankle, points, 1, toes, size)
    return [*body(foot(ankle, points, 1, toes, size), *more), *toe_lines(ball, tip, size)]


def calf_stretch() -> list[Mark]:
    """Leg straight on the bed, heel pushed away, toes pulled up to the shin."""
    hip, knee, ankle = (-30.0, 186.0), (112.0, 194.0), (262.0, 203.0)
    return [
        *bed(),
        *ghost(foot(ankle, -42, toes=-8, size=1.25)),
        *_foot(ankle, -104, 12, 1.25, leg(hip, knee, ankle, 1.1)),
        *arrow((362, 118), (268, 54), -20),
        *arrow((322, 214), (384, 214)),
    ]


def calf_footboard() -> list[Mark]:
    """Sole flat against a board, the bent knee pressed straight."""
    hip, knee, ankle = (-30.0, 190.0), (104.0, 190.0), (264.0, 202.0)
    return [
        *bed(),
        *board(322),
        *ghost(leg((-30, 186), (122, 92), ankle, 1.1)),
        *_foot(ankle, -90, 0, 1.25, leg(hip, knee, ankle, 1.1)),
        *arrow((122, 72), (118, 150)),
        *arrow((340, 130), (390, 130)),
    ]


def _lifted(ankle: Point, hip: Point, knee: Point, turns: tuple[float, ...]) -> list[Mark]:
    """A foot close by, toes up, with the toes bent back to the shin and apart."""
    _, ball, _ = foot_points(ankle, -92, 1, 0, 1.7)
    toes = "".join(taper((toward(ball, turn, 6), 15), (toward(ball, turn, 58), 10)) for turn in turns)
    return body(leg(hip, knee, ankle, 1.6), foot(ankle, -92, 1, 40, 1.7), toes)


def arch_stretch() -> list[Mark]:
    """The heel pushed away, the toes lifted to the shin and spread."""
    ankle = (176.0, 204.0)
    return [
        *bed(252),
        *_lifted(ankle, (-160, 172), (0, 194), (-150, -126, -102)),
        *arrow((334, 130), (248, 38), -22),
        *arrow((262, 218), (352, 218)),
    ]


def arch_footboard() -> list[Mark]:
    """The pads of the toes pressed on a board, the heel down, the arch opening."""
    ankle = (176.0, 152.0)
    heel, ball, _ = foot_points(ankle, 4, 1, 0, 1.8)
    return [
        *bed(230),
        *board(314, 40, 262),
        *_foot(ankle, 4, 76, 1.8, leg((-20, -150), (90, 0), ankle, 1.5)),
        *detail(
            f"M{at((heel[0] + 40, heel[1] + 22))}Q{at((ball[0] - 44, ball[1] - 14))} {at((ball[0] - 8, ball[1] + 12))}"
        ),
        *arrow((334, 168), (392, 168)),
        *arrow((heel[0] - 58, heel[1] - 58), (heel[0] - 58, heel[1] + 16)),
    ]


def toes_lift() -> list[Mark]:
    """The toes lifted to the shin and spread, a hand helping."""
    ankle = (206.0, 206.0)
    return [
        *bed(252),
        *_lifted(ankle, (-160, 178), (20, 198), (-150, -126, -102)),
        *body(forearm((40, -60), (110, 22), 1.1)),
        *open_hand((118, 30), 12, 1.15, thumb=1, bend=34),
        *arrow((352, 128), (282, 36), -20),
    ]


def toes_footboard() -> list[Mark]:
    """The pads of the toes pressed on a board and bending back."""
    ankle = (150.0, 150.0)
    return [
        *bed(234),
        *board(290, 30, 268),
        *_foot(ankle, 6, 84, 1.9, leg((-60, -150), (52, 0), ankle, 1.6)),
        *arrow((308, 76), (222, 84), 12),
        *arrow((312, 182), (376, 182)),
    ]


def toes_curl() -> list[Mark]:
    """The toes curled down, the foot pointing a little away."""
    ankle = (128.0, 130.0)
    _, ball, _ = foot_points(ankle, 22, 1, 0, 1.8)
    return [
        *bed(262),
        *ghost(taper((ball, 21), (toward(ball, 2, 48), 14))),
        *body(foot(ankle, 22, 1, -62, 1.8), leg((-150, 60), (-10, 96), ankle, 1.55)),
        *arrow((348, 150), (290, 242), 24),
        *arrow((214, 66), (292, 100), -12),
    ]


def toes_curl_hand() -> list[Mark]:
    """A hand over the toes, curling them down."""
    ankle = (112.0, 130.0)
    return [
        *bed(272),
        *body(foot(ankle, 22, 1, -62, 1.8), leg((-150, 60), (-10, 96), ankle, 1.55)),
        *body(forearm((326, -30), (254, 118), 1.15)),
        *open_hand((246, 128), 130, 1.25, thumb=-1, bend=-30),
        *arrow((322, 140), (262, 250), 26),
    ]


def shin_point() -> list[Mark]:
    """The foot pointed away, the toes curled under."""
    hip, knee, ankle = (-30.0, 168.0), (100.0, 176.0), (240.0, 192.0)
    return [
        *bed(),
        *ghost(foot(ankle, -86, size=1.25)),
        *_foot(ankle, -8, -34, 1.25, leg(hip, knee, ankle, 1.1)),
        *arrow((276, 84), (364, 152), -26),
    ]


def shin_press() -> list[Mark]:
    """The other foot on top of the toes, pressing lightly down."""
    hip, knee, ankle = (-30.0, 190.0), (90.0, 194.0), (216.0, 202.0)
    return [
        *bed(246),
        *_foot(ankle, 0, -22, 1.2, leg(hip, knee, ankle, 1.05)),
        *_foot((212, 130), 24, 0, 1.15, leg((-40, 20), (100, 40), (212, 130), 1.05)),
        *arrow((312, 92), (318, 158), -6),
    ]
