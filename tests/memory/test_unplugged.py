"""Unplug the database and nobody notices: every way in which a store can fail, seen from the person's side."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from contextlib import ExitStack, closing, contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from skill.app import create
from skill.memory import deadline, owed
from skill.memory.choose import choose
from tests.memory import servers
from tests.memory.conftest import TABLE, Table
from tests.memory.night import ADVICE, USER, Json, Night, is_open, sentence, speech, step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ALLOWED = 4.0
"""Seconds of a machine that is busy with other things, around the 1.5 that a store may cost: a requirement, not a
measure of speed. The servers here hold a connection for thirty."""
STEPS = [one.id for one in ADVICE.routine("calf").steps]  # type: ignore[union-attr]

HTML = b"<html><body>Please sign in to the hotel's network</body></html>"
BEHAVIOURS: dict[str, servers.Behaviour | None] = {
    "stopped": None,
    "hung": servers.hangs,
    "dripping": servers.drips,
    "dripping headers": servers.drips_headers,
    "hangs up": servers.hangs_up,
    "throttling": servers.throttles,
    "internal error": servers.answers(b"{}", status="500 Internal Server Error"),
    "html": servers.answers(HTML, kind="text/html"),
    "html that fails": servers.answers(HTML, status="503 Service Unavailable", kind="text/html"),
    "not http": servers.says(bytes(range(256)) * 8),
    "not json": servers.answers(b"\x00\xff{{{"),
    "json of another server": servers.answers(b'{"hello": "world"}'),
    "json list": servers.answers(b"[1, 2, 3]"),
    "json null": servers.answers(b"null"),
    "empty json": servers.answers(b"{}"),
    "item of no shape": servers.answers(b'{"ConsumedCapacity": {"TableName": "x"}, "Item": "nonsense"}'),
    "item of wrong types": servers.answers(
        json.dumps({"ConsumedCapacity": {"TableName": "x"}, "Item": {"left_at": {"N": "many"}, "x": {"Q": 1}}}).encode()
    ),
    "redirect": servers.says(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"),
}


@pytest.fixture(params=BEHAVIOURS)
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    behaviour = BEHAVIOURS[request.param]
    if behaviour is None:
        yield servers.stopped_url()
        return
    with servers.serving(behaviour) as server:
        yield server.url


def timed(work: Callable[[], Json]) -> Json:
    started = monotonic()
    answer = work()
    assert monotonic() - started < ALLOWED
    return answer


def test_a_bad_dynamodb_costs_a_moment_and_an_honest_sentence(aws: Callable[[str], None], url: str) -> None:
    aws(url)
    night = Night(create(memory=choose(f"dynamodb:{TABLE}")))
    night.launch()
    answer = timed(night.resume)
    assert sentence("place_unreachable") in speech(answer)
    assert step(answer) == ("calf", STEPS[0])
    assert is_open(answer)
    onward = night.say("AMAZON.NoIntent")
    assert step(onward) == ("calf", STEPS[1])
    assert is_open(onward)


def test_a_store_that_is_away_is_asked_once_and_continue_goes_on(aws: Callable[[str], None]) -> None:
    aws(servers.stopped_url())
    night = Night(create(memory=choose(f"dynamodb:{TABLE}")))
    night.launch()
    assert sentence("place_unreachable") in speech(night.resume())
    onward = night.resume()
    assert sentence("place_unreachable") not in speech(onward)
    assert step(onward) == ("calf", STEPS[1])


def test_continue_after_silence_goes_on_from_what_silence_reached(aws: Callable[[str], None]) -> None:
    aws(servers.stopped_url())
    night = Night(create(memory=choose(f"dynamodb:{TABLE}")))
    night.launch()
    night.wait(90)  # the reprompt's stretch is under way
    answer = night.resume()
    assert sentence("place_unreachable") not in speech(answer)
    assert step(answer) == ("calf", STEPS[2])


@pytest.mark.parametrize("kind", ["dripping", "throttling", "html"])
def test_a_bad_dynamodb_never_spoils_an_ending(aws: Callable[[str], None], kind: str) -> None:
    behaviour = BEHAVIOURS[kind]
    assert behaviour is not None
    with servers.serving(behaviour) as server:
        aws(server.url)
        night = Night(create(memory=choose(f"dynamodb:{TABLE}")))
        night.launch()
        emergency = next(n for n in ADVICE.symptoms() if ADVICE.symptom(n).tier == "emergency")  # type: ignore[union-attr]
        answer = timed(lambda: night.say("SymptomIntent", symptom=("it", emergency)))
        assert "9" in speech(answer)
        assert answer["response"]["shouldEndSession"] is True
        night.launch()
        assert sentence("leave") in speech(timed(night.stop))
        night.launch()
        assert timed(night.drop)["response"] == {}
        assert timed(night.disable)["response"] == {}


@pytest.mark.usefixtures("patient")
def test_one_request_is_sent_once(aws: Callable[[str], None]) -> None:
    with servers.serving(servers.throttles) as server:
        aws(server.url)
        night = Night(create(memory=choose(f"dynamodb:{TABLE}")))
        night.launch()
        assert server.requests == []
        night.resume()
        assert len(server.requests) == 1
        assert USER.encode() not in server.requests[0]


@pytest.mark.usefixtures("patient")
def test_a_dynamodb_that_comes_back_is_used_again(aws: Callable[[str], None], table: Table, moto_url: str) -> None:
    night = Night(create(memory=choose(table.setting)))
    night.to_step(2)
    night.drop()
    aws(servers.stopped_url())
    away = Night(create(memory=choose(table.setting)), now=night.now)
    assert sentence("place_unreachable") in speech(away.resume())
    assert step(night.resume()) == ("calf", STEPS[1])


@pytest.mark.parametrize("missing", ["AWS_REGION", "AWS_ACCESS_KEY_ID"])
def test_no_region_and_no_credentials(
    aws: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    aws(servers.stopped_url())
    monkeypatch.delenv(missing)
    night = Night(create(memory=choose(f"dynamodb:{TABLE}")))
    night.launch()
    answer = timed(night.resume)
    assert sentence("place_unreachable") in speech(answer)
    assert is_open(answer)


def test_a_table_that_does_not_exist(aws: Callable[[str], None], moto_url: str) -> None:
    aws(moto_url)
    night = Night(create(memory=choose("dynamodb:no-such-table")))
    night.launch()
    assert sentence("place_unreachable") in speech(night.resume())


# ---- SQLite


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        yield
        other.execute("rollback")


@contextmanager
def corrupt(path: Path) -> Iterator[None]:
    path.write_bytes(b"SQLite format 3\x00" + os.urandom(8000))
    yield


@contextmanager
def not_a_database(path: Path) -> Iterator[None]:
    path.write_text("a shopping list\n" * 500)
    yield


@contextmanager
def folder_in_its_place(path: Path) -> Iterator[None]:
    path.unlink(missing_ok=True)
    path.mkdir()
    yield


@contextmanager
def folder_gone(path: Path) -> Iterator[None]:
    for file in path.parent.iterdir():
        file.unlink()
    path.parent.rmdir()
    yield


@contextmanager
def another_table(path: Path) -> Iterator[None]:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as other:
        other.execute("create table place (colour text)")
        other.commit()
    yield


@contextmanager
def pipe_that_nobody_feeds(path: Path) -> Iterator[None]:
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    yield


FAULTS = [locked, corrupt, not_a_database, folder_in_its_place, folder_gone, another_table, pipe_that_nobody_feeds]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_bad_file(tmp_path: Path, fault: Callable[[Path], Any]) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    path = folder / "place.db"
    night = Night(create(memory=choose(f"sqlite:{path}")))
    night.to_step(3)
    night.drop()
    with ExitStack() as stack:
        stack.enter_context(fault(path))
        night.launch()
        answer = timed(night.resume)
        assert sentence("place_unreachable") in speech(answer)
        assert is_open(answer)
        assert timed(night.drop)["response"] == {}
        night.launch()
        assert sentence("leave") in speech(timed(night.stop))
        assert timed(night.disable)["response"] == {}


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "place.db"
    store = choose(f"sqlite:{path}")
    night = Night(create(memory=store))
    night.to_step(3)
    night.drop()
    # SQLite's own way of having no page left: the same SQLITE_FULL that a full disk gives.
    real = sqlite3.connect

    def full(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = real(*args, **kwargs)
        made.execute("pragma max_page_count = 1")
        return made

    monkeypatch.setattr(sqlite3, "connect", full)
    with closing(real(path)) as other:
        other.execute("drop table place")
        other.execute("vacuum")
        other.commit()
    night.launch()
    assert timed(night.drop)["response"] == {}
    assert [record.fields for record in caplog.records if record.getMessage() == "memory"] == [  # type: ignore[attr-defined]
        {"memory": "write", "error": "OperationalError"}
    ]
    assert sentence("place_unreachable") in speech(night.resume())


def test_a_lock_that_is_released_in_time_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "place.db"
    night = Night(create(memory=choose(f"sqlite:{path}")))
    night.to_step(3)
    night.drop()
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("begin exclusive")
        release = threading.Timer(0.2, other.execute, ["rollback"])
        release.start()
        answer = night.resume()
        release.join()
    assert step(answer) == ("calf", STEPS[2])


# ---- any store behind the SDK's interface


class Store:
    """A store in memory that can be told to fail."""

    def __init__(self, failing: str = "") -> None:
        self.kept: Json = {}
        self.failing = failing
        self.calls: list[str] = []

    def get_attributes(self, request_envelope: object) -> Json:
        self._called("get")
        return dict(self.kept)

    def save_attributes(self, request_envelope: object, attributes: Json) -> None:
        self._called("save")
        self.kept = dict(attributes)

    def delete_attributes(self, request_envelope: object) -> None:
        self._called("delete")
        self.kept = {}

    def _called(self, what: str) -> None:
        self.calls.append(what)
        if what in self.failing:
            raise OSError("PLANTED-ERROR")


class Sleeper(Store):
    """Hangs instead of failing, until it is woken."""

    def __init__(self, failing: str) -> None:
        super().__init__(failing)
        self.woken = threading.Event()

    def _called(self, what: str) -> None:
        self.calls.append(what)
        if what in self.failing:
            self.woken.wait(30)


def test_launch_asks_no_store() -> None:
    store = Store(failing="get save delete")
    night = Night(create(memory=store))
    assert is_open(night.launch())
    night.say("AMAZON.NoIntent")
    night.say("AMAZON.RepeatIntent")
    night.say("AMAZON.PauseIntent")
    night.resume()
    assert store.calls == []


def test_the_log_has_the_kind_of_failure_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    night = Night(create(memory=Store(failing="get save delete")))
    with caplog.at_level("INFO", logger="cramp_coach"):
        night.launch()
        night.resume()
        night.drop()
        night.disable()
    failures = [record.fields for record in caplog.records if record.getMessage() == "memory"]  # type: ignore[attr-defined]
    assert failures == [{"memory": what, "error": "OSError"} for what in ("read", "write", "delete")]
    assert "PLANTED" not in "".join(str(vars(record)) for record in caplog.records)


@pytest.mark.parametrize("hangs", ["get", "delete", "get delete"])
def test_one_turn_waits_once_for_all_it_asks(hangs: str) -> None:
    """A place that is found is used up: two calls in one turn."""
    store = Sleeper(failing="")
    night = Night(create(memory=store))
    night.launch()
    night.say("BedtimeIntent")
    for _ in range(2):
        night.say("AMAZON.NextIntent")
    night.wait(night.attributes["step_offsets"][0] + 5)
    night.drop()
    assert store.kept["step"] == "hamstring_right"
    store.failing, store.calls = hangs, []
    answer = timed(night.resume)
    store.woken.set()
    assert owed.settled(store, 30)
    assert speech(answer)
    assert (sentence("place_unreachable") in speech(answer)) is ("get" in hangs)
    assert len([call for call in store.calls if call in hangs]) == 1, "what hung once is not waited for again"


def test_a_place_that_could_not_be_deleted_is_still_gone() -> None:
    """After an emergency there is nothing to continue, whatever the store did at that moment."""
    store = Store()
    night = Night(create(memory=store))
    night.to_step(3)
    night.drop()
    night.launch()
    store.failing = "delete"
    emergency = next(n for n in ADVICE.symptoms() if ADVICE.symptom(n).tier == "emergency")  # type: ignore[union-attr]
    night.say("SymptomIntent", symptom=("it", emergency))
    assert store.kept
    assert sentence("no_place") in speech(night.resume())
    night.attributes = {}
    store.failing = ""
    assert sentence("no_place") in speech(night.resume())
    assert owed.settled(store, 30)
    assert store.kept == {}
    night.to_step(2)
    night.drop()
    assert step(night.resume()) == ("calf", STEPS[1]), "a newer place counts again"


def test_a_place_that_could_not_be_used_up_is_found_once() -> None:
    store = Store()
    night = Night(create(memory=store))
    night.to_step(3)
    night.drop()
    store.failing = "delete"
    assert step(night.resume()) == ("calf", STEPS[2])
    night.attributes = {}
    assert sentence("no_place") in speech(night.resume())


@pytest.mark.parametrize("kept", [None, [], "calf", 5, {"routine": object()}, {"left_at": 10**400}, b"\xff"])
def test_a_record_of_any_shape_is_no_place(kept: Any) -> None:
    store = Store()
    store.get_attributes = lambda request_envelope: kept  # type: ignore[method-assign]
    night = Night(create(memory=store))
    answer = night.resume()
    assert sentence("no_place") in speech(answer)
    assert is_open(answer)


# ---- the budget itself


def test_work_that_comes_too_late_is_not_begun() -> None:
    budget = deadline.Budget(0.1)
    go = threading.Event()
    seen: list[str] = []
    over = threading.Event()

    def work() -> None:
        try:
            go.wait(30)
            deadline.still_wanted()
            seen.append("written")
        except deadline.Late:
            seen.append("dropped")
        finally:
            over.set()

    with pytest.raises(deadline.Late):
        budget.run(work)
    go.set()
    assert over.wait(30)
    assert seen == ["dropped"]
    with pytest.raises(deadline.Late):
        budget.run(lambda: seen.append("begun"))
    assert seen == ["dropped"]


def test_work_within_work_shares_its_thread_and_deadline() -> None:
    def inner() -> tuple[int, float]:
        return threading.get_ident(), deadline.seconds_left()

    thread, left = deadline.Budget().run(lambda: deadline.Budget(100).run(inner))
    assert thread != threading.get_ident()
    assert 0 < left <= deadline.SECONDS


def test_errors_of_the_work_are_the_callers() -> None:
    def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        deadline.Budget().run(fail)


def test_a_store_that_never_answers_does_not_fill_the_machine_with_threads() -> None:
    woken = threading.Event()
    before = threading.active_count()
    try:
        for _ in range(60):
            with pytest.raises(deadline.Late):
                deadline.Budget(0.001).run(lambda: woken.wait(30))
        assert threading.active_count() - before <= 16
    finally:
        woken.set()
    for thread in threading.enumerate():
        if thread.name == "cramp-coach-memory":
            thread.join(30)
    assert deadline.Budget().run(lambda: "answers again") == "answers again"
