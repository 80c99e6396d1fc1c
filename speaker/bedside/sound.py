"""Sound as this room handles it: 16-bit samples, one channel, 16 kHz, in frames of 20 ms."""

from __future__ import annotations

import io
import wave
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples a second."""
FRAME = 320
"""Samples in a frame: 20 ms, a length that every engine takes."""
FRAME_SECONDS = FRAME / RATE
FULL_SCALE = 32_768.0
SILENCE_DB = -96.0
"""Decibels below full scale that stand for no sound at all."""

Samples: TypeAlias = NDArray[np.int16]


class NotSound(ValueError):
    """A file or an engine gave something that is no sound of a known form."""


def quiet(count: int) -> Samples:
    """So many samples of silence."""
    return np.zeros(max(0, count), dtype=np.int16)


def samples_of(seconds: float) -> int:
    """Samples in so many seconds."""
    return round(seconds * RATE)


def seconds_in(samples: Samples) -> float:
    """Seconds that these samples last."""
    return len(samples) / RATE


def level(samples: Samples) -> float:
    """Loudness in decibels below full scale (root mean square), at least `SILENCE_DB`."""
    if not len(samples):
        return SILENCE_DB
    power = float(np.mean(np.square(samples.astype(np.float64) / FULL_SCALE)))
    return max(SILENCE_DB, 10.0 * float(np.log10(power))) if power > 0 else SILENCE_DB


def louder(samples: Samples, decibels: float) -> Samples:
    """The same sound, so many decibels louder (or quieter), clipped at full scale."""
    return _clipped(samples.astype(np.float64) * 10 ** (decibels / 20))


def at_level(samples: Samples, decibels: float) -> Samples:
    """The same sound, its loud parts at this level: pauses between words do not count."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    levels = [level(frame) for frame in frames] or [level(samples)]
    loud = [own for own in levels if own > max(levels) - 20] if max(levels) > SILENCE_DB else []
    return louder(samples, decibels - sum(loud) / len(loud)) if loud else samples


def resampled(samples: Samples, rate: int) -> Samples:
    """The same sound at `RATE`; frequencies that this rate cannot hold are filtered out first."""
    if rate == RATE or not len(samples):
        return samples
    length = round(len(samples) * RATE / rate)
    spectrum = np.fft.rfft(samples.astype(np.float64))
    kept = np.zeros(length // 2 + 1, dtype=np.complex128)
    shared = min(len(spectrum), len(kept))
    kept[:shared] = spectrum[:shared]
    return _clipped(np.fft.irfft(kept, length) * (length / len(samples)))


def trimmed(samples: Samples, floor: float = -55.0) -> Samples:
    """The sound without the silence before and after it, so that time is spent on words alone."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    loud = [at for at, frame in enumerate(frames) if level(frame) > floor]
    return samples[loud[0] * FRAME : (loud[-1] + 2) * FRAME] if loud else samples


def from_wav(data: bytes, name: str = "sound") -> Samples:
    """The samples of a wav file's bytes, of any rate and number of channels, at `RATE` in one channel.

    Raises:
        NotSound: not a wav file of 8, 16 or 32-bit integers.
    """
    try:
        with wave.open(io.BytesIO(data), "rb") as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise NotSound(f"{name}: expected a wav file of integer samples, found {error or 'a short one'}") from error
    types = {1: np.uint8, 2: np.int16, 4: np.int32}
    if width not in types:
        raise NotSound(f"{name}: expected samples of 8, 16 or 32 bits, found {width * 8}. Hint: sox {name} -b 16 …")
    whole = np.frombuffer(raw[: len(raw) // (width * channels) * width * channels], dtype=types[width])
    mixed = whole.reshape(-1, channels).astype(np.float64).mean(axis=1)
    scaled = {1: (mixed - 128) * 256, 2: mixed, 4: mixed / 65536}[width]
    return resampled(_clipped(scaled), rate)


def from_pcm(data: bytes, rate: int) -> Samples:
    """16-bit little-endian samples of one channel at `rate`, as programs print them."""
    return resampled(np.frombuffer(data[: len(data) // 2 * 2], dtype="<i2").astype(np.int16), rate)


def frames_of(samples: Samples) -> list[Samples]:
    """The sound in whole frames, the last one filled up with silence."""
    short = -len(samples) % FRAME
    whole = np.concatenate([samples, quiet(short)]) if short else samples
    return [whole[at : at + FRAME] for at in range(0, len(whole), FRAME)]


def _clipped(values: NDArray[np.float64]) -> Samples:
    return np.clip(np.rint(values), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
