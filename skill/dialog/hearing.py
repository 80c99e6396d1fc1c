"""Slots that Alexa could not resolve, looked at again: "my left calf" names the calf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from skill.dialog.moment import Moment, Slot


def checked(moment: Moment, files: Mapping[str, str]) -> Moment:
    """The moment without ids that the content does not hold: a model deployed earlier may still send them."""
    slots = {
        name: replace(slot, id=None) if name in files and slot.id not in moment.advice.facts(files[name]) else slot
        for name, slot in moment.slots.items()
    }
    return replace(moment, slots=slots)


def understood(moment: Moment, files: Mapping[str, str]) -> Moment:
    """The moment with unresolved slots resolved by the longest known phrase in what was heard, where there is one.

    `files` gives the content file that a slot's values come from.
    """
    slots = {name: _resolve(moment, slot, files.get(name)) for name, slot in moment.slots.items()}
    return replace(moment, slots=slots)


def _resolve(moment: Moment, slot: Slot, file: str | None) -> Slot:
    if slot.id is not None or not slot.heard or file is None:
        return slot
    return Slot(moment.advice.named_in(file, slot.heard), slot.heard)
