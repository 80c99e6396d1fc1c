"""One step as a script: warning, instruction, hold with its cues, ease off; and its words for a screen."""

from __future__ import annotations

from skill.advice import Advice, Step
from skill.dialog import place
from skill.dialog.moment import Moment
from skill.dialog.reply import Screen
from skill.dialog.state import State
from skill.dialog.turn import line, says
from skill.speech import Cue, Hold, Script, duration


def instruction_time(script: Script) -> float:
    """Estimated seconds of speech before the first hold begins."""
    first = next((at for at, part in enumerate(script) if isinstance(part, Hold)), len(script))
    return duration(script[:first])


def body(advice: Advice, state: State) -> Script:
    """Warning, instruction, hold with cues and ease off of the state's step."""
    routine = advice.routine(state.routine)
    if routine is None:
        return ()
    step = routine.step(state.step)
    seconds = hold_seconds(advice, state, step)
    values = {"hold": seconds, "muscle": routine.name, **step.numbers}
    hits = advice.step_rules(state.conditions, routine.id, step)
    warnings = [hit.rule.because for hit in hits if hit.rule.do in ("warn", "replace")]
    instead = next((hit.rule.instead for hit in hits if hit.rule.do == "replace"), ())
    do = instead or (step.helper if state.helper and step.helper else step.do)
    before = [*dict.fromkeys([*warnings, *step.first])]
    return (
        *says(*(advice.say(text, **values) for text in [*before, *do])),
        *_holds(advice, step, seconds),
        *says(*(advice.say(text, **values) for text in step.release)),
    )


def _holds(advice: Advice, step: Step, seconds: int) -> Script:
    first = Hold(seconds, cues(advice, seconds))
    if step.times == 1:
        return (first,)
    # "Rest" and "again" are spoken out of the rest's and the hold's own seconds, so the whole lasts what it says.
    rest = Hold(step.rest, (Cue(0.0, advice.prompt("rest")[0]),))
    again = Hold(seconds, (Cue(0.0, advice.prompt("again")[0]),))
    return (first, *((rest, again) * (step.times - 1)))


def hold_seconds(advice: Advice, state: State, step: Step) -> int:
    """Seconds that this hold lasts: the person's own number within the facts' bounds, else the facts' own."""
    if not state.pace:
        return step.hold
    return max(advice.timing.shortest, min(state.pace, step.longest, advice.timing.longest))


def cues(advice: Advice, seconds: int) -> tuple[Cue, ...]:
    """The quiet words inside a hold of this length."""
    found = []
    for rule in advice.cues:
        if seconds < rule.shortest:
            continue
        after = seconds / 2 if rule.half else seconds - rule.left if rule.left is not None else rule.after or 0
        found.append(Cue(float(after), advice.say(rule.text, left=rule.left or 0)))
    return tuple(found)


def step_question(moment: Moment, state: State) -> str:
    """What is asked after this step."""
    return line(moment, "bedtime_question" if place.is_bedtime(state.routine) else "eased_question")


def step_screen(advice: Advice, state: State) -> Screen:
    """The step as a screen shows it: the spoken words and the seconds really held."""
    routine = advice.routine(state.routine)
    if routine is None:
        return Screen("step")
    step = routine.step(state.step)
    seconds = hold_seconds(advice, state, step)
    values = {"hold": seconds, "muscle": routine.name, **step.numbers}
    do = step.helper if state.helper and step.helper else step.do
    return Screen(
        kind="step",
        title=routine.name,
        lines=tuple(advice.say(text, **values) for text in do),
        routine=routine.id,
        step=step.id,
        seconds=seconds,
    )
