"""Slots that the host left open, or filled under another name, looked at again: "my left calf" names the calf."""

from __future__ import annotations

from collections.abc import Mapping

from skill.advice import Advice
from skill.dialog.turn_context import THINGS, Slot

_RESEMBLE = ("causes", "remedies", "habits", "lookalikes")
"""Files whose entries are also found by resemblance. A condition is not: a wrong one would change the stretches."""
_EMPTY = Slot()


def resolved(advice: Advice, slots: Mapping[str, Slot], files: Mapping[str, str]) -> dict[str, Slot]:
    """The slots with ids that the content holds: the host's own, or what the words name or resemble.

    A thing that came in another slot than the intent's own is found in that one too. `files` gives the content file
    that a slot's values come from. A model deployed earlier may send ids that the content no longer has; those count
    as not resolved.
    """
    thing = next((slot.heard for name in THINGS if (slot := slots.get(name, _EMPTY)).heard), "")
    found = {name: _resolve(advice, slot, files.get(name)) for name, slot in slots.items()}
    if not thing:
        return found
    # Where some file has exactly this, only a file that has it too takes it: "stretching before bed" is no stretch.
    whole = any(advice.is_named(files[name], thing) for name in THINGS)
    for name in THINGS:
        if not slots.get(name, _EMPTY).heard:
            taken = not whole or advice.is_named(files[name], thing)
            named = _resolve(advice, Slot(None, thing), files[name]).id if taken else None
            found[name] = Slot(named, thing, exact=False, copied=True)
    return found


def _resolve(advice: Advice, slot: Slot, file: str | None) -> Slot:
    if file is None or (slot.id is not None and slot.id in advice.facts(file)):
        return slot
    if not slot.heard:
        return Slot(None, "", exact=False)
    named = advice.named_in(file, slot.heard)
    if named is None and file in _RESEMBLE and not any(advice.named_in(other, slot.heard) for other in _RESEMBLE):
        named = advice.resembling(file, slot.heard)
    return Slot(named, slot.heard, exact=False)
