"""Every night in tests/conversations, a named test each: `pytest -k statins-mid-hold` finds one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from skill.speech import Silence
from tests.nights import EXPECTS, NIGHT, NIGHTS, SAYS, WHEN, Night

FILES = sorted(NIGHTS.rglob("*.yaml"))
MIDDLE = [path for path in FILES if re.search("^title: .*in the middle of the", path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(NIGHTS).with_suffix("").as_posix() for path in FILES])
def test_night(path: Path, hears: str, tmp_path: Path) -> None:
    night = Night.read(path)
    if night.ear not in ("", hears):
        pytest.skip(f"holds under our own ear only: {night.because}")
    faults = night.play(tmp_path / "places.sqlite", hears)
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("path", MIDDLE, ids=[path.stem for path in MIDDLE])
def test_a_night_in_the_middle_of_a_hold_interrupts_one(path: Path, tmp_path: Path) -> None:
    night = Night.read(path)
    assert not night.play(tmp_path / "places.sqlite")
    assert any(isinstance(event, Silence) for event in night.interrupted), "expected `after:` at a second of the hold"


def test_the_nights_in_the_documents_play(tmp_path: Path) -> None:
    """As they stand there: whoever copies the example gets a night that passes."""
    text = (NIGHTS.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```yaml\n(title:.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert examples
    for example in examples:
        path = tmp_path / "readme.yaml"
        path.write_text(example, encoding="utf-8")
        faults = Night.read(path).play(tmp_path / "places.sqlite")
        assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("turns: [{say: stop, hear: [Goodnight]}]", "expected `title`"),
        ("title: t", "expected `turns`"),
        ("{title: t, turns: []}", "at least one turn"),
        ("[title]", "the night: expected keys and values"),
        ("{title: t, turns: [stop]}", "turn 1: expected keys and values"),
        ("{title: t, ear: own, turns: [{say: stop, hear: [Goodnight]}]}", "`ear` and `because` together"),
        ("{title: t, ear: alexa, because: b, turns: [{say: stop, hear: [Goodnight]}]}", "`ear`: expected own"),
        ("{title: t, night: 1, turns: [{say: stop, hear: [Goodnight]}]}", "found `night`"),
        ("{title: t, locale: en-ZZ, turns: [{say: stop, hear: [Goodnight]}]}", "en-GB"),
        ("{title: t, turns: [{say: stop, hears: [Goodnight]}]}", "found `hears`"),
        ("{title: t, turns: [{say: stop, hear: Goodnight}]}", "`hear`: expected a list of pieces of text"),
        ("{title: t, turns: [{say: stop, not_hear: Goodnight}]}", "`not_hear`: expected a list"),
        ("{title: t, turns: [{say: stop, hear: ['']}]}", "`hear`: expected a list"),
        ("{title: t, turns: [{say: stop, begins: ''}]}", "`begins`: expected text"),
        ("{title: t, turns: [{say: stop, session: close}]}", "`session`: expected open or closed"),
        ("{title: t, turns: [{say: yes, session: open}]}", "`say`: expected text, in quotation marks"),
        ("{title: t, turns: [{silent: 1, session: open}]}", "`silent`: expected True"),
        ("{title: t, turns: [{say: stop, hold: long}]}", "`hold`: expected a number of seconds"),
        ("{title: t, turns: [{say: stop, slots: muscle}]}", "`slots`: expected slots to ids"),
        ("{title: t, turns: [{say: stop, ended: over}]}", "`ended`: expected EXCEEDED_MAX_REPROMPTS"),
        ("{title: t, turns: [{say: stop, silent: true, session: open}]}", "turn 1: expected one of say, silent"),
        ("{title: t, turns: [{session: open}]}", "turn 1: expected one of say, silent"),
        ("{title: t, turns: [{say: stop}]}", "could not fail"),
    ],
)
def test_a_night_that_cannot_fail_is_refused(tmp_path: Path, written: str, told: str) -> None:
    path = tmp_path / "night.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(told)) as refused:
        Night.read(path)
    assert str(refused.value).startswith("night.yaml: ")


def test_every_key_of_a_night_is_documented_and_no_other() -> None:
    text = (NIGHTS / "README.md").read_text(encoding="utf-8")
    tables = {
        title: re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
        for title, _, table in (part.partition("\n") for part in text.split("\n## ")[1:])
    }
    assert tables == {
        "The night": list(NIGHT),
        "A turn: what the person does": list(SAYS),
        "A turn: when": list(WHEN),
        "A turn: what must come of it": list(EXPECTS),
    }


def test_there_are_nights() -> None:
    assert len(FILES) >= 15
    assert len(MIDDLE) >= 4
