"""Sentences and silences on the beat: however fast a voice is, a hold lasts as long as the timeline says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cramp_coach.skill.speech import Event, Silence, Speech

from .waveform import Sound, joined, silence

_BREATH = 0.4
"""Seconds between two sentences that no pause parts. Alexa's voice breathes there by itself."""
_CUE = 2.5
"""Estimated seconds: what is no longer and stands between two pauses is a cue within a hold, not an instruction."""


def paced(events: Sequence[Event], sounds: Sequence[Sound]) -> list[Sound]:
    """The sounds, one for each event, with a breath between sentences and cues that take no time from a hold.

    A cue takes the seconds that the timeline gives it: what a voice needs more or less comes off the silence after it,
    or is added. Silence after an instruction stays whole, for a hold begins once the instruction has been heard.
    """
    made = list(sounds)
    for at, (event, after) in enumerate(pairwise(events)):
        if isinstance(event, Speech) and isinstance(after, Speech):
            made[at] = joined(made[at], silence(_BREATH))
        elif at and _is_cue(events[at - 1], event) and isinstance(after, Silence):
            made[at + 1] = silence(max(0.0, after.seconds + event.seconds - made[at].seconds))
    return made


def _is_cue(before: Event, event: Event) -> bool:
    return isinstance(before, Silence) and isinstance(event, Speech) and event.seconds <= _CUE
