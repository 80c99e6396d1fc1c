"""Where an utterance begins and ends."""

from __future__ import annotations

import numpy as np
import pytest

from speaker.bedside.sound import FRAME_SECONDS, Samples, frames_of, louder
from speaker.bedside.utterances import ENDS_SECONDS, LONGEST_SECONDS, Utterance, Utterances
from tests.bedside.parts import Loudness, recording, tone


def heard(samples: Samples) -> list[Utterance]:
    utterances = Utterances(Loudness())
    return [found for frame in frames_of(samples) if (found := utterances.feed(frame))]


def test_an_utterance_has_its_time_and_a_little_before_it() -> None:
    (one,) = heard(recording(10, (3.0, tone(1.2))))
    assert one.began == pytest.approx(3.0, abs=0.15)
    assert one.ended == pytest.approx(4.2, abs=0.1)
    assert one.closed == pytest.approx(4.2 + ENDS_SECONDS, abs=0.1)
    assert len(one.samples) / 16_000 == pytest.approx(one.closed - 3.0 + 0.2, abs=0.2)
    assert one.level == pytest.approx(-20.0, abs=1.0)


def test_a_pause_for_breath_does_not_end_it() -> None:
    assert len(heard(recording(10, (3.0, tone(0.8)), (3.8 + ENDS_SECONDS - 0.1, tone(0.8))))) == 1
    assert len(heard(recording(10, (3.0, tone(0.8)), (3.8 + ENDS_SECONDS + 0.2, tone(0.8))))) == 2


def test_a_click_is_none() -> None:
    assert not heard(recording(10, (3.0, tone(0.06)), (5.0, tone(0.04))))


def test_nobody_speaks_for_ever() -> None:
    lengths = [one.ended - one.began for one in heard(recording(40, (1.0, tone(35))))]
    assert lengths
    assert max(lengths) <= LONGEST_SECONDS + 2 * FRAME_SECONDS


def test_what_the_room_always_sounds_like_is_no_speech() -> None:
    """A fan louder than the detector's threshold: only what stands above it is speech."""
    fan = louder(tone(30.0), -8.0)
    louder_words = tone(1.0, -10.0)
    whole = fan.copy()
    whole[10 * 16_000 : 11 * 16_000] += louder_words
    found = heard(whole)
    assert [round(one.began) for one in found if one.began > 4] == [10]


def test_who_speaks_into_a_television_is_heard_alone() -> None:
    television = tone(20.0, -36.0)
    television[:16_000] = 0
    television[9 * 16_000 : 10 * 16_000] += tone(1.0, -15.0)
    found = heard(television)
    near = [one for one in found if one.level > -20]
    assert len(near) == 1
    assert near[0].began == pytest.approx(9.0, abs=0.15)
    assert near[0].ended == pytest.approx(10.0, abs=0.15)
    assert near[0].closed == pytest.approx(10.0 + ENDS_SECONDS, abs=0.15)


def test_time_passes_while_nobody_can_be_heard() -> None:
    utterances = Utterances(Loudness())
    for frame in frames_of(recording(2, (0.5, tone(1.5)))):
        utterances.pass_over()
        assert not utterances.speaking
        assert len(frame) == 320
    assert utterances.now == pytest.approx(2.0)
    assert not np.any(utterances.pending)
