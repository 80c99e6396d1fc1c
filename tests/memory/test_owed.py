"""No answer waits for the store but "continue"; what is owed is done afterwards, tried again, and not overtaken."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from skill.app import create
from skill.handlers import request_handlers
from skill.handlers.renderer import respond as respond_to
from skill.memory import deadline, owed, sqlite
from skill.memory.choose import choose
from skill.memory.key import key
from skill.memory.sweep import sweep_in
from tests.memory import servers
from tests.memory.conftest import TABLE
from tests.memory.night import ADVICE, USER, Json, Night, sentence, speech, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.memory.conftest import Stored

PATIENCE = 60.0
"""Seconds that whoever waits for a store waits here: far longer than a test does."""
EMERGENCY = next(name for name in ADVICE.symptoms() if ADVICE.symptom(name).tier == "emergency")  # type: ignore[union-attr]
STEPS = [one.id for one in ADVICE.routine("calf").steps]  # type: ignore[union-attr]
NEEDS_NO_STORE: dict[str, Callable[[Night], Json]] = {
    "an emergency": lambda night: night.say("SymptomIntent", symptom=("it", EMERGENCY)),
    "worse": lambda night: night.say("WorseIntent"),
    "it's gone": lambda night: night.say("EasedIntent"),
    "stop": lambda night: night.stop(),
    "the next step": lambda night: night.say("AMAZON.NextIntent"),
    "a question": lambda night: night.say("WhyIntent"),
    "launch": lambda night: night.launch(),
}


class Blocked:
    """A store that answers nothing until it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.kept: Json = {}
        self.failing = False
        self.calls: list[str] = []

    def get_attributes(self, request_envelope: object) -> Json:
        return dict(self.kept)

    def save_attributes(self, request_envelope: object, attributes: Json) -> None:
        self._blocks("save")
        self.kept = dict(attributes)

    def delete_attributes(self, request_envelope: object) -> None:
        self._blocks("delete")
        self.kept = {}

    def _blocks(self, what: str) -> None:
        self.calls.append(what)
        self.let_go.wait(PATIENCE)
        if self.failing:
            raise OSError("PLANTED")


@pytest.fixture
def blocked() -> Any:
    store = Blocked()
    yield store
    store.let_go.set()


