"""One night on one satellite, or in one chat: the speaker of ours behind it, and the time it has played."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from cramp_coach.skill.speech import Event
from cramp_coach.skill.speech.limits import MICROPHONE_SECONDS
from cramp_coach.speaker import Speaker, Turn
from cramp_coach.speaker.playback import seconds_of

LINGERS = 300.0
"""Seconds after the last question, in which a person who types may still answer. Home Assistant's own are as many."""


@dataclass(slots=True)
class Played:
    """What plays since `since` (seconds of the clock)."""

    events: tuple[Event, ...] = ()
    since: float = 0.0
    lengths: tuple[float, ...] = ()
    """Seconds of each event in the sound that was made of it; empty until it has been made."""

    @property
    def seconds(self) -> float:
        """How long it lasts: measured where there is sound, estimated otherwise."""
        return sum(self.lengths) if self.lengths else seconds_of(self.events)

    @property
    def ends(self) -> float:
        """When it has been played, on the clock."""
        return self.since + self.seconds

    def reached(self, now: float) -> float | None:
        """How far into it we are, in the estimated seconds that the speaker reckons with; None once it has ended."""
        gone = max(0.0, now - self.since)
        reached = 0.0
        for event, length in zip(self.events, self.lengths or [own.seconds for own in self.events], strict=True):
            if gone < length:
                return reached + event.seconds * gone / length
            gone -= length
            reached += event.seconds
        return None


@dataclass
class Night:
    """A speaker of ours with real time behind it. Its calls take milliseconds and block: use an executor."""

    speaker: Speaker
    satellite: str | None = None
    """Entity id of the satellite it is played on; None in a chat."""
    clock: Callable[[], float] = time.monotonic
    played: Played = field(default_factory=Played)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: asyncio.Task[None] | None = None
    """Waits for an answer, and goes on where there is none."""

    def __post_init__(self) -> None:
        self._epoch = self.speaker.now - self.clock()

    def say(self, words: str) -> Turn:
        """Says something now: in the middle of what plays, or after it."""
        if self.clock() > self.played.ends + LINGERS:
            self.drop()
        reached = self.played.reached(self.clock())
        self._set_clock(seconds_of(self.played.events) if reached is None else reached)
        return self._begin(self.speaker.say(words, reached))

    def stay_silent(self) -> Turn:
        """Nothing was said while the microphone was open."""
        self._set_clock(seconds_of(self.played.events) + MICROPHONE_SECONDS)
        return self._begin(self.speaker.stay_silent())

    def drop(self) -> None:
        """Breaks the night off. The place in the routine is kept, for half an hour."""
        if self.speaker.open:
            self._set_clock(0.0)
            self.speaker.drop()
        self.played = Played()

    def call_off(self) -> None:
        """Nothing will be said by itself."""
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None

    def _set_clock(self, passes: float) -> None:
        """Sets the speaker's clock so that it is right once the speaker has let these seconds pass by itself."""
        self.speaker.now = self._epoch + self.clock() - passes

    def _begin(self, turn: Turn) -> Turn:
        self.played = Played(turn.plays, self.clock())
        return turn
