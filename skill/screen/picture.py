"""Which picture belongs to a step, and the files they are in: one graphic a file, read when it is first shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

GRAPHICS = Path(__file__).parent / "graphics"

_PLACE = {
    "calf": "calf",
    "arch": "foot",
    "toes_down": "foot",
    "toes_up": "foot",
    "shin": "shin",
    "hamstring": "back",
    "quadriceps": "front",
    "inner_thigh": "inner",
}
"""Where each routine is rubbed and warmed."""
_OWN = {
    "calf/stretch": "calf-stretch",
    "calf/footboard": "calf-footboard",
    "arch/stretch": "arch-stretch",
    "arch/footboard": "arch-footboard",
    "toes_down/stretch": "toes-lift",
    "toes_down/footboard": "toes-footboard",
    "toes_up/stretch": "toes-curl",
    "toes_up/longer": "toes-curl-hand",
    "shin/stretch": "shin-point",
    "shin/longer": "shin-press",
    "hamstring/stretch": "hamstring-stretch",
    "hamstring/towel": "hamstring-towel",
    "quadriceps/stretch": "quadriceps-stretch",
    "quadriceps/longer": "quadriceps-longer",
    "inner_thigh/stretch": "inner-thigh-stretch",
}
_BEDTIME = {"bedtime": "bedtime", "bedtime_seated": "seated"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A graphic as a step shows it."""

    name: str
    mirrored: bool = False
    """The drawings show a right leg nearest; the left one is their mirror image."""


def picture_of(step: str) -> Picture | None:
    """The picture of a step, named `<routine>/<step>`; None for a step that has none."""
    routine, _, name = step.partition("/")
    if step in _OWN:
        return Picture(_OWN[step])
    if name in ("massage", "warmth") and routine in _PLACE:
        return Picture(f"{name}-{_PLACE[routine]}")
    if name == "stand":
        return Picture("stand")
    stretch, _, side = name.partition("_")
    if routine in _BEDTIME and side in ("left", "right"):
        return Picture(f"{_BEDTIME[routine]}-{stretch}", side == "left")
    return None


@lru_cache(maxsize=64)
def load(name: str) -> dict[str, Any]:
    """`label`, what a screen reader says, and `graphic`, the vector graphic."""
    loaded: dict[str, Any] = json.loads((GRAPHICS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded
