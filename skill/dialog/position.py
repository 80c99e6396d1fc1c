"""Positions in a routine: which steps a person may do, which comes next, and which the listener has really reached."""

from __future__ import annotations

from dataclasses import dataclass

from skill.advice import Advice, Hit, Routine, Step
from skill.dialog.state import MISSED, Awaiting, State, Trait
from skill.dialog.topic import REASON, Line, said

RELIEF = "calf"
"""What a launch starts: by far the commonest night cramp."""
BEDTIME = "bedtime"
BEDTIME_SEATED = "bedtime_seated"
ONLY_IN_ROUTINE = (said("paused"), said("which_muscle"))
"""Topics that only the middle of a routine has."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that is reached, and why others were passed over on the way to it."""

    state: State | None
    """None: the routine has no further step."""
    reasons: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    """The same reasons, as a topic holds them."""


def is_bedtime(routine: str | None) -> bool:
    """Whether this is the pre-sleep routine, which has sides instead of a question after each hold."""
    return routine in (BEDTIME, BEDTIME_SEATED)


def left_out(advice: Advice, state: State, routine: Routine, step: Step) -> Hit | None:
    """The rule that forbids this step to this person, if any."""
    if not state.conditions:
        return None
    hits = advice.step_rules(state.conditions, routine.id, step)
    return next((hit for hit in hits if hit.rule.do == "leave_out"), None)


def enter(advice: Advice, state: State, routine: str, step: str | None = None) -> NextStep:
    """The first allowed step of `routine`, from `step` on. Who may not stand before sleep is seated instead."""
    entered = advice.routine(routine)
    if entered is None:
        return NextStep(None)
    way = _onward(advice, state, entered, entered.index(step))
    if way.state is None and routine == BEDTIME:
        # The seated routine has the same sides; its own warning says why it is the one.
        seated = enter(advice, state, BEDTIME_SEATED, step)
        return seated if seated.state is not None else way
    return way


def allowed(advice: Advice, state: State) -> NextStep:
    """The state's own step where the person may do it, as it stands; else the first one after it that they may."""
    routine = advice.routine(state.routine)
    if routine is None or left_out(advice, state, routine, routine.step(state.step)) is None:
        return NextStep(state)
    return enter(advice, state, routine.id, state.step)


def following(advice: Advice, state: State) -> NextStep:
    """What comes after this step: its next round, or the next allowed step."""
    routine = advice.routine(state.routine)
    if routine is None:
        return NextStep(None)
    here = routine.index(state.step)
    step = routine.steps[here]
    if state.round < step.rounds and left_out(advice, state, routine, step) is None:
        return NextStep(state.with_(round=state.round + 1, awaiting=_asks(routine), topic=None))
    return _onward(advice, state, routine, here + 1)


def skipping(advice: Advice, state: State) -> NextStep:
    """The next step, whatever rounds are left of this one."""
    routine = advice.routine(state.routine)
    return NextStep(None) if routine is None else _onward(advice, state, routine, routine.index(state.step) + 1)


def preceding(advice: Advice, state: State) -> State:
    """The allowed step before this one, or this one where it is the first."""
    routine = advice.routine(state.routine)
    if routine is None:
        return state
    for step in reversed(routine.steps[: routine.index(state.step)]):
        if left_out(advice, state, routine, step) is None:
            return _at(state, routine, step)
    return state.with_(awaiting=_asks(routine), topic=None)


def current(advice: Advice, state: State, now: int) -> State:
    """Where the listener is at `now`: silence may have taken them further than the state of the last reply.

    An offset lies where a step's hold begins: a person who speaks while it is introduced is still at the step before.
    """
    elapsed = now - state.answered_at
    if state.awaiting is Awaiting.PAUSED:
        return _rested(state, elapsed)
    for offset in step_marks(state):
        if elapsed < offset:
            break
        if Trait.GOES_ON not in state.awaiting.traits or state.topic == MISSED:
            # Silence after another question, or after a step cut short, goes back to the step itself.
            way = allowed(advice, state)
            routine = advice.routine(way.state.routine) if way.state else None
            if way.state is None or routine is None:
                break
            state = way.state.with_(awaiting=_asks(routine), topic=None)
            continue
        onward = following(advice, state).state
        if onward is None:
            break
        state = onward
    return state


