"""Alexa's side of routines: what it refuses, what it keeps, and when it starts it."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from skill.app import create
from speaker import Speaker
from speaker.playback import read
from speaker.request_envelope import Device
from speaker.routines import faults_of
from tests.ears import ear, model
from tests.envelopes import Json

DEVICE = Device(routines=True)


def alexa() -> Speaker:
    return Speaker(create(), model(), DEVICE, now=1_800_000_000.0, ear=ear("en-US"))


def offer() -> tuple[Speaker, Json]:
    """A speaker at Alexa's own question, and the directive."""
    speaker = alexa()
    for words in ("open cramp coach", "it's gone", "yes"):
        turn = speaker.say(words)
    assert turn.response is not None
    (directive,) = turn.response["response"]["directives"]
    return speaker, directive


def trigger(own: Json) -> Json:
    found = own["input"]["automation"]["trigger"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda own: own.update(uri="connection://AMAZON.OfferAutomation/2"), "expected the uri"),
        (lambda own: own.update(onCompletion="SEND_ERRORS_ONLY"), "expected onCompletion RESUME_SESSION"),
        (lambda own: trigger(own).update(version="2.0"), "version 1.0"),
        (lambda own: trigger(own).update(type="Alexa.Automation.Trigger.Smell"), "a known type"),
        (lambda own: trigger(own)["payload"].update(utterances=[]), "1 to 5 utterances"),
        (lambda own: trigger(own)["payload"].update(utterances=["a"] * 6), "1 to 5 utterances"),
        (lambda own: trigger(own)["payload"].update(utterances=["Leg cramp!"]), "in plain words"),
        (lambda own: trigger(own)["payload"].update(locale="en-GB"), "the device's locale"),
        (lambda own: own["input"]["automation"]["operations"].update(serial=[]), "one operation"),
        (lambda own: own["input"].update(renderingData={}), "a description of"),
    ],
)
def test_a_directive_that_is_not_as_published_is_refused(spoil: Callable[[Json], None], told: str) -> None:
    directive = copy.deepcopy(offer()[1])
    assert not faults_of(directive, DEVICE.application_id, "en-US")
    spoil(directive)
    assert told in "\n".join(faults_of(directive, DEVICE.application_id, "en-US"))
    assert faults_of(directive, "amzn1.ask.skill.other", "en-US")


def test_an_offer_that_closes_or_asks_is_refused() -> None:
    speech = {"outputSpeech": {"type": "SSML", "ssml": "<speak>Hm.</speak>"}}
    for body in ({"shouldEndSession": True}, {"shouldEndSession": False, "reprompt": speech}):
        response = {"response": {**speech, **body, "directives": [{"type": "Connections.StartConnection"}]}}
        assert read(response).faults


def test_an_accepted_routine_is_there_the_second_time() -> None:
    speaker, _ = offer()
    assert "It's set" in speaker.answer_offer("accepted").words
    for words in ("open cramp coach", "it's gone", "yes"):
        speaker.say(words)
    assert "already" in speaker.answer_offer("accepted").words
    assert len(speaker.routines.kept) == 1


def test_a_word_is_only_a_call_behind_the_wake_word() -> None:
    speaker, _ = offer()
    speaker.answer_offer("accepted")
    assert speaker.say("leg cramp").request is None
    called = speaker.say("alexa leg cramp")
    assert called.request is not None
    assert called.request["request"]["task"]["name"] == f"{DEVICE.application_id}.StretchNow"


def test_nothing_comes_of_what_was_not_offered() -> None:
    speaker = alexa()
    assert speaker.answer_offer("accepted").request is None
    assert speaker.start_evening().request is None
    assert not speaker.routines.kept


def test_our_own_speaker_tells_of_no_service_of_alexa() -> None:
    assert "apiAccessToken" not in Device().context()["System"]
    assert "apiAccessToken" in DEVICE.context()["System"]
