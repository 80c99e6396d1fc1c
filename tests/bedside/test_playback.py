"""Time in what is played: a hold is as long as it was promised, whatever the voice and whoever speaks."""

from __future__ import annotations

from concurrent.futures import Future

import numpy as np
import pytest

from skill.speech import Event, Silence, Speech
from speaker.bedside.playback import LONGEST_WAIT, Playback
from speaker.bedside.sound import FRAME_SECONDS, Samples
from tests.bedside.parts import sounds_in, tone

HOLD: tuple[Event, ...] = (
    Speech("Pull your toes up.", 1.6),
    Speech("Hold it for 30 seconds.", 2.0),
    Silence(7.0),
    Speech("Breathe out slowly.", 1.2),
    Silence(6.8),
    Speech("Halfway.", 0.4),
    Silence(4.6),
    Speech("10 more.", 0.8),
    Silence(9.2),
    Speech("Ease off slowly.", 1.2),
    Speech("Has it let go?", 1.6),
)


def render(seconds_a_word: float):  # type: ignore[no-untyped-def]
    def rendered(speech: Speech) -> Future[Samples]:
        done: Future[Samples] = Future()
        done.set_result(tone(len(speech.text.split()) * seconds_a_word))
        return done

    return rendered


def play(seconds_a_word: float, spoken_over: tuple[tuple[float, float], ...] = ()) -> tuple[Samples, Playback]:
    playback = Playback(HOLD, render(seconds_a_word))
    frames: list[Samples] = []
    while not playback.done:
        now = len(frames) * FRAME_SECONDS
        frames.append(playback.frame(any(begins <= now < ends for begins, ends in spoken_over)))
        assert now < 120
    return np.concatenate(frames), playback


def hold_in(samples: Samples) -> float:
    """Seconds from the end of the instruction to the beginning of what ends the hold."""
    sounds = sounds_in(samples)
    return sounds[-1][0] - sounds[0][1]


@pytest.mark.parametrize("seconds_a_word", [0.15, 0.25, 0.4, 0.55, 0.7])
def test_a_hold_lasts_what_it_says_with_slow_and_quick_voices(seconds_a_word: float) -> None:
    samples, _ = play(seconds_a_word)
    assert hold_in(samples) == pytest.approx(30.0, abs=0.1)
    assert len(sounds_in(samples)) == 5


@pytest.mark.parametrize("begins", [6.5, 8.0, 10.0, 17.0, 20.0, 24.0])
@pytest.mark.parametrize("lasts", [0.5, 2.0, 4.0])
def test_a_cue_waits_and_the_hold_stays_as_long(begins: float, lasts: float) -> None:
    samples, _ = play(0.4, ((begins, begins + lasts),))
    assert hold_in(samples) == pytest.approx(30.0, abs=0.5)
    for begun, _ in sounds_in(samples):
        assert not begins + FRAME_SECONDS < begun < begins + lasts - FRAME_SECONDS


def test_what_waited_is_told_once() -> None:
    first = sounds_in(play(0.4)[0])[1][0]
    _, playback = play(0.4, ((first - 1.0, first + 2.5),))
    assert playback.take_waited() == pytest.approx(2.5, abs=0.1)
    assert playback.take_waited() == 0.0


def test_a_cue_that_would_come_with_the_next_one_is_left_out() -> None:
    quick, _ = play(0.2)
    last = sounds_in(quick)[-2][0]
    samples, _ = play(0.2, ((last - 5.0, last + 5.5),))
    assert hold_in(samples) == pytest.approx(30.0, abs=0.5)
    assert len(sounds_in(samples)) == len(sounds_in(quick)) - 1


def test_a_television_does_not_stop_it_for_ever() -> None:
    samples, _ = play(0.4, ((0.0, 1000.0),))
    sounds = sounds_in(samples)
    assert sounds[0][0] == pytest.approx(LONGEST_WAIT, abs=0.1)
    assert len(sounds) >= 3


def test_the_plan_is_told_by_what_is_played() -> None:
    playback = Playback(HOLD, render(0.8))
    places = []
    while not playback.done:
        playback.frame()
        places.append(playback.planned)
    assert places == sorted(places)
    assert places[-1] == pytest.approx(sum(event.seconds for event in HOLD))
    # Twice as slow as estimated, the instruction is halfway through its plan when it is halfway said.
    assert places[round(3.6 / FRAME_SECONDS)] == pytest.approx(1.8 + 0.05, abs=0.3)


def test_a_sentence_that_is_not_ready_is_waited_for() -> None:
    late: Future[Samples] = Future()
    playback = Playback((Speech("Now.", 0.4),), lambda speech: late)
    assert not any(playback.frame().any() for _ in range(50))
    late.set_result(tone(0.2))
    assert playback.frame().any()


def test_of_what_is_abandoned_no_more_sentences_are_made() -> None:
    begun, waiting = Future[Samples](), Future[Samples]()
    begun.set_running_or_notify_cancel()
    sounds = {"Now.": begun, "Then.": waiting}
    playback = Playback((Speech("Now.", 0.4), Speech("Then.", 0.4)), lambda speech: sounds[speech.text])
    playback.abandon()
    assert not begun.cancelled()
    assert waiting.cancelled()
