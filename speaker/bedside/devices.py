"""The machine's microphone and loudspeaker, through PortAudio."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from typing import Any

import numpy as np

from speaker.bedside.protocols import DeviceLost, EngineMissing
from speaker.bedside.sound import FRAME, FRAME_SECONDS, RATE, Samples, quiet

LOST_SECONDS = 2.0
"""Without a frame for so long, a device has gone: PortAudio itself often says nothing."""
LATENCY_SECONDS = 0.2
"""Sound that PortAudio keeps in hand: with less, a busy machine loses frames of the microphone."""
_AHEAD = round(0.5 / FRAME_SECONDS)
"""Frames of silence that may wait to be played before they are dropped, to catch up after a busy moment."""


def portaudio() -> Any:
    """The package sounddevice. Raises EngineMissing where it or PortAudio is not installed."""
    try:
        import sounddevice
    except ImportError as error:
        raise EngineMissing(
            "sound: expected the package sounddevice, found none. Hint: make listen (pip: '.[listen]')"
        ) from error
    except OSError as error:
        raise EngineMissing("sound: expected PortAudio, found none. Hint: apt install libportaudio2") from error
    return sounddevice


def listing() -> str:
    """Every device, one a line: its number, its name, and what it can do."""
    lines = []
    for number, device in enumerate(portaudio().query_devices()):
        counts = {"microphone": device["max_input_channels"], "loudspeaker": device["max_output_channels"]}
        can = [word for word, count in counts.items() if count]
        lines.append(f"{number:3}  {device['name']}  ({', '.join(can)})")
    return "\n".join(lines) or "No sound device was found."


def refresh() -> None:
    """Looks for devices again; every open stream ends."""
    sound = portaudio()
    sound._terminate()
    sound._initialize()


class SystemMicrophone:
    """An input device. Its frames are the clock of the night."""

    def __init__(self, device: int | str | None = None) -> None:
        """Opens it. Raises DeviceLost where that fails."""
        sound = portaudio()
        self._frames: queue.Queue[Samples] = queue.Queue()
        try:
            self._stream = sound.InputStream(
                RATE, FRAME, device, channels=1, dtype="int16", callback=self._came, latency=LATENCY_SECONDS
            )
            self._stream.start()
        except (sound.PortAudioError, ValueError) as error:
            raise DeviceLost(f"microphone: expected an input device, found {_short(error)}.") from error

    def frame(self) -> Samples | None:
        """The next 20 ms. Raises DeviceLost once none comes."""
        try:
            return self._frames.get(timeout=LOST_SECONDS)
        except queue.Empty:
            raise DeviceLost("microphone: expected sound, found none for two seconds.") from None

    def close(self) -> None:
        """Gives the device back."""
        self._stream.close(ignore_errors=True)

    def _came(self, data: Any, frames: int, at: Any, status: Any) -> None:
        self._frames.put(data[:, 0].copy())


class SystemLoudspeaker:
    """An output device. It takes a frame when it needs one, and silence when there is none."""

    def __init__(self, device: int | str | None = None) -> None:
        """Opens it. Raises DeviceLost where that fails."""
        sound = portaudio()
        self._waiting: deque[Samples] = deque()
        self._lock = threading.Lock()
        self._took = time.monotonic()
        try:
            self._stream = sound.OutputStream(
                RATE, FRAME, device, channels=1, dtype="int16", callback=self._wants, latency=LATENCY_SECONDS
            )
            self._stream.start()
        except (sound.PortAudioError, ValueError) as error:
            raise DeviceLost(f"loudspeaker: expected an output device, found {_short(error)}.") from error

    def play(self, frame: Samples) -> None:
        """Plays the frame after those that wait; silence is dropped where too many do. Raises DeviceLost."""
        with self._lock:
            if len(self._waiting) <= _AHEAD or frame.any():
                self._waiting.append(frame)
            still = time.monotonic() - self._took
        if still > LOST_SECONDS:
            raise DeviceLost("loudspeaker: expected it to play, found it standing still for two seconds.")

    def close(self) -> None:
        """Gives the device back."""
        self._stream.close(ignore_errors=True)

    def _wants(self, data: Any, frames: int, at: Any, status: Any) -> None:
        with self._lock:
            self._took = time.monotonic()
            frame = self._waiting.popleft() if self._waiting else quiet(FRAME)
        data[:, 0] = frame if len(frame) == frames else np.resize(frame, frames)


def _short(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