def step_marks(state: State) -> tuple[int, ...]:
    """The offsets that are of steps: all but the end of the routine."""
    return state.step_offsets[:-1] if state.routine_ends else state.step_offsets


def ended(state: State, now: int) -> bool:
    """Silence has heard the routine out, so that there is no place in it to come back to."""
    offsets = state.step_offsets
    return state.routine_ends and bool(offsets) and now - state.answered_at >= offsets[-1]


def _rested(state: State, seconds: int) -> State:
    """The state after a pause: a rest is not time spent stretching."""
    rest = max(0, seconds)
    return state.with_(
        answered_at=state.answered_at + rest, started_at=state.started_at + rest if state.started_at else 0
    )


def validated(advice: Advice, state: State | None) -> State | None:
    """The state with ids that exist: content may have changed since it was written, and a part may be out of shape.

    What belongs nowhere goes, and the rest stays. None where nothing is left that a fresh start would not have.
    """
    if state is None:
        return None
    kept = tuple(name for name in state.conditions if advice.condition(name))
    state = state.with_(conditions=kept)
    if state.stopped:
        may_stay = Trait.WHEN_STOPPED in state.awaiting.traits and state.topic not in ONLY_IN_ROUTINE
        if state.routine or not may_stay:
            state = state.with_(routine=None, step=None, awaiting=Awaiting.SIGNS, topic=said("worse"))
        return state
    routine = advice.routine(state.routine)
    if routine is None:
        in_routine = Trait.IN_ROUTINE in state.awaiting.traits or state.topic in ONLY_IN_ROUTINE
        if state.routine is None and not in_routine:
            return state
        fresh = State(
            voice=state.voice,
            conditions=kept,
            helper=state.helper,
            answered_at=state.answered_at,
            awaiting=Awaiting.START,
            task=state.task,
        )
        return fresh if kept else None
    if all(step.id != state.step for step in routine.steps):
        state = _at(state.with_(step_offsets=(), routine_ends=False), routine, routine.steps[0])
    if Trait.GOES_ON in state.awaiting.traits and state.awaiting is not _asks(routine):
        state = state.with_(awaiting=_asks(routine))
    return state


def overdue(advice: Advice, state: State, now: float) -> bool:
    """Ten minutes of stretching have not helped: time for a doctor rather than another stretch."""
    if is_bedtime(state.routine):
        return False
    return bool(state.started_at) and now - state.started_at >= advice.timing.reassess_minutes * 60


def _onward(advice: Advice, state: State, routine: Routine, index: int) -> NextStep:
    reasons: dict[str, Line] = {}
    for step in routine.steps[index:]:
        hit = left_out(advice, state, routine, step)
        if hit is None:
            return NextStep(_at(state, routine, step), tuple(reasons), tuple(reasons.values()))
        reasons.setdefault(advice.say(hit.rule.because), Line(REASON, f"{hit.condition}.{hit.rule.id}"))
    return NextStep(None, tuple(reasons), tuple(reasons.values()))


def _at(state: State, routine: Routine, step: Step) -> State:
    before = routine.step(state.step) if state.routine == routine.id else None
    # A person's own hold length carries from stretch to stretch, not to a massage or a seat on the bed.
    keeps_pace = before is None or before.kind == step.kind
    return state.with_(
        routine=routine.id,
        step=step.id,
        round=1,
        awaiting=_asks(routine),
        topic=None,
        hold_seconds=state.hold_seconds if keeps_pace else 0,
    )


def _asks(routine: Routine) -> Awaiting:
    return Awaiting.BEDTIME if is_bedtime(routine.id) else Awaiting.EASED
