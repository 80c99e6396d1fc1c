"""Where the listener is: marks, rounds, pauses, what is left out, and ten minutes."""

from __future__ import annotations

import pytest

from skill.dialog import Awaiting, State
from skill.dialog.position import enter, following, overdue, preceding, skipping
from skill.dialog.topic import read_topic
from tests.dialog.turns import ADVICE, BEDTIME, CALF, NOW, turn

TENTH = ADVICE.timing.reassess_minutes * 60


@pytest.mark.parametrize(("after", "step"), [(0, "stretch"), (59, "stretch"), (60, "footboard"), (3000, "footboard")])
def test_a_mark_takes_to_the_next_step(after: int, step: str) -> None:
    state = turn(CALF.with_(step_offsets=(60,)), after).here
    assert state.step == step


def test_each_mark_is_a_side() -> None:
    sides = [turn(BEDTIME.with_(step_offsets=(60, 120, 190)), after).here for after in (0, 61, 121, 200, 9000)]
    assert [side.step for side in sides if side] == [
        "calf_left",
        "calf_right",
        "hamstring_left",
        "hamstring_right",
        "hamstring_right",
    ]


@pytest.mark.parametrize("awaiting", [Awaiting.BACK, Awaiting.MUSCLE, Awaiting.MORE])
def test_silence_after_another_question_is_back_at_the_step(awaiting: Awaiting) -> None:
    state = turn(CALF.with_(awaiting=awaiting, topic=read_topic("claim/causes/why"), step_offsets=(30,)), 31).here
    assert (state.step, state.awaiting, state.topic) == ("stretch", Awaiting.EASED, None)


def test_the_end_is_no_step() -> None:
    last = CALF.with_(step="warmth", step_offsets=(40,), routine_ends=True)
    assert turn(last, 50).here == last
    assert [turn(last, after).routine_over for after in (0, 39, 40, 400)] == [False, False, True, True]
    assert not turn(last.with_(routine_ends=False), 50).routine_over
    assert not turn(last.with_(step_offsets=()), 50).routine_over


def test_clocks_that_go_backwards_go_nowhere() -> None:
    assert turn(CALF.with_(answered_at=NOW + 5000, step_offsets=(1,))).here == CALF.with_(
        answered_at=NOW + 5000, step_offsets=(1,)
    )


def test_marks_beyond_the_last_step_go_nowhere() -> None:
    last = CALF.with_(step="warmth", step_offsets=(1, 2, 3))
    state = turn(last, 50).here
    assert state.step == "warmth"


def test_a_pause_is_not_stretching() -> None:
    paused = CALF.with_(awaiting=Awaiting.PAUSED, started_at=NOW - 100)
    state = turn(paused, 1200).here
    assert (state.started_at, state.answered_at) == (NOW + 1100, NOW + 1200)
    assert not overdue(ADVICE, state, NOW + 1200)


def test_rounds_come_before_the_next_step() -> None:
    state: State | None = State(routine="inner_thigh", step="stretch")
    rounds = []
    while state is not None:
        rounds.append((state.step, state.round))
        state = following(ADVICE, state).state
    assert rounds[:3] == [("stretch", 1), ("stretch", 2), ("stand", 1)]
    assert (
        skipping(ADVICE, State(routine="inner_thigh", step="stretch")).state
        == following(ADVICE, State(routine="inner_thigh", step="stretch", round=2)).state
    )


def test_previous_at_the_first_step_stays() -> None:
    assert preceding(ADVICE, CALF).step == "stretch"


def test_previous_passes_over_what_is_left_out() -> None:
    state = CALF.with_(step="warmth", conditions=("blood_thinners",))
    assert preceding(ADVICE, state).step == "stand"


def test_what_is_left_out_is_passed_over_with_its_reason() -> None:
    way = following(ADVICE, CALF.with_(step="footboard", conditions=("unsteady", "blood_thinners")))
    assert way.state is not None
    assert way.state.step == "warmth"
    assert len(way.reasons) == 2


def test_nothing_is_left_for_a_child() -> None:
    way = enter(ADVICE, CALF.with_(conditions=("child",)), "calf")
    assert way.state is None
    assert len(way.reasons) == 1


@pytest.mark.parametrize("condition", ["unsteady", "parkinsons", "sedatives", "numb_feet", "late_pregnancy"])
def test_who_may_fall_sits_before_sleep(condition: str) -> None:
    way = enter(ADVICE, State(conditions=(condition,)), "bedtime", "calf_right")
    assert way.state is not None
    assert (way.state.routine, way.state.step) == ("bedtime_seated", "calf_right")


def test_a_pace_carries_from_stretch_to_stretch_only() -> None:
    paced = CALF.with_(hold_seconds=45)
    second = following(ADVICE, paced).state
    assert second is not None
    assert second.hold_seconds == 45
    massage = following(ADVICE, second).state
    assert massage is not None
    assert massage.hold_seconds == 0


@pytest.mark.parametrize(
    ("state", "spent", "over"),
    [
        (CALF, TENTH - 1, False),
        (CALF, TENTH, True),
        (CALF.with_(started_at=0), 10 * TENTH, False),
        (BEDTIME.with_(started_at=NOW), 10 * TENTH, False),
    ],
)
def test_ten_minutes(state: State, spent: int, over: bool) -> None:
    assert overdue(ADVICE, state, NOW + spent) is over
