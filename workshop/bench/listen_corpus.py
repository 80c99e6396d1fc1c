"""Utterances by synthetic voices, in a quiet room and in noise: what the bedside speaker is measured with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from speaker.bedside.engines.choose import voice_named
from speaker.bedside.protocols import Voice
from speaker.bedside.sound import RATE, Samples, at_level, level, louder, quiet, samples_of, trimmed

TEXTS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("listen_utterances.yaml").read_text("utf-8"))
VOICES = ("flite:slt", "flite:rms", "flite:awb", "espeak-ng:en-us", "espeak-ng:en-gb+f3")
NOISES: tuple[float | None, ...] = (None, 20.0, 10.0)
"""Decibels of speech above pink noise; None for a quiet room."""
SPEECH_DB = -26.0
"""Decibels below full scale of somebody who speaks from the bed."""
_AROUND = 0.4
"""Seconds of room before and after the words, as the utterances of a night have them."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One utterance as a microphone hears it."""

    text: str
    voice: str
    noise: float | None
    samples: Samples


def voices(model: Path | None) -> dict[str, Voice]:
    """The voices, and that of a Piper model where one is given."""
    found: dict[str, Voice] = {name: voice_named(name) for name in VOICES}
    if model is not None:
        from speaker.bedside.engines.piper_voice import PiperVoice

        found[f"piper:{model.stem}"] = PiperVoice(model)
    return found


def clips(texts: list[str], speakers: dict[str, Voice]) -> Iterator[Clip]:
    """Every text by every voice at every level of noise."""
    random = np.random.default_rng(14)
    for name, voice in speakers.items():
        for text in texts:
            said = at_level(trimmed(voice.render(text)), SPEECH_DB)
            pause = quiet(samples_of(_AROUND))
            whole = np.concatenate([pause, said, pause])
            for noise in NOISES:
                room = pink(len(whole), -70.0 if noise is None else SPEECH_DB - noise, random)
                yield Clip(text, name, noise, mixed(whole, room))


def pink(count: int, decibels: float, random: np.random.Generator) -> Samples:
    """Noise whose power falls with frequency, as that of a room does."""
    spectrum = np.fft.rfft(random.standard_normal(count))
    shaped = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 20 * count / RATE)), count)
    loud = (shaped / np.abs(shaped).max() * 20_000).astype(np.int16)
    return louder(loud, decibels - level(loud))


def mixed(first: Samples, second: Samples) -> Samples:
    """Both at once."""
    both: Samples = np.clip(first.astype(np.int32) + second, -32_768, 32_767).astype(np.int16)
    return both
