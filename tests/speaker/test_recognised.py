"""What a recogniser wrote down of a sign, through our own ear: no goodnight, seldom a stretch."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from speaker.nlu.interaction_model import InteractionModel
from speaker.nlu.recognizer import Hearing

SAID: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("recognised.yaml").read_text(encoding="utf-8"))
HEARD = [(line["said"], text) for line in SAID["signs"] for text in line["heard"]]
ENDS = ("EasedIntent", "LeaveIntent", "AgreeIntent", "AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.YesIntent")
MOST_STRETCHES = 0.08
"""Share of misheard signs that may lead to a stretch: "my foot has done right" has no sign left in it."""


@cache
def model() -> InteractionModel:
    return InteractionModel.load("en-US")


@cache
def ear() -> Hearing:
    return Hearing(model())


@pytest.mark.parametrize(("said", "text"), HEARD)
def test_a_sign_half_heard_is_never_goodnight(said: str, text: str) -> None:
    heard = ear().hear(text)
    assert heard.intent not in ENDS, (said, text, heard)


def test_few_signs_half_heard_lead_to_a_stretch() -> None:
    stretched = [
        text for _, text in HEARD if ear().hear(text).intent in ("ReliefIntent", "SkipIntent", "ContinueIntent")
    ]
    assert len(stretched) <= MOST_STRETCHES * len(HEARD), stretched


def test_what_is_near_a_sign_in_sound_is_asked_about() -> None:
    heard = ear().hear("I have chastised pain.")
    assert (heard.intent, heard.how, heard.slots) == ("SymptomIntent", "doubt", {}), heard
