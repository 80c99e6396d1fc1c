"""One night on one satellite, or in one chat: the speaker of ours behind it, and the time it has played."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from cramp_coach.skill.speech import Event
from cramp_coach.speaker import Speaker, Turn
from cramp_coach.speaker.playback import seconds_of


@dataclass(slots=True)
class Played:
    """What plays since `since` (seconds of the monotonic clock)."""

    events: tuple[Event, ...] = ()
    since: float = 0.0
    lengths: tuple[float, ...] = ()
    """Seconds of each event in the audio that was made of it; empty until it has been made."""

    @property
    def seconds(self) -> float:
        """How long it lasts: measured where there is audio, estimated otherwise."""
        return sum(self.lengths) if self.lengths else seconds_of(self.events)

    def left(self, now: float) -> float:
        """Seconds still to be played."""
        return max(0.0, self.since + self.seconds - now)

    def reached(self, now: float) -> float | None:
        """How far into it the speaker is, in the estimated seconds that the speaker reckons with; None at its end."""
        gone = max(0.0, now - self.since)
        if gone >= self.seconds:
            return None
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
    hushed: bool = False
    """Somebody ended what was playing without a word: nothing more is said until somebody speaks."""
    cancel: Callable[[], None] | None = None
    """Calls off what would be said after a silence."""

    def say(self, words: str) -> Turn:
        """Says something now: in the middle of what plays, or after it."""
        now = self.clock()
        reached = self.played.reached(now)
        if reached is None and self.played.events:
            self.speaker.pass_time(now - self.played.since - self.played.seconds)
        self.hushed = False
        return self._begin(self.speaker.say(words, reached))

    def stay_silent(self) -> Turn:
        """Nothing was said while the microphone was open."""
        return self._begin(self.speaker.stay_silent())

    def drop(self) -> None:
        """Breaks the night off."""
        self.call_off()
        self.played = Played()
        if self.speaker.open:
            self.speaker.drop()

    def call_off(self) -> None:
        """Whatever would be said by itself is not said."""
        if self.cancel is not None:
            self.cancel()
            self.cancel = None

    def _begin(self, turn: Turn) -> Turn:
        self.played = Played(turn.plays, self.clock())
        return turn
