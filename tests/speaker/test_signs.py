"""Danger in people's own words, what is denied, and what only sounds like danger; the words are in signs.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.advice import open_advice
from speaker.nlu.recognizer import Heard
from tests.ears import ear

SAID: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("signs.yaml").read_text(encoding="utf-8"))
ADVICE = open_advice("en-US")
ENDS = ("EasedIntent", "LeaveIntent", "AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.YesIntent")


def heard(say: str) -> Heard:
    return ear("en-IN" if "since one" in say else "en-US").hear(say)


def tiers(found: Heard) -> set[str]:
    signs = (ADVICE.symptom(slot.id) or ADVICE.overheard(slot.value) for slot in found.slots.values())
    return {sign.tier for sign in signs if sign}


@pytest.mark.parametrize(("sign", "say"), [(sign, say) for sign, own in SAID["signs"].items() for say in own])
def test_a_sign_is_heard(sign: str, say: str) -> None:
    found = heard(say)
    assert (found.intent, sign in {slot.id for slot in found.slots.values()}) == ("SymptomIntent", True), found


@pytest.mark.parametrize("say", SAID["lasting"])
def test_how_long_it_has_cramped_is_heard(say: str) -> None:
    found = heard(say)
    lasting = "lasted" in found.slots or "over_ten_minutes" in {slot.id for slot in found.slots.values()}
    # A bare length is a longer hold to the model; the app knows one that no hold can have.
    assert lasting if found.intent == "SymptomIntent" else (found.intent, found.how) == ("HoldLongerIntent", "exact")


@pytest.mark.parametrize("say", SAID["denied"])
def test_a_sign_that_is_denied_is_none(say: str) -> None:
    assert heard(say).intent == "NoSymptomIntent"


@pytest.mark.parametrize("say", SAID["harmless"])
def test_what_only_sounds_like_danger_ends_nothing(say: str) -> None:
    found = heard(say)
    assert found.intent not in (*ENDS, "NoSymptomIntent", "BedtimeIntent"), found
    assert found.intent != "SymptomIntent" or ("lasted" not in found.slots and tiers(found) <= {"book"}), found
