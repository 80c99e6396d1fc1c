"""What a screen sends: a touch, which is obeyed as the word would be, and the document's own request to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from skill.dialog import Reply, TurnContext, controls, endings
from skill.dialog.auto_advance import auto_advance, is_shown

ONWARD = "onward"
STOP = "stop"
"""Obeyed whenever it comes."""
TOUCHES: Mapping[str, Callable[[TurnContext], Reply]] = {
    "next": controls.next_step,
    "repeat": controls.repeat,
    "resume": controls.resume,
    STOP: endings.leave,
}


def reply_to_event(turn: TurnContext, arguments: Sequence[object]) -> Reply | None:
    """The reply to a user event of our documents; None for one that is not ours or has been overtaken.

    Its arguments are what was touched, and the time stamp of the state that was shown.
    """
    kind, stamp = (*arguments, None, None)[:2]
    if kind == ONWARD:
        return auto_advance(turn, stamp)
    # The second tap of two comes after the first was answered, and would skip a stretch unheard.
    if isinstance(kind, str) and kind in TOUCHES and (kind == STOP or is_shown(turn, stamp)):
        return TOUCHES[kind](turn)
    return None
