"""The step a state is at, played or paused: what every detour of a conversation comes back to."""

from __future__ import annotations

from skill.dialog import bedtime, position, relief
from skill.dialog.prompting import Reprompt, ask, line, prompt, way_back
from skill.dialog.reply import Reply
from skill.dialog.state import Awaiting, State
from skill.dialog.topic import said
from skill.dialog.turn_context import TurnContext
from skill.speech import Hold, Script


def play(turn: TurnContext, state: State, lead: Script = ()) -> Reply:
    """The step that `state` is at, relief or bedtime; the commonest stretch where it is at none."""
    if turn.advice.routine(state.routine) is None:
        return relief.begin(turn, state, position.RELIEF, lead=lead)
    if position.is_bedtime(state.routine):
        return bedtime.play(turn, state.with_(awaiting=Awaiting.BEDTIME, topic=None), lead)
    return relief.play(turn, state, lead)


def skip(turn: TurnContext) -> Reply:
    """The next step or the next side, whatever rounds are left of this one."""
    state = turn.here
    if position.is_bedtime(state.routine):
        return bedtime.skip(turn, state)
    return relief.skip(turn, state.with_(awaiting=Awaiting.EASED, topic=None))


def paused(turn: TurnContext, state: State, lead: Script = ()) -> Reply:
    """Keeps the place. The reprompt is a long quiet first, since a person who pauses wants quiet."""
    waiting = state.with_(awaiting=Awaiting.PAUSED, topic=said("paused"))
    return ask(turn, waiting, lead, line(turn, "paused"), quiet(turn))


def quiet(turn: TurnContext) -> Reprompt:
    """Silence in a pause: more of it, and how to go on, now and after the session has gone."""
    return Reprompt((Hold(turn.advice.timing.longest), *way_back(turn), *prompt(turn, "paused")))
