"""Pictures of a whole person: thighs, the stretches before sleep, rubbing, warmth, and sitting up."""

from __future__ import annotations

from workshop.screens.drawing.anatomy import arm, foot, foot_points, head, leg, trunk
from workshop.screens.drawing.feet import bed, board
from workshop.screens.drawing.ink import (
    ACCENT,
    LINE,
    SKIN,
    Mark,
    Point,
    arrow,
    at,
    body,
    cloth,
    ghost,
    round_,
    taper,
    thing,
)

SMALL = 0.66


def _pillow(x: float, y: float) -> list[Mark]:
    return cloth(f"M{at((x - 34, y))}L{at((x + 34, y))}", 30)


def _lying(*parts: str) -> list[Mark]:
    """On the back, head on a pillow at the left."""
    return body(head((86, 208), 182, 0.8, faces=1), trunk((100, 212), (196, 214), 0.8), *parts, width=4.5)


# ---- thighs --------------------------------------------------------------------------------------------


def hamstring_stretch() -> list[Mark]:
    """On the back, the heel slid away until the knee is straight, the toes pulled up."""
    hip, knee, ankle = (196.0, 214.0), (268.0, 218.0), (342.0, 220.0)
    return [
        *bed(246),
        *_pillow(48, 228),
        *ghost(leg(hip, (266, 132), (312, 218), SMALL), foot((312, 218), -20, size=0.7)),
        *_lying(leg(hip, knee, ankle, SMALL), foot(ankle, -100, 1, 10, 0.75)),
        *body(arm((104, 204), (140, 226), (176, 228), 0.66), width=4.5),
        *arrow((300, 270), (384, 270)),
        *arrow((396, 168), (350, 112), -14),
    ]


def hamstring_towel() -> list[Mark]:
    """On the back, a towel around the foot, the straight leg lifted a little."""
    hip, ankle = (196.0, 214.0), (316.0, 110.0)
    _, ball, _ = foot_points(ankle, -134, 1, 0, 0.8)
    return [
        *bed(246),
        *_pillow(48, 228),
        *body(leg(hip, (280, 222), (362, 226), SMALL * 0.95), foot((362, 226), -80, size=0.66), width=4.5),
        *_lying(leg(hip, (258, 160), ankle, SMALL), foot(ankle, -134, 1, 0, 0.8)),
        *cloth(f"M{at((ball[0] + 2, ball[1] - 12))}L{at((170, 136))}", 13),
        *body(arm((104, 200), (134, 186), (172, 138), 0.66), width=4.5),
        *arrow((372, 176), (360, 84), 10),
    ]


def _on_the_side(ankle: Point, elbow: Point) -> list[Mark]:
    """On the side, seen from above, facing down the picture; one knee bent back."""
    hip, knee = (196.0, 152.0), (300.0, 182.0)
    mattress = "M24 24H376Q386 24 386 34V272Q386 282 376 282H24Q14 282 14 272V34Q14 24 24 24Z"
    return [
        *thing(mattress, 5),
        *cloth("M50 112L50 190", 46),
        *body(leg((198, 166), (292, 216), (350, 194), SMALL), foot((350, 194), 22, 1, 0, 0.6), width=4.5),
        *body(
            head((98, 150), 178, 0.85, faces=-1),
            trunk((120, 150), hip, 0.85),
            leg(hip, knee, ankle, SMALL * 1.05),
            foot(ankle, -128, -1, 0, 0.8),
            width=4.5,
        ),
        *body(arm((124, 138), elbow, (ankle[0] + 2, ankle[1] - 2), 0.75), width=4.5),
    ]


def quadriceps_stretch() -> list[Mark]:
    """On the other side, a hand bringing the heel back to the buttock."""
    return [*_on_the_side((234, 92), (166, 72)), *arrow((358, 128), (290, 62), -20)]


def quadriceps_longer() -> list[Mark]:
    """The heel a little nearer to the buttock, the knees close together."""
    return [*_on_the_side((208, 102), (146, 78)), *arrow((348, 132), (262, 58), -24), *arrow((318, 262), (308, 224))]


def _from_above(*parts: str) -> list[Mark]:
    """On the back, seen from above."""
    mattress = "M24 14H376Q386 14 386 24V282Q386 292 376 292H24Q14 292 14 282V24Q14 14 24 14Z"
    return [
        *thing(mattress, 5),
        *cloth("M54 100L54 168", 46),
        *body(
            round_((62, 134), 25),
            taper(((86, 134), 13), ((104, 134), 13)),
            taper(((118, 108), 18), ((118, 160), 18), ((204, 152), 20), ((204, 116), 20), ((118, 108), 18)),
            taper(((160, 134), 30), ((204, 134), 26)),
            *parts,
            width=4.5,
        ),
    ]


