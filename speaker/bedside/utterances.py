"""From frames to utterances: when somebody begins to speak, and when they have finished."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from speaker.bedside.protocols import VoiceActivity
from speaker.bedside.sound import FRAME_SECONDS, SILENCE_DB, Samples, frames_of, level

BEFORE_SECONDS = 0.36
"""Kept from before speech was noticed: the first consonant is quiet."""
BEGINS = 0.12
"""Seconds of speech within the last `WITHIN` that begin an utterance."""
WITHIN = 0.24
ENDS_SECONDS = 0.6
"""Silence that ends an utterance. Shorter cuts people off who search for a word; longer makes them wait."""
LONGEST_SECONDS = 12.0
AGAIN_SECONDS = 1.6
"""Of an utterance that was cut, heard again with what follows: time for the name."""
SHORTEST_SECONDS = 0.16
"""Speech in an utterance; less is a click, a creak or a cough."""
ABOVE_FLOOR_DB = 6.0
"""How far speech stands above what the room sounds like anyway."""
_FLOOR_SECONDS = 3.0
_NEARER_SECONDS = 0.1
_NEARER_DB = 9.0
"""So much louder than the loudest before, all of a sudden, is another person."""
_LOUDNESS_SECONDS = 1.6
"""What was said last tells how loud it is: somebody may speak into a television's talk."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Somebody spoke."""

    samples: Samples
    began: float
    """Seconds on the microphone's clock at which speech was first heard."""
    ended: float
    """The same for its end, before the silence that showed it."""
    closed: float
    """The same for the end of that silence, which the samples include."""
    level: float
    """Decibels below full scale of its loud parts."""
    floor: float
    """The same for the room around it."""
    cut: bool = False
    """It went on, and was ended for its length."""


@dataclass
class Utterances:
    """Cuts the microphone's frames into utterances. Time is the number of frames heard."""

    activity: VoiceActivity
    threshold: float = 0.5
    """How likely speech must be in a frame for it to count."""
    ends: float = ENDS_SECONDS
    least: float = SILENCE_DB
    """Decibels below which a frame is none of the person's: a television, somebody next door."""
    heard: int = 0
    """Frames so far."""
    _kept: deque[Samples] = field(default_factory=lambda: deque(maxlen=round(BEFORE_SECONDS / FRAME_SECONDS)))
    _recent: deque[bool] = field(default_factory=lambda: deque(maxlen=round(WITHIN / FRAME_SECONDS)))
    _levels: deque[float] = field(default_factory=lambda: deque(maxlen=round(_FLOOR_SECONDS / FRAME_SECONDS)))
    _frames: list[Samples] = field(default_factory=list)
    _loud: list[float] = field(default_factory=list)
    _began: float | None = None
    _far: float = SILENCE_DB
    """The level of talk that went on before a nearer person spoke; it is none of theirs."""
    _last: float = 0.0

    @property
    def speaking(self) -> bool:
        """Somebody is speaking, or has stopped so recently that they may go on."""
        return self._began is not None

    @property
    def began(self) -> float | None:
        """When the utterance under way began; it may turn out to be another one, nearer than what was heard first."""
        return self._began

    @property
    def loudness(self) -> float:
        """Decibels below full scale of the loud parts of the utterance under way."""
        last = sorted(self._loud[-round(_LOUDNESS_SECONDS / FRAME_SECONDS) :])
        top = last[len(last) // 2 :]
        return sum(top) / len(top) if top else SILENCE_DB

    @property
    def pending(self) -> list[Samples]:
        """The frames of the utterance under way."""
        return self._frames

    @property
    def now(self) -> float:
        """Seconds on the microphone's clock."""
        return self.heard * FRAME_SECONDS

    @property
    def floor(self) -> float:
        """Decibels below full scale of the room when nobody speaks: the quiet tenth of the last seconds."""
        return sorted(self._levels)[len(self._levels) // 10] if self._levels else -60.0

    def reset(self) -> None:
        """Drops the utterance under way and forgets its beginning; the room stays known."""
        self._frames, self._loud, self._began, self._far = [], [], None, SILENCE_DB
        self._recent.clear()
        self._kept.clear()
        self.activity.reset()

    def resume(self, cut: Utterance) -> None:
        """Goes on with the last `AGAIN_SECONDS` of an utterance that was cut: they are heard once more."""
        self._frames = frames_of(cut.samples)[-round(AGAIN_SECONDS / FRAME_SECONDS) :]
        self._loud = [cut.level] * len(self._frames)
        self._began, self._last = self.now - AGAIN_SECONDS, self.now

    def pass_over(self) -> None:
        """A frame that nobody could be heard in, such as one of the coach's own voice."""
        self.heard += 1
        if self.speaking or self._recent:
            self.reset()

    def feed(self, frame: Samples, kept: Samples | None = None) -> Utterance | None:
        """Hears one frame; the utterance that ended with it, if one did.

        Args:
            frame: what tells whether somebody speaks.
            kept: the same 20 ms as the utterance is to have them, where that is another sound.
        """
        kept = frame if kept is None else kept
        self.heard += 1
        loudness = level(frame)
        # A room that sounds as it always does is not even asked about: at night that is nearly all the time.
        stands_out = loudness > max(self.least, self._far, self.floor + ABOVE_FLOOR_DB)
        speech = (stands_out or self.speaking) and self.activity.speech(frame) >= self.threshold and stands_out
        if self._began is None:
            self._levels.append(loudness)
            self._recent.append(speech)
            self._kept.append(kept)
            if sum(self._recent) * FRAME_SECONDS >= BEGINS:
                self._began = self.now - (len(self._recent) - self._recent.index(True)) * FRAME_SECONDS
                self._last = self.now
                self._frames = list(self._kept)
                self._loud = [level(own) for own in list(self._kept)[-len(self._recent) :]]
            return None
        self._frames.append(kept)
        if speech:
            self._last = self.now
            self._loud.append(loudness)
            self._nearer()
        if self.now - self._last < self.ends and self.now - self._began < LONGEST_SECONDS:
            return None
        return self._finish(self._began)

    def _nearer(self) -> None:
        """Somebody much nearer speaks into talk from far away: theirs is an utterance of its own."""
        new = round(_NEARER_SECONDS / FRAME_SECONDS)
        before, last = self._loud[:-new], self._loud[-new:]
        if len(before) > new and min(last) > max(before) + _NEARER_DB:
            self._frames = self._frames[-new - round(BEFORE_SECONDS / FRAME_SECONDS) :]
            self._loud = last
            self._began = self.now - _NEARER_SECONDS
            self._far = min(last) - _NEARER_DB

    def _finish(self, began: float) -> Utterance | None:
        frames, long, loudness, floor = self._frames, len(self._loud), self.loudness, self.floor
        self.reset()
        if long * FRAME_SECONDS < SHORTEST_SECONDS:
            return None
        cut = self.now - self._last < self.ends
        return Utterance(np.concatenate(frames), began, self._last, self.now, loudness, floor, cut)
