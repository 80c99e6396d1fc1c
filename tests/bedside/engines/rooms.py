"""Bedrooms at night, made by sox and by voices that are no engine of the coach's own ear."""

from __future__ import annotations

import subprocess
from functools import lru_cache

import numpy as np

from speaker.bedside.engines.program_voice import EspeakVoice, FliteVoice
from speaker.bedside.sound import RATE, Samples, at_level, from_pcm, louder, quiet, samples_of, trimmed

BED_DB = -26.0
"""Speech from the bed, as the microphone on the table hears it."""
TELEVISION_DB = -50.0


def sox(seconds: float, *effects: str) -> Samples:
    """So many seconds that sox makes of nothing, such as `synth`, `5`, `pinknoise`."""
    command = ["sox", "-R", "-n", "-r", str(RATE), "-c", "1", "-b", "16", "-e", "signed", "-t", "raw", "-", *effects]
    made = from_pcm(subprocess.run(command, capture_output=True, check=True).stdout, RATE)
    return np.resize(made, samples_of(seconds))


@lru_cache(maxsize=256)
def said(text: str, voice: str = "rms", decibels: float = BED_DB) -> Samples:
    """Somebody says this: a voice of flite, or `us` or `gb` for espeak-ng."""
    speaks = EspeakVoice({"us": "en-us", "gb": "en-gb+f3"}[voice]) if voice in ("us", "gb") else FliteVoice(voice)
    return at_level(trimmed(speaks.render(text)), decibels)


def hum(seconds: float) -> Samples:
    """A fridge and a charger: 50 Hz and what comes with it."""
    return louder(sox(seconds, "synth", "10", "sine", "50", "sine", "100", "sine", "300", "remix", "1-3"), -38)


def fan(seconds: float, decibels: float = -50.0) -> Samples:
    """Air: pink noise."""
    return at_level(sox(seconds, "synth", f"{min(seconds, 30)}", "pinknoise"), decibels)


def snoring(seconds: float, decibels: float = -30.0) -> Samples:
    """Breath after breath: a rattle of a second and a half, low and rough, every four seconds."""
    rattle = sox(1.6, "synth", "1.6", "brownnoise", "synth", "1.6", "square", "amod", "28", "70", "lowpass", "900")
    breath = at_level(rattle, decibels)
    fade = np.minimum(1.0, np.minimum(np.arange(len(breath)), np.arange(len(breath))[::-1]) / samples_of(0.4))
    one = np.concatenate([(breath * fade).astype(np.int16), quiet(samples_of(2.4))])
    return np.resize(one, samples_of(seconds))


def television(seconds: float, decibels: float = TELEVISION_DB) -> Samples:
    """The news next door, by several voices, without an end."""
    lines = (
        "and now the weather for tomorrow with rain spreading from the west",
        "prices rose by three percent last year while wages hardly changed at all",
        "the national coach said that the team had trained hard at the camp",
        "stop right there said the detective nobody leaves this room",
        "you never told me that you had a brother she said and closed the door",
    )
    voices = ("slt", "awb", "us", "gb", "kal16")
    parts = [own for line, voice in zip(lines, voices, strict=True) for own in (said(line, voice), quiet(6000))]
    return np.resize(at_level(np.concatenate(parts), decibels), samples_of(seconds))


def room(seconds: float, *sounds: tuple[float, Samples], background: Samples | None = None) -> Samples:
    """So many seconds of a room with a quiet fan, in which sounds begin at their seconds."""
    whole = (fan(seconds, -68.0) if background is None else background).astype(np.int32)
    for at, sound in sounds:
        begins = samples_of(at)
        part = sound[: max(0, len(whole) - begins)]
        whole[begins : begins + len(part)] += part
    return np.clip(whole, -32_768, 32_767).astype(np.int16)
