"""The request envelope as the dialog's moment: slots, state and time, whatever shape they arrive in."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from skill.advice import open_advice
from skill.dialog import Moment, Slot, State
from skill.dialog.place import known
from skill.memory.key import key

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput

_DURATION = re.compile(
    r"P(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?"
    r"(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:\.\d+)?S)?)?"
)
_UNITS = (31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60, 1)
"""Seconds of a year of 365 days, a month of 30, a week, a day, an hour, a minute and a second."""
_VERSION = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?(?!\d)", re.ASCII)
APL = (1, 4)
"""The version of APL that our documents need."""
_LONGEST_SLOT = 500
"""Characters of a slot value that are looked at."""
DIALOG_SLOTS = {
    "muscle": "muscles",
    "symptom": "symptoms",
    "other_symptom": "symptoms",
    "condition": "conditions",
    "other_condition": "conditions",
    "cause": "causes",
    "remedy": "remedies",
    "habit": "habits",
    "lookalike": "lookalikes",
}
"""Which content file the values of a slot come from."""


def moment(handler_input: HandlerInput) -> Moment:
    """What the dialog is told of this request."""
    request = handler_input.request_envelope.request
    store = handler_input.attributes_manager._persistence_adapter
    return Moment(
        advice=open_advice(str(getattr(request, "locale", None) or "en-US")),
        now=epoch(getattr(request, "timestamp", None)),
        state=state_of(handler_input),
        slots=slots_of(getattr(request, "intent", None)),
        keeps_place=store is not None and key(handler_input.request_envelope) is not None,
        screen=has_screen(handler_input),
    )


def has_screen(handler_input: HandlerInput) -> bool:
    """Whether the device says that it shows APL documents, of the version that ours are written in.

    A device that names the interface and no version that can be read is taken at its word: Amazon's model has the
    version as optional, and a document that is not shown leaves what a speaker gives.
    """
    context = handler_input.request_envelope.context
    device = getattr(getattr(context, "system", None), "device", None)
    interface = getattr(getattr(device, "supported_interfaces", None), "alexa_presentation_apl", None)
    if interface is None:
        return False
    given = _VERSION.match(str(getattr(getattr(interface, "runtime", None), "max_version", None) or ""))
    return given is None or (int(given[1]), int(given[2] or 0)) >= APL


def state_of(handler_input: HandlerInput) -> State | None:
    """The state in the session attributes; None where there is no session or nothing we understand."""
    envelope = handler_input.request_envelope
    session = envelope.session
    if session is None:
        return None
    advice = open_advice(str(getattr(envelope.request, "locale", None) or "en-US"))
    return known(advice, State.from_json(session.attributes))


def intent_name(handler_input: HandlerInput) -> str:
    """The intent's name; empty for any other request."""
    request = handler_input.request_envelope.request
    if getattr(request, "object_type", None) != "IntentRequest":
        return ""  # CanFulfillIntentRequest carries an intent too, and is no turn of a conversation
    return str(getattr(getattr(request, "intent", None), "name", None) or "")


def epoch(timestamp: object) -> int:
    """Seconds since 1970 of a request's timestamp, or the clock's where there is none to read. It is text
    as Amazon sent it, or the SDK's datetime."""
    try:
        stamp = datetime.fromisoformat(timestamp) if isinstance(timestamp, str) else timestamp
        if isinstance(stamp, datetime):
            return max(0, int((stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).timestamp()))
    except (OverflowError, ValueError, OSError):
        pass
    return int(time.time())


def slots_of(intent: Any) -> dict[str, Slot]:
    """The filled slots of an intent: the id each resolved to, and the words heard."""
    found = {}
    for name, slot in (getattr(intent, "slots", None) or {}).items():
        heard = getattr(slot, "value", None)
        heard = heard[:_LONGEST_SLOT] if isinstance(heard, str) else ""
        found[str(name)] = Slot(_resolved(slot), heard)
    return found


def _resolved(slot: Any) -> str | None:
    resolutions = getattr(slot, "resolutions", None)
    for authority in getattr(resolutions, "resolutions_per_authority", None) or ():
        code = getattr(getattr(authority, "status", None), "code", None)
        if str(getattr(code, "value", code)) != "ER_SUCCESS_MATCH":
            continue
        for wrapper in getattr(authority, "values", None) or ():
            value = getattr(wrapper, "value", None)
            name = getattr(value, "id", None)
            if isinstance(name, str) and name:
                return name
    return None


def seconds_in(slot: Slot) -> int | None:
    """Seconds in an AMAZON.DURATION ("PT1M30S", "P2W") or a plain number; None for a date, "?" or anything else."""
    text = slot.heard.strip().upper()
    if text.isascii() and text.isdigit() and len(text) <= 6:
        return int(text)
    match = _DURATION.fullmatch(text)
    if not match or not any(match.groups()):
        return None
    return sum(int(part or 0) * unit for part, unit in zip(match.groups(), _UNITS, strict=True))
