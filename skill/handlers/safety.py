"""Warning signs, and a leg that gets worse."""

from __future__ import annotations

from skill.dialog import safety, stopped
from skill.handlers.base import Conversation


class Safety(Conversation):
    """First in the list: it wins over everything."""

    intents = {
        "SymptomIntent": safety.volunteered,
        "WorseIntent": stopped.worse,
        "RedFlagsIntent": safety.red_flags,
    }
