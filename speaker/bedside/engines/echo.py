"""Echo cancelling by WebRTC's audio processing, as LiveKit's package carries it (Apache-2.0). Opens no connection."""

from __future__ import annotations

import numpy as np

from speaker.bedside.protocols import EngineMissing
from speaker.bedside.sound import FRAME, RATE, Samples

_HALF = FRAME // 2
"""WebRTC works on 10 ms."""


class WebRtcEcho:
    """Takes the coach's own voice out of the microphone's sound, and steady noise with it."""

    def __init__(self, delay: float = 0.0) -> None:
        """Makes it.

        Args:
            delay: seconds from playing a frame to hearing it, as far as is known; it finds the rest itself.

        Raises:
            EngineMissing: the package is not installed.
        """
        try:
            from livekit.rtc import AudioFrame
            from livekit.rtc.apm import AudioProcessingModule
        except ImportError as error:
            raise EngineMissing(
                "echo: expected the package livekit, found none. Hint: make listen (pip: '.[listen]')"
            ) from error
        self._frame = AudioFrame
        self._module = AudioProcessingModule(echo_cancellation=True, high_pass_filter=True)
        self._delay = round(delay * 1000)

    def clean(self, heard: Samples, played: Samples) -> Samples:
        """The frame without what was played."""
        parts = []
        for at in (0, _HALF):
            far = self._frame(bytearray(played[at : at + _HALF].tobytes()), RATE, 1, _HALF)
            near = self._frame(bytearray(heard[at : at + _HALF].tobytes()), RATE, 1, _HALF)
            self._module.process_reverse_stream(far)
            self._module.set_stream_delay_ms(self._delay)
            self._module.process_stream(near)
            parts.append(np.frombuffer(bytes(near.data), dtype=np.int16))
        return np.concatenate(parts)
