"""The Alexa app gets a card when warning signs or the prevention plan are asked for, and at no other time."""

from __future__ import annotations

from typing import Any

import pytest

from skill.advice import open_advice
from skill.app import create
from speaker.request_envelope import Device
from tests.ears import speaker_for


def card(*said: str, screen: bool = False) -> dict[str, Any] | None:
    """The card of the last of these."""
    coach = speaker_for(create(), Device(screen=screen))
    turns = [coach.say(words) for words in ("open cramp coach", *said)]
    found: dict[str, Any] | None = (turns[-1].response or {})["response"].get("card")
    return found


@pytest.mark.parametrize("screen", [False, True])
def test_warning_signs_asked_for_are_a_card(screen: bool) -> None:
    made = card("what are the warning signs", screen=screen)
    assert made is not None
    assert (made["type"], made["title"]) == ("Simple", "Warning signs")
    advice = open_advice("en-US")
    for name in advice.listed_signs():
        symptom = advice.symptom(name)
        assert symptom is not None
        assert symptom.sign in made["content"]
    assert made["content"].startswith("Call 911 for")
    assert len(made["content"]) < 8_000


def test_the_prevention_plan_asked_for_is_a_card() -> None:
    made = card("how do i prevent cramps")
    assert made is not None
    plan, _, opening = made["content"].rpartition("\n\n")
    assert "open cramp coach skill" in opening  # how to come back, with Alexa+ too
    lines = plan.splitlines()
    assert len(lines) == len(open_advice("en-US").listed("habits"))
    assert all(line.startswith("- ") and line[2].isupper() for line in lines)


@pytest.mark.parametrize(
    "said", [("next",), ("why",), ("my chest hurts",), ("my leg is swollen",), ("what are the warning signs", "more")]
)
def test_nothing_else_is(said: tuple[str, ...]) -> None:
    assert card(*said) is None
