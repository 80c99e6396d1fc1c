"""Single envelopes, one a file: what Amazon may send, and what a person would hear."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skill.app import create
from speaker.playback import read, words_of

EVENTS = sorted((Path(__file__).parent / "events").glob("*.json"))
EXPECTATIONS = {"begins", "hears", "open", "silent", "offers", "completes"}


@pytest.mark.parametrize("path", EVENTS, ids=[path.stem for path in EVENTS])
def test_event(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    expects = case["expects"]
    assert expects, "a file that expects nothing tests nothing"
    assert expects.keys() <= EXPECTATIONS

    response = create()(case["event"], None)

    json.dumps(response)  # what cannot be JSON cannot be sent
    played = read(response, case["event"]["request"]["type"])
    assert not played.faults, played.faults
    words = words_of(played.events)
    if expects.get("silent"):
        assert not words
        assert not played.reprompt
    if "open" in expects:
        assert played.listens is expects["open"], words
    directives = response["response"].get("directives", [])
    assert [own["type"] for own in directives] == (
        ["Connections.StartConnection"] * ("offers" in expects)
        + ["Tasks.CompleteTask"] * expects.get("completes", False)
    )
    assert not expects.get("offers") or expects["offers"] == directives[0]["input"]["automation"]["trigger"]["type"]
    assert words.startswith(expects.get("begins", ""))
    assert expects.get("hears", "") in words
    assert "<" not in words
