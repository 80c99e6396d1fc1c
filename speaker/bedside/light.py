"""One dim line on a terminal: what the coach is doing. In a dark room even that is only shown on request."""

from __future__ import annotations

import math
from typing import TextIO

from speaker.bedside.night import Night

_DIM = "\x1b[2m"
_PLAIN = "\x1b[0m"
_CLEAR = "\r\x1b[K"


class Light:
    """Shows whether the coach is closed, speaks, holds or listens; writes only when that changes."""

    def __init__(self, out: TextIO) -> None:
        """Takes a terminal; anything else is left alone."""
        self._out = out
        self._lit = out.isatty()
        self._shown = ""

    def show(self, night: Night) -> None:
        """Brings the line up to date."""
        if not self._lit or (line := self._line(night)) == self._shown:
            return
        self._shown = line
        self._out.write(f"{_CLEAR}{_DIM}{line}{_PLAIN}")
        self._out.flush()

    def off(self) -> None:
        """Clears the line."""
        if self._lit:
            self._out.write(_CLEAR)
            self._out.flush()

    def _line(self, night: Night) -> str:
        if not night.speaker.open and night.playback.done:
            return "·"
        if night.playback.holding:
            return f"… {math.ceil(night.playback.left):d}"
        return "»" if night.playback.sounding else "?"
