"""What to say next: a frozen state and pure transitions over it. Knows the advice, and no Alexa."""

from skill.dialog.moment import Moment, Slot
from skill.dialog.reply import Card, Reply, Screen
from skill.dialog.state import Awaiting, State

__all__ = ["Awaiting", "Card", "Moment", "Reply", "Screen", "Slot", "State"]
