"""Touches and the document's own wish to go on, as requests; and who is sent a document at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from skill.app import create
from speaker import Speaker, Turn
from speaker.display import USER_EVENT
from speaker.request_envelope import Device, Session, envelope, launch
from tests.ears import speaker_for

ROOT = Path(__file__).parents[2]


def speaker(screen: bool = True) -> Speaker:
    return speaker_for(create(), Device(screen=screen), now=1_800_000_000.0)


def documents(turn: Turn) -> list[dict[str, Any]]:
    return list(((turn.response or {}).get("response") or {}).get("directives") or ())


def onward(turn: Turn) -> list[Any]:
    found: list[Any] = documents(turn)[0]["datasources"]["d"]["onward"]["arguments"]
    return found


def touch(coach: Speaker, name: str, after: float = 0.0) -> Turn:
    """A touch of the screen as it is now."""
    assert coach.display is not None
    return coach.touch([name, coach.display.datasources["d"]["at"]], after=after)


def opened(interfaces: Any, **parts: Any) -> dict[str, Any]:
    """The answer to opening the skill on a device with these interfaces."""
    device = Device(screen=True)
    event = envelope(device, Session(), launch(), 1_800_000_000)
    event["context"]["System"]["device"]["supportedInterfaces"] = interfaces
    event["context"] |= parts
    response: dict[str, Any] = create()(event, None)["response"]
    return response


def test_only_a_device_with_a_screen_is_sent_a_document() -> None:
    seen, unseen = speaker().say("open cramp coach"), speaker(screen=False).say("open cramp coach")
    assert [one["type"] for one in documents(seen)] == ["Alexa.Presentation.APL.RenderDocument"]
    assert documents(unseen) == []
    assert seen.words == unseen.words


def test_every_reply_replaces_the_document_before_it() -> None:
    coach = speaker()
    coach.say("open cramp coach")
    for words in ("pause", "continue", "why", "more", "help", "repeat", "it's getting worse", "stop"):
        assert len(documents(coach.say(words))) == 1, words


@pytest.mark.parametrize(
    ("version", "shown"),
    [("1.4", True), ("1.10", True), ("2024.1", True), ("2", True), ("1.4.1", True), ("1.3", False), ("1.1", False),
     ("1", False), ("1.0", False), ("newest", True), ("", True), (None, True), (1.5, True), (1.3, False)],
)  # fmt: skip
def test_a_document_is_sent_to_who_can_read_it(version: Any, shown: bool) -> None:
    answer = opened({"Alexa.Presentation.APL": {"runtime": {"maxVersion": version}}})
    assert ("directives" in answer) is shown
    assert "Straighten your leg" in answer["outputSpeech"]["ssml"]


def test_an_interface_without_a_version_is_taken_at_its_word() -> None:
    interfaces: tuple[dict[str, Any], ...] = ({}, {"runtime": {}}, {"runtime": None})
    for interface in interfaces:
        assert "directives" in opened({"Alexa.Presentation.APL": interface})
    assert "directives" not in opened({"Alexa.Presentation.APLT": {"runtime": {"maxVersion": "1.4"}}})
    assert "directives" not in opened({})


NEW_VALUES: dict[str, dict[str, Any]] = {
    "mode": {"Viewport": {"mode": "WALL"}},
    "shape": {"Viewport": {"shape": "OVAL"}},
    "touch": {"Viewport": {"touch": ["MULTI"]}},
    "codec": {"Viewport": {"video": {"codecs": ["H_265"]}}},
    "type": {"Viewports": [{"type": "NEW"}]},
    "state": {"Alexa.Presentation.APL": {"componentsVisibleOnScreen": 5}},
    "player": {"AudioPlayer": {"playerActivity": "DREAMING"}},
}


@pytest.mark.parametrize("name", NEW_VALUES)
def test_a_new_kind_of_screen_is_a_screen(name: str) -> None:
    answer = opened({"Alexa.Presentation.APL": {"runtime": {"maxVersion": "1.4"}}}, **NEW_VALUES[name])
    assert "directives" in answer
    assert "Straighten your leg" in answer["outputSpeech"]["ssml"]


@pytest.mark.parametrize("name", ["stop", "next"])
def test_a_touch_is_saved_from_a_broken_request(name: str) -> None:
    coach = speaker()
    opening = coach.say("open cramp coach")
    sent = touch(coach, "repeat").request
    assert opening.response is not None
    assert sent is not None
    sent["session"]["attributes"] = opening.response["sessionAttributes"]
    sent["request"]["arguments"] = [name, opening.response["sessionAttributes"]["answered_at"]]
    sent["context"]["System"]["unit"] = 5
    sent["request"]["requestId"] = []
    answer = create()(sent, None)["response"]
    assert "outputSpeech" in answer
    assert "directives" in answer


@pytest.mark.parametrize(
    ("name", "words"),
    [("next", "next"), ("repeat", "repeat"), ("resume", "continue"), ("stop", "stop")],
)
def test_a_touch_is_answered_as_the_word_is(name: str, words: str) -> None:
    said, touched = speaker(), speaker()
    said.say("open cramp coach")
    touched.say("open cramp coach")
    assert touch(touched, name, after=20).words == said.say(words, after=18).words


@pytest.mark.parametrize("name", ["next", "repeat", "resume"])
def test_the_second_tap_of_two_does_nothing(name: str) -> None:
    coach = speaker()
    coach.say("open cramp coach")
    stamp = coach.display.datasources["d"]["at"] if coach.display else None
    first = coach.touch([name, stamp], after=20)
    second = coach.touch([name, stamp], after=1)
    assert first.words
    assert second.words == ""
    assert second.response is not None
    assert first.response is not None
    assert second.response["sessionAttributes"] == first.response["sessionAttributes"]
    assert "directives" not in second.response["response"]
    assert coach.open


@pytest.mark.parametrize("stamp", [0, None, True, "1800000000", [1], 1e300])
def test_a_touch_of_another_screen_is_ignored_and_stop_is_not(stamp: Any) -> None:
    coach = speaker()
    coach.say("open cramp coach")
    for name in ("next", "repeat", "resume"):
        assert coach.touch([name, stamp]).words == ""
    assert coach.touch(["stop", stamp]).words
    assert not coach.open


def test_a_touch_without_a_session_to_go_on_with_starts_nothing() -> None:
    coach = speaker()
    turn = coach.say("open cramp coach")
    assert turn.request is not None
    for name in ("next", "repeat", "resume"):
        request = {**turn.request["request"], "type": USER_EVENT, "token": "cramp-coach", "arguments": [name, 0]}
        assert "outputSpeech" not in create()({**turn.request, "request": request}, None)["response"]


def test_an_overtaken_wish_is_ignored() -> None:
    coach = speaker()
    wish = onward(coach.say("open cramp coach"))
    later = coach.say("next")
    late = coach.touch(wish)
    assert late.words == ""
    assert "shouldEndSession" not in (late.response or {})["response"]
    assert coach.open
    assert onward(later) != wish
    assert coach.say("repeat").words == later.words


def test_a_wish_is_granted_once() -> None:
    coach = speaker()
    wish = onward(coach.say("open cramp coach"))
    coach.stay_silent()
    first = coach.stay_silent()
    assert first.words.startswith("Stay in bed if")
    assert coach.touch(wish).words == ""


@pytest.mark.parametrize(
    "arguments",
    [[], None, "next", [None], [["next"]], [{"next": 1}], ["onward"], ["onward", True], ["onward", "1"], [1, 2, 3],
     ["next" * 500], ["onward", -1], ["onward", 1e300]],
)  # fmt: skip
def test_no_arguments_break_it(arguments: Any) -> None:
    coach = speaker()
    before = coach.say("open cramp coach")
    turn = coach.touch([])
    source = {"type": "TouchWrapper", "handler": "Press", "id": ""}
    request = {"type": "Alexa.Presentation.APL.UserEvent", "token": "x", "arguments": arguments, "source": source}
    assert before.request is not None
    response = create()({**before.request, "request": {**before.request["request"], **request}}, None)
    assert response["response"].get("outputSpeech") is None
    assert turn.words == ""
    assert coach.say("repeat").words == before.words


def test_a_touch_stops_what_would_have_gone_on() -> None:
    coach = speaker()
    coach.say("open cramp coach")
    assert not coach.touch(["stop"]).open
    assert coach.stay_silent().note == "The speaker is closed."


def test_after_a_warning_no_touch_goes_back_to_a_stretch() -> None:
    for name in ("next", "repeat", "resume"):
        coach = speaker()
        coach.say("open cramp coach")
        coach.say("it's getting worse")  # eases off
        coach.say("it's getting worse")
        turn = touch(coach, name)
        assert turn.words
        assert "Straighten your leg" not in turn.words
        assert all("Hold it gently" not in str(one) for one in documents(turn))


def test_ten_silent_minutes_end_at_the_doctor() -> None:
    coach = speaker()
    turn = coach.say("alexa, ask cramp coach for the inner thigh")
    heard = [turn.words]
    for _ in range(40):
        turn = coach.stay_silent()
        heard.append(turn.words)
        if not coach.open:
            break
    assert not coach.open
    assert sum("seen today" in words for words in heard) == 1
    assert heard[-1].endswith("Goodnight.")


def test_a_session_without_a_wish_ends_as_on_a_speaker() -> None:
    coach = speaker()
    coach.say("open cramp coach")
    coach.say("why")
    coach.stay_silent()
    assert "EXCEEDED_MAX_REPROMPTS" in coach.stay_silent().note


def test_marks_stay_true_when_a_person_speaks_after_silence() -> None:
    coach = speaker()
    coach.say("open cramp coach")
    coach.stay_silent()
    assert coach.say("repeat", after=40).words.startswith("Put your sole against the footboard")


def test_without_a_screen_nothing_of_it_is_loaded() -> None:
    program = (
        "import sys\n"
        "from tests.screen.test_events import speaker\n"
        "for screen in (False, True):\n"
        "    speaker(screen).say('open cramp coach')\n"
        "    print('skill.screen' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["False", "True"]
