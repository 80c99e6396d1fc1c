"""The stretch is stopped for safety: what is said instead of another one. Nothing here leads back to a stretch."""

from __future__ import annotations

from skill.dialog import place
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import Awaiting, State
from skill.dialog.topic import Line, said
from skill.dialog.turn import IfSilent, ask, close, fresh, in_routine, line, prompt, says
from skill.speech import Script


def is_stopped(state: State | None) -> bool:
    """The stretch has been stopped for safety and may not be taken up again in this breath."""
    return state is not None and (state.stopped or (state.awaiting is Awaiting.SIGNS and not in_routine(state)))


def no_stretch_left(moment: Moment, state: State) -> bool:
    """There is nothing to lead back to: it got worse, or the conditions forbid what is left of the routine, or, outside
    of one, even the commonest stretch."""
    if state.stopped:
        return True
    way = place.allowed(moment.advice, state) if in_routine(state) else place.enter(moment.advice, state, place.RELIEF)
    return way.state is None


def worse(moment: Moment) -> Reply:
    """It is getting worse: no more stretching in this session, how fast to be seen, the warning signs on offer."""
    state = fresh(moment, moment.state).with_(topic=said("worse"), stopped=True)
    lines = moment.advice.prompt("worse")
    screen = Screen("urgent", moment.advice.say("{same_day}"), lines)
    return still(moment, state, says(*lines), screen=screen, finished=True)


def nothing_allowed(moment: Moment, state: State, reasons: tuple[Line, ...]) -> Reply:
    """Every step is contraindicated: say why, stretch nothing, offer the warning signs."""
    topic = said(*reasons, "nothing_allowed")
    return still(moment, state.with_(topic=topic), says(*topic.sentences(moment.advice)))


def still(moment: Moment, state: State, script: Script, screen: Screen | None = None, finished: bool = False) -> Reply:
    """`script`, and the warning signs on offer. Silence hears once more to rest the leg."""
    # What is only ever said in a routine is no topic any more.
    topic = said("nothing_allowed") if state.topic in place.ONLY_IN_ROUTINE else state.topic
    waiting = state.with_(routine=None, step=None, awaiting=Awaiting.SIGNS, topic=topic)
    silence = IfSilent(prompt(moment, "worse_silence"))
    question = line(moment, "signs_question")
    return ask(moment, waiting, script, question, silence, screen=screen, finished=finished)


def stay_safe(moment: Moment, script: Script = ()) -> Reply:
    """The end of a night that stopped for safety: nothing may be continued after it."""
    return close((*script, *prompt(moment, "stay_safe")), finished=True)
