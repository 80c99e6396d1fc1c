"""Seconds, measured on the samples of a WAV file."""

from __future__ import annotations

import array
import wave
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

_LOUD = 300
"""Amplitude, of 32,767: between the noise of MP3 in silence and the softest speech."""
_STEP = 0.01
"""Seconds a window."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Silence between two sounds, in seconds from the beginning."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


def loudest(path: Path) -> int:
    """The greatest amplitude, of 32,767."""
    return max(map(abs, _samples(path)[0]))


def gaps(path: Path, longer: float) -> list[Gap]:
    """The silences longer than so many seconds that have sound before and after them."""
    samples, rate = _samples(path)
    window = round(rate * _STEP)
    windows = (samples[at : at + window] for at in range(0, len(samples), window))
    loud = [at * _STEP for at, own in enumerate(windows) if max(map(abs, own)) > _LOUD]
    return [Gap(one + _STEP, other) for one, other in pairwise(loud) if other - one > longer]


def _samples(path: Path) -> tuple[array.array[int], int]:
    """The samples of a file, and how many there are in a second."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2), path
        return array.array("h", file.readframes(file.getnframes())), file.getframerate()
