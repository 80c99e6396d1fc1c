"""An emergency in the middle of a hold, as sound: the number to call leaves the loudspeaker first, nothing follows."""

from __future__ import annotations

import re

import numpy as np
import pytest

from skill.app import create
from speaker import InteractionModel, Speaker
from speaker.bedside.engines.choose import Wishes, engines
from speaker.bedside.exchange import Exchange
from speaker.bedside.night import Night
from speaker.bedside.protocols import Engines
from speaker.bedside.sound import Samples, frames_of, louder, samples_of
from speaker.bedside.utterances import ENDS_SECONDS
from speaker.request_envelope import Device
from tests.bedside.engines.rooms import room, said
from tests.bedside.parts import MODEL, Room

HOLDS_AT = 20.0
"""Seconds into the night: in the first hold, between two cues, with most of it still to come."""
NIGHT = 100.0
"""Long enough for the hold's end, what is asked after it, and that question said again."""
STRETCHES = {"hold", "stretch", "stretching", "straighten", "pull", "push", "lean", "toes", "heel", "ease", "breathe"}
"""Words of what would have gone on; none of them is in the answers below."""


@pytest.fixture(scope="module")
def listener() -> Engines:
    """Who listens to the loudspeaker hears any word, and knows none of what the coach says."""
    return engines(MODEL, Wishes(recognizer="moonshine", duplex="half"))


@pytest.mark.parametrize(
    ("locale", "text", "digits"),
    [("en-US", "I have chest pain", "911"), ("en-GB", "my chest hurts and I can't breathe", "999")],
)
def test_the_number_comes_first_and_no_stretch_follows(
    parts: Engines, listener: Engines, locale: str, text: str, digits: str
) -> None:
    turns: list[Exchange] = []
    place = Room(frames_of(room(NIGHT, (2.0, said("cramp coach")), (HOLDS_AT, said(text)))))
    speaker = Speaker(create(), InteractionModel.load(locale), Device(locale=locale))
    night = Night(speaker, parts, place, place, report=turns.append)
    holds: list[tuple[float, bool]] = []
    night.watch = lambda own: holds.append((own.now, own.playback.holding))
    night.run()

    # What goes in is said in the hold, and placed there.
    assert len(turns) == 2, [turn.turn.heard for turn in turns]
    emergency = turns[1]
    assert emergency.at == pytest.approx(HOLDS_AT, abs=0.4)
    assert all(holding for at, holding in holds if HOLDS_AT <= at < emergency.ended)
    assert emergency.answered - emergency.ended < ENDS_SECONDS + 0.1

    # What comes out, from the first word of the emergency on, is the answer to it and nothing else.
    whole = np.concatenate(place.played)
    sounds = [own for own in place.sounds if own[1] > emergency.at]
    first, last = sounds[0], sounds[-1]
    assert first[0] == pytest.approx(emergency.answered, abs=0.1), "nothing of the hold is said in between"
    beginning = heard(listener, whole[samples_of(first[0]) : samples_of(first[0] + 2.6)])
    assert re.match(rf"call {digits}\b", beginning), beginning
    assert STRETCHES & heard_words(listener, whole[samples_of(turns[0].answered) : samples_of(HOLDS_AT)]), (
        "as before it"
    )
    assert not STRETCHES & heard_words(listener, whole[samples_of(first[0]) : samples_of(last[1] + 0.2)])
    assert last[1] < emergency.answered + 1.5 * emergency.turn.seconds < NIGHT - 40.0
    assert not np.any(whole[samples_of(last[1] + 0.1) :]), "nor does anything follow"
    assert not emergency.turn.open
    assert not any(holding for at, holding in holds if at > emergency.answered)


def heard_words(listener: Engines, sound: Samples) -> set[str]:
    return set(heard(listener, sound).split())


def heard(listener: Engines, sound: Samples) -> str:
    """The words, in small letters, with digits together however the recogniser wrote them."""
    names = dict(zip("zero one two three four five six seven eight nine".split(), "0123456789", strict=True))
    words = re.findall(r"[a-z']+|\d", listener.recognizer.transcribe(louder(sound, 12.0)).text.lower())
    return re.sub(r"(?<=\d) (?=\d)", "", " ".join(names.get(word, word) for word in words))
