"""At a real terminal: what is typed stays whole, rows fit, colours are those that were wanted, errors have names."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from fcntl import ioctl
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from skill.dialog import relief
from speaker.terminal.keyboard import PROMPT, LineEditor
from speaker.terminal.output import Kind, Output, folded
from tests.speaker.screen import Screen
from workshop.cli import main, parser

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
_ROW = re.compile(r"  … ([ \d]\d) > what is my na")
"""The seconds left, and what stands there half typed."""


class Tab:
    """`talk` in a terminal of its own, and what is seen in it."""

    def __init__(self, *arguments: str, columns: int = 80, **environment: str) -> None:
        self.master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "workshop.cli", "talk", *arguments],
            stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=clean | {"TERM": "xterm"} | environment,
            start_new_session=True,
        )  # fmt: skip
        self.screen, self.written = Screen(columns), ""

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def until(self, seen: Callable[[Screen], object]) -> None:
        """Reads on until this is seen."""
        end = time.monotonic() + PATIENCE
        while not seen(self.screen):
            assert time.monotonic() < end, self.screen.lines
            if select.select([self.master], [], [], 0.2)[0]:
                self._read()

    def _read(self) -> bool:
        try:
            text = os.read(self.master, 65536).decode(errors="replace")
        except OSError:
            return False
        self.written += text
        self.screen.write(text)
        return bool(text)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.slave)
        os.close(self.master)


def ends_with(row: str, screen: Screen) -> bool:
    return screen.under_cursor.endswith(row)


@pytest.fixture
def tab() -> Iterator[Callable[..., Tab]]:
    tabs: list[Tab] = []

    def begin(*arguments: str, **settings: object) -> Tab:
        tabs.append(Tab(*arguments, **settings))  # type: ignore[arg-type]
        return tabs[-1]

    yield begin
    for own in tabs:
        own.close()


def test_what_is_being_typed_stays_whole_while_the_seconds_run(tab: Callable[..., Tab]) -> None:
    talk = tab()
    talk.until(lambda screen: any("Hold it gently" in line for line in screen.lines))
    talk.type("what is my na")
    counted: set[str] = set()
    while len(counted) < 3:  # seconds of the hold, while half a sentence stands there
        talk.until(lambda screen: (row := _ROW.fullmatch(screen.under_cursor)) and row[1] not in counted)
        counted.add(_ROW.fullmatch(talk.screen.under_cursor)[1])  # type: ignore[index]
    talk.until(lambda screen: any("Breathe" in line for line in screen.lines))
    assert not any("Breathe" in line and "what is" in line for line in talk.screen.lines)
    talk.until(lambda screen: screen.under_cursor.endswith("> what is my na"))
    assert talk.screen.column == len(PROMPT) + len("what is my na")
    for keys, row in (("\x15", ">"), ("stop", "> stop"), ("\n", ">")):  # Ctrl-U takes the line away
        talk.type(keys)
        talk.until(partial(ends_with, row))
    talk.until(lambda screen: any("Goodnight." in line for line in screen.lines))
    assert any(line.endswith("> stop") for line in talk.screen.lines), (talk.screen.lines, talk.written[-400:])


def test_leaving_gives_the_terminal_back_as_it_was(tab: Callable[..., Tab]) -> None:
    talk = tab("--fast")
    talk.until(lambda screen: screen.under_cursor.endswith("?" + PROMPT[5:].rstrip()))
    talk.type("/quit\n")
    while talk.process.poll() is None:
        talk.until(lambda screen: True)
        time.sleep(0.05)
    assert talk.process.returncode == 0
    assert termios.tcgetattr(talk.slave)[3] == talk.before[3]


def test_rows_fit_the_terminal_and_colours_are_those_wanted(tab: Callable[..., Tab]) -> None:
    narrow = tab("--fast", columns=40)
    narrow.until(lambda screen: "?" in screen.under_cursor)
    assert max(map(len, narrow.screen.lines)) <= 40
    assert Kind.ASIDE.value in narrow.written
    plain = tab("--fast", NO_COLOR="1")
    plain.until(lambda screen: "?" in screen.under_cursor)
    assert not re.search(r"\x1b\[[0-9;]*m", plain.written)


def test_a_pipe_gets_neither_colours_nor_folds() -> None:
    out = io.StringIO()
    output = Output(out, environment={"TERM": "xterm"})
    output.line("  " + "word " * 60 + "end", Kind.URGENT)
    assert out.getvalue() == "  " + "word " * 60 + "end\n"


def test_a_fold_keeps_the_indent_and_every_word() -> None:
    rows = folded("  " + "word " * 30, 40).split("\n")
    assert all(row.startswith("  word") and len(row) < 40 for row in rows)
    assert " ".join(rows).split() == ["word"] * 30


class Typing:
    """A readline in which somebody has typed this."""

    def __init__(self, typed: str) -> None:
        self.typed = typed

    def parse_and_bind(self, line: str) -> None:
        pass

    def get_line_buffer(self) -> str:
        return self.typed


class TerminalText(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_line_longer_than_the_row_is_left_to_the_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = TerminalText()
    editor = LineEditor(Typing("x" * 80))  # type: ignore[arg-type]
    editor._shown = True
    output = Output(out, editor)
    output.margin("  … 12")
    assert out.getvalue() == ""
    output.line("  a cue")
    screen = Screen(40)
    screen.write(out.getvalue())
    assert screen.lines[0] == "  a cue" and len(screen.lines) == 2 and len(screen.lines[1]) <= 40


def test_an_error_in_a_handler_has_a_name_and_a_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise LookupError("words that nobody may read")

    monkeypatch.setattr(relief, "launch", breaks)
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert main(["talk", "--fast", "--json"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    [failed] = first["failed"]
    assert failed["error"] == "LookupError"
    assert re.fullmatch(rf"{re.escape(__file__)}:\d+", failed["at"])
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert main(["talk", "--fast"]) == 0
    told = capsys.readouterr().out
    assert f"[The skill failed: LookupError at {failed['at']}." in told
    assert "words that nobody may read" not in told


def test_every_flag_of_every_verb_says_what_it_does() -> None:
    verbs: Any = next(action for action in parser()._actions if action.dest == "verb").choices
    for name, verb in verbs.items():
        silent = [action.dest for action in verb._actions if not (action.help or "").strip()]
        assert not silent, f"{name}: expected help for {silent}, found none"
