"""Writes to the terminal: as wide as it is, in colour where it has colours, and never over what is being typed."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Mapping
from enum import StrEnum
from typing import TextIO

from speaker.terminal.keyboard import MARGIN, PROMPT, LineEditor

WIDEST = 100
"""Columns of text at most: longer lines are hard to read."""
_SAVE, _RESTORE, _ERASE, _PLAIN = "\x1b7", "\x1b8", "\r\x1b[K", "\x1b[0m"


class Kind(StrEnum):
    """What a line is; the value is its colour, as a terminal is told."""

    SAID = ""
    URGENT = "\x1b[1m"
    ASIDE = "\x1b[2m"
    FAULT = "\x1b[31m"


class Output:
    """Lines above the prompt, and seconds in the margin before it."""

    def __init__(
        self, out: TextIO, editor: LineEditor | None = None, environment: Mapping[str, str] = os.environ
    ) -> None:
        self.out, self.editor = out, editor
        self.is_terminal = out.isatty()
        # https://no-color.org: set and not empty.
        self.colours = self.is_terminal and environment.get("TERM") != "dumb" and not environment.get("NO_COLOR")
        self._margin = ""

    def line(self, text: str = "", kind: Kind = Kind.SAID) -> None:
        """One line, folded at the width of the terminal; a pipe gets it whole."""
        if self.is_terminal:
            text = folded(text, shutil.get_terminal_size().columns)
        if self.colours and kind.value:
            text = f"{kind.value}{text}{_PLAIN}"
        if self.editor is None:
            self._write(text + "\n")
            return
        with self.editor.lock:
            typed = self.editor.typed
            if typed is None:
                self._write(_ERASE + text + "\n")
            else:
                self._write(f"{_ERASE}{text}\n{self._margin or ' ' * MARGIN}{PROMPT.strip()} {self._fits(typed)}")

    def margin(self, text: str) -> None:
        """Puts a few letters before the prompt, and the cursor back where it was. Nothing without a line editor."""
        if self.editor is None:
            return
        self._margin = f"{text:<{MARGIN}}"[:MARGIN]
        with self.editor.lock:
            typed = self.editor.typed
            # A line too long for the row is scrolled by readline, over the margin as well.
            if typed is not None and typed == self._fits(typed):
                self._write(f"{_SAVE}\r{self._margin}{_RESTORE}")

    def write_json(self, text: str) -> None:
        """A line as it is, whatever the terminal."""
        self._write(text + "\n")

    def close(self) -> None:
        """Leaves an empty row behind."""
        if self.editor is not None and self.editor.typed is not None:
            self._write(_ERASE)

    def _fits(self, typed: str) -> str:
        """As much of what was typed as one row holds: its end."""
        room = shutil.get_terminal_size().columns - len(PROMPT) - 1
        return typed if len(typed) <= room else typed[-max(0, room) :]

    def _write(self, text: str) -> None:
        self.out.write(text)
        self.out.flush()


def folded(text: str, columns: int) -> str:
    """The line in rows of this many columns at most, each with the indent of the first."""
    indent = text[: len(text) - len(text.lstrip())]
    width = max(20, min(columns - 1, WIDEST))
    return textwrap.fill(text.strip(), width, initial_indent=indent, subsequent_indent=indent) if text else text
