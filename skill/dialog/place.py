"""Places in a routine: which steps a person may do, which comes next, and which one the listener has really reached."""

from __future__ import annotations

from dataclasses import dataclass

from skill.advice import Advice, Hit, Routine, Step
from skill.dialog.moment import Moment
from skill.dialog.state import MISSED, Awaiting, State
from skill.dialog.topic import REASON, Line, said

RELIEF = "calf"
"""What a launch starts: by far the commonest night cramp."""
BEDTIME = "bedtime"
BEDTIME_SEATED = "bedtime_seated"
_IN_ROUTINE = (Awaiting.EASED, Awaiting.BEDTIME, Awaiting.BACK, Awaiting.PAUSED, Awaiting.MUSCLE)
"""What is only ever awaited in the middle of a routine."""
ONLY_IN_ROUTINE = (said("paused"), said("which_muscle"))
"""Topics of the same kind."""
_WHEN_STOPPED = (Awaiting.SIGNS, Awaiting.MORE)
"""What may be awaited once nothing is stretched any more."""


@dataclass(frozen=True, slots=True)
class Way:
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
    hits = advice.step_rules(state.conditions, routine.id, step)
    return next((hit for hit in hits if hit.rule.do == "leave_out"), None)


def enter(advice: Advice, state: State, routine: str, step: str | None = None) -> Way:
    """The first allowed step of `routine`, from `step` on. Who may not stand before sleep is seated instead."""
    place = advice.routine(routine)
    if place is None:
        return Way(None)
    way = _onward(advice, state, place, place.index(step))
    if way.state is None and routine == BEDTIME:
        # The seated routine has the same sides; its own warning says why it is the one.
        seated = enter(advice, state, BEDTIME_SEATED, step)
        return seated if seated.state is not None else way
    return way


def allowed(advice: Advice, state: State) -> Way:
    """The state's own step where the person may do it, as it stands; else the first one after it that they may."""
    routine = advice.routine(state.routine)
    if routine is None or left_out(advice, state, routine, routine.step(state.step)) is None:
        return Way(state)
    return enter(advice, state, routine.id, state.step)


def following(advice: Advice, state: State) -> Way:
    """What comes after this step: its next round, or the next allowed step."""
    routine = advice.routine(state.routine)
    if routine is None:
        return Way(None)
    here = routine.index(state.step)
    step = routine.steps[here]
    if state.round < step.rounds and left_out(advice, state, routine, step) is None:
        return Way(state.with_(round=state.round + 1, awaiting=_asks(routine), topic=None))
    return _onward(advice, state, routine, here + 1)


def skipping(advice: Advice, state: State) -> Way:
    """The next step, whatever rounds are left of this one."""
    routine = advice.routine(state.routine)
    return Way(None) if routine is None else _onward(advice, state, routine, routine.index(state.step) + 1)


def preceding(advice: Advice, state: State) -> State:
    """The allowed step before this one, or this one where it is the first."""
    routine = advice.routine(state.routine)
    if routine is None:
        return state
    for step in reversed(routine.steps[: routine.index(state.step)]):
        if left_out(advice, state, routine, step) is None:
            return _at(state, routine, step)
    return state.with_(awaiting=_asks(routine), topic=None)


def reached(moment: Moment) -> State | None:
    """Where the listener is now: silence and the reprompt may have taken them further than the last reply's state.

    A mark lies where a step's hold begins: a person who speaks while it is introduced is still at the step before.
    """
    state = moment.state
    if state is None:
        return None
    elapsed = moment.now - state.at
    if state.awaiting is Awaiting.PAUSED:
        return _rested(state, elapsed)
    for mark in state.marks[:-1] if state.ends else state.marks:
        if elapsed < mark:
            break
        if state.awaiting not in (Awaiting.EASED, Awaiting.BEDTIME) or state.topic == MISSED:
            # Silence after another question, or after a step cut short, goes back to the step itself.
            way = allowed(moment.advice, state)
            routine = moment.advice.routine(way.state.routine) if way.state else None
            if way.state is None or routine is None:
                break
            state = way.state.with_(awaiting=_asks(routine), topic=None)
            continue
        onward = following(moment.advice, state).state
        if onward is None:
            break
        state = onward
    return state


def ended(moment: Moment) -> bool:
    """Silence has heard the routine out, so that there is no place in it to come back to."""
    state = moment.state
    return state is not None and state.ends and bool(state.marks) and moment.now - state.at >= state.marks[-1]


def _rested(state: State, seconds: int) -> State:
    """The state after a pause: a rest is not time spent stretching."""
    rest = max(0, seconds)
    return state.with_(at=state.at + rest, started_at=state.started_at + rest if state.started_at else 0)


def known(advice: Advice, state: State | None) -> State | None:
    """The state with ids that exist: content may have changed since it was written, and a part may be out of shape.

    What belongs nowhere goes, and the rest stays. None where nothing is left that a fresh start would not have.
    """
    if state is None:
        return None
    kept = tuple(name for name in state.conditions if advice.condition(name))
    state = state.with_(conditions=kept)
    if state.stopped:
        if state.routine or state.awaiting not in _WHEN_STOPPED or state.topic in ONLY_IN_ROUTINE:
            state = state.with_(routine=None, step=None, awaiting=Awaiting.SIGNS, topic=said("worse"))
        return state
    routine = advice.routine(state.routine)
    if routine is None:
        if state.routine is None and state.awaiting not in _IN_ROUTINE and state.topic not in ONLY_IN_ROUTINE:
            return state
        fresh = State(voice=state.voice, conditions=kept, helper=state.helper, at=state.at, awaiting=Awaiting.START)
        return fresh if kept else None
    if all(step.id != state.step for step in routine.steps):
        state = _at(state.with_(marks=(), ends=False), routine, routine.steps[0])
    if state.awaiting in (Awaiting.EASED, Awaiting.BEDTIME) and state.awaiting is not _asks(routine):
        state = state.with_(awaiting=_asks(routine))
    return state


def overdue(advice: Advice, state: State, now: float) -> bool:
    """Ten minutes of stretching have not helped: time for a doctor rather than another stretch."""
    if is_bedtime(state.routine):
        return False
    return bool(state.started_at) and now - state.started_at >= advice.timing.reassess_minutes * 60


def _onward(advice: Advice, state: State, routine: Routine, index: int) -> Way:
    reasons: dict[str, Line] = {}
    for step in routine.steps[index:]:
        hit = left_out(advice, state, routine, step)
        if hit is None:
            return Way(_at(state, routine, step), tuple(reasons), tuple(reasons.values()))
        reasons.setdefault(advice.say(hit.rule.because), Line(REASON, f"{hit.condition}.{hit.rule.id}"))
    return Way(None, tuple(reasons), tuple(reasons.values()))


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
        pace=state.pace if keeps_pace else 0,
    )


def _asks(routine: Routine) -> Awaiting:
    return Awaiting.BEDTIME if is_bedtime(routine.id) else Awaiting.EASED
