"""A step's time: what is held, what is said in it, and how long a person may make it."""

from __future__ import annotations

import pytest

from skill.dialog import State
from skill.dialog.steps import body, cues, hold_length, instruction_time, step_screen
from skill.speech import Hold, duration
from tests.dialog.turns import ADVICE, BEDTIME, CALF, holds, words

TIMING = ADVICE.timing
STEPS = [(name, step) for name in ADVICE.routines() for step in ADVICE.routine(name).steps]  # type: ignore[union-attr]


@pytest.mark.parametrize(("routine", "step"), STEPS, ids=lambda value: getattr(value, "id", value))
def test_a_step_says_the_seconds_that_it_holds(routine: str, step: object) -> None:
    name = str(getattr(step, "id", ""))
    state = State(routine=routine, step=name)
    script = body(ADVICE, state)
    first = next(part for part in script if isinstance(part, Hold))
    assert str(int(first.seconds)) in " ".join(words(script))
    assert duration(script) > instruction_time(script) + first.seconds - 1
    assert step_screen(ADVICE, state).seconds == first.seconds


@pytest.mark.parametrize("pace", [1, TIMING.shortest, 20, 30, 44, TIMING.longest, 61, 10**6])
def test_a_persons_own_number_stays_within_the_facts(pace: int) -> None:
    for routine, step in STEPS:
        held = hold_length(ADVICE, State(routine=routine, step=step.id, hold_seconds=pace), step)
        assert TIMING.shortest <= held <= min(step.longest, TIMING.longest)
        assert held == pace or pace < TIMING.shortest or pace > step.longest


def test_without_a_number_the_facts_hold() -> None:
    assert all(hold_length(ADVICE, State(), step) == step.hold for _, step in STEPS)


@pytest.mark.parametrize("seconds", range(5, 61))
def test_cues_lie_inside_the_hold_and_apart(seconds: int) -> None:
    found = cues(ADVICE, seconds)
    assert all(0 < cue.after < seconds for cue in found)
    assert [cue.after for cue in found] == sorted({cue.after for cue in found})
    if seconds < 15:
        assert not found


def test_the_bedtime_holds_are_those_of_the_trial() -> None:
    assert holds(body(ADVICE, BEDTIME)) == [10, 10, 10, 10, 10]


def test_a_helper_is_told_what_to_do_for_another() -> None:
    assert words(body(ADVICE, CALF)) != words(body(ADVICE, CALF.with_(helper=True)))
    assert step_screen(ADVICE, CALF.with_(helper=True)).lines[0] in words(body(ADVICE, CALF.with_(helper=True)))


def test_a_screen_shows_what_a_condition_replaces() -> None:
    state = State(routine="hamstring", step="stretch", conditions=("late_pregnancy",))
    shown, said = step_screen(ADVICE, state).lines, words(body(ADVICE, state))
    assert set(shown) <= set(said)
    assert shown != step_screen(ADVICE, state.with_(conditions=())).lines


def test_a_warning_is_said_once() -> None:
    state = BEDTIME.with_(routine="bedtime_seated", conditions=("unsteady", "parkinsons", "sedatives"))
    with_it, without = words(body(ADVICE, state)), words(body(ADVICE, state, warn=False))
    assert with_it[1:] == without
