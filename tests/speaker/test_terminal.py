"""The terminal: time goes by for real, typing interrupts, an empty line or nothing is silence."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from skill.app import create
from skill.memory.choose import choose
from speaker.terminal.console import Keyboard, Terminal
from speaker.terminal.voice import NoVoice, Voice
from tests.ears import speaker_for
from workshop.cli import main

ROOT = Path(__file__).parents[2]


class Person:
    """A keyboard and a clock in one: types each line at its second, and time passes only while somebody waits."""

    interactive = True

    def __init__(self, *lines: tuple[float, str]) -> None:
        self.lines = list(lines)
        self.now = 0.0

    def wait(self, seconds: float | None) -> str:
        if self.lines and (seconds is None or self.lines[0][0] <= self.now + seconds):
            at, line = self.lines.pop(0)
            self.now = max(self.now, at)
            return line
        if seconds is None:
            raise EOFError
        self.now += seconds
        if not self.lines and self.now > 400:
            raise EOFError
        raise TimeoutError

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def talk(person: Person, tmp_path: Path) -> str:
    speaker = speaker_for(create(memory=choose(f"sqlite:{tmp_path}/p.sqlite")), now=1_800_000_000.0)
    out = io.StringIO()
    terminal = Terminal(speaker, person, out, sleep=person.sleep, clock=lambda: person.now)  # type: ignore[arg-type]
    terminal.run()
    return out.getvalue()


def test_typing_in_the_middle_of_a_hold_interrupts_it(tmp_path: Path) -> None:
    person = Person((15.0, "my foot"), (16.0, "stop"))
    heard = talk(person, tmp_path)
    assert "Straighten your leg" in heard
    assert "Has it let go?" not in heard  # neither question was reached
    assert heard.index("Push your heel away from you.") < heard.index("Goodnight.")


def test_doing_nothing_goes_on_and_then_ends_quietly(tmp_path: Path) -> None:
    heard = talk(Person(), tmp_path)
    assert "I'll keep going." in heard
    assert heard.count("Has it let go?") == 2
    assert "EXCEEDED_MAX_REPROMPTS" in heard


def test_a_whole_hold_takes_its_seconds(tmp_path: Path) -> None:
    person = Person((41.0, "yes"))
    heard = talk(person, tmp_path)  # 9.6 s of words, 30 s of hold, 2.8 s of words: 41 s is inside the question
    assert "Ease off slowly." in heard
    assert "Goodnight." in heard


def test_an_empty_line_is_silence(tmp_path: Path) -> None:
    heard = talk(Person((44.0, ""), (400.0, "stop")), tmp_path)
    assert "(silence)" in heard


def test_a_dropped_session_goes_on_with_continue(tmp_path: Path) -> None:
    person = Person((43.0, "no"), (90.0, "/drop"), (95.0, "open cramp coach"), (97.0, "continue"), (110.0, "/quit"))
    heard = talk(person, tmp_path)
    assert heard.rindex("Going on from where you were.") < heard.rindex("Put your sole")


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_keyboard_that_breaks_is_the_end_of_the_lines() -> None:
    keyboard = Keyboard(io.TextIOWrapper(io.BytesIO(b"\xff\n"), encoding="utf-8"))
    with pytest.raises(EOFError):
        keyboard.wait(10)


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "workshop.cli", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)


def test_piped_lines_one_object_a_turn() -> None:
    done = run("talk", "--fast", "--json", stdin="yes\n")
    assert done.returncode == 0, done.stderr
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    assert [turn["heard"] for turn in turns] == ["alexa, open cramp coach", "yes"]
    assert all({"heard", "request", "response"} <= turn.keys() for turn in turns)
    assert turns[0]["speaks"].startswith("Straighten your leg and push your heel away.")
    assert turns[1]["response"]["response"]["shouldEndSession"] is True
    assert turns[1]["speaks"].endswith("Goodnight.")


def test_piped_silence_ends_the_session() -> None:
    done = run("talk", "--fast", stdin="\n\n")
    assert "(silence)" in done.stdout
    assert "EXCEEDED_MAX_REPROMPTS" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["talk", "--locale", "fr-FR"], "en-GB"),
        (["talk", "--loud"], "--loud"),
        (["talk", "--memory", "redis:x"], "sqlite:PATH"),
        (["walk"], "talk"),
        ([], "VERB"),
    ],
)
def test_a_wrong_flag_exits_2_and_says_what_exists(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status: object = main(arguments)
    except SystemExit as left:
        status = left.code
    assert status == 2
    assert says in capsys.readouterr().err


def test_ask_prints_the_answer_and_its_references(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "does", "magnesium", "help", "--sources"]) == 0
    printed = capsys.readouterr().out
    assert "unlikely to help" in printed
    assert "Verdict: unproven" in printed
    assert "CD009402.pub3" in printed


def test_ask_about_a_sign_names_its_tier(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "my leg is swollen", "--sources"]) == 0
    printed = capsys.readouterr().out
    assert "Tier: same_day" in printed
    assert "NHS" in printed


def test_without_a_voice_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoVoice, match="espeak-ng"):
        Voice.find("en-US")


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX signal")
def test_ctrl_c_leaves_cleanly() -> None:
    import signal
    import time

    command = [sys.executable, "-m", "workshop.cli", "talk"]
    # A run in the background has this signal ignored, and its children with it.
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipe = subprocess.PIPE
    talking = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, preexec_fn=heeds)
    assert talking.stdout is not None
    talking.stdout.readline()
    time.sleep(0.2)
    talking.send_signal(signal.SIGINT)
    _, errors = talking.communicate(timeout=20)
    assert talking.returncode == 0
    assert b"Traceback" not in errors