def answered(work: Callable[[], Json]) -> Json:
    """The answer, which must come though the store does not."""
    found: list[Json] = []
    thread = threading.Thread(target=lambda: found.append(work()), daemon=True)
    thread.start()
    thread.join(PATIENCE / 3)
    assert found, "it waits for the store"
    return found[0]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waited for a store here would wait longer than the test."""
    monkeypatch.setattr(deadline, "SECONDS", PATIENCE)


# ---- words first


@pytest.mark.parametrize("name", NEEDS_NO_STORE)
def test_words_wait_for_no_store(blocked: Any, name: str) -> None:
    night = Night(create(memory=blocked))
    night.to_step(2)
    answer = answered(lambda: NEEDS_NO_STORE[name](night))
    assert not blocked.let_go.is_set()
    assert speech(answer)


@pytest.mark.parametrize("behaviour", [servers.hangs, servers.drips, servers.drips_headers])
def test_an_emergency_waits_for_no_table(aws: Callable[[str], None], behaviour: servers.Behaviour) -> None:
    with servers.serving(behaviour) as server:
        aws(server.url)
        night = Night(create(memory=choose(f"dynamodb:{TABLE}")))
        answer = answered(lambda: night.say("SymptomIntent", symptom=("it", EMERGENCY)))
        assert "9" in speech(answer)


def test_an_emergency_waits_for_no_lock_and_its_deletion_follows(tmp_path: Path) -> None:
    path = tmp_path / "place.db"
    store = choose(f"sqlite:{path}")
    assert store is not None
    night = Night(create(memory=store))
    night.to_step(3)
    night.drop()
    night.launch()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        answer = answered(lambda: night.say("SymptomIntent", symptom=("it", EMERGENCY)))
        assert answer["response"]["shouldEndSession"] is True
        assert not owed.settled(store, 0)
        other.execute("rollback")
    assert owed.settled(store, 30), "done once the lock is gone, though nobody asks"
    elsewhere = Night(create(memory=choose(f"sqlite:{path}")), now=night.now)
    continued = elsewhere.resume()
    assert sentence("no_place") in speech(continued)
    assert "routine" not in continued["sessionAttributes"], "nothing is stretched without a yes"


def test_words_come_before_the_deletion_is_even_begun(blocked: Any) -> None:
    """Even where the answer cannot be made, what is owed is noted."""
    order: list[str] = []
    real = respond_to

    def respond(*arguments: Any) -> Any:
        order.extend(("words", *blocked.calls))
        return real(*arguments)

    night = Night(create(memory=blocked))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(request_handlers, "respond", respond)
        night.say("SymptomIntent", symptom=("it", EMERGENCY))
    assert order == ["words"]
    assert not owed.settled(blocked, 0)


def test_a_host_that_may_be_frozen_waits_for_its_deletion_and_no_longer(blocked: Any) -> None:
    night = Night(create(memory=blocked))
    waited: list[float] = []
    real = owed.Ledger.wait

    def wait(self: owed.Ledger, debt: owed.Debt, seconds: float) -> None:
        waited.append(seconds)
        real(self, debt, 0.0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owed.Ledger, "wait", wait)
        owed.at_most(0.15)
        try:
            night.say("SymptomIntent", symptom=("it", EMERGENCY))
        finally:
            owed.at_most(0.0)
        night.say("SymptomIntent", symptom=("it", EMERGENCY))
    assert waited == [0.15]


# ---- in the end it is done


def test_continue_finds_a_place_that_is_still_being_written(blocked: Any) -> None:
    night = Night(create(memory=blocked))
    night.to_step(3)
    night.stop()
    assert not blocked.kept
    assert step(answered(night.resume)) == ("calf", STEPS[2])


def test_a_deletion_that_failed_is_tried_again(blocked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owed, "PAUSES", (0.01,))
    night = Night(create(memory=blocked))
    blocked.let_go.set()
    blocked.kept, blocked.failing = {"a": 1}, True
    night.say("SymptomIntent", symptom=("it", EMERGENCY))
    while blocked.calls.count("delete") < 3:
        time.sleep(0.01)
    blocked.failing = False
    assert owed.settled(blocked, 30)
    assert blocked.kept == {}


def test_a_place_that_was_not_written_in_time_is_not_written_later(
    blocked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An emergency may have been answered elsewhere since."""
    monkeypatch.setattr(owed, "_by_hand", True)
    night = Night(create(memory=blocked))
    blocked.let_go.set()
    night.to_step(3)
    night.stop()
    monkeypatch.setattr(owed, "STALE", -1.0)
    assert owed.ledger(blocked).settle(blocked, 1.0)
    assert blocked.calls == []


def test_what_is_owed_too_long_is_forgotten(blocked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owed, "_by_hand", True)
    blocked.failing = True
    blocked.let_go.set()
    night = Night(create(memory=blocked))
    night.say("EasedIntent")
    assert not owed.ledger(blocked).settle(blocked, 0.5)
    monkeypatch.setattr(owed, "EXPIRED", -1.0)
    assert owed.ledger(blocked).settle(blocked, 0.5)


def test_no_ledger_grows_without_end(blocked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owed, "_by_hand", True)
    for number in range(owed._MOST + 10):
        owed.owe(blocked, user(f"user {number}"), 1)
    own = owed.ledger(blocked)
    assert len(own.debts) == len(own.ended) == owed._MOST


def test_a_place_left_before_an_emergency_is_void_whatever_the_store_still_has(blocked: Any) -> None:
    night = Night(create(memory=blocked))
    blocked.let_go.set()
    night.to_step(3)
    night.drop()
    old = dict(blocked.kept)
    night.launch()
    night.say("SymptomIntent", symptom=("it", EMERGENCY))
    assert owed.settled(blocked, 30)
    blocked.kept = old  # a replica that has not heard of it yet
    assert sentence("no_place") in speech(night.resume())


