"""Opening, yes and no, help, what was not understood, and the ways out."""

from __future__ import annotations

from skill.dialog import answers, bedtime, place, relief, safety
from skill.dialog.compose import paused, play
from skill.dialog.moment import Moment
from skill.dialog.moves import more, offer, resume
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import Awaiting, State
from skill.dialog.turn import ask, close, fresh, in_routine, line, prompt


def yes(moment: Moment) -> Reply:
    """Yes, to whatever was asked."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    match state.awaiting:
        case Awaiting.EASED:
            return relief.eased(moment)
        case Awaiting.BEDTIME:
            return bedtime.onward(moment)
        case Awaiting.MORE:
            return answers.list_page(moment, "causes", 0) if _after_why(state) else more(moment)
        case Awaiting.OFFER:
            return bedtime.bedtime(moment)
        case Awaiting.SIGNS:
            return safety.signs(moment)
        case Awaiting.BACK | Awaiting.MUSCLE:
            return play(moment, state)
        case Awaiting.PAUSED:
            return resume(moment)
        case Awaiting.START:
            return relief.begin(moment, state, place.RELIEF)


def no(moment: Moment) -> Reply:
    """No, to whatever was asked."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    match state.awaiting:
        case Awaiting.EASED:
            return relief.advance(moment)
        case Awaiting.MORE:
            return _enough(moment, state)
        case Awaiting.PAUSED:
            return paused(moment, state)
        case Awaiting.MUSCLE:
            return play(moment, state)
        case Awaiting.SIGNS:
            return close(prompt(moment, "stay_safe"), finished=True)
        case _:
            return leave(moment)


def _enough(moment: Moment, state: State) -> Reply:
    """Enough of a list: back to the stretch where there is one, else goodnight."""
    if in_routine(state):
        return answers.ask_back(moment, state.with_(topic="say/help", said=0), ())
    return leave(moment)


def _after_why(state: State) -> bool:
    return state.topic == "claim/causes/why"


def still_cramping(moment: Moment) -> Reply:
    """It still hurts: the next step where we asked whether it let go, else straight back to the stretch."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    if safety.stopped(moment):
        return safety.worse(moment)
    if in_routine(state) and not place.is_bedtime(state.routine):
        if state.awaiting is Awaiting.EASED:
            return relief.advance(moment)
        if place.overdue(moment.advice, state, moment.now):
            return relief.stuck(moment)
        return play(moment, state)
    return relief.begin(moment, state, place.RELIEF)


def not_cramping(moment: Moment) -> Reply:
    """No cramp now."""
    return offer(moment, fresh(moment, place.reached(moment)))


def help_(moment: Moment) -> Reply:
    """What can be said here, in two sentences, and the way back."""
    state = fresh(moment, place.reached(moment))
    if safety.stopped(moment):
        return ask(moment, state, prompt(moment, "help_stopped"), line(moment, "signs_question"))
    name = "help" if in_routine(state) else "help_start"
    return answers.ask_back(moment, state.with_(topic="say/help", said=0), prompt(moment, name))


def fallback(moment: Moment) -> Reply:
    """Not understood: says so, asks the open question again, and in silence goes on as if nothing had been said."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    script = prompt(moment, f"fallback_{state.awaiting}")
    match state.awaiting:
        case Awaiting.EASED:
            question = line(moment, "eased_question")
            silence, marks = relief.silence_after(moment, state, script, question)
            return ask(moment, state, script, question, silence, marks)
        case Awaiting.BEDTIME:
            question = line(moment, "bedtime_question")
            silence, marks = relief.going_on(moment, state, script, question)
            return ask(moment, state, script, question, silence)
        case Awaiting.BACK:
            return answers.ask_back(moment, state, script)
        case Awaiting.MUSCLE:
            question = line(moment, "which_muscle_question")
            silence, marks = relief.going_on(moment, state, script, question)
            return ask(moment, state, script, question, silence, marks)
        case Awaiting.PAUSED:
            reply = paused(moment, state)
            return ask(moment, state, script, line(moment, "paused"), reply.on_silence)
        case Awaiting.MORE | Awaiting.START | Awaiting.OFFER | Awaiting.SIGNS as waiting:
            return ask(moment, state, script, line(moment, f"{waiting}_question"))


def leave(moment: Moment) -> Reply:
    """Stop, cancel, or no to going on: one short goodnight. A routine that was under way keeps its place."""
    state = place.reached(moment)
    if state is not None and safety.stopped(moment):
        return close(prompt(moment, "stay_safe"), finished=True)
    unfinished = state if in_routine(state) else None
    script = prompt(moment, "leave")
    return close(script, unfinished=unfinished, screen=Screen("night", line(moment, "leave")))


def home(moment: Moment) -> Reply:
    """Home on a screen: out, without a word."""
    state = place.reached(moment)
    return Reply(unfinished=state if in_routine(state) else None)


def trouble(moment: Moment) -> Reply:
    """Something failed on our side: one safe thing to do, and the number, whatever the state was."""
    state = moment.state or State(at=moment.now)
    way = state if in_routine(state) else place.enter(moment.advice, state, place.RELIEF).state
    waiting = (way or state).with_(awaiting=Awaiting.BACK, topic="say/help", conditions=state.conditions)
    return ask(moment, waiting, prompt(moment, "trouble"), line(moment, "back_question"))
