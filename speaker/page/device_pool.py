"""The speakers of the page: one per browser tab, limited in number, dropped after an hour without use."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from speaker import Hearing, InteractionModel, Speaker, Turn
from speaker.device import Skill
from speaker.evenings import Evenings
from speaker.request_envelope import Device

MOST = 32
"""Maximum number of speakers; the least recently used one makes room."""
IDLE = 3600.0
"""Seconds without use after which a speaker is dropped: twice as long as a place in a routine is kept."""


class Gone(LookupError):
    """The speaker does not exist, or no longer."""


@dataclass
class Tab:
    """The speaker of one tab. Calls are serialised."""

    speaker: Speaker
    clock: Callable[[], float]
    lock: threading.Lock = field(default_factory=threading.Lock)
    used: float = 0.0
    _closed: tuple[float, float] | None = None
    """When the session closed (monotonic clock), and how many seconds of playback were left."""

    def say(self, text: str, after: float | None) -> Turn:
        """Says something, `after` seconds into playback if it is still playing."""
        with self.lock:
            self._catch_up()
            return self._note(self.speaker.say(text, after))

    def start_evening(self, evenings: Evenings) -> Turn:
        """Begins the bedtime stretches where they are due, and says which evening it is."""
        with self.lock:
            self._catch_up()
            turn = evenings.begin(self.speaker)
            if turn is None:
                return Turn("", note="The bedtime stretches are not due.")
            return self._note(replace(turn, note=evenings.told()))

    def touch(self, arguments: list[Any], after: float) -> Turn:
        """Touches the screen, `after` seconds into playback."""
        with self.lock:
            self._catch_up()
            return self._note(self.speaker.touch(arguments, after=after))

    def stay_silent(self) -> Turn:
        """Stays silent while the speaker listens."""
        with self.lock:
            return self._note(self.speaker.stay_silent())

    def drop(self) -> Turn:
        """Drops the session."""
        with self.lock:
            return self._note(self.speaker.drop())

    def _catch_up(self) -> None:
        """Advances the clock by the real time since the session closed. An open session keeps its own time."""
        if self._closed is not None:
            since, playing = self._closed
            self.speaker.pass_time(self.clock() - since - playing)
            self._closed = None

    def _note(self, turn: Turn) -> Turn:
        if not self.speaker.open:
            self._closed = (self.clock(), turn.seconds)
        return turn


class Speakers:
    """The speakers of all tabs, hosting one skill."""

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
        """A new speaker and the secret id of its tab.

        Raises:
            NoModel: there is no interaction model for this locale.
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
            Gone: it was dropped, or never existed.
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
        """Drops speakers unused for too long, and the least recently used if there are too many."""
        oldest = self._clock() - self._idle
        for name in [name for name, tab in self._tabs.items() if tab.used < oldest]:
            del self._tabs[name]
        while len(self._tabs) > self._most:
            self._tabs.popitem(last=False)
