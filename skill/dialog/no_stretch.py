"""The stretch is stopped for safety: what is said instead of another one. Nothing here leads back to a stretch."""

from __future__ import annotations

from skill.dialog import position
from skill.dialog.prompting import Reprompt, ask, close, line, prompt, says
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import Awaiting, State
from skill.dialog.topic import Line, said
from skill.dialog.turn_context import TurnContext
from skill.speech import Script


def no_stretch_left(turn: TurnContext, state: State) -> bool:
    """There is nothing to lead back to: it got worse, or the conditions forbid what is left of the routine, or, outside
    of one, even the commonest stretch."""
    if state.stopped:
        return True
    way = (
        position.allowed(turn.advice, state)
        if state.in_routine
        else position.enter(turn.advice, state, position.RELIEF)
    )
    return way.state is None


def worse(turn: TurnContext) -> Reply:
    """It is getting worse: no more stretching in this session, how fast to be seen, the warning signs on offer."""
    state = (turn.state or turn.here).with_(topic=said("worse"), stopped=True)
    lines = turn.advice.prompt("worse")
    screen = Screen("urgent", turn.advice.say("{same_day}"), lines)
    return rest_reply(turn, state, says(*lines), screen=screen, finished=True)


def nothing_allowed(turn: TurnContext, state: State, reasons: tuple[Line, ...]) -> Reply:
    """Every step is contraindicated: say why, stretch nothing, offer the warning signs."""
    topic = said(*reasons, "nothing_allowed")
    return rest_reply(turn, state.with_(topic=topic), says(*topic.sentences(turn.advice)))


def rest_reply(
    turn: TurnContext, state: State, script: Script, screen: Screen | None = None, finished: bool = False
) -> Reply:
    """`script`, and the warning signs on offer. Silence hears once more to rest the leg."""
    # What is only ever said in a routine is no topic any more.
    topic = said("nothing_allowed") if state.topic in position.ONLY_IN_ROUTINE else state.topic
    waiting = state.with_(routine=None, step=None, awaiting=Awaiting.SIGNS, topic=topic)
    silence = Reprompt(prompt(turn, "worse_silence"))
    question = line(turn, "signs_question")
    return ask(turn, waiting, script, question, silence, screen=screen, finished=finished)


def stay_safe(turn: TurnContext, script: Script = ()) -> Reply:
    """The end of a night that stopped for safety: nothing may be continued after it."""
    return close((*script, *prompt(turn, "stay_safe")), finished=True)