def _bent_out() -> tuple[str, ...]:
    return (
        leg((206, 118), (290, 112), (356, 110), SMALL),
        taper(((356, 110), 11), ((376, 104), 8)),
        leg((206, 154), (276, 232), (336, 164), SMALL),
        taper(((336, 164), 11), ((366, 150), 8)),
    )


def inner_thigh_stretch() -> list[Mark]:
    """On the back, seen from above: one knee bent and falling outward."""
    return [
        *_from_above(*_bent_out()),
        *body(arm((120, 106), (150, 76), (190, 70), 0.7), width=4.5),
        *body(arm((120, 164), (150, 196), (186, 206), 0.7), width=4.5),
        *arrow((314, 190), (312, 268), -14),
    ]


# ---- before sleep ----------------------------------------------------------------------------------------


def bedtime_calf() -> list[Mark]:
    """Facing a wall, both hands on it; one foot back with its knee straight and the heel down; leaning in."""
    hip, shoulder = (166.0, 152.0), (222.0, 84.0)
    return [
        *thing("M0 284L400 284"),
        *board(352, 10, 284),
        *body(arm((222, 84), (284, 102), (332, 82), 0.8), width=4.5),
        *body(leg(hip, (246, 190), (240, 256), 0.68), foot((240, 256), 0, 1, 0, 0.72), width=4.5),
        *body(
            head((234, 66), -66, 0.85, faces=1),
            trunk(shoulder, hip, 0.85),
            leg(hip, (122, 206), (76, 256), 0.72),
            foot((76, 256), 0, 1, 0, 0.76),
            width=4.5,
        ),
        *body(arm((218, 92), (276, 124), (334, 112), 0.8), width=4.5),
        *arrow((62, 190), (46, 250), 4),
        *arrow((244, 160), (306, 160)),
    ]


def bedtime_hamstring() -> list[Mark]:
    """One heel on a low step with the knee straight, holding on, leaning forward from the hips."""
    hip, shoulder, ankle = (138.0, 146.0), (202.0, 92.0), (284.0, 206.0)
    return [
        *thing("M0 284L400 284"),
        *thing("M256 230H338M266 230V284M328 230V284", 8),
        *thing("M372 96V284M352 96H392", 9),
        *body(arm((204, 92), (282, 124), (364, 96), 0.8), width=4.5),
        *body(leg(hip, (132, 206), (126, 256), 0.7), foot((126, 256), 0, 1, 0, 0.74), width=4.5),
        *ghost(trunk((140, 60), hip, 0.85)),
        *body(
            head((216, 76), -40, 0.85, faces=1),
            trunk(shoulder, hip, 0.85),
            leg(hip, (212, 178), ankle, 0.72),
            foot(ankle, -76, 1, 0, 0.78),
            width=4.5,
        ),
        *body(arm((200, 98), (212, 142), (222, 166), 0.8), width=4.5),
        *arrow((126, 46), (204, 26), -12),
    ]


def seated_calf() -> list[Mark]:
    """Sitting on the bed with one leg out straight, pulling a towel around the foot."""
    hip, shoulder, ankle = (96.0, 206.0), (92.0, 108.0), (316.0, 222.0)
    _, ball, _ = foot_points(ankle, -98, 1, 8, 0.85)
    return [
        *bed(252),
        *body(
            head((94, 84), -88, 0.85, faces=1),
            trunk(shoulder, hip, 0.85),
            leg(hip, (206, 216), ankle, 0.74),
            foot(ankle, -98, 1, 8, 0.85),
            width=4.5,
        ),
        *cloth(f"M{at((ball[0] + 10, ball[1] - 4))}L{at((186, 148))}", 13),
        *body(arm((92, 116), (130, 164), (184, 148), 0.82), width=4.5),
        *arrow((300, 104), (222, 104)),
    ]


def seated_hamstring() -> list[Mark]:
    """Sitting on the bed with one leg out straight, leaning forward from the hips."""
    hip, shoulder, ankle = (96.0, 206.0), (168.0, 134.0), (316.0, 222.0)
    return [
        *bed(252),
        *ghost(trunk((92, 108), hip, 0.85)),
        *body(
            head((184, 116), -44, 0.85, faces=1),
            trunk(shoulder, hip, 0.85),
            leg(hip, (206, 216), ankle, 0.74),
            foot(ankle, -92, 1, 0, 0.85),
            width=4.5,
        ),
        *body(arm((166, 142), (200, 190), (262, 198), 0.82), width=4.5),
        *arrow((112, 56), (206, 34), -24),
    ]


