"""Slots that Alexa could not resolve, looked at again: "my left calf" names the calf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from skill.dialog.turn_context import Slot, TurnContext


def checked(turn: TurnContext, files: Mapping[str, str]) -> TurnContext:
    """The turn without ids that the content does not hold: a model deployed earlier may still send them."""
    slots = {
        name: replace(slot, id=None) if name in files and slot.id not in turn.advice.facts(files[name]) else slot
        for name, slot in turn.slots.items()
    }
    return replace(turn, slots=slots)


def understood(turn: TurnContext, files: Mapping[str, str]) -> TurnContext:
    """The turn with unresolved slots resolved by the longest known phrase in what was heard, where there is one.

    `files` gives the content file that a slot's values come from.
    """
    slots = {name: _resolve(turn, slot, files.get(name)) for name, slot in turn.slots.items()}
    return replace(turn, slots=slots)


def _resolve(turn: TurnContext, slot: Slot, file: str | None) -> Slot:
    if slot.id is not None or not slot.heard or file is None:
        return slot
    return Slot(turn.advice.named_in(file, slot.heard), slot.heard)
