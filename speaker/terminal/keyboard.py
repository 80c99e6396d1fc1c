"""Reads what is typed in the background, so that the clock keeps running, and keeps a half-typed line whole."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any, Protocol, TextIO

MARGIN = 7
"""Columns before the prompt, in which the seconds are counted."""
PROMPT = " " * MARGIN + "> "


class Reading(Protocol):
    """Whatever gives the next line, and raises EOFError after the last."""

    def read(self) -> str:
        """The next line, without its end."""


class Lines:
    """Lines from a pipe, or from a terminal that edits them by itself."""

    def __init__(self, source: TextIO) -> None:
        self.source = source

    def read(self) -> str:
        """The next line. Raises EOFError at the end, and OSError or ValueError where the source breaks."""
        line = self.source.readline()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")


class LineEditor:
    """The line at the bottom of a terminal, edited by readline. Others may write while `lock` is theirs."""

    def __init__(self, readline: ModuleType, ask: Callable[[str], str] = input) -> None:
        self._readline, self._ask = readline, ask
        self.lock = threading.Lock()
        self._shown = False
        # On one row whatever its length: the row above it is never the beginning of what is typed.
        readline.parse_and_bind("set horizontal-scroll-mode on")
        readline.parse_and_bind("set enable-bracketed-paste off")
        self._announces = hasattr(readline, "set_pre_input_hook")
        if self._announces:
            readline.set_pre_input_hook(self._begun)

    def read(self) -> str:
        """The next line. Raises EOFError at the end."""
        self.lock.acquire()  # until the prompt is there
        if not self._announces:
            self._begun()
        try:
            return self._ask(PROMPT)
        finally:
            if not self._shown:
                self.lock.release()
            self._shown = False

    def _begun(self) -> None:
        if not self._shown:
            self._shown = True
            self.lock.release()

    @property
    def typed(self) -> str | None:
        """What stands behind the prompt, not yet sent; None while there is no prompt."""
        return str(self._readline.get_line_buffer()) if self._shown else None


class Keyboard:
    """Typed or piped lines, one after the other."""

    def __init__(self, source: TextIO, editor: LineEditor | None = None) -> None:
        self.interactive = source.isatty()
        self.editor = editor
        self._source = source
        self._attributes = _attributes(source)
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, args=(editor or Lines(source),), daemon=True).start()

    @classmethod
    def of(cls, source: TextIO, out: TextIO) -> Keyboard:
        """With a line editor where both are one terminal that has one."""
        if not (source.isatty() and out.isatty()) or os.environ.get("TERM", "dumb") == "dumb":
            return cls(source)
        try:
            import readline
        except ImportError:
            return cls(source)
        return cls(source, LineEditor(readline))

    def _read(self, reading: Reading) -> None:
        try:
            while True:
                self._lines.put(reading.read())
        except (EOFError, OSError, ValueError):
            pass  # the end, a closed terminal or undecodable bytes: there will be no more lines
        finally:
            self._lines.put(None)  # whatever ended it: no reader may wait forever

    def wait(self, seconds: float | None) -> str | None:
        """The next line, waiting up to `seconds` (None: forever).

        Raises:
            TimeoutError: nothing was typed.
            EOFError: there will be no more lines.
        """
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        if line is None:
            self._lines.put(None)
            raise EOFError
        return line

    def close(self) -> None:
        """Gives the terminal back as it was found: readline, still reading, would leave it without echo."""
        if self._attributes is not None:
            import termios

            with suppress(termios.error, ValueError):
                termios.tcsetattr(self._source.fileno(), termios.TCSANOW, self._attributes)


def _attributes(source: TextIO) -> list[Any] | None:
    try:
        import termios

        return termios.tcgetattr(source.fileno())
    except (ImportError, OSError, ValueError):
        return None
    except termios.error:
        return None
