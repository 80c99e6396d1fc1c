"""A hold lasts what the facts say, whatever is spoken in it."""

from __future__ import annotations

import pytest

from skill.advice import open_advice
from skill.dialog.steps import cues
from skill.speech import Cue, Hold, Say, Silence, Speech, Voice, duration, timeline, to_ssml
from skill.speech.ssml import LONGEST_BREAK

ADVICE = open_advice("en-US")


@pytest.mark.parametrize("voice", list(Voice))
@pytest.mark.parametrize("seconds", range(5, 61))
def test_cues_and_silence_add_up(seconds: int, voice: Voice) -> None:
    heard = timeline(to_ssml((Say("Hold."), Hold(seconds, cues(ADVICE, seconds)), Say("Ease off.")), voice))
    inside = heard[1:-1]
    assert sum(event.seconds for event in inside) == pytest.approx(seconds, abs=0.5)
    assert isinstance(inside[0], Silence)
    assert isinstance(inside[-1], Silence)


@pytest.mark.parametrize("seconds", [0.1, 9.9, 10, 10.1, 29.95, 30, 60, 61.3])
def test_no_break_is_longer_than_alexa_takes(seconds: float) -> None:
    ssml = to_ssml((Hold(seconds),))
    breaks = [part.split('"')[0] for part in ssml.split('time="')[1:]]
    lengths = [float(one[:-2]) / 1000 if one.endswith("ms") else float(one[:-1]) for one in breaks]
    assert all(0 < length <= LONGEST_BREAK for length in lengths)
    assert sum(lengths) == pytest.approx(seconds, abs=0.1)


@pytest.mark.parametrize(
    "cue", [Cue(4.5, "far too many words for what is left"), Cue(5.0, "late"), Cue(9.0, "later"), Cue(-1.0, "early")]
)
def test_a_cue_without_room_is_left_out(cue: Cue) -> None:
    assert timeline(to_ssml((Hold(5, (cue,)),))) == (Silence(5.0),)


def test_of_two_cues_at_once_one_is_spoken() -> None:
    heard = timeline(to_ssml((Hold(10, (Cue(3, "one"), Cue(3, "two"))),)))
    assert [event.text for event in heard if isinstance(event, Speech)] == ["one"]
    assert sum(event.seconds for event in heard) == pytest.approx(10, abs=0.1)


def test_a_script_lasts_as_long_as_it_is_heard() -> None:
    script = (Say("Straighten your leg."), Hold(30, cues(ADVICE, 30)), Say("Ease off."))
    assert sum(event.seconds for event in timeline(to_ssml(script))) == pytest.approx(duration(script), abs=0.5)
