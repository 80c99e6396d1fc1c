"""Alexa's side of routines: takes the one that a skill offers, refuses it with a reason, keeps it and starts it.

Written from Amazon's published payloads, and stricter than they may be: what a page does not show is a fault here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

START = "Connections.StartConnection"
OFFER = "connection://AMAZON.OfferAutomation/1"
RESUMES = "RESUME_SESSION"
VOICE = "Alexa.Automation.Trigger.Voice.CustomUtterance"
EVERY = "Alexa.Automation.Trigger.Schedule.AbsoluteTime"
OPERATION = "Alexa.Automation.Operation.Skill.StartConnection"
MOST_UTTERANCES = 5
ANSWERS: Mapping[str, tuple[str, str]] = {
    "accepted": ("200", ""),
    "rejected": ("204", "REJECTED_BY_CUSTOMER"),
    "already": ("204", "AUTOMATION_ALREADY_ENABLED"),
    "error": ("500", ""),
}
"""What may come of an offer: the status code, and the reason of what was not set up."""

_URI = re.compile(r"connection://(?P<skill>[\w.-]+)\.(?P<task>\w+)/(?P<version>\d+)\?provider=(?P<provider>[\w.-]+)")
_UTTERANCE = re.compile(r"[a-z][a-z' -]*")
_TIME = re.compile(r"([01]\d|2[0-3])[0-5]\d00")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine that was accepted."""

    task: str
    version: str
    given: Mapping[str, str]
    utterance: str = ""
    """What starts it; empty for one at a time of day."""
    time: str = ""
    """HHMM, every evening."""


@dataclass
class Routines:
    """The routines of one customer."""

    kept: list[Routine] = field(default_factory=list)
    offered: Json | None = None
    """The directive that waits for the person's answer."""

    def answer(self, said: str) -> Json | None:
        """The `cause` of the SessionResumedRequest to what was offered; None where nothing was. `said` is one of
        `ANSWERS`."""
        directive, self.offered = self.offered, None
        if directive is None:
            return None
        if said == "accepted":
            routine = _routine(directive["input"]["automation"])
            if routine in self.kept:
                said = "already"
            else:
                self.kept.append(routine)
        code, reason = ANSWERS[said]
        response = {"offerAutomationResponse": {"reason": reason}} if reason else {}
        return {
            "type": "ConnectionCompleted",
            "token": directive.get("token", ""),
            "status": {"code": code, "message": reason or "OK"},
            "result": response,
        }

    def called(self, words: str) -> Routine | None:
        """The routine that these words start."""
        return next((own for own in self.kept if own.utterance and own.utterance == words), None)

    @property
    def evening(self) -> Routine | None:
        """The routine of every evening."""
        return next((own for own in self.kept if own.time), None)


def offer_in(response: Json) -> Json | None:
    """The directive of a response that offers a routine."""
    directives = (response.get("response") or {}).get("directives") or ()
    return next((own for own in directives if own.get("type") == START), None)


def faults_of(directive: Json, skill: str, locale: str) -> list[str]:
    """Why Alexa would not take this directive; empty for a good one."""
    return [f"the offer: {fault}" for fault in _faults(directive, skill, locale)]


def _faults(directive: Json, skill: str, locale: str) -> Iterator[str]:
    if directive.get("uri") != OFFER:
        yield f"expected the uri {OFFER}, found {directive.get('uri')!r}"
    if directive.get("onCompletion") != RESUMES:
        yield f"expected onCompletion {RESUMES}, found {directive.get('onCompletion')!r}"
    given = directive.get("input") or {}
    automation = given.get("automation") or {}
    trigger = automation.get("trigger") or {}
    payload = trigger.get("payload") or {}
    if trigger.get("version") != "1.0":
        yield f"expected a trigger of version 1.0, found {trigger.get('version')!r}"
    if trigger.get("type") == VOICE:
        utterances = payload.get("utterances") or []
        if not 1 <= len(utterances) <= MOST_UTTERANCES or not all(map(_UTTERANCE.fullmatch, utterances)):
            yield f"expected 1 to {MOST_UTTERANCES} utterances in plain words, found {utterances!r}"
        if payload.get("locale") != locale:
            yield f"expected the device's locale {locale}, found {payload.get('locale')!r}"
    elif trigger.get("type") == EVERY:
        schedule = payload.get("schedule") or {}
        if not _TIME.fullmatch(str(schedule.get("triggerTime"))):
            yield f"expected a triggerTime HHMMSS, found {schedule.get('triggerTime')!r}"
        if not str(schedule.get("recurrence")).startswith("RRULE:FREQ="):
            yield f"expected a recurrence rule, found {schedule.get('recurrence')!r}"
    else:
        yield f"expected a trigger of a known type, found {trigger.get('type')!r}"
    yield from _operation_faults(automation, given.get("renderingData") or {}, skill)


def _operation_faults(automation: Json, rendering: Json, skill: str) -> Iterator[str]:
    operations = [own.get("operation") or {} for own in (automation.get("operations") or {}).get("serial") or ()]
    if len(operations) != 1:
        yield f"expected one operation, found {len(operations)}"
    for own in operations:
        uri = ((own.get("payload") or {}).get("connectionRequest") or {}).get("uri", "")
        found = _URI.fullmatch(str(uri))
        if own.get("type") != OPERATION or found is None or not found["skill"] == found["provider"] == skill:
            yield f"expected {OPERATION} of a task of {skill}, found {own.get('type')!r} of {uri!r}"
        if own.get("operationId") not in (rendering.get("operations") or {}):
            yield f"expected a description of {own.get('operationId')!r}, found none"


def _routine(automation: Json) -> Routine:
    request = automation["operations"]["serial"][0]["operation"]["payload"]["connectionRequest"]
    found = _URI.fullmatch(request["uri"])
    payload = automation["trigger"]["payload"]
    return Routine(
        found["task"] if found else "",
        found["version"] if found else "",
        request.get("input") or {},
        utterance=(payload.get("utterances") or [""])[0],
        time=(payload.get("schedule") or {}).get("triggerTime", "")[:4],
    )
