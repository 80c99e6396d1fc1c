"""What to say next: a frozen state and pure transitions over it. Knows the advice, and no Alexa."""

from skill.dialog.reply import Card, Reply, Screen
from skill.dialog.state import Awaiting, State
from skill.dialog.turn_context import KeptPlace, Slot, TurnContext

__all__ = ["Awaiting", "Card", "KeptPlace", "Reply", "Screen", "Slot", "State", "TurnContext"]
