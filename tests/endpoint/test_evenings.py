"""The bedtime stretches on the page: asked for by a page that is open, and only where the server was given a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from endpoint.application import create_app
from endpoint.serve import evenings_of, greeting, visitors_of
from endpoint.server_settings import BadSettings, Settings
from skill.app import builder, create
from speaker.evenings import Evenings
from speaker.page.device_pool import Speakers
from tests.endpoint.running import running, send

NOW = datetime(2026, 11, 25, 21, 30)


def ask(port: int, path: str, body: object = None) -> tuple[int, dict[str, object]]:
    sent = {"Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json"}
    raw = None if body is None else json.dumps(body).encode()
    answer = send(port, raw, sent, "GET" if body is None else "POST", path)
    return answer.status, json.loads(answer.body)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    own = Evenings(NOW.time(), tmp_path / "e.json", 42, lambda: NOW)
    with running(create_app(builder().create(), None, None, speakers=Speakers(create()), evenings=own)) as started:
        yield started


@pytest.fixture
def without() -> Iterator[int]:
    with running(create_app(builder().create(), None, None, speakers=Speakers(create()))) as started:
        yield started


def test_a_page_that_is_open_begins_them_once(port: int) -> None:
    status, opened = ask(port, "/bedside/open", {"locale": "en-GB"})
    assert (status, opened["evenings"]) == (200, True)
    assert ask(port, "/bedside/evening") == (200, {"due": True, "told": "None of 42 evenings yet."})
    tab = {"tab": opened["tab"]}
    turn = ask(port, "/bedside/evening", tab)[1]
    assert turn["light"] == "listening"
    assert turn["note"] == "Evening 1 of 42."
    assert "both hands on it" in json.dumps(turn["plays"])
    assert ask(port, "/bedside/evening")[1]["due"] is False
    again = ask(port, "/bedside/evening", {"tab": ask(port, "/bedside/open", {"locale": "en-GB"})[1]["tab"]})[1]
    assert (again["request"], again["plays"]) == (None, [])


def test_without_a_time_there_is_nothing_to_ask_for(without: int) -> None:
    opened = ask(without, "/bedside/open", {"locale": "en-US"})[1]
    assert opened["evenings"] is False
    for body in (None, {"tab": opened["tab"]}):
        status, told = ask(without, "/bedside/evening", body)
        assert status == 404
        assert "--bedtime 21:30" in str(told["error"])


def test_the_start_says_when_and_where_it_is_counted(tmp_path: Path) -> None:
    settings = Settings.read("127.0.0.1", 0, 2, {"STATE_DIRECTORY": str(tmp_path)})
    assert evenings_of("", settings) is None
    own = evenings_of("21:30", settings)
    (line,) = [line for line in greeting(settings, 8080, visitors_of(settings), "", own) if "Bedtime" in line]
    assert "21:30" in line
    assert str(tmp_path / "evenings.json") in line
    assert own is not None
    assert own.total == 42


def test_a_time_without_a_page_is_refused(tmp_path: Path) -> None:
    settings = Settings.read("127.0.0.1", 0, 2, {"STATE_DIRECTORY": str(tmp_path)}, page="off")
    with pytest.raises(BadSettings, match="--bedtime: expected a bedside page"):
        evenings_of("21:30", settings)
