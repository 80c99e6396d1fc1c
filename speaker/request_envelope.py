"""Request envelopes as Amazon sends them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from speaker.display import USER_EVENT
from speaker.nlu.recognizer import Heard, HeardSlot

Envelope = dict[str, Any]
RESUMED = "SessionResumedRequest"


def _new_id(kind: str) -> str:
    return f"amzn1.{kind}.{uuid.uuid4()}"


@dataclass(frozen=True)
class Device:
    """Device and user: what stays the same across sessions."""

    locale: str = "en-US"
    application_id: str = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
    user_id: str = field(default_factory=lambda: _new_id("ask.account"))
    device_id: str = field(default_factory=lambda: _new_id("ask.device"))
    screen: bool = False
    routines: bool = False
    """Alexa keeps routines for this device, and its services can be asked; our own speaker has neither."""

    def context(self) -> dict[str, Any]:
        """The `context` object, with the interfaces of this device."""
        interfaces: dict[str, Any] = {}
        context: dict[str, Any] = {
            "System": {
                "application": {"applicationId": self.application_id},
                "user": {"userId": self.user_id},
                "device": {"deviceId": self.device_id, "supportedInterfaces": interfaces},
                "apiEndpoint": "https://stand-in.invalid",  # nowhere: a stand-in asks nobody
            }
        }
        if self.routines:
            context["System"]["apiAccessToken"] = "stand-in"
        if self.screen:
            interfaces["Alexa.Presentation.APL"] = {"runtime": {"maxVersion": "1.4"}}
            context["Viewport"] = {
                "experiences": [
                    {"arcMinuteWidth": 246, "arcMinuteHeight": 144, "canRotate": False, "canResize": False}
                ],
                "shape": "RECTANGLE",
                "pixelWidth": 1024,
                "pixelHeight": 600,
                "dpi": 160,
                "currentPixelWidth": 1024,
                "currentPixelHeight": 600,
                "touch": ["SINGLE"],
                "mode": "HUB",
            }
        return context


@dataclass
class Session:
    """One session: its id and the attributes the skill returned last."""

    id: str = field(default_factory=lambda: _new_id("echo-api.session"))
    attributes: dict[str, Any] = field(default_factory=dict)
    new: bool = True


def envelope(device: Device, session: Session | None, request: dict[str, Any], now: float) -> Envelope:
    """A complete envelope at `now` (epoch seconds). Attributes pass through JSON, as they do on the wire."""
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    whole: Envelope = {"version": "1.0"}
    if session is not None:
        whole["session"] = {
            "new": session.new,
            "sessionId": session.id,
            "application": {"applicationId": device.application_id},
            "attributes": json.loads(json.dumps(session.attributes)),
            "user": {"userId": device.user_id},
        }
    whole["context"] = device.context()
    whole["request"] = {
        **request,
        "requestId": _new_id("echo-api.request"),
        "timestamp": stamp,
        "locale": device.locale,
    }
    return whole


def launch() -> dict[str, Any]:
    """A LaunchRequest."""
    return {"type": "LaunchRequest", "shouldLinkResultBeReturned": False}


def task_launch(skill: str, name: str, given: Mapping[str, str], version: str = "1") -> dict[str, Any]:
    """A LaunchRequest that begins a custom task of the skill with this id."""
    return {**launch(), "task": {"name": f"{skill}.{name}", "version": version, "input": dict(given)}}


def resumed(cause: dict[str, Any]) -> dict[str, Any]:
    """A SessionResumedRequest: what came of something that the skill asked Alexa to do."""
    return {"type": RESUMED, "cause": cause}


TRANSCRIPT = "transcript"
"""The slot in which our own speaker sends the transcript. Alexa has no equivalent: a skill there gets slots only."""


def intent(heard: Heard, slots: dict[str, str], transcript: str = "") -> dict[str, Any]:
    """An IntentRequest. `slots` are all that the intent declares; unfilled ones have no value."""
    spoken = {TRANSCRIPT: {"name": TRANSCRIPT, "confirmationStatus": "NONE", "value": transcript}} if transcript else {}
    return {
        "type": "IntentRequest",
        "intent": {
            "name": heard.intent,
            "confirmationStatus": "NONE",
            "slots": {name: _slot(name, heard.slots.get(name)) for name in slots} | spoken,
        },
        "dialogState": "STARTED",
    }


def user_event(token: str, arguments: list[Any], source: dict[str, Any]) -> dict[str, Any]:
    """The UserEvent request of a touch or of a document's SendEvent."""
    return {"type": USER_EVENT, "token": token, "arguments": arguments, "source": source, "components": {}}


def ended(reason: str, message: str = "") -> dict[str, Any]:
    """A SessionEndedRequest."""
    request: dict[str, Any] = {"type": "SessionEndedRequest", "reason": reason}
    if reason == "ERROR":
        request["error"] = {"type": "INVALID_RESPONSE", "message": message}
    return request


def _slot(name: str, filled: HeardSlot | None) -> dict[str, Any]:
    slot: dict[str, Any] = {"name": name, "confirmationStatus": "NONE"}
    if filled is None:
        return slot
    slot |= {"value": filled.value, "source": "USER"}
    if not filled.type.startswith("AMAZON."):
        authority: dict[str, Any] = {
            "authority": f"amzn1.er-authority.echo-sdk.stand-in.{filled.type}",
            "status": {"code": "ER_SUCCESS_MATCH" if filled.id else "ER_SUCCESS_NO_MATCH"},
        }
        if filled.id:
            authority["values"] = [{"value": {"name": filled.name, "id": filled.id}}]
        slot["resolutions"] = {"resolutionsPerAuthority": [authority]}
    return slot
