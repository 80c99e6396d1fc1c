"""Nights as sound: what is said into a room goes in, and what leaves the loudspeaker is held against it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from skill.app import create
from speaker import Speaker
from speaker.bedside.engines.choose import Wishes, engines
from speaker.bedside.exchange import Exchange
from speaker.bedside.night import Night
from speaker.bedside.protocols import Engines
from speaker.bedside.sound import Samples, frames_of, louder, quiet, samples_of
from speaker.nlu.normalize import spoken
from tests.bedside.engines.rooms import BED_DB, fan, hum, room, said, snoring, television
from tests.bedside.parts import MODEL, Room, sounds_in


class EchoingRoom(Room):
    """A room that gives the loudspeaker's sound back to the microphone, later and quieter."""

    gain_db = -12.0
    delay = 4
    """Frames."""

    def frame(self) -> Samples | None:
        heard = super().frame()
        if heard is None or len(self.played) < self.delay + 3:
            return heard
        echo = louder(self.played[-self.delay], self.gain_db).astype(np.int32)
        echo += louder(self.played[-self.delay - 2], self.gain_db - 8)
        both: Samples = np.clip(echo + heard, -32_768, 32_767).astype(np.int16)
        return both


def live(parts: Engines, heard: Samples, kind: type[Room] = Room) -> tuple[Room, list[Exchange]]:
    place = kind(frames_of(heard))
    turns: list[Exchange] = []
    Night(Speaker(create(), MODEL), parts, place, place, report=turns.append).run()
    return place, turns


def intents(turns: list[Exchange]) -> list[str | None]:
    return [turn.turn.understood.intent if turn.turn.understood else None for turn in turns]


def heard_in(parts: Engines, sound: Samples) -> set[str]:
    """The words that a general recogniser hears in what the coach says."""
    found: set[str] = set()
    for begins, ends in sounds_in(sound):
        part = louder(sound[samples_of(max(0.0, begins - 0.2)) : samples_of(ends + 0.2)], 12.0)
        found |= set(spoken(parts.recognizer.transcribe(part).text).split())
    return found


@pytest.mark.parametrize("voice", ["rms", "slt"])
def test_a_night_from_its_name_to_goodnight(parts: Engines, voice: str) -> None:
    """Two interruptions in holds, a silence, goodnight; then it is called again, and there is an emergency."""
    night = room(
        210.0,
        (3.0, said("cramp coach", voice)),
        (24.0, said("my foot", voice)),
        (44.0, said("is it because of my statins", voice)),
        # Nobody answers "Back to the stretch?"; the coach goes on by itself.
        (92.0, said("it's gone now", voice)),
        (150.0, said("open cramp coach", voice)),
        (170.0, said("I have chest pain", voice)),
    )
    place, turns = live(parts, night)
    assert intents(turns) == [
        "LaunchRequest", "ReliefIntent", "WhyIntent", None, "EasedIntent", "LaunchRequest", "SymptomIntent",
    ]  # fmt: skip
    assert [turn.at for turn in turns if turn.turn.heard] == pytest.approx([3, 24, 44, 92, 150, 170], abs=0.4)
    for turn in turns:
        assert turn.answered - turn.ended < 0.7, "in simulated time only the end of speech is waited for"
        begins = [begun for begun, _ in place.sounds if begun >= turn.answered - 0.02]
        assert begins[0] - turn.answered < 0.1, "it speaks at once"
    goodnight, again, emergency = turns[4], turns[5], turns[6]
    whole = np.concatenate(place.played)
    assert not np.any(whole[samples_of(goodnight.answered + goodnight.turn.seconds + 6) : samples_of(again.at)])
    assert {"sore", "tomorrow"} & heard_in(parts, part_of(whole, goodnight))
    assert heard_in(parts, part_of(whole, emergency)) & {"call", "nine", "eleven", "911"}
    assert not emergency.turn.open


def part_of(whole: Samples, turn: Exchange) -> Samples:
    return whole[samples_of(turn.answered) : samples_of(turn.answered + turn.turn.seconds + 4)]


@pytest.mark.parametrize("voice", ["flite:slt", "flite:awb", "espeak-ng"])
def test_the_hold_that_leaves_the_loudspeaker_is_thirty_seconds(voice: str) -> None:
    parts = engines(MODEL, Wishes(voice=voice))
    place, turns = live(parts, room(48.0, (2.0, said("cramp coach"))))
    assert intents(turns) == ["LaunchRequest"]
    sounds = [own for own in place.sounds if own[0] >= turns[0].answered]
    silences = [(after[0] - before[1], before[1]) for before, after in pairwise(sounds)]
    began = next(at for lasted, at in silences if lasted > 4.0)
    ended = next(begins for begins, _ in sounds if begins - began > 25.0)
    assert ended - began == pytest.approx(30.0, abs=0.5)


