"""What `make` does first, and what becomes of it when it is interrupted, done twice at once, or has no room."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The project's first steps alone, with nothing to be fetched from a network."""
    (tmp_path / "requirements").mkdir()
    shutil.copyfile(ROOT / "requirements" / "set_up.py", tmp_path / "requirements" / "set_up.py")
    for stage in ("run", "web", "dev"):
        (tmp_path / "requirements" / f"{stage}.txt").write_text("# nothing\n")
    return tmp_path


def begin(house: Path, stage: str = "run", venv: str = ".venv") -> subprocess.Popen[str]:
    command = [sys.executable, "requirements/set_up.py", venv, stage, "talk"]
    # A run in the background has the signal of an interruption ignored, and its children with it.
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=house, stderr=pipe, stdout=pipe, text=True, preexec_fn=heeds)


def run(house: Path, stage: str = "run", venv: str = ".venv") -> tuple[int, str]:
    process = begin(house, stage, venv)
    _, said = process.communicate(timeout=300)
    return process.returncode, said


def works(house: Path) -> bool:
    python = house / ".venv" / "bin" / "python"
    return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def test_the_first_use_says_in_one_line_that_it_is_setting_up_and_the_second_nothing(house: Path) -> None:
    status, said = run(house)
    assert (status, said.count("\n")) == (0, 1)
    assert "Setting up .venv for make talk" in said
    assert works(house)
    assert run(house) == (0, "")
    status, said = run(house, "dev")
    assert status == 0
    assert "Setting up" in said
    assert (house / ".venv" / ".web").exists()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_what_was_interrupted_is_made_anew(house: Path, how: signal.Signals) -> None:
    process = begin(house)
    assert process.stderr is not None
    process.stderr.readline()  # it has begun
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    assert process.returncode != 0
    assert how is signal.SIGKILL or "interrupted. Run it again" in said
    status, said = run(house)
    assert status == 0, said
    assert works(house)


@pytest.mark.parametrize("left", ["bin/python", ".unfinished"])
def test_a_half_made_environment_is_made_anew(house: Path, left: str) -> None:
    """As an interrupted `python -m venv` leaves it: there is a python, and no pip."""
    file = house / ".venv" / left
    file.parent.mkdir(parents=True)
    file.write_text("")
    assert run(house)[0] == 0
    assert works(house)


def test_two_at_once_wait_for_each_other(house: Path) -> None:
    both = [begin(house), begin(house)]
    said = [process.communicate(timeout=300)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sorted("Setting up" in own for own in said) == [False, True]
    assert any("Somebody else is setting up here" in own for own in said)
    assert works(house)


def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(house: Path) -> None:
    status, said = run(house, venv="/proc/nothing/.venv")
    assert status == 1
    assert "expected to write /proc/nothing/.venv, found" in said
    assert "Hint: make VENV=/tmp/cramp-coach talk" in said
    assert "Traceback" not in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where it likes")
def test_a_read_only_checkout(house: Path) -> None:
    house.chmod(0o500)
    try:
        status, said = run(house)
    finally:
        house.chmod(0o700)
    assert status == 1
    assert "Hint: make VENV=" in said


def test_somebody_elses_files_are_left_alone(house: Path) -> None:
    (house / ".venv").mkdir()
    (house / ".venv" / "letter.txt").write_text("dear")
    status, said = run(house)
    assert status == 1
    assert "found other files" in said
    assert (house / ".venv" / "letter.txt").read_text() == "dear"


def test_make_says_what_is_missing(tmp_path: Path) -> None:
    done = subprocess.run(
        ["make", "-C", str(ROOT), "talk", f"VENV={tmp_path}/v", "PYTHON=no-such-python"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "expected Python 3.11 or later as no-such-python, found none" in done.stderr