def test_a_late_deletion_spares_a_newer_place_of_another_process(store: Stored) -> None:
    night = Night(create(memory=store.adapter))
    night.to_step(3)
    night.drop()
    (row,) = store.rows()
    name = digest(USER)
    store.adapter.delete_place(name, int(row["left_at"]) - 60)
    assert len(store.rows()) == 1
    store.adapter.delete_place(name, int(row["left_at"]))
    assert store.rows() == []
    store.adapter.delete_place(name, int(row["left_at"]))  # it is gone already


def test_a_session_that_was_stopped_deletes_again_wherever_it_goes_on(tmp_path: Path) -> None:
    """The process that heard "worse" was ended before it could delete."""
    path = tmp_path / "place.db"
    night = Night(create(memory=choose(f"sqlite:{path}")))
    night.to_step(3)
    night.drop()
    night.launch()
    elsewhere = Night(create(), now=night.now, attributes=night.attributes)
    elsewhere.say("WorseIntent")
    elsewhere.say("WorseIntent")  # the first eases off
    store = choose(f"sqlite:{path}")
    assert store is not None
    third = Night(create(memory=store), now=night.now, attributes=elsewhere.attributes)
    third.say("RedFlagsIntent")
    assert owed.settled(store, 30)
    assert rows(path) == 0


def test_a_process_that_ends_has_kept_its_place(tmp_path: Path) -> None:
    path = tmp_path / "place.db"
    script = (
        "import sys; from skill.app import create; from skill.memory.choose import choose;"
        "from tests.memory.night import Night; night = Night(create(memory=choose('sqlite:' + sys.argv[1])));"
        "night.to_step(2); night.stop()"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True, cwd=Path(__file__).parents[2])
    assert rows(path) == 1


def test_a_ledger_holds_no_user_id_where_the_store_needs_none(sqlite_store: Stored) -> None:
    debt = owed.owe(sqlite_store.adapter, user(USER), 1)
    assert USER not in repr(debt)
    assert owed.owe(sqlite_store.adapter, user(None), 1) is None


# ---- half an hour means half an hour


def test_an_expired_row_goes_though_nobody_writes_again(tmp_path: Path) -> None:
    path = tmp_path / "place.db"
    store = sqlite.open_at(str(path))
    now = int(time.time())
    store.keep_place("somebody", record(left_at=now - 1799, expires_at=now + 1))
    assert rows(path) == 1
    assert emptied(path)


def test_an_expired_row_goes_at_start(tmp_path: Path) -> None:
    path = tmp_path / "place.db"
    store = sqlite.open_at(str(path))
    store._write("somebody", (*record(left_at=1, expires_at=2).values(),), 0)
    assert rows(path) == 1
    del store
    again = sqlite.open_at(str(path))
    assert emptied(path)
    del again


def test_a_sweep_that_fails_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from skill.memory import sweep

    monkeypatch.setattr(sweep, "AGAIN", 1.0)
    looks: list[int] = []
    enough = threading.Event()

    class Failing:
        def sweep(self) -> float | None:
            looks.append(1)
            if len(looks) == 1:
                raise OSError
            enough.set()
            return None

    store = Failing()
    sweep_in(store, 0.0)
    assert enough.wait(30)


def record(left_at: int, expires_at: int) -> Any:
    place = {"routine": "calf", "step": "massage", "round": 1, "helper": False, "spent": 0}
    return {**place, "left_at": left_at, "expires_at": expires_at}


def emptied(path: Path) -> bool:
    until = time.monotonic() + 30
    while rows(path) and time.monotonic() < until:
        time.sleep(0.1)
    return rows(path) == 0


def rows(path: Path) -> int:
    with closing(sqlite3.connect(path, timeout=10)) as other:
        return int(other.execute("select count(*) from place").fetchone()[0])


def user(name: str | None) -> Any:
    return SimpleNamespace(context=None, session=SimpleNamespace(user=SimpleNamespace(user_id=name)))


def digest(name: str) -> str:
    return str(key(user(name)))
