"""What the bedside speaker is made of. Each part has a default engine; any other with these methods serves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from speaker.bedside.sound import Samples

UNTOLD = 0.5
"""Confidence in words from an engine that does not tell any of use."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a recogniser made of an utterance."""

    text: str
    """Empty where it found no words."""
    confidence: float = 1.0
    """How sure it is of them, 0 to 1."""


class DeviceLost(RuntimeError):
    """A microphone or loudspeaker has gone; the message says which."""


class EngineMissing(RuntimeError):
    """An engine cannot be had on this machine; the message says what to install."""


class Microphone(Protocol):
    """Where sound comes from, one frame after the other. It is the clock: a frame is 20 ms."""

    def frame(self) -> Samples | None:
        """The next frame; None once there will be no more. Raises DeviceLost."""

    def close(self) -> None:
        """Gives the device back."""


class Loudspeaker(Protocol):
    """Where sound goes, one frame for each that the microphone gives."""

    def play(self, frame: Samples) -> None:
        """Plays the frame after all before it. Raises DeviceLost."""

    def close(self) -> None:
        """Gives the device back."""


class WakePhrase(Protocol):
    """Listens for the name alone, within one stretch of speech."""

    def start(self) -> None:
        """A stretch of speech begins."""

    def hear(self, samples: Samples) -> bool:
        """Whether the name has been said in this stretch so far, these samples included."""

    def stop(self) -> float | None:
        """The stretch is over: seconds from its start to the end of the name, None where it was not said."""


class VoiceActivity(Protocol):
    """Tells speech from everything else in a bedroom."""

    def reset(self) -> None:
        """Forgets what went before."""

    def speech(self, frame: Samples) -> float:
        """How likely somebody speaks in this frame, 0 to 1."""


class Recognizer(Protocol):
    """Speech into words."""

    def transcribe(self, samples: Samples) -> Transcript:
        """The words of one utterance."""


class Voice(Protocol):
    """Words into speech."""

    def render(self, text: str, style: str = "") -> Samples:
        """The sentence as sound, without silence around it. `style` is that of `skill.speech.Speech`."""


class EchoCanceller(Protocol):
    """Takes the loudspeaker's sound out of what the microphone hears."""

    def clean(self, heard: Samples, played: Samples) -> Samples:
        """The frame without the coach's own voice; `played` went to the loudspeaker just before."""


@dataclass
class Engines:
    """What hears and speaks."""

    wake: WakePhrase
    activity: VoiceActivity
    recognizer: Recognizer
    voice: Voice
    canceller: EchoCanceller | None = None
