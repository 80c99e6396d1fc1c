"""Who the stretch is for: conditions that somebody volunteers, and somebody helping another person."""

from __future__ import annotations

from skill.dialog import answers, place, relief, safety
from skill.dialog.compose import play
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply
from skill.dialog.state import State
from skill.dialog.stopped import is_stopped, nothing_allowed
from skill.dialog.topic import NOTED, Line, said
from skill.dialog.turn import fresh, in_routine, prompt, says

CHILD = "child"
"""The condition that sends every step to a clinician."""


def condition(moment: Moment) -> Reply:
    """ "I'm pregnant": noted for this session, and what it changes is said at once."""
    slots = (moment.slot("condition"), moment.slot("other_condition"))
    state = fresh(moment, place.reached(moment))
    known = [condition for slot in slots if (condition := moment.advice.condition(slot.id))]
    if not known:
        heard = " ".join(slot.heard for slot in slots)
        sign = moment.advice.overheard(heard) if heard.strip() else None
        if sign:
            return safety.by_tier(moment, sign)
        state = state.with_(topic=said("unknown_condition"))
        return answers.ask_back(moment, state, prompt(moment, "unknown_condition"))
    names = tuple(dict.fromkeys(condition.id for condition in known))
    noted = _noting(state, *names)
    topic = said(*(Line(NOTED, name) for name in names))
    script = says(*topic.sentences(moment.advice))
    if is_stopped(state):
        return answers.ask_back(moment, noted.with_(topic=topic), script)
    if in_routine(noted):
        way = place.enter(moment.advice, noted, noted.routine or place.RELIEF, noted.step)
        if way.state is None:
            return nothing_allowed(moment, noted, topic.lines)
        same_place = (way.state.routine, way.state.step) == (noted.routine, noted.step)
        noted = noted if same_place else way.state
    return answers.ask_back(moment, noted.with_(topic=topic), script)


def myself(moment: Moment) -> Reply:
    """ "It's me": nobody is being helped after all, and nobody is a child."""
    state = fresh(moment, place.reached(moment))
    state = state.with_(helper=False, conditions=tuple(own for own in state.conditions if own != CHILD))
    if in_routine(state) and not place.is_bedtime(state.routine):
        return play(moment, state)
    return relief.begin(moment, state, place.RELIEF)


def _noting(state: State, *names: str) -> State:
    """The state with these conditions in it, each once, the newest last."""
    return state.with_(conditions=(*(own for own in state.conditions if own not in names), *names))


def helping(moment: Moment) -> Reply:
    """The listener's hands are free: the same routines, told to them. A child goes to a clinician."""
    state = fresh(moment, place.reached(moment)).with_(helper=True)
    child, condition = moment.slot("child"), moment.advice.condition(moment.slot("condition").id)
    noted = said()
    if condition:
        state = _noting(state, condition.id)
        noted = said(Line(NOTED, condition.id))
    aside = says(*noted.sentences(moment.advice))
    if child.id or child.heard:
        return relief.begin(moment, _noting(state, CHILD), place.RELIEF)
    if condition and is_stopped(state):
        return answers.ask_back(moment, state.with_(topic=noted), aside)
    muscle = moment.advice.muscle(moment.slot("muscle").id)
    if muscle:
        return relief.begin(moment, state, muscle.routine, note=muscle.note, noted=noted.lines)
    if not in_routine(state) or place.is_bedtime(state.routine):
        return relief.begin(moment, state, place.RELIEF, noted=noted.lines)
    if not condition:
        return relief.play(moment, state)
    way = place.allowed(moment.advice, state)
    if way.state is None:
        return nothing_allowed(moment, state, noted.lines)
    return relief.play(moment, way.state, aside=aside)
