"""The name in words, however a recogniser wrote it; and who is meant."""

from __future__ import annotations

import numpy as np
import pytest

from speaker.bedside.ears import Said, taken, without_name
from speaker.bedside.protocols import Transcript
from speaker.bedside.utterances import Utterance
from speaker.nlu.recognizer import FALLBACK, Heard


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Cramp Coach.", ""),
        ("open cramp coach", ""),
        ("Hey, cramp coach, my foot!", "my foot"),
        ("Grand coach my foot.", "my foot"),
        ("Cramped coats.", ""),
        ("please open crampcoach", ""),
        ("Crump couch I can't breathe", "i can't breathe"),
    ],
)
def test_the_name_is_known_by_its_sound(text: str, rest: str) -> None:
    assert without_name(text, "cramp coach") == (rest, True)


@pytest.mark.parametrize(
    "text",
    [
        "", "my calf", "I have a cramp", "the coach of the national team", "can I walk", "come back", "a cup of coffee",
        "the bus company has scrapped a coach service", "grab a chair", "good night", "crack a joke",
    ],
)  # fmt: skip
def test_other_words_are_not_the_name(text: str) -> None:
    assert not without_name(text, "cramp coach")[1]


@pytest.mark.parametrize("text", ["my cramp is back", "grand coach", "cramped coats", "my cramp goes"])
def test_in_a_session_only_the_name_itself_is(text: str) -> None:
    assert without_name(text, "cramp coach", strict=True) == (text, False)
    assert without_name(f"cramp coach {text}", "cramp coach", strict=True) == (text, True)


def said(text: str, confidence: float, level: float = -26.0, over: bool = False) -> Said:
    utterance = Utterance(np.zeros(320, np.int16), 1.0, 2.0, 2.6, level, -70.0)
    return Said(utterance, Transcript(text, confidence), over=over)


NEAR, EXACT, NOTHING = (
    Heard("ReliefIntent", how="near", sure=0.7),
    Heard("ReliefIntent"),
    Heard(FALLBACK, how="nothing"),
)


@pytest.mark.parametrize(
    ("what", "heard", "busy", "answered"),
    [
        (said("my foot", 1.0), EXACT, True, True),
        (said("", 1.0), NOTHING, False, False),
        # Nobody knows what it means: a question is asked again, a hold goes on unless the words were clear.
        (said("blue bananas fly", 0.2), NOTHING, False, True),
        (said("blue bananas fly", 0.2), NOTHING, True, False),
        (said("blue bananas fly", 0.9), NOTHING, True, True),
        # Farther away than the person: only what is ours word for word, and nothing from the next room.
        (said("my foot", 1.0, -37.0), EXACT, True, True),
        (said("my food is", 1.0, -37.0), NEAR, True, False),
        (said("my foot", 1.0, -46.0), EXACT, True, False),
        # Over its own voice, doubtful words are its own.
        (said("life", 0.4, over=True), NEAR, True, False),
        (said("my foot", 0.4, over=True), EXACT, True, True),
        (said("my poor foot", 0.7, over=True), NEAR, True, True),
    ],
)
def test_who_is_answered(what: Said, heard: Heard, busy: bool, answered: bool) -> None:
    assert taken(what, heard, -26.0, busy) is answered
