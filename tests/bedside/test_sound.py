"""Samples, levels and wav files."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest

from speaker.bedside.sound import RATE, NotSound, at_level, frames_of, from_wav, level, quiet, resampled, trimmed
from speaker.bedside.volume import Volume
from tests.bedside.parts import recording, sounds_in, tone


def wav(rate: int = RATE, width: int = 2, channels: int = 1, seconds: float = 1.0) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.setframerate(rate)
        times = np.arange(round(seconds * rate)) / rate
        values = np.repeat(np.sin(2 * np.pi * 440 * times), channels) * 0.5
        scaled = {1: (values * 127 + 128).astype(np.uint8), 2: (values * 32767).astype("<i2")}
        out.writeframes((scaled.get(width, (values * (2**31 - 1)).astype("<i4"))).tobytes())
    return file.getvalue()


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("width", [1, 2, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_wav_files_of_every_common_kind_are_heard_alike(rate: int, width: int, channels: int) -> None:
    samples = from_wav(wav(rate, width, channels))
    assert len(samples) == pytest.approx(RATE, abs=2)
    assert level(samples) == pytest.approx(-9.0, abs=0.3)
    spectrum = np.abs(np.fft.rfft(samples.astype(float)))
    assert int(spectrum.argmax()) == pytest.approx(440, abs=2)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"no sound at all", wav()[:30]])
def test_what_is_no_wav_file_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(NotSound, match=r"night\.wav: expected a wav file"):
        from_wav(data, "night.wav")


def test_what_a_rate_cannot_hold_does_not_come_back_as_another_tone() -> None:
    times = np.arange(48_000) / 48_000
    whistle = (np.sin(2 * np.pi * 11_000 * times) * 20_000).astype(np.int16)
    assert level(resampled(whistle, 48_000)) < level(whistle) - 40


def test_frames_are_whole() -> None:
    assert [len(frame) for frame in frames_of(quiet(700))] == [320, 320, 320]


def test_levels_are_of_the_words_and_not_of_the_pauses() -> None:
    whole = at_level(recording(5, (1.0, tone(0.5)), (3.0, tone(0.5))), -30.0)
    assert level(whole[RATE : RATE + RATE // 2]) == pytest.approx(-30.0, abs=0.5)
    assert sounds_in(trimmed(whole))[0][0] < 0.1


def test_it_speaks_as_loud_as_a_bedroom_bears() -> None:
    said = Volume().applied(tone(1.0, -3.0))
    assert -35 < level(said) < -25
    styles = [level(Volume().applied(tone(1.0), style)) for style in ("whispered", "soft", "", "loud", "x-loud")]
    assert styles == sorted(styles)
    assert level(Volume(100).applied(tone(1.0), "x-loud")) < 0
    assert not Volume(0).applied(tone(1.0)).any()
