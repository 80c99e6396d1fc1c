"""Alexa's intents: one file a conversation. Each handler makes one call into the dialog and returns one reply."""

from skill.handlers.answers import Lookalikes, Prevent, Remedies, Why
from skill.handlers.errors import Trouble
from skill.handlers.events import SessionEnded, SkillDisabled, Unanswered
from skill.handlers.moves import Moves
from skill.handlers.person import Person
from skill.handlers.relief import Bedtime, Relief
from skill.handlers.respond import Plain
from skill.handlers.safety import Safety
from skill.handlers.salvage import SPOKEN, carried, read_parts, salvage
from skill.handlers.screen import Touch
from skill.handlers.session import Launch, Session

__all__ = [
    "SPOKEN",
    "Bedtime",
    "Launch",
    "Lookalikes",
    "Moves",
    "Person",
    "Plain",
    "Prevent",
    "Relief",
    "Remedies",
    "Safety",
    "Session",
    "SessionEnded",
    "SkillDisabled",
    "Touch",
    "Trouble",
    "Unanswered",
    "Why",
    "carried",
    "read_parts",
    "salvage",
]
