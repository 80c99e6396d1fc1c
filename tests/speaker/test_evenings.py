"""The bedtime stretches every evening on our own speaker: when they begin, what is counted, and how it is forgotten."""

from __future__ import annotations

import json
import stat
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from skill.app import create
from speaker import Speaker
from speaker.evenings import LATE, BadEvenings, Evenings, forget
from tests.ears import speaker_for
from workshop.cli import main

FIRST = datetime(2026, 11, 25, 21, 30)
AT = FIRST.time()


class Clock:
    """A wall clock that is set by hand."""

    def __init__(self, now: datetime = FIRST) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def evenings(file: Path, clock: Clock, at: time = AT, total: int = 42) -> Evenings:
    return Evenings(at, file, total, clock)


@pytest.fixture
def closed() -> Speaker:
    return speaker_for(create())


def test_they_begin_once_an_evening_at_their_time(closed: Speaker, tmp_path: Path) -> None:
    clock = Clock(FIRST - timedelta(minutes=1))
    own = evenings(tmp_path / "e.json", clock)
    assert own.begin(closed) is None
    clock.now = FIRST
    turn = own.begin(closed)
    assert turn is not None
    assert "both hands on it" in turn.words
    assert turn.open
    closed.drop()
    assert own.begin(closed) is None
    clock.now += timedelta(days=1)
    assert own.begin(closed) is not None
    assert own.told() == "Evening 2 of 42."


def test_a_start_of_the_program_does_not_begin_them_again(closed: Speaker, tmp_path: Path) -> None:
    clock = Clock()
    assert evenings(tmp_path / "e.json", clock).begin(closed)
    closed.drop()
    assert evenings(tmp_path / "e.json", clock).begin(closed) is None


def test_a_night_under_way_is_not_cut_off(closed: Speaker, tmp_path: Path) -> None:
    clock = Clock()
    own = evenings(tmp_path / "e.json", clock)
    closed.say("open cramp coach")
    assert own.begin(closed) is None
    assert not (tmp_path / "e.json").exists()
    closed.drop()
    clock.now += LATE - timedelta(seconds=1)
    assert own.begin(closed) is not None


def test_an_evening_that_was_slept_through_is_left_out(closed: Speaker, tmp_path: Path) -> None:
    own = evenings(tmp_path / "e.json", Clock(FIRST + LATE))
    assert own.begin(closed) is None
    assert own.count().evenings == 0


def test_a_little_past_midnight_is_still_the_evening_before(closed: Speaker, tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 11, 26, 0, 5))
    own = evenings(tmp_path / "e.json", clock, at=time(23, 50))
    assert own.begin(closed) is not None
    assert own.count().last == "2026-11-25"


def test_after_the_last_evening_there_is_none(closed: Speaker, tmp_path: Path) -> None:
    clock = Clock()
    own = evenings(tmp_path / "e.json", clock, total=2)
    for begins in (True, True, False):
        assert (own.begin(closed) is not None) is begins
        if closed.open:
            closed.drop()
        clock.now += timedelta(days=1)
    assert own.told() == "Evening 2 of 2."


def test_a_number_and_a_date_are_all_that_is_kept(closed: Speaker, tmp_path: Path) -> None:
    file = tmp_path / "new" / "e.json"
    evenings(file, Clock()).begin(closed)
    assert json.loads(file.read_text()) == {"evenings": 1, "last": date(2026, 11, 25).isoformat()}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_disk_that_takes_nothing_costs_no_stretches(closed: Speaker, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    own = evenings(tmp_path / "file" / "e.json", Clock())
    assert own.begin(closed) is not None
    closed.drop()
    assert own.begin(closed) is None


@pytest.mark.parametrize("at", ["9", "24:00", "21:60", "half past nine", ""])
def test_a_time_that_is_none_is_refused(at: str, tmp_path: Path) -> None:
    with pytest.raises(BadEvenings, match=r"--bedtime: expected a time such as 21:30, found"):
        Evenings.read(at, tmp_path / "e.json", 42)


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"evenings": "x", "last": ""}', '{"evenings": -1, "last": "2026-11-25"}', "\x00"]
)
def test_a_file_that_is_not_ours_is_told_before_the_evening(text: str, closed: Speaker, tmp_path: Path) -> None:
    file = tmp_path / "e.json"
    file.write_text(text)
    with pytest.raises(BadEvenings, match=r"expected a count of evenings.*--forget"):
        Evenings.read("21:30", file, 42)
    assert evenings(file, Clock()).begin(closed) is not None  # spoilt while it ran


def test_one_command_deletes_the_count(tmp_path: Path) -> None:
    file = tmp_path / "e.json"
    file.write_text("{}")
    assert forget(file)
    assert not file.exists()
    assert not forget(file)


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], closed: Speaker
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))

    def told(*arguments: str) -> tuple[int, str]:
        status = main(["evenings", *arguments])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    assert told() == (0, "None of 42 evenings yet.\n")
    evenings(tmp_path / "evenings.json", Clock()).begin(closed)
    assert told() == (0, "Evening 1 of 42.\n")
    assert told("--forget") == (0, "Forgotten.\n")
    assert told("--forget") == (0, "There was nothing to forget.\n")
    (tmp_path / "evenings.json").write_text("?")
    status, text = told()
    assert status == 2
    assert "--forget" in text
