"""What a person sees of a terminal: enough of one to play back what was written to it."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])|\x1b([78])|(.)", re.DOTALL)


class Screen:
    """Rows and a cursor, without scrolling: rows are never lost."""

    def __init__(self, columns: int = 80) -> None:
        self.columns = columns
        self.rows: list[list[str]] = [[]]
        self.row = self.column = 0
        self.saved = (0, 0)

    def write(self, text: str) -> None:
        for number, letter, remembers, plain in _TOKEN.findall(text):
            if remembers:
                if remembers == "7":
                    self.saved = (self.row, self.column)
                else:
                    self.row, self.column = self.saved
            elif letter:
                self._control(number, letter)
            elif plain == "\r":
                self.column = 0
            elif plain == "\n":
                self.row += 1
                self.column = 0
            elif plain == "\b":
                self.column = max(0, self.column - 1)
            elif plain >= " ":
                self._put(plain)

    def _control(self, number: str, letter: str) -> None:
        row = self._line()
        if letter == "K" and number in ("", "0"):
            del row[self.column :]
        elif letter == "C":
            self.column += int(number or 1)
        elif letter == "D":
            self.column = max(0, self.column - int(number or 1))
        elif letter == "A":
            self.row = max(0, self.row - int(number or 1))
        elif letter not in "mhl":
            raise AssertionError(f"expected a control that this screen knows, found {number}{letter}")

    def _put(self, letter: str) -> None:
        if self.column >= self.columns:
            self.row, self.column = self.row + 1, 0
        row = self._line()
        row.extend(" " * (self.column + 1 - len(row)))
        row[self.column] = letter
        self.column += 1

    def _line(self) -> list[str]:
        while len(self.rows) <= self.row:
            self.rows.append([])
        return self.rows[self.row]

    @property
    def lines(self) -> list[str]:
        return ["".join(row).rstrip() for row in self.rows]

    @property
    def under_cursor(self) -> str:
        return "".join(self._line()).rstrip()
