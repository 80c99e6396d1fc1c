"""Turns to try the dialog with, free of envelopes."""

from __future__ import annotations

from skill.advice import open_advice
from skill.dialog import Awaiting, KeptPlace, Reply, Slot, State, TurnContext
from skill.speech import Hold, Say, Script

ADVICE = open_advice("en-US")
NOW = 1_800_000_000
CALF = State(routine="calf", step="stretch", started_at=NOW, answered_at=NOW)
BEDTIME = State(routine="bedtime", step="calf_left", awaiting=Awaiting.BEDTIME, answered_at=NOW)


def turn(state: State | None = None, after: float = 0, kept: KeptPlace | None = None, **slots: str) -> TurnContext:
    """`after` seconds past the last answer; a slot's value is an id, or words in angle brackets that have none."""
    filled = {
        name: Slot(None, value.strip("<>")) if value.startswith("<") else Slot(value, value)
        for name, value in slots.items()
    }
    return TurnContext(ADVICE, int(NOW + after), state, filled, find_place=lambda: kept or KeptPlace())


def words(script: Script) -> list[str]:
    """The sentences of a script."""
    return [part.text for part in script if isinstance(part, Say)]


def holds(script: Script) -> list[float]:
    """The holds of a script, in seconds."""
    return [part.seconds for part in script if isinstance(part, Hold)]


def prompt(name: str) -> str:
    """A prompt as one piece of text."""
    return " ".join(ADVICE.prompt(name))


def state_of(reply: Reply) -> State:
    """The state of a reply that stays open."""
    assert reply.state is not None, reply
    return reply.state
