"""The requests that the benchmark measures: a launch, and every intent in the middle of a stretch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from speaker.request_envelope import Device, Session, envelope, launch
from workshop.bundle.ask_project import ROOT

NIGHT = 1_800_000_000
"""Epoch seconds of every request."""
SPEAKER, SCREEN = Device(), Device(screen=True)


def launch_event(device: Device) -> dict[str, Any]:
    """A LaunchRequest."""
    return envelope(device, Session(), launch(), NIGHT)


def every_turn(device: Device) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every intent of the model in the middle of a stretch, with every value of each of its slots."""
    model = json.loads((ROOT / "interaction_models" / f"{device.locale}.json").read_text(encoding="utf-8"))
    language = model["interactionModel"]["languageModel"]
    values = {own["name"]: own["values"] for own in language.get("types", ())}
    state = {"version": 2, "routine": "calf", "step": "stretch", "started_at": NIGHT - 40, "answered_at": NIGHT - 40}
    for intent in language["intents"]:
        slots = {slot["name"]: values.get(slot["type"], ()) for slot in intent.get("slots", ())}
        yield intent["name"], _asked(device, intent["name"], {}, state)
        for slot, known in slots.items():
            for value in known:
                yield f"{intent['name']} {value['id']}", _asked(device, intent["name"], {slot: value}, state)


def _asked(device: Device, intent: str, slots: dict[str, Any], state: dict[str, Any]) -> dict[str, Any]:
    filled = {}
    for name, value in slots.items():
        said = value["name"]["value"]
        match = {"status": {"code": "ER_SUCCESS_MATCH"}, "values": [{"value": {"name": said, "id": value["id"]}}]}
        filled[name] = {"name": name, "value": said, "resolutions": {"resolutionsPerAuthority": [match]}}
    request = {"type": "IntentRequest", "intent": {"name": intent, "slots": filled}}
    return envelope(device, Session(attributes=state, new=False), request, NIGHT)
