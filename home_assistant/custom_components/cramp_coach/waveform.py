"""Sound as samples: sentences as an engine spoke them, trimmed and made softer, joined by silences of exact length."""

from __future__ import annotations

import array
import io
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass

RATE = 22_050
"""Samples a second. Enough for speech, and what most neural voices have."""
_WIDTH = 2
_QUIET = 200
"""Amplitude, of 32,767, under which the ends of a sentence are an engine's own padding."""
_KEPT = RATE // 25
"""Samples of that padding left on either side, so that no consonant is cut: 40 ms."""

# Amplitude of a style beside the engine's own. Softer by 6 and by 10 dB; louder as far as the sentence allows.
GAIN = {"x-soft": 0.32, "whispered": 0.32, "soft": 0.5, "loud": 1.6, "x-loud": 2.5}


class NotSpoken(ValueError):
    """An engine's answer is no sound that can be used."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono samples of 16 bits at `RATE`."""

    samples: array.array[int]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / RATE


def silence(seconds: float) -> Sound:
    """Nothing, for so long."""
    return Sound(array.array("h", bytes(_WIDTH * round(seconds * RATE))))


def read(data: bytes) -> Sound:
    """The sound of a WAV file.

    Raises:
        NotSpoken: another format than was asked for, or no sound in it.
    """
    try:
        with wave.open(io.BytesIO(data)) as file:
            found = (file.getframerate(), file.getnchannels(), file.getsampwidth())
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise NotSpoken(f"expected a WAV file from the voice, found {error}") from error
    if found != (RATE, 1, _WIDTH):
        raise NotSpoken(f"expected {RATE} samples a second, mono, 16 bits from the voice, found {found}")
    samples = array.array("h", frames[: len(frames) // _WIDTH * _WIDTH])
    if sys.byteorder == "big":
        samples.byteswap()
    if not samples:
        raise NotSpoken("expected speech from the voice, found an empty sound")
    return Sound(samples)


def trimmed(sound: Sound) -> Sound:
    """Without an engine's padding at either end, which would lengthen every pause beside it."""
    loud = [at for at, sample in enumerate(sound.samples) if abs(sample) > _QUIET]
    if not loud:
        return sound
    return Sound(sound.samples[max(0, loud[0] - _KEPT) : loud[-1] + _KEPT])


def styled(sound: Sound, style: str) -> Sound:
    """As loud as a style asks, and never so loud that it clips."""
    gain = GAIN.get(style, 1.0)
    peak = max(map(abs, sound.samples), default=0)
    if gain == 1.0 or not peak:
        return sound
    gain = min(gain, max(1.0, 32_767 / peak))
    return Sound(array.array("h", (int(sample * gain) for sample in sound.samples)))


def joined(*sounds: Sound) -> Sound:
    """The sounds, one after another, as one."""
    whole = array.array("h")
    for sound in sounds:
        whole.extend(sound.samples)
    return Sound(whole)


def wav(sounds: Sequence[Sound]) -> bytes:
    """A WAV file of the sounds, one after another."""
    whole = joined(*sounds).samples
    if sys.byteorder == "big":
        whole.byteswap()
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(_WIDTH)
        file.setframerate(RATE)
        file.writeframes(whole.tobytes())
    return target.getvalue()
