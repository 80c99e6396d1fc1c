"""A microphone or a loudspeaker is pulled out, and put back."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from speaker.bedside.protocols import DeviceLost
from speaker.bedside.sound import FRAME, FRAME_SECONDS, Samples, quiet
from speaker.bedside.steady import AGAIN_SECONDS, SteadyLoudspeaker, SteadyMicrophone
from tests.bedside.parts import tone


@dataclass
class Plug:
    """A device on a cable."""

    inside: bool = True
    frames: list[Samples] = field(default_factory=list)
    closed: int = 0

    def frame(self) -> Samples | None:
        if not self.inside:
            raise DeviceLost("microphone: expected sound, found none for a second.")
        return tone(FRAME_SECONDS)

    def play(self, frame: Samples) -> None:
        if not self.inside:
            raise DeviceLost("loudspeaker: expected it to play, found it standing still for a second.")
        self.frames.append(frame)

    def close(self) -> None:
        self.closed += 1

    def again(self) -> Plug:
        if not self.inside:
            raise DeviceLost("not there")
        return self


@dataclass
class Clock:
    now: float = 100.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_a_night_goes_on_without_its_microphone_at_the_pace_of_the_clock() -> None:
    plug, clock, told = Plug(), Clock(), list[str]()
    microphone = SteadyMicrophone(plug, plug.again, told.append, lambda: clock.now, clock.sleep)
    assert microphone.frame() is not None
    plug.inside = False
    began = clock.now
    silent = [microphone.frame() for _ in range(500)]
    assert all(frame is not None and not frame.any() and len(frame) == FRAME for frame in silent)
    assert clock.now - began == pytest.approx(500 * FRAME_SECONDS, abs=0.05)
    assert len(told) == 1
    assert told[0].startswith("microphone: expected sound")
    plug.inside = True
    heard = [microphone.frame() for _ in range(round(AGAIN_SECONDS / FRAME_SECONDS) + 2)]
    assert heard[-1] is not None
    assert heard[-1].any()
    assert told[-1] == "microphone: it is back."
    assert plug.closed == 1


def test_a_night_goes_on_without_its_loudspeaker() -> None:
    plug, told = Plug(), list[str]()
    loudspeaker = SteadyLoudspeaker(plug, plug.again, told.append)
    loudspeaker.play(tone(FRAME_SECONDS))
    plug.inside = False
    for _ in range(500):
        loudspeaker.play(quiet(FRAME))
    assert len(told) == 1
    plug.inside = True
    for _ in range(round(AGAIN_SECONDS / FRAME_SECONDS) + 2):
        loudspeaker.play(tone(FRAME_SECONDS))
    assert told[-1] == "loudspeaker: it is back."
    assert plug.frames[-1].any()
    loudspeaker.close()
    assert plug.closed == 2
