"""A turn of the speaker with its place in a night."""

from __future__ import annotations

from dataclasses import dataclass

from speaker.device import Turn


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn with its place in time; seconds count from the start of listening."""

    turn: Turn
    at: float
    """When it was said; for silence, when the coach had waited long enough."""
    ended: float
    answered: float
    """When the answer begins to play, if it was ready at once."""
    confidence: float
    waited: float
    """Seconds that cues were kept back for these words."""
