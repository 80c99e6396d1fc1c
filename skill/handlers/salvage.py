"""What can be saved of an envelope that the SDK cannot read.

The SDK gives up on a whole request over one part out of shape: a new name in one of Amazon's enumerations, a number
where it expects text, a timestamp of another kind. What a person said or touched may still be in it, and chest pain is
answered whatever else is broken. So the few parts that an answer needs are copied out, each only if it has the right
shape. A request that gets no words still has its session's state handed back: Alexa forgets what an answer leaves out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from skill.dialog.state import State

Envelope = dict[str, Any]

SPOKEN = ("LaunchRequest", "IntentRequest")
USER_EVENT = "Alexa.Presentation.APL.UserEvent"
_ANSWERED = (*SPOKEN, USER_EVENT, "SessionEndedRequest")
_APL = "Alexa.Presentation.APL"
_LONGEST = 5_000
"""Characters of anything that is copied."""
_MOST = 50
"""Slots, resolution authorities and arguments of a touch that are looked at."""


def read_parts(event: object) -> object:
    """The envelope with only that part of its context that anybody here reads: `System`. Raises nothing.

    The rest is the state of the device: its screen's shape, codecs and mode, a player, what a document shows. A new
    value in an enumeration of it would cost the whole request, and to read it costs every turn time.
    """
    if not isinstance(event, dict) or not isinstance(event.get("context"), dict):
        return event
    return {**event, "context": {name: part for name, part in event["context"].items() if name == "System"}}


def carried(event: object) -> State | None:
    """The state that a request brought along; None where there is none, or nothing that we understand."""
    return State.from_json(_dict(_dict(event).get("session")).get("attributes"))


def salvage(event: object) -> Envelope | None:
    """A readable envelope of the same request; None for a request that gets no answer, and for no request at all."""
    whole = _dict(event)
    request = _dict(whole.get("request"))
    kind = request.get("type")
    if kind not in _ANSWERED:
        return None
    saved: Envelope = {"type": kind}
    for name in ("requestId", "locale"):
        if text := _text(request.get(name)):
            saved[name] = text
    if _is_time(request.get("timestamp")):
        saved["timestamp"] = request["timestamp"]
    if kind == "IntentRequest":
        intent = _dict(request.get("intent"))
        saved["intent"] = {"name": _text(intent.get("name")), "slots": _slots(intent.get("slots"))}
    if kind == USER_EVENT:
        saved |= {"token": _text(request.get("token")), "arguments": _arguments(request.get("arguments"))}
    system = _dict(_dict(whole.get("context")).get("System"))
    known = {"application": _who(system, "application"), "user": _who(system, "user"), "device": _device(system)}
    envelope: Envelope = {"version": "1.0", "context": {"System": known}, "request": saved}
    if isinstance(whole.get("session"), dict):
        session = whole["session"]
        state = carried(whole)
        envelope["session"] = {
            "new": session.get("new") is True,
            "sessionId": _text(session.get("sessionId")),
            "attributes": state.to_json() if state else {},
            "application": _who(session, "application"),
            "user": _who(session, "user"),
        }
        # An old device names the skill in the session alone; the SDK looks for it in the context alone.
        if not envelope["context"]["System"]["application"]:
            envelope["context"]["System"]["application"] = _who(session, "application")
    return envelope


def _slots(slots: object) -> Envelope:
    saved: Envelope = {}
    for name, slot in list(_dict(slots).items())[:_MOST]:
        if not isinstance(name, str) or not isinstance(slot, dict):
            continue
        saved[name] = {"name": name}
        if value := _text(slot.get("value")):
            saved[name]["value"] = value
        if found := _resolved(slot):
            match = {"status": {"code": "ER_SUCCESS_MATCH"}, "values": [{"value": {"name": value, "id": found}}]}
            saved[name]["resolutions"] = {"resolutionsPerAuthority": [match]}
    return saved


def _resolved(slot: Envelope) -> str:
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


def _arguments(given: object) -> list[str | int | float]:
    """What a touch sends: a name and a time stamp."""
    found = given[:_MOST] if isinstance(given, list) else []
    return [one[:_LONGEST] if isinstance(one, str) else one for one in found if isinstance(one, str | int | float)]


def _device(system: Envelope) -> Envelope:
    """The screen of a device, if it has one, and the version of APL that it shows."""
    interfaces = _dict(_dict(system.get("device")).get("supportedInterfaces"))
    if not isinstance(interfaces.get(_APL), dict):
        return {"supportedInterfaces": {}}
    version = _text(_dict(interfaces[_APL].get("runtime")).get("maxVersion"))
    return {"supportedInterfaces": {_APL: {"runtime": {"maxVersion": version}} if version else {}}}


def _who(holder: Envelope, name: str) -> Envelope:
    """`application` or `user`, with its id alone."""
    key = f"{name}Id"
    found = _text(_dict(holder.get(name)).get(key))
    return {key: found} if found else {}


def _is_time(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value) is not None
    except ValueError:
        return False


def _text(value: object) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _dict(value: object) -> Envelope:
    return value if isinstance(value, dict) else {}
