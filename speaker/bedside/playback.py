"""A turn as sound in time: what is said, held and waited, frame by frame, with the hold as long as it was promised."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from skill.speech import Event, Silence, Speech
from speaker.bedside.sound import FRAME, RATE, Samples, quiet, samples_of, seconds_in

CUE_SECONDS = 2.0
"""The longest estimate of a cue: a few words between two silences, said within the hold's own time."""
LEAST_SILENCE = 0.3
"""Seconds of silence left between a late cue and what follows."""
LONGEST_WAIT = 6.0
"""Seconds that speech waits at most for somebody to finish; a television never does."""


class Renderer(Protocol):
    """Makes sound of sentences, perhaps not at once."""

    def __call__(self, speech: Speech) -> Future[Samples]:
        """The sentence as sound, done or under way."""


class Playback:
    """Plays the events of one turn. Time is counted in samples that left, never in estimates.

    A cue that has to wait, or that the voice says faster or slower than estimated, takes its time from the silence
    after it, so that the hold ends when it should. What cannot be said in its own stretch of the hold is left out.
    """

    def __init__(self, events: Sequence[Event], render: Renderer) -> None:
        self._events = tuple(events)
        self._sounds = {at: render(event) for at, event in enumerate(self._events) if isinstance(event, Speech)}
        self._at = 0
        self._left: Samples | None = None
        """What is still to be played of the event under way; None before it begins."""
        self._whole = 0
        self._late = 0
        """Samples by which the hold is behind its plan; negative where it is ahead."""
        self._waited = 0
        self._waiting = 0
        """Samples that the event about to begin has waited so far."""
        self._planned = [0.0]
        for event in self._events:
            self._planned.append(self._planned[-1] + event.seconds)

    @property
    def done(self) -> bool:
        """Everything has been played."""
        return self._at >= len(self._events)

    @property
    def sounding(self) -> bool:
        """A sentence is under way."""
        return not self.done and self._left is not None and isinstance(self._events[self._at], Speech)

    @property
    def holding(self) -> bool:
        """A silence is under way, or a cue in one."""
        return not self.done and (isinstance(self._events[self._at], Silence) or self._is_cue(self._at))

    @property
    def left(self) -> float:
        """Seconds until what is under way ends."""
        return 0.0 if self._left is None else seconds_in(self._left)

    @property
    def planned(self) -> float:
        """Seconds into the plan of the turn, as the skill reckons it."""
        if self.done:
            return self._planned[-1]
        share = 0.0 if self._left is None or not self._whole else 1 - len(self._left) / self._whole
        return self._planned[self._at] + share * self._events[self._at].seconds

    def abandon(self) -> None:
        """Nothing more of it is played: sentences that nobody has begun to make need not be made."""
        for sound in self._sounds.values():
            sound.cancel()

    def take_waited(self) -> float:
        """Seconds that speech has waited for somebody to finish, since this was last asked."""
        waited, self._waited = self._waited, 0
        return waited / RATE

    def frame(self, somebody_speaks: bool = False) -> Samples:
        """The next frame; `somebody_speaks` keeps a sentence from beginning."""
        parts: list[Samples] = []
        wanted = FRAME
        while wanted and not self.done:
            left = self._left if self._left is not None else self._begin(somebody_speaks)
            if left is None:
                self._waiting += wanted
                self._waited += wanted if somebody_speaks else 0
                break
            part, self._left = left[:wanted], left[wanted:]
            parts.append(part)
            wanted -= len(part)
            if not len(self._left):
                self._left = None
                self._at += 1
        parts.append(quiet(wanted))
        return parts[0] if len(parts[0]) == FRAME else _joined(parts)

    def _begin(self, somebody_speaks: bool) -> Samples | None:
        """The sound of the event whose turn it is; None while it has to wait."""
        event = self._events[self._at]
        if isinstance(event, Silence):
            planned = samples_of(event.seconds)
            length = max(planned - self._late, min(planned, samples_of(LEAST_SILENCE)))
            self._late += length - planned
            begun = quiet(length)
        else:
            sound = self._sounds[self._at]
            if not sound.done() or (somebody_speaks and self._waiting < samples_of(LONGEST_WAIT)):
                return None
            waited, self._waiting = self._waiting, 0
            cue = self._is_cue(self._at)
            self._late = self._late + waited if cue else 0
            said = sound.result()
            if cue and self._too_late(said):
                begun = quiet(0)
                self._late -= samples_of(event.seconds)
            else:
                begun = said
                if cue:
                    self._late += len(said) - samples_of(event.seconds)
        self._whole = len(begun)
        return begun

    def _is_cue(self, at: int) -> bool:
        event = self._events[at]
        return (
            isinstance(event, Speech)
            and event.seconds <= CUE_SECONDS
            and 0 < at < len(self._events) - 1
            and isinstance(self._events[at - 1], Silence)
            and isinstance(self._events[at + 1], Silence)
        )

    def _too_late(self, said: Samples) -> bool:
        room = self._events[self._at].seconds + self._events[self._at + 1].seconds
        return self._late / RATE + seconds_in(said) + LEAST_SILENCE > room


def _joined(parts: list[Samples]) -> Samples:
    whole = quiet(FRAME)
    at = 0
    for part in parts:
        whole[at : at + len(part)] = part
        at += len(part)
    return whole
