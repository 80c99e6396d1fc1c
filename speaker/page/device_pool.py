"""The speakers of the page: one a browser tab, so many at a time, each forgotten after an hour of nothing."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from speaker import Hearing, InteractionModel, Speaker, Turn
from speaker.device import Skill
from speaker.request_envelope import Device

MOST = 32
"""Speakers at a time; the one longest unused makes room."""
IDLE = 3600.0
"""Seconds. A place in a routine is kept for half of that."""


class Gone(LookupError):
    """There is no such speaker, or no longer."""


@dataclass
class Tab:
    """One tab's speaker. What is said to it is said in turn."""

    speaker: Speaker
    clock: Callable[[], float]
    lock: threading.Lock = field(default_factory=threading.Lock)
    used: float = 0.0
    _closed: tuple[float, float] | None = None
    """When the session closed, on the clock, and how many seconds were still to be played then."""

    def say(self, text: str, after: float | None) -> Turn:
        """Says something; `after` seconds into what is playing, if it is still playing."""
        with self.lock:
            self._catch_up()
            return self._note(self.speaker.say(text, after))

    def touch(self, arguments: list[Any], after: float) -> Turn:
        """Touches the screen, `after` seconds into what is playing."""
        with self.lock:
            self._catch_up()
            return self._note(self.speaker.touch(arguments, after=after))

    def stay_silent(self) -> Turn:
        """Says nothing while the speaker listens."""
        with self.lock:
            return self._note(self.speaker.stay_silent())

    def drop(self) -> Turn:
        """Breaks the session off."""
        with self.lock:
            return self._note(self.speaker.drop())

    def _catch_up(self) -> None:
        """Lets the time go by that has gone by since the session closed. An open one tells its own time."""
        if self._closed is not None:
            since, playing = self._closed
            self.speaker.pass_time(self.clock() - since - playing)
            self._closed = None

    def _note(self, turn: Turn) -> Turn:
        if not self.speaker.open:
            self._closed = (self.clock(), turn.seconds)
        return turn


class Speakers:
    """All tabs' speakers, in front of one skill."""

    def __init__(
        self, skill: Skill, most: int = MOST, idle: float = IDLE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._skill, self._most, self._idle, self._clock = skill, most, idle, clock
        self._tabs: OrderedDict[str, Tab] = OrderedDict()
        self._ears: dict[str, Hearing] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._tabs)

    def open(self, locale: str, screen: bool = False) -> tuple[str, Tab]:
        """A new speaker and the secret name of its tab.

        Raises:
            NoModel: no interaction model for this locale.
        """
        with self._lock:
            if locale not in self._ears:
                self._ears[locale] = Hearing(InteractionModel.load(locale))
            ear = self._ears[locale]
            # The index of a locale is large, and the same for everybody.
            speaker = Speaker(self._skill, ear.model, Device(locale=locale, screen=screen), ear=ear)
            tab = Tab(speaker, self._clock, used=self._clock())
            name = secrets.token_urlsafe(18)
            self._tabs[name] = tab
            self._sweep()
        return name, tab

    def find(self, name: str) -> Tab:
        """The speaker of a tab.

        Raises:
            Gone: forgotten, or never there.
        """
        with self._lock:
            self._sweep()
            tab = self._tabs.get(name)
            if tab is None:
                raise Gone("expected a speaker of this server, found none. Hint: open a new one")
            tab.used = self._clock()
            self._tabs.move_to_end(name)
            return tab

    def _sweep(self) -> None:
        """Forgets those unused for too long, and the longest unused where there are too many."""
        oldest = self._clock() - self._idle
        for name in [name for name, tab in self._tabs.items() if tab.used < oldest]:
            del self._tabs[name]
        while len(self._tabs) > self._most:
            self._tabs.popitem(last=False)