# ---- rubbing and warmth ------------------------------------------------------------------------------------

HIP, KNEE, ANKLE = (88.0, 212.0), (218.0, 128.0), (300.0, 216.0)
_WHERE: dict[str, tuple[Point, Point, Point, Point]] = {
    # the elbow, the hand, and the stroke toward the heart
    "calf": ((128, 178), (236, 190), (290, 256), (226, 214)),
    "shin": ((150, 92), (264, 160), (318, 166), (262, 100)),
    "foot": ((180, 120), (316, 214), (374, 202), (330, 148)),
    "back": ((112, 190), (156, 196), (206, 200), (138, 244)),
    "front": ((118, 156), (172, 150), (212, 78), (140, 124)),
}


def _sitting() -> list[Mark]:
    return [
        *bed(256),
        *cloth("M28 120L22 236", 40),
        *body(
            head((74, 92), -84, 0.85, faces=1),
            trunk((72, 116), HIP, 0.85),
            leg(HIP, KNEE, ANKLE, 0.82),
            foot(ANKLE, 8, 1, 0, 0.9),
            width=4.5,
        ),
    ]


def massage(place: str) -> list[Mark]:
    """A hand on the place, stroking toward the heart."""
    elbow, hand, start, end = _WHERE[place]
    return [*_sitting(), *body(arm((76, 122), elbow, hand, 0.82), width=4.5), *arrow(start, end)]


_TOWEL: dict[str, tuple[str, tuple[float, float]]] = {
    "calf": ("M236 182L282 150", (310, 122)),
    "shin": ("M236 182L282 150", (310, 122)),
    "foot": ("M336 196L328 250", (352, 168)),
    "back": ("M136 148L172 202", (128, 110)),
    "front": ("M136 148L172 202", (128, 110)),
}


def warmth(place: str) -> list[Mark]:
    """A warm towel laid over the place."""
    band, heat = _TOWEL[place]
    return [*_sitting(), *cloth(band, 46), *_warm(heat), *body(arm((76, 122), (96, 178), (132, 220), 0.82), width=4.5)]


def _warm(where: Point) -> list[Mark]:
    x, y = where
    waves = "".join(f"M{at((x + dx, y))}q-9 -11 0 -22q9 -11 0 -22" for dx in (-20, 0, 20))
    return [Mark(waves, stroke=ACCENT, width=5)]


def massage_inner() -> list[Mark]:
    """Seen from above: a hand on the inside of the bent leg's thigh, stroking toward the heart."""
    return [
        *_from_above(*_bent_out()),
        *body(arm((120, 106), (150, 76), (190, 70), 0.7), width=4.5),
        *body(arm((120, 164), (166, 204), (236, 178), 0.7), width=4.5),
        *arrow((306, 150), (248, 142)),
    ]


def warmth_inner() -> list[Mark]:
    """Seen from above: a warm towel over the inside of the bent leg's thigh."""
    return [
        *_from_above(*_bent_out()),
        *cloth("M232 208L258 176", 42),
        *_warm((330, 264)),
        *body(arm((120, 106), (150, 76), (190, 70), 0.7), width=4.5),
        *body(arm((120, 164), (150, 206), (176, 222), 0.7), width=4.5),
    ]


# ---- sitting up ----------------------------------------------------------------------------------------


def stand() -> list[Mark]:
    """A light on; sitting on the edge of the bed, one foot flat on the floor, a hand on something solid."""
    hip, knee, ankle = (132.0, 178.0), (216.0, 184.0), (216.0, 256.0)
    return [
        *thing("M0 282L400 282"),
        *thing("M0 212H146Q156 212 156 222V248H0M140 248V282", 6),
        *thing("M322 128V282M322 128H388V282M322 190H388", 8),
        *thing("M355 128V96", 6),
        *[Mark("M336 96L346 62H364L374 96Z", fill=SKIN, stroke=LINE, width=4)],
        *[Mark("M318 60L304 48M355 42V24M392 60L400 52", stroke=LINE, width=5)],
        *body(
            head((138, 78), -86, 0.78, faces=1),
            trunk((134, 102), hip, 0.8),
            leg(hip, knee, ankle, 0.74),
            foot(ankle, 0, 1, 0, 0.8),
            width=4.5,
        ),
        *body(arm((136, 108), (204, 146), (312, 128), 0.78), width=4.5),
        *arrow((272, 190), (272, 254)),
    ]
