"""What every transition is given: the content, where we are, and what time it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from skill.advice import Advice
from skill.dialog.state import State


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of an intent: the id it resolved to, if any, and the words that were heard, if any."""

    id: str | None = None
    heard: str = ""


@dataclass(frozen=True, slots=True)
class TurnContext:
    """One request, free of Alexa."""

    advice: Advice
    now: int
    """Epoch seconds of the request."""
    state: State | None = None
    """As it came in; see `dialog.position.reached` for where the listener really is."""
    slots: dict[str, Slot] = field(default_factory=dict)
    keeps_place: bool = False
    """A place in a routine can be found again after the session."""
    screen: bool = False
    """The device has one, and its documents go on by themselves when nothing is said."""

    def slot(self, name: str) -> Slot:
        """The slot of that name; an empty one where the person did not fill it."""
        return self.slots.get(name, _EMPTY)


_EMPTY = Slot()
