"""The stand-in behaves as a real speaker: microphone, reprompt, sessions, and what Amazon would refuse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from skill.app import create
from skill.speech.limits import MICROPHONE_SECONDS
from speaker import Speaker
from speaker.device import Light
from speaker.nlu.recognizer import Heard, HeardSlot
from speaker.request_envelope import Device
from tests.ears import model, speaker_for

Json = dict[str, Any]
NOW = 1_800_000_000.0


@dataclass
class Skill:
    """A skill that answers what it is told to, and keeps what it was asked."""

    response: Json
    asked: list[Json] = field(default_factory=list)

    def __call__(self, event: Json, context: object) -> Json:
        self.asked.append(event)
        if event["request"]["type"] == "SessionEndedRequest":
            return {"version": "1.0", "response": {}}
        return {"version": "1.0", "sessionAttributes": {"turn": len(self.asked)}, "response": self.response}


def ssml(words: str) -> Json:
    return {"outputSpeech": {"type": "SSML", "ssml": f"<speak>{words}</speak>"}}


OPEN = {
    **ssml("<s>Pull</s><break time='10s'/><s>Gone</s>"),
    "reprompt": ssml("<s>Going on</s>"),
    "shouldEndSession": False,
}
CLOSED = {**ssml("<s>Goodnight</s>"), "shouldEndSession": True}


def speaker(response: Json) -> tuple[Speaker, Skill]:
    skill = Skill(response)
    return speaker_for(skill, Device(user_id="me"), now=NOW), skill


def test_a_closed_speaker_does_not_listen() -> None:
    own, skill = speaker(OPEN)
    for turn in (own.say("yes"), own.understand(Heard("AMAZON.YesIntent"))):
        assert (turn.request, turn.open) == (None, False)
        assert "did not listen" in turn.note
    assert own.stay_silent().note == "The speaker is closed."
    assert own.drop().note == own.touch([]).note == "The speaker is closed."
    assert skill.asked == []


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "en-AU", "en-CA", "en-IN"])
@pytest.mark.parametrize(
    "words",
    [
        "Alexa, open Cramp Coach skill",
        "open the cramp coach skill please",
        "could you start cramp coach now",
        "launch cramp coach again, please",
        "hey Alexa, run my cramp coach app right now",
    ],
)
def test_the_name_opens_as_newer_speakers_ask_for_it(locale: str, words: str) -> None:
    own = speaker_for(create(), Device(locale=locale))
    turn = own.say(words)
    assert turn.understood is not None and turn.understood.intent == "LaunchRequest"
    assert turn.words.startswith("Straighten your leg")


def test_what_follows_the_name_is_asked_at_once() -> None:
    own = speaker_for(create())
    turn = own.say("ask cramp coach skill about magnesium")
    assert turn.understood is not None and turn.understood.intent == "RemedyIntent"


@pytest.mark.parametrize(
    "words", ["Alexa, open cramp coach", "open Cramp Coach.", "cramp coach", "start cramp coach please"]
)
def test_the_name_opens(words: str) -> None:
    own, skill = speaker(OPEN)
    turn = own.say(words)
    assert (turn.light, own.open) == (Light.LISTENING, True)
    assert skill.asked[0]["request"]["type"] == "LaunchRequest"
    assert skill.asked[0]["session"]["new"] is True


def test_one_shot_asks_at_once() -> None:
    own, skill = speaker(CLOSED)
    turn = own.say("alexa, ask cramp coach why do i cramp")
    assert skill.asked[0]["request"]["intent"]["name"] == "WhyIntent"
    assert (turn.words, turn.open) == ("Goodnight", False)


def test_attributes_come_back_as_json_does() -> None:
    own, skill = speaker(OPEN)
    own.say("open cramp coach")
    own.say("yes")
    assert [event["session"]["attributes"] for event in skill.asked] == [{}, {"turn": 1}]
    assert skill.asked[1]["session"]["new"] is False
    assert skill.asked[0]["session"]["sessionId"] == skill.asked[1]["session"]["sessionId"]


def test_silence_hears_the_reprompt_once_and_then_the_session_ends() -> None:
    own, skill = speaker(OPEN)
    playing = own.say("open cramp coach").seconds
    started = own.now
    first = own.stay_silent()
    assert (first.words, first.light, first.request) == ("Going on", Light.REPROMPTING, None)
    assert own.now == pytest.approx(started + playing + MICROPHONE_SECONDS)
    second = own.stay_silent()
    assert (second.plays, second.open) == ((), False)
    ended = skill.asked[-1]["request"]
    assert (ended["type"], ended["reason"]) == ("SessionEndedRequest", "EXCEEDED_MAX_REPROMPTS")
    assert own.now == pytest.approx(started + playing + first.seconds + 2 * MICROPHONE_SECONDS)


def test_who_answers_gets_the_reprompt_again_next_time() -> None:
    own, _ = speaker(OPEN)
    own.say("open cramp coach")
    own.stay_silent()
    own.say("no")
    assert own.stay_silent().light is Light.REPROMPTING


@pytest.mark.parametrize(("after", "plays"), [(None, 10.8), (3.0, 3.0), (0.0, 0.0), (500.0, 10.8)])
def test_speaking_interrupts(after: float | None, plays: float) -> None:
    own, skill = speaker(OPEN)
    own.say("open cramp coach")
    before = own.now
    own.say("no", after)
    assert own.now - before == pytest.approx(plays + 2)
    assert skill.asked[1]["request"]["timestamp"] > skill.asked[0]["request"]["timestamp"]


def test_opening_again_ends_the_session_before() -> None:
    own, skill = speaker(OPEN)
    own.say("open cramp coach")
    own.say("open cramp coach")
    assert [event["request"]["type"] for event in skill.asked] == [
        "LaunchRequest",
        "SessionEndedRequest",
        "LaunchRequest",
    ]
    assert skill.asked[0]["session"]["sessionId"] != skill.asked[2]["session"]["sessionId"]


def test_dropping_tells_the_skill() -> None:
    own, skill = speaker(OPEN)
    own.say("open cramp coach")
    own.drop()
    assert skill.asked[-1]["request"]["reason"] == "USER_INITIATED"
    assert skill.asked[-1]["session"]["attributes"] == {"turn": 1}


@pytest.mark.parametrize(
    ("response", "fault"),
    [
        ({**OPEN, "reprompt": None}, "no reprompt"),
        ({**CLOSED, "reprompt": ssml("<s>And?</s>")}, "there is a reprompt"),
        (ssml("<s>Hm</s>"), "shouldEndSession is missing"),
        ({**CLOSED, **ssml("Salt & water")}, "well-formed"),
        ({**CLOSED, **ssml('<break time="11s"/>')}, "at most 10 s"),
        ({**CLOSED, **ssml("<s>" + "word " * 1700 + "</s>")}, "characters"),
        ({**CLOSED, **ssml('<break time="10s"/>' * 25)}, "lasts about 250 s"),
        ({**OPEN, "reprompt": ssml('<break time="10s"/>' * 10)}, "lasts about 100 s"),
        ({**CLOSED, "card": {"text": "x" * 25_000}}, "bytes"),
        ({**CLOSED, "outputSpeech": {"type": "SSML"}}, "no text"),
    ],
)
def test_what_amazon_refuses_ends_the_session(response: Json, fault: str) -> None:
    own, skill = speaker(response)
    turn = own.say("open cramp coach")
    assert fault in turn.note
    assert any(fault in one for one in turn.faults)
    assert not own.open
    assert skill.asked[-1]["request"]["error"]["type"] == "INVALID_RESPONSE"


def test_words_after_the_session_are_a_fault() -> None:
    own = speaker_for(lambda event, context: {"version": "1.0", "response": OPEN}, now=NOW)
    own.say("open cramp coach")
    assert "none are allowed" in own.drop().faults[0]


def test_an_intent_that_the_model_lacks_is_not_understood() -> None:
    own, skill = speaker(OPEN)
    own.say("open cramp coach")
    own.understand(Heard("MadeUpIntent"))
    assert skill.asked[-1]["request"]["intent"]["name"] == "AMAZON.FallbackIntent"


def test_slots_come_as_alexa_sends_them() -> None:
    own, skill = speaker(OPEN)
    own.say("open cramp coach")
    own.understand(Heard("SymptomIntent", {"symptom": HeardSlot("SYMPTOM", "chest pains", "chest_pain", "chest pain")}))
    slots = skill.asked[-1]["request"]["intent"]["slots"]
    assert set(slots) == set(model("en-US").slots["SymptomIntent"]) >= {"symptom", "other_symptom", "lasted"}
    assert "value" not in slots["other_symptom"]
    authority = slots["symptom"]["resolutions"]["resolutionsPerAuthority"][0]
    assert authority["status"]["code"] == "ER_SUCCESS_MATCH"
    assert authority["values"] == [{"value": {"name": "chest pain", "id": "chest_pain"}}]
    own.understand(Heard("SymptomIntent", {"symptom": HeardSlot("SYMPTOM", "green ears")}))
    authority = skill.asked[-1]["request"]["intent"]["slots"]["symptom"]["resolutions"]["resolutionsPerAuthority"][0]
    assert (authority["status"]["code"], "values" in authority) == ("ER_SUCCESS_NO_MATCH", False)


def test_a_night_without_a_word() -> None:
    """Two full guided holds, and a quiet ending that tells how to go on."""
    own = speaker_for(create(), Device(user_id="me"), now=NOW)
    first = own.say("open cramp coach")
    second = own.stay_silent()
    over = own.stay_silent()
    assert "Has it let go?" in first.words
    assert "open cramp coach again" in second.words
    assert not over.faults
    assert "EXCEEDED_MAX_REPROMPTS" in over.note
    assert sum("Hold it gently for 30 seconds" in turn.words for turn in (first, second)) == 2
