"""Groups the pauses of one hold, so that the ring counts down the hold and not each pause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from skill.speech import Event, Silence, Speech

_SECONDS = re.compile(r"(\d+) seconds")
_SHORTEST = 1.0
"""Minimum seconds for a pause to count as a hold rather than a break between sentences."""
_MARGIN = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """The position of an event in a hold: offset and length of the hold, in seconds."""

    at: float
    of: float


def parts(events: Sequence[Event]) -> tuple[Part | None, ...]:
    """For each event its position in a hold, or None outside a hold.

    A hold begins with a pause and continues through single short cues until it has lasted the seconds named in the
    words before it; if they name none, until more than one sentence stands between two pauses.
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
    """The end index of the hold that starts at `start`, and its length in seconds."""
    total = events[start].seconds
    end = start + 1
    while end + 1 < len(events) and (stated is None or total < stated - _MARGIN):
        cue, pause = events[end], events[end + 1]
        if not isinstance(cue, Speech) or not isinstance(pause, Silence) or pause.seconds < _SHORTEST:
            break
        total += cue.seconds + pause.seconds
        end += 2
    return end, round(total, 3)
