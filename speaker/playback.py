"""Reads a response as a speaker does: what to play, whether to listen, and why Amazon would reject it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from skill.speech import Event, Silence, timeline
from skill.speech.limits import REPROMPT_SECONDS, RESPONSE_BYTES, RESPONSE_CHARACTERS, RESPONSE_SECONDS
from skill.speech.timeline import NotSSML
from speaker.display import USER_EVENT
from speaker.routines import START

RESUMED = "SessionResumedRequest"


@dataclass(frozen=True, slots=True)
class Playable:
    """One response, ready to be played."""

    events: tuple[Event, ...] = ()
    reprompt: tuple[Event, ...] = ()
    ends: bool = False
    faults: tuple[str, ...] = ()
    """Why Amazon would reject it; empty for a valid response."""
    unchanged: bool = False
    """The response is empty: playback continues and the session stays as it was."""
    hands_over: bool = False
    """Alexa speaks next, and the skill hears what came of it."""

    @property
    def listens(self) -> bool:
        """Whether the microphone opens after playback."""
        return not self.ends and bool(self.reprompt)


def seconds_of(events: tuple[Event, ...]) -> float:
    """Estimated duration of these events, in seconds."""
    return sum(event.seconds for event in events)


def words_of(events: tuple[Event, ...]) -> str:
    """Everything spoken in these events, as text."""
    return " ".join(event.text for event in events if not isinstance(event, Silence))


def read(response: dict[str, Any], request_type: str = "IntentRequest") -> Playable:
    """The response as it would be played, with the reasons Amazon would reject it."""
    faults: list[str] = []
    body = response.get("response") or {}
    size = len(json.dumps(response).encode())
    if size > RESPONSE_BYTES:
        faults.append(f"the response has {size} bytes, allowed are {RESPONSE_BYTES}")
    events = _speech(body.get("outputSpeech"), "outputSpeech", RESPONSE_SECONDS, faults)
    asked = (body.get("reprompt") or {}).get("outputSpeech")
    reprompt = _speech(asked, "reprompt", REPROMPT_SECONDS, faults)
    ends = body.get("shouldEndSession")
    hands_over = any(own.get("type") == START for own in body.get("directives") or ())
    if hands_over:
        if ends is not None or reprompt:
            faults.append("Alexa is asked to speak next, but the session is closed or something is asked")
    elif request_type == "SessionEndedRequest":
        if events or reprompt:
            faults.append("the answer to SessionEndedRequest has words; none are allowed")
    elif request_type in ("LaunchRequest", "IntentRequest", RESUMED, USER_EVENT):
        if ends is None and request_type not in (USER_EVENT, RESUMED):
            faults.append("shouldEndSession is missing: the session would hang open without a microphone")
        elif ends is False and not reprompt:
            faults.append("the session stays open but nothing is asked: there is no reprompt")
        elif ends is True and reprompt:
            faults.append("the session closes but there is a reprompt")
    # An answer to something that was never asked for gets no words either.
    unchanged = request_type in (USER_EVENT, RESUMED) and ends is None and not events and not hands_over
    ends_now = ends is not False and not unchanged and not hands_over
    return Playable(events, reprompt, ends_now, tuple(faults), unchanged, hands_over)


def _speech(speech: Any, where: str, longest: float, faults: list[str]) -> tuple[Event, ...]:
    if not isinstance(speech, dict):
        return ()
    ssml = speech.get("ssml") if speech.get("type") == "SSML" else speech.get("text")
    if not isinstance(ssml, str):
        faults.append(f"{where} has no text")
        return ()
    if len(ssml) > RESPONSE_CHARACTERS:
        faults.append(f"{where} has {len(ssml)} characters, allowed are {RESPONSE_CHARACTERS}")
    try:
        events = timeline(ssml)
    except NotSSML as error:
        faults.append(f"{where}: {error}")
        return ()
    length = seconds_of(events)
    if length > longest:
        faults.append(f"{where} lasts about {length:.0f} s, allowed are {longest:.0f}")
    return events
