"""A user and their device as envelopes: time passes through timestamps, without sleeping."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

from skill.advice import open_advice

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
USER = "amzn1.ask.account.PLANTED-SLEEPER"
ADVICE = open_advice("en-US")


def sentence(name: str) -> str:
    """A prompt of the content, as it is spoken."""
    return " ".join(ADVICE.prompt(name))


@dataclass
class Night:
    """One user, talking to one skill."""

    skill: Callable[[Json, object], Json]
    user: str | None = USER
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    attributes: Json = field(default_factory=dict)

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def launch(self) -> Json:
        self.attributes = {}
        return self.send({"type": "LaunchRequest"})

    def say(self, intent: str, **slots: str | tuple[str, str]) -> Json:
        """An intent; a slot is the words heard, or (words, id resolved to)."""
        made = {name: _slot(name, value) for name, value in slots.items()}
        return self.send({"type": "IntentRequest", "intent": {"name": intent, "slots": made}})

    def hear_out(self) -> None:
        """The step is played to its end and its question asked; silence has not led on yet."""
        self.wait(max(0, self.attributes["step_offsets"][0] - 1))

    def stop(self) -> Json:
        return self.say("AMAZON.StopIntent")

    def resume(self) -> Json:
        return self.say("AMAZON.ResumeIntent")

    def drop(self, reason: str = "EXCEEDED_MAX_REPROMPTS") -> Json:
        """The session ends without an utterance."""
        answer = self.send({"type": "SessionEndedRequest", "reason": reason})
        self.attributes = {}
        return answer

    def disable(self) -> Json:
        """The event Alexa sends when the skill is disabled: without a session, with the user in the context."""
        request = {
            "type": "AlexaSkillEvent.SkillDisabled",
            "eventCreationTime": self.stamp(),
            "eventPublishingTime": self.stamp(),
        }
        return self.skill(self.envelope(request, session=False), None)

    def to_step(self, number: int) -> None:
        """Opens the skill and says no until the step with this number (from 1) is played."""
        self.launch()
        for _ in range(number - 1):
            self.wait(20)
            self.say("AMAZON.NoIntent")

    def send(self, request: Json) -> Json:
        answer = self.skill(self.envelope(request), None)
        self.attributes = answer.get("sessionAttributes") or {}
        return answer

    def envelope(self, request: Json, session: bool = True) -> Json:
        who: Json = {"application": {"applicationId": "amzn1.ask.skill.test"}}
        if self.user is not None:
            who["user"] = {"userId": self.user}
        made: Json = {
            "version": "1.0",
            "context": {"System": {**who, "device": {"deviceId": "PLANTED-DEVICE", "supportedInterfaces": {}}}},
            "request": {"requestId": "PLANTED-REQUEST", "timestamp": self.stamp(), "locale": "en-US", **request},
        }
        if session:
            made["session"] = {
                "new": not self.attributes,
                "sessionId": "PLANTED-SESSION",
                "attributes": self.attributes,
                **who,
            }
        return made

    def stamp(self) -> str:
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")


def speech(answer: Json) -> str:
    """The spoken words without SSML tags."""
    ssml = str(answer["response"].get("outputSpeech", {}).get("ssml", ""))
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", ssml)).split())


def step(answer: Json) -> tuple[str, str]:
    """The step in the response's state."""
    attributes = answer["sessionAttributes"]
    return attributes["routine"], attributes["step"]


def is_open(answer: Json) -> bool:
    """The guidance goes on: something is said, a question is asked, and silence has an answer."""
    response = answer["response"]
    return bool(speech(answer)) and response["shouldEndSession"] is False and "reprompt" in response


def _slot(name: str, value: str | tuple[str, str]) -> Json:
    words, known = (value, None) if isinstance(value, str) else value
    made: Json = {"name": name, "value": words, "confirmationStatus": "NONE"}
    if known is not None:
        match = {"value": {"name": words, "id": known}}
        status = {"code": "ER_SUCCESS_MATCH"}
        made["resolutions"] = {"resolutionsPerAuthority": [{"authority": "test", "status": status, "values": [match]}]}
    return made
