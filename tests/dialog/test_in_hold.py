"""Words in the middle of a hold: it goes on from where it was, and lasts what it said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from skill.dialog import Awaiting, Reply, State, TurnContext, in_hold, relief, session
from skill.dialog.hold_clock import hold_clock
from skill.dialog.steps import body, instruction_time
from skill.dialog.topic import read_topic
from skill.speech import Say, duration
from tests.dialog.turns import ADVICE, BEDTIME, CALF, NOW, holds, prompt, state_of, turn, words

STEP = body(ADVICE, CALF)
BEGINS = instruction_time(STEP)
HOLD = 30
ASKED: list[Callable[[TurnContext], Reply]] = [
    in_hold.how_long_left,
    in_hold.how_long_held,
    in_hold.where_in_routine,
    in_hold.how_to,
    in_hold.doing_right,
    in_hold.let_go,
    in_hold.cried_out,
    session.yes,
]


@pytest.mark.parametrize("do", ASKED)
@pytest.mark.parametrize("held", [1, 8, 20])
def test_the_hold_goes_on_for_what_is_left_of_it(do: Callable[[TurnContext], Reply], held: int) -> None:
    here = turn(CALF, BEGINS + held)
    reply = do(here)
    [left] = holds(reply.script)
    assert left == pytest.approx(HOLD - held, abs=1)
    assert reply.question == prompt("eased_question")
    assert (state_of(reply).step, state_of(reply).awaiting) == ("stretch", Awaiting.EASED)


@pytest.mark.parametrize("do", ASKED)
def test_a_word_during_the_instruction_begins_the_hold(do: Callable[[TurnContext], Reply]) -> None:
    reply = do(turn(CALF, 2))
    assert holds(reply.script) == [HOLD]
    assert reply.question == prompt("eased_question")


def test_two_words_in_one_hold_leave_what_is_left() -> None:
    """Eight seconds in, then six seconds into what followed the answer: half a minute in all."""
    first = in_hold.how_long_left(turn(CALF, BEGINS + 8))
    state = state_of(first)
    spoken = sum(duration((part,)) for part in first.script[:1])
    second = in_hold.how_long_left(_at(state, spoken + 6))
    [left] = holds(second.script)
    assert left == pytest.approx(HOLD - 14, abs=2)
    third = session.yes(_at(state_of(second), duration(second.script) + 2, after=state_of(second).answered_at))
    assert third.question is None, "the question was asked by then, and yes is its answer"


def _at(state: State, seconds: float, after: int | None = None) -> TurnContext:
    """`seconds` after the answer that left this state."""
    return TurnContext(ADVICE, int((after or state.answered_at) + seconds), state)


def test_the_seconds_said_are_the_seconds_left() -> None:
    for held in (2, 11, 19, 25):
        reply = in_hold.how_long_left(turn(CALF, BEGINS + held))
        [left] = holds(reply.script)
        assert words(reply.script)[0] == ADVICE.prompt("hold_left", left=int(left))[0]


def test_yes_is_an_answer_once_it_was_asked() -> None:
    assert session.yes(turn(CALF, duration(STEP) + 3)).question is None
    assert session.yes(turn(CALF, BEGINS + 20)).question is not None


@pytest.mark.parametrize("topic", ["claim/causes/why", "say/last_step"])
def test_yes_after_another_question_is_its_answer(topic: str) -> None:
    state = CALF.with_(topic=read_topic(topic))
    assert not in_hold.is_playing(turn(state, 3))


def test_a_cry_after_the_question_is_no_goodnight() -> None:
    reply = in_hold.cried_out(turn(CALF, duration(STEP) + 3))
    assert state_of(reply).step == "footboard"


def test_a_side_before_sleep_goes_on_too() -> None:
    sides = body(ADVICE, BEDTIME)
    whole = sum(holds(sides))
    reply = session.yes(turn(BEDTIME, instruction_time(sides) + 12))
    first = next(at for at, part in enumerate(reply.script) if isinstance(part, Say) and "right foot" in part.text)
    assert sum(holds(reply.script[:first])) == pytest.approx(whole - 12, abs=1)
    assert state_of(reply).step == "calf_left"


def test_silence_after_the_answer_leads_on_as_ever() -> None:
    reply = in_hold.doing_right(turn(CALF, BEGINS + 10))
    state = state_of(reply)
    assert _at(state, state.step_offsets[0] + 1).here.step == "footboard"
    assert _at(state, state.step_offsets[0] - 1).here.step == "stretch"


def test_the_steps_are_counted_that_fit_this_person() -> None:
    count = len(ADVICE.routine("calf").steps)  # type: ignore[union-attr]
    assert ADVICE.prompt("which_step", number=1, count=count)[0] in words(
        in_hold.where_in_routine(turn(CALF, 20)).script
    )
    fewer = CALF.with_(conditions=("blood_thinners", "unsteady"), step="footboard")
    assert ADVICE.prompt("which_step", number=2, count=count - 2)[0] in words(
        in_hold.where_in_routine(turn(fewer, 20)).script
    )


@pytest.mark.parametrize("do", ASKED[:6])
@pytest.mark.parametrize(
    "state",
    [State(awaiting=Awaiting.START), State(awaiting=Awaiting.SIGNS, stopped=True), State(awaiting=Awaiting.OFFER)],
)
def test_outside_of_a_stretch_nothing_is_held(do: Callable[[TurnContext], Reply], state: State) -> None:
    reply = do(turn(state, 5))
    assert not holds(reply.script)
    assert state_of(reply).stopped is state.stopped


# ---- cannot do it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("obstacle", sorted(ADVICE.words("obstacles")))
def test_an_obstacle_is_gone_around_and_a_second_time_left_behind(obstacle: str) -> None:
    reply = in_hold.cannot(turn(CALF, 6, None, obstacle=obstacle))
    way = ADVICE.way_around(obstacle, "calf")
    assert way
    assert words(reply.script)[: len(way)] == [ADVICE.say(text, hold=HOLD) for text in way]
    assert holds(reply.script) == [HOLD]
    again = in_hold.cannot(turn(state_of(reply), 6, None, obstacle=obstacle))
    assert state_of(again).step != "stretch"


def test_without_another_way_the_next_step_comes() -> None:
    inner = State(routine="inner_thigh", step="stretch", started_at=NOW, answered_at=NOW)
    assert state_of(in_hold.cannot(turn(inner, 6, None, obstacle="no_footboard"))).step == "stand"


def test_a_condition_goes_before_an_obstacle() -> None:
    state = State(routine="hamstring", step="stretch", started_at=NOW, answered_at=NOW, conditions=("late_pregnancy",))
    plain = words(relief.play(turn(state), state).script)
    assert words(in_hold.cannot(turn(state, 6, None, obstacle="cannot_lie")).script) == plain


def test_no_clock_runs_where_nothing_is_played() -> None:
    for state in (State(awaiting=Awaiting.START), CALF.with_(awaiting=Awaiting.PAUSED, topic=read_topic("say/paused"))):
        assert hold_clock(turn(state, 3)) is None
