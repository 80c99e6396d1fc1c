"""A whole night at the bed, in real time, in a real Home Assistant: about four minutes."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import pytest

from .house import SATELLITE, House
from .measure import gaps

WITHIN = 0.5
"""Seconds by which a hold may differ from what was said."""


@pytest.fixture(scope="module")
def night(house: House) -> Iterator[list[dict[str, object]]]:
    """Seven turns: the button, silence, another muscle in the middle of a hold, a question, back, worse, stop."""
    turns = []
    house.act("cramp_coach.start", entity_id=SATELLITE)
    turns.append(house.next_play(0))
    # Nobody says a word: the stretch is played to its end, the microphone opens and closes, and the coach goes on.
    turns.append(house.next_play(1, turns[0]["seconds"] + 20))
    time.sleep(12)
    turns.append(house.speak("my foot"))
    time.sleep(10)
    turns.append(house.speak("is it because of my statins"))
    house.wait(lambda: house.state(SATELLITE) == "listening", 30, "the microphone to open by itself")
    turns.append(house.speak("yes"))
    time.sleep(6)
    turns.append(house.speak("it's still cramping"))
    time.sleep(3)
    turns.append(house.speak("stop"))
    house.wait(lambda: house.state(SATELLITE) == "idle", turns[-1]["seconds"] + 10, "the night to end")
    yield turns


def test_the_first_word_is_the_first_instruction(night: list[dict[str, object]]) -> None:
    assert str(night[0]["says"]).startswith("Straighten your leg")


def test_a_hold_of_thirty_seconds_lasts_thirty_seconds(house: House, night: list[dict[str, object]]) -> None:
    """From the end of "Hold it gently for 30 seconds" to the beginning of "Ease off", in the sound that was served."""
    for turn in night[:2]:
        assert "Hold it gently for 30 seconds" in str(turn["says"])
        pauses = gaps(house.recording(turn), 3.0)
        # Four silences, parted by three cues.
        assert len(pauses) == 4, pauses
        held = pauses[-1].end - pauses[0].start
        assert held == pytest.approx(30.0, abs=WITHIN), pauses


def test_a_foot_is_held_for_twenty(house: House, night: list[dict[str, object]]) -> None:
    pauses = gaps(house.recording(night[2]), 3.0)
    assert pauses[-1].end - pauses[0].start == pytest.approx(20.0, abs=WITHIN), pauses


def test_silence_goes_on_by_itself(night: list[dict[str, object]]) -> None:
    assert str(night[1]["says"]).startswith("I'll keep going.")
    assert "Has it let go?" in str(night[1]["says"])


def test_the_microphone_opens_after_the_hold_and_not_before(house: House, night: list[dict[str, object]]) -> None:
    lines = house.events()
    first = next(at for at, line in enumerate(lines) if line.get("played") == night[0]["played"])
    opened = next(line for line in lines[first:] if line.get("event") == "listens")
    assert opened["at"] - lines[first]["at"] == pytest.approx(float(str(night[0]["seconds"])), abs=1.0)


def test_words_in_the_middle_of_a_hold_are_obeyed_at_once(night: list[dict[str, object]]) -> None:
    assert "toes toward your shin and spread them" in str(night[2]["says"])


def test_a_question_is_answered_and_the_stretch_goes_on(night: list[dict[str, object]]) -> None:
    assert str(night[3]["says"]).endswith("Back to the stretch?")
    assert "Hold it gently" in str(night[4]["says"])


def test_stop_ends_it(house: House, night: list[dict[str, object]]) -> None:
    assert str(night[-1]["says"]).endswith("Goodnight.")
    played = len(house.plays())
    time.sleep(20)
    assert len(house.plays()) == played
    assert house.state(SATELLITE) == "idle"


def test_nobody_speaks_over_anybody(house: House, night: list[dict[str, object]]) -> None:
    """One sound at a time: each begins after the one before has ended or was ended by somebody."""
    lines = house.events()
    heard = [line["at"] for line in lines if line.get("event") == "listens"]
    for one, other in itertools.pairwise(house.plays()):
        interrupted = any(one["at"] <= at < other["at"] for at in heard)
        assert interrupted or other["at"] >= one["at"] + one["seconds"] - 0.5, (one, other)


def test_the_log_has_no_fault_and_no_word_of_the_night(house: House, night: list[dict[str, object]]) -> None:
    lines = [line for line in house.log().splitlines() if "cramp_coach" in line]
    assert all("has not been tested by Home Assistant" in line for line in lines), lines
    for words in ("my foot", "statins", "Straighten", "Goodnight"):
        assert words not in house.log()


def test_nothing_of_it_is_on_the_disk(house: House, night: list[dict[str, object]]) -> None:
    sounds = [path.name for path in (house.config / "tts").iterdir()]
    assert sounds == []
    for path in house.config.rglob("*"):
        if path.is_file() and not {"custom_components", "blueprints"} & set(path.parts):
            data = path.read_bytes()
            assert not any(words in data for words in (b"my foot", b"statins", b"Straighten", b"calf")), path
