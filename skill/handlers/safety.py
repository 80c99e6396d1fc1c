"""Warning signs, and a leg that gets worse."""

from __future__ import annotations

from skill.dialog import safety, session
from skill.dialog.reply import Reply
from skill.dialog.turn_context import TurnContext
from skill.handlers.base import Conversation
from skill.handlers.request import seconds_in


def _volunteered(turn: TurnContext) -> Reply:
    """Signs first; a length of time alone ("it's been five minutes") is a cramp that goes on, or one for too long."""
    seconds = seconds_in(turn.slot("lasted"))
    named = any(slot.heard for name, slot in turn.slots.items() if name != "lasted")
    if seconds and not named and safety.lasting(turn, seconds) is None:
        return session.still_cramping(turn)
    return safety.volunteered(turn, seconds)


class Safety(Conversation):
    """First in the list: it wins over everything."""

    intents = {
        "SymptomIntent": _volunteered,
        "NoSymptomIntent": safety.denied,
        "WorseIntent": no_stretch.worse,
        "RedFlagsIntent": safety.red_flags,
    }
