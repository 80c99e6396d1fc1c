"""One step as a script: warning, instruction, hold with its cues, ease off; and its words for a screen."""

from __future__ import annotations

from functools import lru_cache

from skill.advice import Advice, Routine, Step
from skill.dialog import position
from skill.dialog.prompting import line, says
from skill.dialog.reply import Screen
from skill.dialog.state import State
from skill.dialog.turn_context import TurnContext
from skill.speech import Cue, Hold, Script, duration


def instruction_time(script: Script) -> float:
    """Estimated seconds of speech before the first hold begins."""
    first = next((at for at, part in enumerate(script) if isinstance(part, Hold)), len(script))
    return duration(script[:first])


def body(advice: Advice, state: State, warn: bool = True) -> Script:
    """Warning, instruction, hold with cues and ease off of the state's step; `warn` says the conditions' warnings."""
    return _body(advice, _worded(state), warn)


def spoken_instruction(advice: Advice, state: State) -> tuple[str, ...]:
    """What to do in the state's step, without warning and hold; nothing where it is at no step."""
    routine = advice.routine(state.routine)
    return _instruction(advice, state, routine, routine.step(state.step)) if routine else ()


def from_hold(advice: Advice, state: State) -> Script:
    """The state's step from its hold on, for a person who has just heard what to do."""
    script = body(advice, state)
    return script[next((at for at, part in enumerate(script) if isinstance(part, Hold)), len(script)) :]


def held_for(advice: Advice, state: State) -> int:
    """Seconds that the hold of the state's step lasts; 0 where it is at no step."""
    routine = advice.routine(state.routine)
    return hold_length(advice, state, routine.step(state.step)) if routine else 0


def _worded(state: State) -> State:
    """Of the state only what a step's words depend on: most people are taken through the same few steps, so that the
    words of the last ones are kept."""
    return State(
        routine=state.routine,
        step=state.step,
        hold_seconds=state.hold_seconds,
        conditions=state.conditions,
        helper=state.helper,
        obstacle=state.obstacle,
    )


@lru_cache(maxsize=256)
def _body(advice: Advice, state: State, warn: bool) -> Script:
    routine = advice.routine(state.routine)
    if routine is None:
        return ()
    step = routine.step(state.step)
    seconds = hold_length(advice, state, step)
    hits = advice.step_rules(state.conditions, routine.id, step)
    warnings = [hit.rule.because for hit in hits if hit.rule.do in ("warn", "replace") and warn]
    before = tuple(dict.fromkeys([*warnings, *step.first]))
    return (
        *says(*_spoken(advice, state, routine, step, before)),
        *says(*_instruction(advice, state, routine, step)),
        *_holds(advice, step, seconds, _shown(routine, step, [hit.rule.do for hit in hits])),
        *says(*_spoken(advice, state, routine, step, step.release)),
    )


def _instruction(advice: Advice, state: State, routine: Routine, step: Step) -> tuple[str, ...]:
    """What to do: a condition's own way of it, one around an obstacle, the helper's, or the step's."""
    hits = advice.step_rules(state.conditions, routine.id, step)
    instead = next((hit.rule.instead for hit in hits if hit.rule.do == "replace"), ())
    if not instead and step.kind == "stretch":
        instead = advice.way_around(state.obstacle, routine.id)
    return _spoken(advice, state, routine, step, instead or (step.helper if state.helper and step.helper else step.do))


def _spoken(advice: Advice, state: State, routine: Routine, step: Step, texts: tuple[str, ...]) -> tuple[str, ...]:
    values = {"hold": hold_length(advice, state, step), "muscle": routine.name, **step.numbers}
    return tuple(advice.say(text, **values) for text in texts)


def _shown(routine: Routine, step: Step, rules: list[str]) -> str:
    """What a screen may show of this step: not its picture, where a condition has it done in another way."""
    return f"{routine.id}/{step.id}" + ("/changed" if "replace" in rules else "")


def _holds(advice: Advice, step: Step, seconds: int, of: str) -> Script:
    first = Hold(seconds, cues(advice, seconds), of)
    if step.times == 1:
        return (first,)
    # "Rest" and "again" are spoken out of the rest's and the hold's own seconds, so the whole lasts what it says.
    rest = Hold(step.rest, (Cue(0.0, advice.prompt("rest")[0]),), of)
    again = Hold(seconds, (Cue(0.0, advice.prompt("again")[0]),), of)
    return (first, *((rest, again) * (step.times - 1)))


def hold_length(advice: Advice, state: State, step: Step) -> int:
    """Seconds that this hold lasts: the person's own number within the facts' bounds, else the facts' own."""
    if not state.hold_seconds:
        return step.hold
    return max(advice.timing.shortest, min(state.hold_seconds, step.longest, advice.timing.longest))


def cues(advice: Advice, seconds: int) -> tuple[Cue, ...]:
    """The quiet words inside a hold of this length."""
    found = []
    for rule in advice.cues:
        if seconds < rule.shortest:
            continue
        after = seconds / 2 if rule.half else seconds - rule.left if rule.left is not None else rule.after or 0
        found.append(Cue(float(after), advice.say(rule.text, left=rule.left or 0)))
    return tuple(found)


def is_over(turn: TurnContext, state: State) -> bool:
    """Whether the step that silence has `reached` has been played to its end, by the estimate of its length."""
    elapsed = turn.now - state.answered_at
    played = body(turn.advice, state)
    passed = [mark for mark in position.step_marks(state) if mark <= elapsed]
    if passed:  # a mark is where the hold begins
        return elapsed - passed[-1] >= duration(played) - instruction_time(played)
    return elapsed >= duration(played)


def step_question(turn: TurnContext, state: State) -> str:
    """What is asked after this step."""
    if not position.is_bedtime(state.routine):
        return line(turn, "eased_question")
    last = position.following(turn.advice, state).state is None
    return line(turn, "bedtime_last_question" if last else "bedtime_question")


def step_screen(advice: Advice, state: State) -> Screen:
    """The step as a screen shows it: the spoken words and the seconds really held."""
    return _screen(advice, _worded(state))


@lru_cache(maxsize=256)
def _screen(advice: Advice, state: State) -> Screen:
    routine = advice.routine(state.routine)
    if routine is None:
        return Screen("step")
    step = routine.step(state.step)
    return Screen(
        kind="step",
        title=routine.name,
        lines=_instruction(advice, state, routine, step),
        routine=routine.id,
        step=step.id,
        seconds=hold_length(advice, state, step),
    )
