"""The one reader of request envelopes: the few parts that an answer needs, each taken only if it has the right shape.

The SDK gives up on a whole request over one part out of shape: a new name in one of Amazon's enumerations, a number
where it expects text, a timestamp of another kind. What a person said or touched may still be in it, and chest pain is
answered whatever else is broken. So the SDK is given a minimal envelope made of what was read here, and nothing of what
was sent.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from skill.dialog.state import State
from skill.dialog.turn_context import Slot

Json = dict[str, Any]

LAUNCH, INTENT, SESSION_ENDED = "LaunchRequest", "IntentRequest", "SessionEndedRequest"
USER_EVENT = "Alexa.Presentation.APL.UserEvent"
DISABLED = "AlexaSkillEvent.SkillDisabled"
CAN_FULFILL = "CanFulfillIntentRequest"
SPOKEN = (LAUNCH, INTENT)
"""Requests that a person spoke, and that get words."""
APL = (1, 4)
"""The version of APL that our documents need."""
_APL = "Alexa.Presentation.APL"
_VERSION = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?(?!\d)", re.ASCII)
_LONGEST = 500
"""Characters of anything that is copied."""
_MOST = 50
"""Slots, resolution authorities and arguments of a touch that are looked at."""


@dataclass(frozen=True, slots=True)
class LenientEnvelope:
    """What a request says, in whatever shape the rest of it is."""

    kind: str = ""
    """The type of request; empty where there is none to read."""
    locale: str = "en-US"
    now: int = 0
    """Epoch seconds of the request."""
    intent: str = ""
    """The name of the intent; empty for any other request."""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    """The slots of the intent: the id that each resolved to, and the words heard."""
    arguments: tuple[str | int | float, ...] = ()
    """What a touch on the screen sends."""
    in_session: bool = False
    state: State | None = None
    """The state in the session attributes; None where there is none that we understand."""
    user_id: str = ""
    application_id: str = ""
    """The id of the skill that the request is for."""
    screen: bool = False
    """The device shows APL documents of the version that ours are written in."""
    reason: str = ""
    """Why a session ended."""
    error: str = ""
    """The type of the error that Alexa reports."""

    def for_sdk(self) -> Json:
        """The smallest envelope that the SDK reads without objection; for the types of request that we answer."""
        user = {"userId": self.user_id} if self.user_id else {}
        application = {"applicationId": self.application_id} if self.application_id else {}
        request: Json = {"type": self.kind, "locale": self.locale}
        if self.kind == INTENT:
            request["intent"] = {"name": self.intent}
        envelope: Json = {
            "version": "1.0",
            "context": {"System": {"application": application, "user": user}},
            "request": request,
        }
        if self.in_session:
            envelope["session"] = {"new": self.state is None, "attributes": {}, "user": user}
        return envelope

    def handed_back(self) -> Json:
        """A response without words. Alexa forgets the attributes that a response leaves out, `stopped` above all."""
        attributes = {"sessionAttributes": self.state.to_json()} if self.state else {}
        return {"version": "1.0", **attributes, "response": {}}


def read(event: object) -> LenientEnvelope:
    """The envelope of a request. Raises nothing."""
    whole = _dict(event)
    request, session = _dict(whole.get("request")), _dict(whole.get("session"))
    system = _dict(_dict(whole.get("context")).get("System"))
    kind = _text(request.get("type"))
    intent = _dict(request.get("intent")) if kind == INTENT else {}
    return LenientEnvelope(
        kind=kind,
        locale=_text(request.get("locale")) or "en-US",
        now=epoch(request.get("timestamp")),
        intent=_text(intent.get("name")),
        slots=slots_of(intent.get("slots")),
        arguments=_arguments(request.get("arguments")),
        in_session=isinstance(whole.get("session"), dict),
        state=State.from_json(session.get("attributes")),
        # `context` names both in every request, events of enabling and disabling included; `session` is where older
        # devices do.
        user_id=_id(system, "user") or _id(session, "user"),
        application_id=_id(system, "application") or _id(session, "application"),
        screen=_shows_documents(system),
        reason=_text(request.get("reason")),
        error=_text(_dict(request.get("error")).get("type")) or _first_error(request.get("errors")),
    )


def epoch(timestamp: object) -> int:
    """Seconds since 1970 of a request's timestamp (ISO 8601, UTC where it names no zone), or the clock's where there
    is none to read."""
    try:
        if isinstance(timestamp, str):
            stamp = datetime.fromisoformat(timestamp)
            return max(0, int((stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).timestamp()))
    except (OverflowError, ValueError, OSError):
        pass
    return int(time.time())


def slots_of(slots: object) -> dict[str, Slot]:
    """The slots that are objects, each with the id it resolved to and the words heard."""
    found = {}
    for name, slot in list(_dict(slots).items())[:_MOST]:
        if isinstance(name, str) and isinstance(slot, dict):
            found[name] = Slot(_resolved(slot) or None, _text(slot.get("value")))
    return found


def _resolved(slot: Json) -> str:
    """The id of the first value that matched."""
    authorities = _dict(slot.get("resolutions")).get("resolutionsPerAuthority")
    for authority in authorities[:_MOST] if isinstance(authorities, list) else ():
        if _dict(_dict(authority).get("status")).get("code") != "ER_SUCCESS_MATCH":
            continue
        values = _dict(authority).get("values")
        for value in values[:_MOST] if isinstance(values, list) else ():
            if found := _text(_dict(_dict(value).get("value")).get("id")):
                return found
    return ""


def _arguments(given: object) -> tuple[str | int | float, ...]:
    """What a touch sends: a name and a time stamp."""
    found = given[:_MOST] if isinstance(given, list) else []
    return tuple(one[:_LONGEST] if isinstance(one, str) else one for one in found if isinstance(one, str | int | float))


def _shows_documents(system: Json) -> bool:
    """Whether the device shows APL documents of the version that ours are written in.

    A device that names the interface and no version that can be read is taken at its word: Amazon's model has the
    version as optional, and a document that is not shown leaves what a speaker gives.
    """
    interfaces = _dict(_dict(system.get("device")).get("supportedInterfaces"))
    if not isinstance(interfaces.get(_APL), dict):
        return False
    version = _dict(interfaces[_APL].get("runtime")).get("maxVersion")
    given = _VERSION.match(str(version) if isinstance(version, float) else _text(version))
    return given is None or (int(given[1]), int(given[2] or 0)) >= APL


def _id(holder: Json, name: str) -> str:
    """The id of `user` or `application`. Not cut: it is compared, and digested into a key."""
    found = _dict(holder.get(name)).get(f"{name}Id")
    return found if isinstance(found, str) else ""


def _first_error(errors: object) -> str:
    """The type of the first of the errors that a screen reports."""
    return _text(_dict(errors[0]).get("type")) if isinstance(errors, list) and errors else ""


def _text(value: object) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}
