"""No American word is heard where people say another, and the steps name a place as one would."""

from __future__ import annotations

import re

import pytest

from skill.advice import open_advice
from skill.advice.store import CONTENT
from workshop.check.spoken_text import spoken
from workshop.linting.yaml_files import read_content

AMERICAN = re.compile(
    r"\b(water pills?|pain pills?|pills?|diarrhea|estrogen|lymphedema|colou?red(?<=colored)|color|comforter|flashlight"
    r"|emergency room|urgent care|afterward|pajamas|sneakers|washcloth)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("locale", ["en-GB", "en-AU", "en-IN"])
def test_nothing_american_is_said(locale: str) -> None:
    advice = open_advice(locale)
    content = read_content(CONTENT)
    said = {part.key: advice.say(part.text, **dict.fromkeys(part.placeholders, "x")) for part in spoken(content, "en")}
    assert len(said) > 500
    assert not {key: text for key, text in said.items() if AMERICAN.search(text)}


def test_canada_keeps_its_own_words() -> None:
    assert open_advice("en-CA").say("Cola-colored urine after diarrhea.") == "Cola-coloured urine after diarrhea."


def test_no_place_has_two_owners() -> None:
    advice = open_advice("en-US")
    for routine in map(advice.routine, advice.routines()):
        assert routine is not None
        for step in routine.steps:
            for text in (*step.first, *step.do, *step.helper):
                said = advice.say(text, hold=30, muscle=routine.name, **step.numbers)
                assert not re.search(r"\b(your|their) (back|front|inside) of", said)


def test_a_side_is_the_thigh_only_where_nothing_else_is_named() -> None:
    advice = open_advice("en-US")
    for heard, routine in {
        "the front": "quadriceps",
        "inside": "inner_thigh",
        "inside of my foot": "arch",
        "front of my foot": "arch",
        "inside of my calf": "calf",
        "front of my shin": "shin",
    }.items():
        muscle = advice.muscle(advice.named_in("muscles", heard))
        assert muscle is not None
        assert muscle.routine == routine, heard
    assert advice.named_in("muscles", "inside of my ankle") is None


def test_before_sleep_the_unsteady_hear_first_that_they_may_sit() -> None:
    bedtime = open_advice("en-US").routine("bedtime")
    assert bedtime is not None
    assert "unsteady" in bedtime.steps[0].first[0]
    assert "hold your breath" in bedtime.steps[0].first[0]
