"""Whatever arrives, the handler answers with a valid response and raises nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from skill.app import WrongSkill, create
from tests.envelopes import ended, intent, launch

from .hostile import SKILL, deep, envelopes, faults, hold_against, skills

PAIR = skills()


@settings(max_examples=300, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(event=envelopes())
def test_any_envelope(event: Any) -> None:
    hold_against(PAIR, event)


@pytest.mark.parametrize("event", [None, [], "", 0, {}, {"request": None}, {"request": []}, {"request": {"type": 5}}])
def test_no_envelope_at_all(event: Any) -> None:
    assert create()(event, None) == {"version": "1.0", "response": {}}


def test_a_wrong_skill_is_refused() -> None:
    with pytest.raises(WrongSkill, match="another"):
        create(skill_id="amzn1.ask.skill.other")(launch(), None)


def test_an_old_device_names_the_skill_in_the_session() -> None:
    event = launch()
    del event["context"]
    assert "outputSpeech" in create(skill_id=SKILL)(event, None)["response"]


BREAKS = {
    "a context of another shape": lambda event: event.update(context="none"),
    "a device of another shape": lambda event: event["context"]["System"].update(device=[1]),
    "a new confirmation status": lambda event: event["request"]["intent"].update(confirmationStatus="NEW"),
    "a new dialog state": lambda event: event["request"].update(dialogState="NEW"),
    "a timestamp in words": lambda event: event["request"].update(timestamp="yesterday"),
    "a timestamp in milliseconds": lambda event: event["request"].update(timestamp=1_800_000_000_000),
    "a new status of resolution": lambda event: event["request"]["intent"]["slots"]["symptom"]["resolutions"][
        "resolutionsPerAuthority"
    ].append({"status": {"code": "ER_NEW"}}),
    "a session of another shape": lambda event: event.update(session=7),
    "bytes": lambda event: event.update(extra=b"\xff"),
    "a null slot": lambda event: event["request"]["intent"]["slots"].update(other_symptom=None),
}


@pytest.mark.parametrize("name", BREAKS)
def test_chest_pain_is_answered_whatever_else_is_broken(name: str) -> None:
    event = intent("SymptomIntent", symptom="chest_pain")
    BREAKS[name](event)
    response = create()(event, None)
    assert not faults(event, response)
    assert "911" in response["response"]["outputSpeech"]["ssml"].split("</s>")[0]
    assert response["response"]["shouldEndSession"] is True


@pytest.mark.parametrize("part", ["session", "context", "request", "version"])
def test_a_bottomless_part(part: str) -> None:
    event = intent("SymptomIntent", symptom="chest_pain")
    place = event if part == "version" else event[part]
    place["bottomless"] = deep(5_000)
    response = create()(event, None)
    assert not faults(event, response)
    assert "911" in response["response"]["outputSpeech"]["ssml"]


def test_a_broken_envelope_keeps_its_place() -> None:
    state = {"v": 1, "routine": "arch", "step": "stretch", "started_at": 1_799_999_900, "at": 1_799_999_940}
    event = intent("AMAZON.NoIntent", attributes=state)
    event["request"]["dialogState"] = "NEW"
    assert create()(event, None)["sessionAttributes"]["routine"] == "arch"


def test_a_request_without_words_hands_the_state_back_and_nothing_else() -> None:
    state = {"v": 1, "routine": "calf", "step": "stretch"}
    event = launch() | {"request": {"type": "System.ExceptionEncountered", "requestId": "r", "timestamp": "x"}}
    event["session"]["attributes"] = state | {"planted": "x" * 50_000}
    assert create()(event, None)["sessionAttributes"] == state


def test_what_came_with_the_end_of_a_session_is_not_sent_back() -> None:
    event = ended(attributes={"v": "x" * 100_000})
    assert create()(event, None)["sessionAttributes"] == {}


def test_whether_it_could_answer_unopened_is_answered_with_no() -> None:
    event = intent("WhyIntent")
    event["request"]["type"] = "CanFulfillIntentRequest"
    assert create()(event, None)["response"] == {"canFulfillIntent": {"canFulfill": "NO"}}
