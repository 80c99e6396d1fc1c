"""Slots that the host could not resolve, looked at again: "my left calf" names the calf."""

from __future__ import annotations

from collections.abc import Mapping

from skill.advice import Advice
from skill.dialog.turn_context import Slot


def resolved(advice: Advice, slots: Mapping[str, Slot], files: Mapping[str, str]) -> dict[str, Slot]:
    """The slots with ids that the content holds: the host's own, or the longest known phrase in what was heard.

    `files` gives the content file that a slot's values come from. A model deployed earlier may send ids that the
    content no longer has; those count as not resolved.
    """
    return {name: _resolve(advice, slot, files.get(name)) for name, slot in slots.items()}


def _resolve(advice: Advice, slot: Slot, file: str | None) -> Slot:
    if file is None or (slot.id is not None and slot.id in advice.facts(file)):
        return slot
    return Slot(advice.named_in(file, slot.heard) if slot.heard else None, slot.heard, exact=False)
