"""What can be saved of an envelope that the SDK cannot read.

The SDK gives up on a whole request over one part out of shape: a new name in one of Amazon's enumerations, a number
where it expects text, a timestamp of another kind. What a person said may still be in it, and chest pain is answered
whatever else is broken. So the few parts that an answer needs are copied out, each only if it has the right shape.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from skill.dialog.state import State

Envelope = dict[str, Any]

SPOKEN = ("LaunchRequest", "IntentRequest")
_ANSWERED = (*SPOKEN, "SessionEndedRequest")
_LONGEST = 5_000
"""Characters of anything that is copied."""
_MOST = 50
"""Slots, and resolution authorities, that are looked at."""


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
    system = _dict(_dict(whole.get("context")).get("System"))
    envelope: Envelope = {
        "version": "1.0",
        "context": {"System": {"application": _who(system, "application"), "user": _who(system, "user")}},
        "request": saved,
    }
    if isinstance(whole.get("session"), dict):
        session = whole["session"]
        state = State.from_json(session.get("attributes"))
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
