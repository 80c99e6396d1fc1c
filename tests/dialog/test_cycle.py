"""The cycle: the routine goes round until ten minutes from the first stretch, and "worse" eases before it stops."""

from __future__ import annotations

import pytest

from skill.dialog import Reply, State, controls, no_stretch, relief, session
from tests.dialog.turns import ADVICE, BEDTIME, CALF, NOW, holds, prompt, state_of, turn, words

LAST = {"calf": "warmth", "arch": "warmth", "inner_thigh": "warmth"}
TEN_MINUTES = ADVICE.timing.reassess_minutes * 60


def said_no(state: State, after: float = 40) -> Reply:
    return session.no(turn(state, after))


def stretching(routine: str = "calf", step: str = "stretch", gone: float = 0, **own: object) -> State:
    """At a step, `gone` seconds after the first stretch."""
    return CALF.with_(routine=routine, step=step, started_at=NOW - int(gone), **own)


@pytest.mark.parametrize("routine", sorted(LAST))
def test_the_last_step_is_followed_by_the_first(routine: str) -> None:
    reply = said_no(stretching(routine, LAST[routine], gone=200))
    assert words(reply.script)[0] == prompt("round_again")
    assert (state_of(reply).routine, state_of(reply).step, state_of(reply).round) == (routine, "stretch", 1)
    assert state_of(reply).started_at == NOW - 200


@pytest.mark.parametrize(
    ("gone", "says"),
    [(10, None), (30, "about one minute"), (100, "2 minutes"), (400, "7 minutes")],
)
def test_the_minutes_are_those_really_gone(gone: int, says: str | None) -> None:
    text = " ".join(words(said_no(stretching(step="warmth", gone=gone)).script))
    if says is None:
        assert "so far" not in text
    else:
        assert f"{says} so far" in text


def test_a_pause_is_no_minute() -> None:
    waiting = state_of(controls.pause(turn(stretching(step="warmth", gone=120), 1)))
    again = state_of(controls.resume(turn(waiting, 600)))
    text = " ".join(words(session.no(turn(again, 640)).script))
    assert "2 minutes so far" in text


@pytest.mark.parametrize(
    "conditions", [("blood_thinners", "unsteady", "diabetes"), ("past_clot", "sedatives", "diabetes")]
)
def test_few_steps_go_round_until_the_tenth_minute(conditions: tuple[str, ...]) -> None:
    """A person to whom the conditions leave two stretches hears no hospital before ten minutes have gone."""
    state, seconds, steps = CALF.with_(conditions=conditions), 0.0, []
    while True:
        seconds += 45
        reply = session.no(turn(state, seconds))
        if reply.state is None:
            break
        steps.append(reply.state.step)
        state = reply.state
    assert seconds >= TEN_MINUTES
    assert set(steps) == {"stretch", "footboard"}
    minutes = int(seconds) // 60
    assert words(reply.script) == list(ADVICE.prompt("overdue", minutes=minutes))


def test_where_nothing_is_allowed_nothing_goes_round() -> None:
    reply = relief.round_again(turn(CALF.with_(conditions=("recent_surgery",))))
    assert not holds(reply.script)


# ---- "it's getting worse" --------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["stretch", "footboard", "massage", "stand"])
def test_worse_eases_the_hold_first(step: str) -> None:
    here = stretching(step=step, gone=60)
    reply = relief.worse(turn(here, 12))
    routine = ADVICE.routine("calf")
    assert routine is not None
    held = routine.step(step).hold
    assert words(reply.script)[0] == ADVICE.prompt("ease_off", hold=held)[0]
    assert holds(reply.script) == [held]
    assert not set(words(reply.script)) & set(routine.step(step).do)
    assert (state_of(reply).step, state_of(reply).eased_off) == (step, True)


def test_the_second_time_it_stops() -> None:
    eased = state_of(relief.worse(turn(stretching(gone=60), 12)))
    reply = relief.worse(turn(eased, 20))
    assert words(reply.script) == list(ADVICE.prompt("worse"))
    assert state_of(reply).stopped


def test_the_second_time_it_stops_at_a_later_step_too() -> None:
    eased = state_of(relief.worse(turn(stretching(gone=60), 12)))
    later = state_of(session.no(turn(eased, 50)))
    assert state_of(relief.worse(turn(later, 60))).stopped


@pytest.mark.parametrize(
    "state",
    [None, BEDTIME, stretching(gone=TEN_MINUTES), state_of(no_stretch.worse(turn(CALF)))],
    ids=["before anything", "before sleep", "past ten minutes", "stopped"],
)
def test_worse_stops_where_no_stretch_can_be_eased(state: State | None) -> None:
    reply = relief.worse(turn(state, 5))
    assert not holds(reply.script)
    assert state_of(reply).stopped


@pytest.mark.parametrize("name", ["thigh", "toes_down"])
def test_which_muscle_it_is_is_told_apart_before_the_hold(name: str) -> None:
    muscle = ADVICE.muscle(name)
    assert muscle is not None
    assert muscle.note
    script = relief.change_muscle(turn(CALF, 3, muscle=name)).script
    kinds = [part.text if hasattr(part, "text") else "hold" for part in script]
    assert kinds.index(muscle.note) < kinds.index("hold")
