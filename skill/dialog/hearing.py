"""Slots that Alexa could not resolve, or filled under another name, looked at again: "my left calf" names the calf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from skill.dialog.moment import Moment, Slot
from skill.dialog.safety import THINGS


def checked(moment: Moment, files: Mapping[str, str]) -> Moment:
    """The moment without ids that the content does not hold: a model deployed earlier may still send them."""
    slots = {
        name: replace(slot, id=None) if name in files and slot.id not in moment.advice.facts(files[name]) else slot
        for name, slot in moment.slots.items()
    }
    return replace(moment, slots=slots)


_RESEMBLE = ("causes", "remedies", "habits", "lookalikes")
"""Files whose entries are also found by resemblance. A condition is not: a wrong one would change the stretches."""


def understood(moment: Moment, files: Mapping[str, str]) -> Moment:
    """The moment with unresolved slots resolved by the words that were heard, where the content knows them.

    A thing that came in another slot than the intent's own is found in that one too. `files` gives the content file
    that a slot's values come from.
    """
    advice = moment.advice
    thing = next((slot.heard for name in THINGS if (slot := moment.slot(name)).heard), "")
    moved = {name for name in THINGS if thing and not moment.slot(name).heard}
    # Where some file has exactly this, only a file that has it too takes it: "stretching before bed" is no stretch.
    whole = any(advice.is_named(files[name], thing) for name in THINGS)
    slots = {name: _resolve(moment, slot, files.get(name)) for name, slot in moment.slots.items() if name not in moved}
    for name in moved:
        taken = not whole or advice.is_named(files[name], thing)
        slots[name] = _resolve(moment, Slot(heard=thing), files[name]) if taken else Slot(heard=thing)
    return replace(moment, slots=slots)


def _resolve(moment: Moment, slot: Slot, file: str | None) -> Slot:
    if slot.id is not None or not slot.heard or file is None:
        return slot
    advice = moment.advice
    named = advice.named_in(file, slot.heard)
    if named is None and file in _RESEMBLE and not any(advice.named_in(other, slot.heard) for other in _RESEMBLE):
        named = advice.resembling(file, slot.heard)
    return Slot(named, slot.heard)
