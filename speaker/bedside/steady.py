"""Devices that may be unplugged: the night goes on without them, and with them again once they are back."""

from __future__ import annotations

import time
from collections.abc import Callable

from speaker.bedside.protocols import DeviceLost, Loudspeaker, Microphone
from speaker.bedside.sound import FRAME, FRAME_SECONDS, Samples, quiet

AGAIN_SECONDS = 2.0
"""Between two attempts to open a device that has gone."""


class SteadyMicrophone:
    """A microphone that hears silence while it is gone, at the pace of the clock, so that a hold goes on."""

    def __init__(
        self,
        first: Microphone,
        again: Callable[[], Microphone],
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Takes a device that is open.

        Args:
            first: the device.
            again: opens it anew; raises DeviceLost while it cannot.
            say: tells a person what has happened.
            clock: seconds, of any origin.
            sleep: waits so many seconds.
        """
        self._device: Microphone | None = first
        self._again, self._say, self._clock, self._sleep = again, say, clock, sleep
        self._due = self._next = 0.0

    def frame(self) -> Samples | None:
        """The next 20 ms: the device's, or silence."""
        if self._device is not None:
            try:
                return self._device.frame()
            except DeviceLost as error:
                self._say(f"{error} The night goes on; hearing does once it is back.")
                self._device.close()
                self._device = None
                self._due = self._clock()
                self._next = self._due + AGAIN_SECONDS
        self._due += FRAME_SECONDS
        self._sleep(max(0.0, self._due - self._clock()))
        if self._clock() >= self._next:
            try:
                self._device = self._again()
                self._say("microphone: it is back.")
            except DeviceLost:
                self._next = self._clock() + AGAIN_SECONDS
        return quiet(FRAME)

    def close(self) -> None:
        """Gives the device back."""
        if self._device is not None:
            self._device.close()


class SteadyLoudspeaker:
    """A loudspeaker whose sound is dropped while it is gone, so that time goes on as planned."""

    def __init__(self, first: Loudspeaker, again: Callable[[], Loudspeaker], say: Callable[[str], None]) -> None:
        """Takes a device that is open; see `SteadyMicrophone`."""
        self._device: Loudspeaker | None = first
        self._again, self._say = again, say
        self._dropped = 0

    def play(self, frame: Samples) -> None:
        """Plays the frame, or drops it."""
        if self._device is None:
            self._dropped += 1
            if self._dropped * FRAME_SECONDS < AGAIN_SECONDS:
                return
            self._dropped = 0
            try:
                self._device = self._again()
                self._say("loudspeaker: it is back.")
            except DeviceLost:
                return
        try:
            self._device.play(frame)
        except DeviceLost as error:
            self._say(f"{error} The night goes on; speaking does once it is back.")
            self._device.close()
            self._device = None

    def close(self) -> None:
        """Gives the device back."""
        if self._device is not None:
            self._device.close()
