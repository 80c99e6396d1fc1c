"""One ear a locale for all tests: its index takes longer to make than most tests take, and hearing changes nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

from speaker import InteractionModel, Speaker
from speaker.device import Skill
from speaker.nlu.recognizer import Hearing
from speaker.request_envelope import Device


@cache
def ear(locale: str = "en-US") -> Hearing:
    """The ear over the committed model of a locale."""
    return Hearing(InteractionModel.load(locale))


def model(locale: str = "en-US") -> InteractionModel:
    """The committed model of a locale, read once."""
    return ear(locale).model


def speaker_for(skill: Skill, device: Device | None = None, **settings: Any) -> Speaker:
    """A new speaker in the device's locale, with the shared ear; `settings` as `Speaker` takes them."""
    device = device or Device()
    return Speaker(skill, model(device.locale), device, ear=ear(device.locale), **settings)
