"""A recording in place of the microphone, and a file in place of the loudspeaker: only where they are asked for."""

from __future__ import annotations

import sys
import wave
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from speaker.bedside.sound import RATE, NotSound, Samples, frames_of, from_wav, quiet, samples_of

AFTER_SECONDS = 300.0
"""Longer than any turn, with the silence that closes a session."""


class Recording:
    """A wav file as the microphone, in simulated time; after its end the room is quiet while anybody wants it."""

    def __init__(self, path: Path, longest: float = AFTER_SECONDS) -> None:
        """Reads the whole file.

        Args:
            path: a wav file of integer samples, or `-` for one from standard input.
            longest: seconds of silence that follow it at most.

        Raises:
            NotSound: it cannot be read as sound; says what was found.
        """
        try:
            data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        except OSError as error:
            raise NotSound(f"{path}: expected a wav file to hear, found {error.strerror or error}") from error
        self._frames = iter(frames_of(from_wav(data, str(path))))
        self._after = iter(frames_of(quiet(samples_of(longest))))
        self.wanted: Callable[[], bool] = lambda: False
        """Whether the night is to go on although the recording is over."""

    def frame(self) -> Samples | None:
        """The next 20 ms; None after the end, once nobody wants more."""
        frame = next(self._frames, None)
        return next(self._after, None) if frame is None and self.wanted() else frame

    def close(self) -> None:
        """Nothing to give back."""


class SpokenFile:
    """A wav file as the loudspeaker: 16 bits, one channel, 16 kHz, as long as the night."""

    def __init__(self, path: Path) -> None:
        """Opens the file. Raises OSError where it cannot be written."""
        self._raw: BinaryIO = path.open("wb")
        self._file = wave.open(self._raw, "wb")  # noqa: SIM115 - closed with the night
        self._file.setnchannels(1)
        self._file.setsampwidth(2)
        self._file.setframerate(RATE)

    def play(self, frame: Samples) -> None:
        """Writes the frame."""
        self._file.writeframes(frame.astype("<i2").tobytes())

    def close(self) -> None:
        """Completes the file."""
        self._file.close()
        self._raw.close()


class Unheard:
    """No loudspeaker: what would be played is dropped."""

    def play(self, frame: Samples) -> None:
        """Drops it."""

    def close(self) -> None:
        """Nothing to give back."""
