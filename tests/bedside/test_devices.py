"""PortAudio's microphones and loudspeakers, behind a stand-in for its package."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from speaker.bedside import devices
from speaker.bedside.protocols import DeviceLost, EngineMissing
from speaker.bedside.sound import FRAME, FRAME_SECONDS, Samples, quiet
from tests.bedside.parts import tone


class PortAudioError(Exception):
    pass


class Stream:
    """A stream that is driven by hand."""

    last: Stream

    def __init__(
        self,
        rate: int,
        block: int,
        device: object,
        channels: int,
        dtype: str,
        callback: Callable[..., None],
        latency: float,
    ) -> None:
        if device == "nothing":
            raise PortAudioError("No input device matching 'nothing'")
        assert (rate, block, channels, dtype) == (16_000, FRAME, 1, "int16")
        self.callback, self.open = callback, True
        Stream.last = self

    def start(self) -> None:
        pass

    def close(self, ignore_errors: bool) -> None:
        self.open = False

    def give(self, frame: Samples) -> None:
        self.callback(frame.reshape(-1, 1), FRAME, None, None)

    def take(self) -> Samples:
        data = np.full((FRAME, 1), 7, dtype=np.int16)
        self.callback(data, FRAME, None, None)
        taken: Samples = data[:, 0]
        return taken


@pytest.fixture(autouse=True)
def portaudio(monkeypatch: pytest.MonkeyPatch) -> None:
    known: list[dict[str, Any]] = [
        {"name": "Built-in", "max_input_channels": 2, "max_output_channels": 0},
        {"name": "USB Speakerphone", "max_input_channels": 1, "max_output_channels": 2},
    ]
    module = SimpleNamespace(
        InputStream=Stream, OutputStream=Stream, PortAudioError=PortAudioError, query_devices=lambda: known
    )
    monkeypatch.setitem(sys.modules, "sounddevice", module)


def test_devices_are_listed_with_what_they_can_do() -> None:
    assert devices.listing().splitlines() == [
        "  0  Built-in  (microphone)",
        "  1  USB Speakerphone  (microphone, loudspeaker)",
    ]


def test_what_the_microphone_hears_comes_in_order() -> None:
    microphone = devices.SystemMicrophone("USB")
    Stream.last.give(tone(FRAME_SECONDS))
    Stream.last.give(quiet(FRAME))
    first, second = microphone.frame(), microphone.frame()
    assert first is not None
    assert first.any()
    assert second is not None
    assert not second.any()
    microphone.close()
    assert not Stream.last.open


def test_a_microphone_that_gives_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "LOST_SECONDS", 0.01)
    with pytest.raises(DeviceLost, match="expected sound, found none"):
        devices.SystemMicrophone().frame()


@pytest.mark.parametrize("kind", [devices.SystemMicrophone, devices.SystemLoudspeaker])
def test_a_device_that_is_not_there_is_named(kind: type[devices.SystemMicrophone]) -> None:
    with pytest.raises(DeviceLost, match="No input device matching 'nothing'"):
        kind("nothing")


def test_the_loudspeaker_plays_what_it_was_given_and_silence_where_there_is_nothing() -> None:
    loudspeaker = devices.SystemLoudspeaker()
    loudspeaker.play(tone(FRAME_SECONDS))
    assert Stream.last.take().any()
    assert not Stream.last.take().any()


def test_after_a_busy_moment_silence_is_dropped_and_no_word_is() -> None:
    loudspeaker = devices.SystemLoudspeaker()
    for _ in range(200):
        loudspeaker.play(quiet(FRAME))
    for _ in range(50):
        loudspeaker.play(tone(FRAME_SECONDS))
    taken = [Stream.last.take() for _ in range(250)]
    assert sum(own.any() for own in taken) == 50
    assert next(at for at, own in enumerate(taken) if own.any()) < 40


def test_a_loudspeaker_that_takes_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    loudspeaker = devices.SystemLoudspeaker()
    monkeypatch.setattr(devices, "LOST_SECONDS", -1.0)
    with pytest.raises(DeviceLost, match="standing still"):
        loudspeaker.play(tone(FRAME_SECONDS))


def test_without_portaudio_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(EngineMissing, match="make listen"):
        devices.listing()
