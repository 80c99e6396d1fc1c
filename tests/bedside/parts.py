"""Simple parts that stand in for engines and devices, and what a recording of a night holds."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from skill.app import create
from speaker import InteractionModel, Speaker
from speaker.bedside.exchange import Exchange
from speaker.bedside.night import Night
from speaker.bedside.protocols import Engines, Transcript
from speaker.bedside.sound import FRAME, RATE, Samples, frames_of, level, louder, quiet, samples_of
from speaker.bedside.volume import Volume

LOUD = -40.0
"""Decibels from which a frame of a recording is sound."""


class Loudness:
    """Takes everything loud for speech."""

    def __init__(self, loud_from: float = LOUD) -> None:
        self._from = loud_from

    def reset(self) -> None:
        pass

    def speech(self, frame: Samples) -> float:
        return 1.0 if level(frame) > self._from else 0.0


class Prompter:
    """Hears, one utterance after the other, the words it was given."""

    def __init__(self, *texts: str, confidence: float = 1.0) -> None:
        self.texts = list(texts)
        self.confidence = confidence
        self.lengths: list[float] = []

    def transcribe(self, samples: Samples) -> Transcript:
        self.lengths.append(len(samples) / RATE)
        return Transcript(self.texts.pop(0) if self.texts else "", self.confidence)


class Called:
    """Hears the name in the stretches of sound whose numbers it was given, from 0; silent ones do not count."""

    def __init__(self, *stretches: int, ends: float = 1.3) -> None:
        self._stretches, self._ends, self._number = stretches, ends, -1
        self._seen, self._loud = 0.0, False

    def start(self) -> None:
        self._seen, self._loud = 0.0, False

    def hear(self, samples: Samples) -> bool:
        if not self._loud and level(samples) > LOUD:
            self._number, self._loud = self._number + 1, True
        self._seen += len(samples) / RATE if self._loud else 0.0
        return self._loud and self._number in self._stretches and self._seen >= self._ends

    def stop(self) -> float | None:
        found = self._ends if self._loud and self._number in self._stretches else None
        self._loud = False
        return found


class Tone:
    """Speaks in a tone, a fixed time for each word: slower or faster than the skill estimates."""

    def __init__(self, seconds_a_word: float = 0.4) -> None:
        self._seconds = seconds_a_word

    def render(self, text: str, style: str = "") -> Samples:
        return tone(len(text.split()) * self._seconds)


@dataclass
class Room:
    """A microphone with a recording, and a loudspeaker that keeps everything."""

    heard: list[Samples]
    played: list[Samples] = field(default_factory=list)

    def frame(self) -> Samples | None:
        return self.heard[len(self.played)] if len(self.played) < len(self.heard) else None

    def play(self, frame: Samples) -> None:
        assert len(frame) == FRAME
        self.played.append(frame)

    def close(self) -> None:
        pass

    @property
    def sounds(self) -> list[tuple[float, float]]:
        return sounds_in(np.concatenate(self.played))


def tone(seconds: float, decibels: float = -20.0) -> Samples:
    times = np.arange(samples_of(seconds)) / RATE
    return louder((np.sin(2 * np.pi * 220 * times) * 32_000).astype(np.int16), decibels + 3)


def recording(seconds: float, *spoken: tuple[float, Samples]) -> Samples:
    """So many seconds of a quiet room, in which sounds begin at their seconds."""
    whole = quiet(samples_of(seconds)).copy()
    for at, sound in spoken:
        whole[samples_of(at) : samples_of(at) + len(sound)] += sound
    return whole


def sounds_in(samples: Samples, above: float = -60.0, gap: float = 0.35) -> list[tuple[float, float]]:
    """Where there is sound: beginning and end in seconds; shorter gaps than `gap` are part of it."""
    loud = [at for at, frame in enumerate(frames_of(samples)) if level(frame) > above]
    found: list[list[float]] = []
    for at in loud:
        begins, ends = at * FRAME / RATE, (at + 1) * FRAME / RATE
        if found and begins - found[-1][1] < gap:
            found[-1][1] = ends
        else:
            found.append([begins, ends])
    return [(begins, ends) for begins, ends in found]


def live(
    heard: Samples,
    recognizer: Prompter,
    wake: Called | None = None,
    seconds_a_word: float = 0.4,
    full: bool = False,
    loud_from: float = LOUD,
) -> tuple[Room, list[Exchange]]:
    """One night with simple parts."""
    room = Room(frames_of(heard))
    exchanges: list[Exchange] = []
    echo = Deaf() if full else None
    parts = Engines(wake or Called(0), Loudness(loud_from), recognizer, Tone(seconds_a_word), echo)
    Night(Speaker(create(), MODEL), parts, room, room, Volume(60), exchanges.append).run()
    return room, exchanges


class Deaf:
    """A canceller in a room without echo."""

    def clean(self, heard: Samples, played: Samples) -> Samples:
        return heard


MODEL = InteractionModel.load("en-US")
