"""A night with simple parts: who is answered, when, and what it does to the time of what is played."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from datetime import datetime

import pytest

from skill.app import create
from skill.speech.limits import MICROPHONE_SECONDS
from speaker import Speaker
from speaker.bedside.exchange import Exchange
from speaker.bedside.night import Night
from speaker.bedside.protocols import Engines
from speaker.bedside.sound import Samples, frames_of
from speaker.bedside.utterances import ENDS_SECONDS
from tests.bedside.parts import MODEL, Called, Loudness, Prompter, Room, Tone, live, recording, sounds_in, tone

WORDS = tone(1.0)
CALL = (2.0, WORDS)


def test_the_name_opens_it_and_the_first_hold_is_thirty_seconds_of_sound() -> None:
    room, turns = live(recording(50, CALL), Prompter())
    assert [turn.turn.heard for turn in turns] == ["open cramp coach"]
    sounds = room.sounds
    assert sounds[0][0] == pytest.approx(3.0 + ENDS_SECONDS, abs=0.1), "it begins at once"
    assert sounds[-1][0] - sounds[0][1] == pytest.approx(30.0, abs=0.5)


def test_nobody_is_answered_who_does_not_say_the_name() -> None:
    room, turns = live(recording(50, CALL, (20, WORDS), (40, WORDS)), Prompter("my foot", "stop", "help"), Called())
    assert not turns
    assert not room.sounds


def test_a_television_next_door_may_say_its_name() -> None:
    room, turns = live(recording(30, (2.0, tone(1.0, -48.0))), Prompter("cramp coach"), Called(0), loud_from=-60.0)
    assert not turns
    assert not room.sounds


def test_its_name_in_words_opens_it_where_its_sound_was_missed() -> None:
    _, turns = live(recording(30, CALL), Prompter("Hey, grand coats."), Called())
    assert [turn.turn.heard for turn in turns] == ["open cramp coach"]


def test_a_wish_after_the_name_is_taken_in_the_same_breath() -> None:
    _, turns = live(recording(30, (2.0, tone(2.5))), Prompter("cramp coach my foot"), Called(0))
    assert turns[0].turn.heard == "open cramp coach my foot"
    assert turns[0].turn.understood is not None
    assert turns[0].turn.understood.intent == "ReliefIntent"


def test_a_name_that_was_not_written_down_as_one_is_still_its_name() -> None:
    prompter = Prompter("clam hutch my food", "my foot")
    _, turns = live(recording(30, (2.0, tone(2.5))), prompter, Called(0))
    assert turns[0].turn.heard == "open cramp coach my foot"
    assert prompter.lengths[1] == pytest.approx(prompter.lengths[0] - 1.3, abs=0.05), "what follows the name, alone"


def test_after_the_name_a_murmur_is_no_wish() -> None:
    _, turns = live(recording(30, (2.0, tone(2.5))), Prompter("cramp coach zup frall", confidence=0.2), Called(0))
    assert turns[0].turn.heard == "open cramp coach"


def test_words_in_the_hold_need_no_name_and_are_placed_when_they_were_said() -> None:
    room, turns = live(recording(50, CALL, (20.0, WORDS)), Prompter("cramp coach", "my foot"))
    assert [turn.turn.heard for turn in turns] == ["open cramp coach", "my foot"]
    assert turns[1].at == pytest.approx(20.0, abs=0.1)
    assert turns[1].ended == pytest.approx(21.0, abs=0.1)
    assert turns[1].answered == pytest.approx(21.0 + ENDS_SECONDS, abs=0.1)
    # To the skill it is as many seconds later as it was in the room.
    request = [turn.turn.request for turn in turns]
    assert request[0] and request[1]
    times = [datetime.fromisoformat(own["request"]["timestamp"]) for own in request if own]
    assert (times[1] - times[0]).total_seconds() == pytest.approx(18.0, abs=1.0)
    assert [begun for begun, _ in room.sounds if 20.0 < begun < 21.0 + ENDS_SECONDS] == []


def test_a_cue_waits_for_whoever_speaks_and_the_turn_tells_how_long() -> None:
    quiet, _ = live(recording(50, CALL), Prompter())
    cue = quiet.sounds[1][0]
    room, turns = live(recording(50, CALL, (cue - 0.5, tone(2.0))), Prompter("cramp coach", ""))
    assert len(turns) == 1, "what was no words is no turn"
    begun = room.sounds[1][0]
    assert begun == pytest.approx(cue + 1.5 + ENDS_SECONDS, abs=0.1)
    assert room.sounds[-1][0] - room.sounds[0][1] == pytest.approx(30.0, abs=0.5)
    _, turns = live(recording(50, CALL, (cue - 0.5, tone(2.0))), Prompter("cramp coach", "how long"))
    assert turns[1].waited == pytest.approx(1.5 + ENDS_SECONDS, abs=0.2)


def test_silence_is_asked_again_and_then_ends_it() -> None:
    room, turns = live(recording(160, CALL), Prompter())
    assert [turn.turn.heard for turn in turns] == ["open cramp coach", "", ""]
    ended = sounds_in_first_turn(room.sounds, turns[1].at)
    assert turns[1].at - ended == pytest.approx(MICROPHONE_SECONDS, abs=0.1)
    assert turns[1].turn.plays
    assert not turns[2].turn.open


def sounds_in_first_turn(sounds: list[tuple[float, float]], before: float) -> float:
    return max(end for _, end in sounds if end < before)


def test_without_a_canceller_its_own_voice_is_not_heard() -> None:
    """The room gives back what is played: nothing of it may be taken for a person."""
    quiet, _ = live(recording(50, CALL), Prompter())
    echoes = [(begun, tone(ended - begun)) for begun, ended in quiet.sounds]
    room, turns = live(
        recording(50, CALL, *echoes), Prompter("cramp coach", "stop", "stop", "stop", "stop", "stop", "stop")
    )
    assert len(turns) == 1
    assert room.sounds == quiet.sounds


def test_without_a_canceller_the_name_stops_its_voice() -> None:
    quiet, _ = live(recording(50, CALL), Prompter())
    speaks, stops = quiet.sounds[0]
    name, wish = (speaks + 1, tone(1.32)), (speaks + 3.5, WORDS)
    room, turns = live(recording(45, CALL, name, wish), Prompter("cramp coach", "my foot"), Called(0, 1))
    assert [turn.turn.heard for turn in turns] == ["open cramp coach", "my foot"]
    assert room.sounds[0][1] < stops - 3


def test_without_a_canceller_it_goes_on_after_its_name_alone() -> None:
    quiet, _ = live(recording(50, CALL), Prompter())
    room, turns = live(recording(55, CALL, (quiet.sounds[0][0] + 1, tone(1.32))), Prompter(), Called(0, 1))
    assert len(turns) == 1
    assert len(room.sounds) == len(quiet.sounds) + 1
    assert room.sounds[-1][0] - room.sounds[1][1] == pytest.approx(30.0, abs=0.5)


def test_with_a_canceller_it_is_stopped_in_mid_sentence() -> None:
    _, turns = live(recording(40, CALL, (5.0, WORDS)), Prompter("cramp coach", "my foot"), full=True)
    assert [turn.turn.heard for turn in turns] == ["open cramp coach", "my foot"]
    assert turns[1].at == pytest.approx(5.0, abs=0.1)


def test_in_a_hold_doubtful_words_do_not_break_it() -> None:
    _, turns = live(recording(50, CALL, (20.0, WORDS)), Prompter("cramp coach", "gloop", confidence=0.2))
    assert len(turns) == 1


def test_what_comes_from_across_the_room_is_not_for_the_coach() -> None:
    far = tone(1.0, -39.0)
    _, turns = live(recording(50, CALL, (20.0, far)), Prompter("cramp coach", "stop"))
    assert len(turns) == 1


def test_an_emergency_is_answered_and_ends_it() -> None:
    room, turns = live(recording(50, CALL, (20.0, WORDS)), Prompter("cramp coach", "i have chest pain"))
    assert turns[1].turn.words.startswith("Call 911")
    assert not turns[1].turn.open
    assert room.sounds[-1][1] < 50


def test_a_voice_is_given_the_number_digit_by_digit() -> None:
    """Not as a number of hundreds; what is shown and told stays as it is dialled."""
    asked: list[str] = []

    class Reader(Tone):
        def render(self, text: str, style: str = "") -> Samples:
            asked.append(text)
            return super().render(text, style)

    room = Room(frames_of(recording(30, CALL, (20.0, WORDS))))
    parts = Engines(Called(0), Loudness(), Prompter("cramp coach", "i have chest pain"), Reader(), None)
    turns: list[Exchange] = []
    Night(Speaker(create(), MODEL), parts, room, room, report=turns.append).run()
    assert turns[1].turn.words.startswith("Call 911 now.")
    assert "Call 9 1 1 now." in asked
    assert any("30 seconds" in text for text in asked), "a number that counts stays one"


def test_it_can_be_called_again_after_it_has_closed() -> None:
    _, turns = live(
        recording(90, CALL, (20.0, WORDS), (60.0, WORDS)), Prompter("cramp coach", "i have chest pain"), Called(0, 2)
    )
    assert [turn.turn.heard for turn in turns] == ["open cramp coach", "i have chest pain", "open cramp coach"]


def test_what_was_played_is_as_long_as_what_was_heard() -> None:
    heard = recording(33.3, CALL)
    room, _ = live(heard, Prompter())
    assert abs(len(room.played) * 320 - len(heard)) < 320
    assert sounds_in(heard)


def test_an_answer_does_not_wait_for_sentences_that_are_not_said_any_more() -> None:
    """A voice that makes one sentence at a time is asked for those of the answer as soon as it begins."""

    class Queue(Executor):
        def __init__(self) -> None:
            self.asked: list[tuple[str, Future[Samples]]] = []

        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            made: Future[Samples] = Future()
            self.asked.append((args[0].text, made))
            if len(self.asked) == 1:
                made.set_result(fn(*args, **kwargs))
            return made

    queue = Queue()
    room = Room(frames_of(recording(30, CALL, (20.0, WORDS))))
    parts = Engines(Called(0), Loudness(), Prompter("cramp coach", "i have chest pain"), Tone(), None)
    turns: list[Exchange] = []
    Night(Speaker(create(), MODEL), parts, room, room, report=turns.append, speaking=queue).run()
    assert [turn.turn.heard for turn in turns] == ["open cramp coach", "i have chest pain"]
    first = [text for text, _ in queue.asked].index("Call 911 now.")
    assert first > 2
    assert all(made.cancelled() for _, made in queue.asked[1:first])
    assert not any(made.cancelled() for _, made in queue.asked[first:])
