"""Whatever arrives, the handler answers with a valid response and raises nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.app import WrongSkill, create
from tests.envelopes import ended, intent, launch

from .hostile import SKILL, SPOKEN, deep, envelopes, faults, hold_against, junk, skills

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
    state = {
        "version": 2,
        "routine": "arch",
        "step": "stretch",
        "started_at": 1_799_999_900,
        "answered_at": 1_799_999_940,
    }
    event = intent("AMAZON.NoIntent", attributes=state)
    event["request"]["dialogState"] = "NEW"
    assert create()(event, None)["sessionAttributes"]["routine"] == "arch"


def test_a_request_without_words_hands_the_state_back_and_nothing_else() -> None:
    state = {"version": 2, "routine": "calf", "step": "stretch"}
    event = launch() | {"request": {"type": "System.ExceptionEncountered", "requestId": "r", "timestamp": "x"}}
    event["session"]["attributes"] = state | {"planted": "x" * 50_000}
    assert create()(event, None)["sessionAttributes"] == state


TOUCH = {"type": "Alexa.Presentation.APL.UserEvent", "token": "cramp-coach", "arguments": ["next", 0]}
STOPPED = {"version": 2, "awaiting": "signs", "topic": "say/worse", "answered_at": 1_799_999_940, "stopped": True}
WORDLESS: dict[str, Any] = {
    "a touch without a list": TOUCH | {"arguments": 5},
    "a touch of nothing": TOUCH | {"arguments": None},
    "a touch of an object": TOUCH | {"arguments": {"next": 0}},
    "a touch of lists": TOUCH | {"arguments": [[["next"]], {}, None]},
    "a touch with a token of another shape": TOUCH | {"token": {"a": []}},
    "a touch from nowhere": TOUCH | {"source": deep(600)},
    "a new error of the screen": {"type": "Alexa.Presentation.APL.RuntimeError", "errors": [{"type": "NEW_ERROR"}]},
    "an error of another shape": {"type": "Alexa.Presentation.APL.RuntimeError", "errors": "many"},
    "a new exception": {"type": "System.ExceptionEncountered", "error": {"type": "NEW"}, "cause": 7},
    "a request that nobody knows": {"type": "Nobody.KnowsThis"},
    "a request of no kind": {"type": None},
    "a request of an empty type": {"type": ""},
    "a list for a request": [],
    "no request": None,
    "a player that is new": {"type": "AudioPlayer.PlaybackFailed", "error": {"type": "NEW"}},
    "a list loaded in a new way": {"type": "Alexa.Presentation.APL.LoadIndexListData", "startIndex": "x"},
}


@pytest.mark.parametrize("name", WORDLESS)
def test_a_request_without_words_never_costs_a_session_its_state(name: str) -> None:
    event = intent("AMAZON.HelpIntent", attributes=STOPPED)
    request = WORDLESS[name]
    event["request"] = {**event["request"], **request} if isinstance(request, dict) else request
    for more in ({}, {"context": "none"}, {"extra": b"\xff"}):
        broken = event | more
        response = create()(broken, None)
        assert not faults(broken, response)
        assert response["sessionAttributes"] == STOPPED
        assert "shouldEndSession" not in response["response"]


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(["type", "token", "arguments", "source", "timestamp", "errors", "error"]), junk))
def test_no_junk_makes_it_stretch_again(parts: dict[str, Any]) -> None:
    event = intent("AMAZON.HelpIntent", attributes=STOPPED)
    event["request"] = {**event["request"], **TOUCH, **parts}
    if event["request"]["type"] in (*SPOKEN, "SessionEndedRequest"):
        return
    assert create()(event, None)["sessionAttributes"] == STOPPED


def test_it_got_worse_and_a_broken_request_came_and_nothing_is_stretched() -> None:
    skill = create()
    state = {"version": 2, "routine": "calf", "step": "stretch"}
    for _ in ("eased", "stopped"):
        state = skill(intent("WorseIntent", attributes=state), None)["sessionAttributes"]
    assert state["stopped"] is True
    for request in WORDLESS.values():
        event = intent("AMAZON.NextIntent", attributes=state)
        event["request"] = {**event["request"], **request} if isinstance(request, dict) else request
        state = skill(event, None)["sessionAttributes"]
    after = skill(intent("AMAZON.ResumeIntent", attributes=state), None)
    assert "Straighten" not in after["response"]["outputSpeech"]["ssml"]


def test_what_came_with_the_end_of_a_session_is_not_sent_back() -> None:
    event = ended(attributes={"version": "x" * 100_000})
    assert create()(event, None)["sessionAttributes"] == {}


def test_whether_it_could_answer_unopened_is_answered_with_no() -> None:
    event = intent("WhyIntent")
    event["request"]["type"] = "CanFulfillIntentRequest"
    assert create()(event, None)["response"] == {"canFulfillIntent": {"canFulfill": "NO"}}


@pytest.mark.parametrize("attributes", [{"stopped": True}, {"conditions": ["pregnancy"]}])
def test_a_session_that_forgets_what_made_it_safer_is_seen(attributes: dict[str, Any]) -> None:
    event = intent("AMAZON.NextIntent", attributes={"version": 2, "routine": "calf", "step": "stretch", **attributes})
    response = create()(event, None)
    assert not faults(event, response)
    forgetful = {**response, "sessionAttributes": {"version": 2, "routine": "calf", "step": "footboard"}}
    forgetful["response"] = {**response["response"], "shouldEndSession": False}
    assert any("has forgotten" in fault for fault in faults(event, forgetful))


def test_what_is_sent_knows_every_slot_and_every_finding() -> None:
    from .hostile import FINDINGS, SLOTS, STATES, VALUES

    assert {"transcript", "symptom", "muscle"} <= set(SLOTS)
    assert {"pregnancy", "calf", "statins"} <= set(VALUES)
    assert "my face is drooping" in FINDINGS
    assert any(state.get("conditions") for state in STATES)
