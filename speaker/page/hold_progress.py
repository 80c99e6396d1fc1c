"""Which pauses belong to one hold, so that a ring can count the whole of it down and not every pause by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from skill.speech import Event, Silence, Speech

_SECONDS = re.compile(r"(\d+) seconds")
_SHORTEST = 1.0
"""Seconds from which a pause is a hold and not a breath between sentences."""
_MARGIN = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """An event's place in a hold: so many seconds from the hold's start, in a hold of so many."""

    at: float
    of: float


def parts(events: Sequence[Event]) -> tuple[Part | None, ...]:
    """For each event the place it has in a hold; None where there is no hold.

    A hold begins with a pause. It goes on through single short cues, until it has lasted the seconds that the words
    before it name; where they name none, until there is more than one sentence between two pauses.
    """
    found: list[Part | None] = [None] * len(events)
    stated: float | None = None
    index = 0
    while index < len(events):
        event = events[index]
        if isinstance(event, Speech):
            named = _SECONDS.findall(event.text)
            stated = float(named[-1]) if named else stated
            index += 1
        elif event.seconds < _SHORTEST:
            index += 1
        else:
            end, lasts = _end(events, index, stated)
            at = 0.0
            for own in range(index, end):
                found[own] = Part(round(at, 3), lasts)
                at += events[own].seconds
            index = end
    return tuple(found)


def _end(events: Sequence[Event], start: int, stated: float | None) -> tuple[int, float]:
    """Where the hold that starts at `start` ends, and how long it lasts."""
    total = events[start].seconds
    end = start + 1
    while end + 1 < len(events) and (stated is None or total < stated - _MARGIN):
        cue, pause = events[end], events[end + 1]
        if not isinstance(cue, Speech) or not isinstance(pause, Silence) or pause.seconds < _SHORTEST:
            break
        total += cue.seconds + pause.seconds
        end += 2
    return end, round(total, 3)
