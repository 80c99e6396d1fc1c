"""One line a request, and never a word of the person's in it."""

from __future__ import annotations

import copy
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill import log
from skill.advice.store import CONTENT
from skill.app import create
from skill.handlers import intents
from skill.memory.place import log as memory_log
from tests.envelopes import ended, envelope, intent, launch
from tests.shelf import Shelf

PLANTED = "planted-xyzzy"
STATE = {
    "version": 2, "routine": "arch", "step": "stretch", "awaiting": "back", "topic": "claim/causes/statins",
    "voice": "soft", "conditions": ["pregnant"], "started_at": 1_799_999_900, "answered_at": 1_799_999_940,
}  # fmt: skip
RICH = [
    launch(),
    intent("SymptomIntent", symptom="chest_pain", attributes=STATE),
    intent("WhyIntent", heard={"cause": "my tablets"}, cause="statins", attributes=STATE, locale="en-GB"),
    ended("ERROR", attributes=STATE),
    envelope({"type": "Alexa.Presentation.APL.UserEvent", "arguments": ["one"], "token": "two"}, attributes=STATE),
]
for _event in RICH:
    if _event["request"]["type"] == "SessionEndedRequest":
        _event["request"]["error"] = {"type": "INVALID_RESPONSE", "message": "it said chest pain"}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that every logger writes at any level, ours as Lambda has it."""
    stream = io.StringIO()
    root, ours = logging.getLogger(), logging.getLogger("cramp_coach")
    plain, lines = logging.StreamHandler(stream), logging.StreamHandler(stream)
    lines.setFormatter(log.Lines(metrics=True))
    levels = root.level, ours.level
    root.addHandler(plain)
    ours.addHandler(lines)
    root.setLevel(logging.DEBUG)
    ours.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(plain)
    ours.removeHandler(lines)
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def lines_in(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines() if line.startswith("{")]


def texts(node: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every text and every key in it."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        if isinstance(value, str):
            yield (*above, key)
        yield from texts(value, (*above, key))


def test_no_text_of_an_envelope_reaches_a_log(written: io.StringIO) -> None:
    skill = create(memory=Shelf())
    for event in RICH:
        for path in texts(event):
            planted = copy.deepcopy(event)
            holder: Any = planted
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = PLANTED
            skill(planted, None)
            if isinstance(holder, dict):
                holder[PLANTED] = holder.pop(path[-1])
                skill(planted, None)
    assert PLANTED not in written.getvalue().lower()
    assert len(lines_in(written)) > 100


def test_a_locale_that_we_do_not_speak_is_not_written_out(written: io.StringIO) -> None:
    skill = create()
    skill(launch(locale="xy-ZW"), None)
    skill(launch(locale="en-IN"), None)
    assert [line["locale"] for line in lines_in(written)] == ["?", "en-IN"]


def test_no_number_of_an_envelope_reaches_a_log(written: io.StringIO) -> None:
    skill, number = create(), 777_123_777
    for name in ("round", "said", "hold_seconds", "answered_at", "started_at"):
        skill(intent("AMAZON.RepeatIntent", attributes=STATE | {name: number}), None)
    skill(intent("HoldLongerIntent", seconds=str(number), attributes=STATE), None)
    assert str(number) not in written.getvalue()


def test_nothing_a_person_said_of_themselves_reaches_a_log(written: io.StringIO) -> None:
    """Real words of the content: what a symptom, condition or medicine is called, and its very id."""
    said: set[str] = set()
    skill = create(memory=Shelf())
    for name, slot, asked in (
        ("symptoms", "symptom", "SymptomIntent"),
        ("conditions", "condition", "ConditionIntent"),
        ("causes", "cause", "WhyIntent"),
        ("remedies", "remedy", "RemedyIntent"),
    ):
        entries = yaml.safe_load((CONTENT / "en" / f"{name}.yaml").read_text(encoding="utf-8"))
        for own, entry in entries.items():
            words = (entry.get("heard_as") or [own])[0]
            said |= {own, words}
            skill(intent(asked, resolved={slot: own}, attributes=STATE), None)
            skill(intent(asked, heard={slot: words}, attributes=STATE | {"topic": f"claim/{name}/{own}"}), None)
    ours = {"stretch", "request"}  # words that a line has of its own accord
    logged = {str(value) for line in lines_in(written) for value in line.values()}
    assert not (said - ours) & logged
    assert "chest" not in written.getvalue()
    assert "PLANTED" not in written.getvalue()  # user, session and device ids


def test_an_error_is_logged_by_its_kind_and_place_alone(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(turn: object) -> Any:
        raise ValueError(f"could not read {PLANTED}")

    monkeypatch.setattr(intents, "INTENTS", {**intents.INTENTS, "WorseIntent": intents.Intent(fails)})
    answer = create()(intent("WorseIntent", attributes=STATE), None)
    assert "911" in answer["response"]["outputSpeech"]["ssml"]
    [failed] = [line for line in lines_in(written) if line["what"] == "failed"]
    assert failed["error"] == "ValueError"
    assert Path(failed["at"].rpartition(":")[0]).name == Path(__file__).name
    assert failed["Failures"] == 1
    assert PLANTED not in written.getvalue()


def test_the_line_of_a_request(written: io.StringIO) -> None:
    skill = create()
    skill(launch(locale="en-GB"), None)
    skill(intent("AMAZON.NoIntent", attributes=STATE | {"awaiting": "eased"}), None)
    skill(intent("MadeUpIntent"), None)
    first, second, third = lines_in(written)
    assert first.pop("ms") >= 0
    assert first.pop("Milliseconds") >= 0
    embedded = first.pop("_aws")
    assert first == {
        "level": "info",
        "what": "request",
        "request": "LaunchRequest",
        "locale": "en-GB",
        "routine": "calf",
        "step": "stretch",
        "awaiting": "eased",
        "ends": False,
        "cold": True,
        "ColdStarts": 1,
        "Rejected": 0,
    }
    assert isinstance(embedded["Timestamp"], int)
    [directive] = embedded["CloudWatchMetrics"]
    assert directive["Namespace"] == log.NAMESPACE
    assert directive["Dimensions"] == [[]]
    assert {metric["Name"]: metric["Unit"] for metric in directive["Metrics"]} == {
        "Milliseconds": "Milliseconds",
        "ColdStarts": "Count",
        "Rejected": "Count",
    }
    assert (second["intent"], second["routine"], second["cold"]) == ("AMAZON.NoIntent", "arch", False)
    assert third["intent"] == "?"


def test_a_response_that_alexa_threw_away_is_counted(written: io.StringIO) -> None:
    create()(RICH[3], None)
    [line] = lines_in(written)
    assert (line["reason"], line["error"], line["Rejected"]) == ("ERROR", "INVALID_RESPONSE", 1)


APL_ERROR = {"type": "Alexa.Presentation.APL.RuntimeError", "token": PLANTED}


@pytest.mark.parametrize(
    ("request_", "error", "rejected"),
    [
        (APL_ERROR | {"errors": [{"type": "LIST_ERROR", "message": PLANTED}]}, "LIST_ERROR", 0),
        (APL_ERROR | {"errors": [{"type": PLANTED}]}, "?", 0),
        (APL_ERROR | {"errors": PLANTED}, "?", 0),
        (APL_ERROR, "?", 0),
        ({"type": "System.ExceptionEncountered", "error": {"type": "INVALID_RESPONSE"}}, "INVALID_RESPONSE", 1),
        ({"type": "System.ExceptionEncountered", "error": {"type": PLANTED, "message": PLANTED}}, "?", 0),
        ({"type": "System.ExceptionEncountered"}, None, 0),
    ],
)
def test_a_document_that_failed_on_a_device_is_counted(
    written: io.StringIO, request_: dict[str, Any], error: str | None, rejected: int
) -> None:
    create()(envelope(request_, attributes=STATE), None)
    [line] = [line for line in lines_in(written) if line["what"] == "request"]
    assert (line["request"], line.get("error")) == (request_["type"], error)
    assert (line["ScreenFailures"], line["Rejected"]) == (1, rejected)
    assert "ScreenFailures" in json.dumps(line["_aws"])
    assert PLANTED not in written.getvalue()


def test_a_document_that_we_failed_to_make_is_counted(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError(PLANTED)

    monkeypatch.setattr("skill.screen.directive", fails)
    event = launch()
    event["context"]["System"]["device"]["supportedInterfaces"] = {"Alexa.Presentation.APL": {}}
    assert "outputSpeech" in create()(event, None)["response"]
    [line] = [line for line in lines_in(written) if line["what"] == "screen"]
    assert (line["error"], line["ScreenFailures"]) == ("ValueError", 1)
    assert PLANTED not in written.getvalue()


def test_without_metrics_a_line_is_a_line() -> None:
    record = logging.makeLogRecord({"msg": "request", "levelname": "INFO", "fields": {"ms": 1.0, "cold": True}})
    assert json.loads(log.Lines().format(record)) == {"level": "info", "what": "request", "ms": 1.0, "cold": True}


def test_every_line_goes_to_the_same_logger() -> None:
    assert memory_log is log.log
