"""Who the stretch is for: conditions that the person volunteers, and a helper for another person."""

from __future__ import annotations

from skill.dialog import answers, position, relief, safety
from skill.dialog.no_stretch import nothing_allowed
from skill.dialog.playing import play
from skill.dialog.prompting import prompt, says
from skill.dialog.reply import Reply
from skill.dialog.state import State
from skill.dialog.topic import NOTED, Line, said
from skill.dialog.turn_context import TurnContext

CHILD = "child"
"""The condition that sends every step to a clinician."""


def condition(turn: TurnContext) -> Reply:
    """ "I'm pregnant": noted for this session, and what it changes is said at once."""
    slots = (turn.slot("condition"), turn.slot("other_condition"))
    state = turn.here
    known = [condition for slot in slots if (condition := turn.advice.condition(slot.id))]
    if not known:
        heard = " ".join(slot.heard for slot in slots)
        sign = turn.advice.overheard(heard) if heard.strip() else None
        if sign:
            return safety.by_tier(turn, sign)
        state = state.with_(topic=said("unknown_condition"))
        return answers.ask_back(turn, state, prompt(turn, "unknown_condition"))
    names = tuple(dict.fromkeys(condition.id for condition in known))
    noted = _noting(state, *names)
    topic = said(*(Line(NOTED, name) for name in names))
    script = says(*topic.sentences(turn.advice))
    if state.is_stopped:
        return answers.ask_back(turn, noted.with_(topic=topic), script)
    if noted.in_routine:
        way = position.enter(turn.advice, noted, noted.routine or position.RELIEF, noted.step)
        if way.state is None:
            return nothing_allowed(turn, noted, topic.lines)
        same_place = (way.state.routine, way.state.step) == (noted.routine, noted.step)
        noted = noted if same_place else way.state
    return answers.ask_back(turn, noted.with_(topic=topic), script)


def myself(turn: TurnContext) -> Reply:
    """ "It's me": the listener is the one with the cramp after all, and is not a child."""
    state = turn.here
    state = state.with_(helper=False, conditions=tuple(own for own in state.conditions if own != CHILD))
    if state.in_routine and not position.is_bedtime(state.routine):
        return play(turn, state)
    return relief.begin(turn, state, position.RELIEF)


def _noting(state: State, *names: str) -> State:
    """The state with these conditions in it, each once, the newest last."""
    return state.with_(conditions=(*(own for own in state.conditions if own not in names), *names))


def helping(turn: TurnContext) -> Reply:
    """The listener helps another person: the same routines in a helper's words. A child is for a clinician."""
    state = turn.here.with_(helper=True)
    child, condition = turn.slot("child"), turn.advice.condition(turn.slot("condition").id)
    noted = said()
    if condition:
        state = _noting(state, condition.id)
        noted = said(Line(NOTED, condition.id))
    aside = says(*noted.sentences(turn.advice))
    if child.id or child.heard:
        return relief.begin(turn, _noting(state, CHILD), position.RELIEF)
    if condition and state.is_stopped:
        return answers.ask_back(turn, state.with_(topic=noted), aside)
    muscle = turn.advice.muscle(turn.slot("muscle").id)
    if muscle:
        return relief.begin(turn, state, muscle.routine, note=muscle.note, noted=noted.lines)
    if not state.in_routine or position.is_bedtime(state.routine):
        return relief.begin(turn, state, position.RELIEF, noted=noted.lines)
    if not condition:
        return relief.play(turn, state)
    way = position.allowed(turn.advice, state)
    if way.state is None:
        return nothing_allowed(turn, state, noted.lines)
    return relief.play(turn, way.state, aside=aside)