def test_a_cue_waits_for_whoever_speaks(parts: Engines) -> None:
    place, turns = live(parts, room(33.0, (2.0, said("cramp coach"))))
    cue = next(begins for begins, _ in place.sounds if begins > turns[0].answered + 14)
    words = said("is it because of my statins")
    place, turns = live(parts, room(33.0, (2.0, said("cramp coach")), (cue - 0.8, words)))
    assert intents(turns) == ["LaunchRequest", "WhyIntent"]
    assert turns[1].waited > 0.5
    assert not [begins for begins, _ in place.sounds if cue - 0.8 < begins < turns[1].ended]


BEDROOM = np.concatenate([
    fan(40.0, -70.0), hum(40.0), snoring(60.0), snoring(40.0, -24.0), television(90.0), quiet(samples_of(10.0)),
])  # fmt: skip


def test_a_bedroom_at_night_takes_no_action(parts: Engines) -> None:
    """Quiet, a fridge, snoring near and far, the news next door: minutes for the hour that the bench listens to."""
    place, turns = live(parts, BEDROOM)
    assert not turns
    assert not np.any(np.concatenate(place.played))


def test_the_same_bedroom_does_not_disturb_a_hold(parts: Engines) -> None:
    cues = len(live(parts, room(45.0, (2.0, said("cramp coach"))))[0].sounds)
    for background in (hum(45.0), snoring(45.0), television(45.0)):
        place, turns = live(parts, room(45.0, (2.0, said("cramp coach")), background=background))
        assert intents(turns) == ["LaunchRequest"], [turn.turn.heard for turn in turns]
        assert len(place.sounds) == cues, "nor do cues wait for it"
        sounds = [own for own in place.sounds if own[0] >= turns[0].answered]
        began = next(b[1] for b, a in pairwise(sounds) if a[0] - b[1] > 4.0)
        assert next(begins for begins, _ in sounds if begins - began > 25.0) - began == pytest.approx(30.0, abs=0.5)


def test_it_is_called_while_a_television_is_on(parts: Engines) -> None:
    wish = said("is it because of my statins")
    night = room(40.0, (12.0, said("cramp coach")), (30.0, wish), background=television(40.0))
    _, turns = live(parts, night)
    assert intents(turns) == ["LaunchRequest", "WhyIntent"]
    assert [turn.answered for turn in turns] == pytest.approx([13.8, 32.6], abs=0.8)


@pytest.mark.parametrize("duplex", ["half", "full"])
def test_it_does_not_answer_its_own_voice(duplex: str) -> None:
    _, turns = live(engines(MODEL, Wishes(duplex=duplex)), room(60.0, (2.0, said("cramp coach"))), EchoingRoom)
    assert intents([turn for turn in turns if turn.turn.heard]) == ["LaunchRequest"], [t.turn.heard for t in turns]


def test_with_the_canceller_it_is_mostly_heard_over_its_own_voice() -> None:
    """In the middle of its first sentences, by somebody a little louder than before; docs/listen.md has how mostly."""
    texts = ("my foot", "is it because of my statins", "my thigh", "say that again", "does magnesium help", "stop now")
    understood = []
    for text in texts:
        parts = engines(MODEL, Wishes(duplex="full", recognizer="combined"))
        night = room(14.0, (2.0, said("cramp coach")), (7.0, said(text, "rms", BED_DB + 4)))
        _, turns = live(parts, night, EchoingRoom)
        wanted = Speaker(create(), MODEL).hear(text).intent
        understood.append(wanted in intents(turns[1:]))
    assert sum(understood) >= len(texts) / 2, list(zip(texts, understood, strict=True))


def test_without_the_canceller_its_name_interrupts_it() -> None:
    parts = engines(MODEL, Wishes(duplex="half"))
    louder_call = said("cramp coach", "rms", BED_DB + 8)
    night = room(20.0, (2.0, said("cramp coach")), (7.0, louder_call), (10.0, said("my foot")))
    _, turns = live(parts, night, EchoingRoom)
    assert intents(turns) == ["LaunchRequest", "ReliefIntent"]
