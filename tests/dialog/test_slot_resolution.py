"""Slots that came unresolved, or under another name: what the content knows is found by the words."""

from __future__ import annotations

import pytest

from skill.advice import open_advice
from skill.dialog import Slot, TurnContext
from skill.dialog.durations import seconds_in
from skill.dialog.safety import denied, interrupts, volunteered
from skill.dialog.slot_resolution import resolved
from skill.handlers.intents import SLOT_FILES

ADVICE = open_advice("en-US")


def turn(**heard: str | Slot) -> TurnContext:
    slots = {name: own if isinstance(own, Slot) else Slot(heard=own) for name, own in heard.items()}
    return TurnContext(ADVICE, 1_800_000_000, slots=resolved(ADVICE, slots, SLOT_FILES))


@pytest.mark.parametrize(
    ("came_as", "heard", "asked_as", "entry"),
    [
        ("condition", "statins", "cause", "statins"),
        ("cause", "statins", "condition", "statins"),
        ("habit", "pickle juice", "remedy", "pickle_juice"),
        ("remedy", "elevating", "remedy", "elevation"),
    ],
)
def test_a_thing_is_known_under_whatever_slot_it_came(came_as: str, heard: str, asked_as: str, entry: str) -> None:
    assert turn(**{came_as: heard}).slot(asked_as).id == entry


def test_a_condition_is_never_found_by_resemblance() -> None:
    assert turn(condition="thinning blood somehow").slot("condition").id is None


@pytest.mark.parametrize(
    "slots",
    [
        {"place": "foot", "state": "ice cold", "other_state": "numb"},
        {"elsewhere": "chest"},
        {"action": "can't breathe"},
        {"event": "passed out"},
        {"denied": "a cramp my chest hurts"},
    ],
)
def test_what_slots_alone_say_of_a_body_is_urgent(slots: dict[str, str]) -> None:
    reply = interrupts(turn(**slots))
    assert reply is not None
    assert reply.finished


@pytest.mark.parametrize(
    "slots", [{"place": "calf", "state": "hard"}, {"denied_place": "leg", "denied_state": "swollen"}]
)
def test_what_a_cramp_feels_like_and_what_is_denied_interrupts_nothing(slots: dict[str, str]) -> None:
    assert interrupts(turn(**slots)) is None


def test_a_denied_state_is_half_a_sentence_and_the_way_back() -> None:
    own = turn(denied_place=Slot("leg", "leg"), denied_state=Slot("swollen", "swollen"))
    assert not denied(own).finished


def test_a_state_of_a_place_that_is_a_sign_is_told_as_one() -> None:
    own = turn(place=Slot("leg", "calf"), state=Slot("swollen", "swollen"))
    assert volunteered(own).finished


@pytest.mark.parametrize(
    ("heard", "seconds"),
    [
        ("PT1M30S", 90),
        ("P2W", 1_209_600),
        ("P1M", 2_592_000),
        ("P1Y", 31_536_000),
        ("P1DT2H", 93_600),
        ("30", 30),
        ("2026-11-25", None),
        ("?", None),
        ("P", None),
        ("PT", None),
        ("ages", None),
        ("P99999999W", None),
    ],
)
def test_lengths_are_read_whatever_their_unit(heard: str, seconds: int | None) -> None:
    assert seconds_in(heard) == seconds
