"""Warning signs, and a leg that gets worse."""

from __future__ import annotations

from skill.dialog import safety, session, stopped
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply
from skill.handlers.base import Conversation
from skill.handlers.request import seconds_in


def _volunteered(moment: Moment) -> Reply:
    """Signs first; a length of time alone ("it's been five minutes") is a cramp that goes on, or one for too long."""
    seconds = seconds_in(moment.slot("lasted"))
    named = any(slot.heard for name, slot in moment.slots.items() if name != "lasted")
    if seconds and not named and safety.lasting(moment, seconds) is None:
        return session.still_cramping(moment)
    return safety.volunteered(moment, seconds)


class Safety(Conversation):
    """First in the list: it wins over everything."""

    intents = {
        "SymptomIntent": _volunteered,
        "NoSymptomIntent": safety.denied,
        "WorseIntent": stopped.worse,
        "RedFlagsIntent": safety.red_flags,
    }
