"""Opening, yes and no, help, what was not understood, and the ways out."""

from __future__ import annotations

from skill.dialog import answers, bedtime, place, relief, safety
from skill.dialog.compose import paused, play, quiet
from skill.dialog.moment import Moment
from skill.dialog.moves import more, offer, resume
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import ASKED_AGAIN, MISSED, Awaiting, State
from skill.dialog.steps import is_over, step_question
from skill.dialog.stopped import is_stopped, nothing_allowed, stay_safe, still, worse
from skill.dialog.topic import About, said
from skill.dialog.turn import ask, close, fresh, in_routine, line, prompt
from skill.speech import Script


def yes(moment: Moment) -> Reply:
    """Yes, to whatever was asked."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    match state.awaiting:
        case Awaiting.EASED:
            return relief.eased(moment)
        case Awaiting.BEDTIME:
            return bedtime.skip(moment, state)
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
        case Awaiting.BEDTIME:
            return _not_ready(moment, state)
        case Awaiting.MORE:
            return _enough(moment, state)
        case Awaiting.PAUSED:
            return paused(moment, state)
        case Awaiting.MUSCLE:
            return play(moment, state)
        case Awaiting.SIGNS:
            # An answer that said not to stretch has not taken the routine away from who has only asked.
            return _enough(moment, state) if in_routine(state) else stay_safe(moment)
        case Awaiting.BACK | Awaiting.START | Awaiting.OFFER:
            return leave(moment)


def _not_ready(moment: Moment, state: State, lead: Script = ()) -> Reply:
    """Not ready for the next side: waits before it. The last side, not done yet, is done again."""
    ahead = place.following(moment.advice, state).state
    return bedtime.play(moment, state) if ahead is None else paused(moment, ahead, lead)


def _enough(moment: Moment, state: State) -> Reply:
    """Enough of a list: back to the stretch where there is one, else goodnight."""
    if in_routine(state):
        return answers.ask_back(moment, state.with_(topic=said()), ())
    return leave(moment)


def _after_why(state: State) -> bool:
    return state.topic == About("causes", "why")


def still_cramping(moment: Moment) -> Reply:
    """It still hurts: the next step where we asked whether it let go, else straight back to the stretch."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    if is_stopped(state):
        return worse(moment)
    if in_routine(state) and not place.is_bedtime(state.routine):
        if state.awaiting is Awaiting.EASED:
            return relief.advance(moment)
        if place.overdue(moment.advice, state, moment.now):
            return relief.stuck(moment)
        return play(moment, state)
    if state.awaiting is Awaiting.BEDTIME:
        # "Ready for the next side?" "Not yet." Should it be a cramp after all, the way to its stretch is said first.
        return _not_ready(moment, state, prompt(moment, "if_cramping"))
    return relief.begin(moment, state, place.RELIEF)


def not_cramping(moment: Moment) -> Reply:
    """No cramp now. Who says so to the offer of the bedtime stretches has declined it."""
    state = fresh(moment, place.reached(moment))
    return leave(moment) if state.awaiting is Awaiting.OFFER else offer(moment, state)


def help_(moment: Moment) -> Reply:
    """What can be said here, in two sentences, and the way back."""
    state = fresh(moment, place.reached(moment))
    if is_stopped(state):
        return still(moment, state.with_(topic=said("help_stopped")), prompt(moment, "help_stopped"))
    name = "help" if in_routine(state) else "help_start"
    return answers.ask_back(moment, state.with_(topic=said(name)), prompt(moment, name))


def fallback(moment: Moment) -> Reply:
    """Not understood: says so, asks the open question again, and in silence goes on as if nothing had been said."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    script = prompt(moment, f"fallback_{state.awaiting}")
    match state.awaiting:
        case Awaiting.EASED | Awaiting.BEDTIME:
            return _missed(moment, state, script)
        case Awaiting.BACK:
            return answers.ask_back(moment, state, script)
        case Awaiting.MUSCLE:
            question = line(moment, "which_muscle_question")
            return ask(moment, state, script, question, relief.going_on(moment, state, script, question))
        case Awaiting.PAUSED:
            return ask(moment, state, script, line(moment, "paused"), quiet(moment))
        case Awaiting.MORE:
            name = "causes_question" if _after_why(state) else "more_question"
            return answers.ask_more(moment, state, script, name)
        case Awaiting.SIGNS:
            return answers.ask_signs(moment, state, script) if in_routine(state) else still(moment, state, script)
        case Awaiting.START | Awaiting.OFFER as waiting:
            return ask(moment, state, script, line(moment, f"{waiting}_question"))


def _missed(moment: Moment, state: State, script: Script) -> Reply:
    """Not understood at a step: one that was cut short is played again in silence, one that was over is left."""
    question = step_question(moment, state)
    if state.topic in (MISSED, ASKED_AGAIN):
        script = prompt(moment, "fallback_again")
    if state.topic == MISSED or (state.topic is None and not is_over(moment, state)):
        again = state.with_(topic=MISSED)
        return ask(moment, again, script, question, relief.going_on(moment, again, script, question))
    silence_after = bedtime.silence_after if place.is_bedtime(state.routine) else relief.silence_after
    asked = state if state.topic else state.with_(topic=ASKED_AGAIN)
    return ask(moment, asked, script, question, silence_after(moment, state, script, question))


def leave(moment: Moment) -> Reply:
    """Stop, cancel, or no to going on: one short goodnight. A routine that was under way keeps its place."""
    if is_stopped(moment.state):
        return stay_safe(moment)
    gone = away(moment)
    # Whoever has no cramp now, and wants no stretch before sleep, has nothing to come back to.
    declined = moment.state is not None and moment.state.awaiting is Awaiting.OFFER
    screen = Screen("night", line(moment, "leave"))
    finished = gone.finished or declined
    return close(prompt(moment, "leave"), unfinished=gone.unfinished, finished=finished, screen=screen)


def away(moment: Moment) -> Reply:
    """Out without a word: the session ended, or "home" was said to a screen. A routine under way keeps its place."""
    if place.ended(moment):
        return Reply(finished=True)
    state = place.reached(moment)
    return Reply(unfinished=state if in_routine(state) else None)


def trouble(moment: Moment) -> Reply:
    """Something failed on our side: one safe thing to do, and the number, whatever the state was."""
    state = (moment.state or State(at=moment.now)).with_(topic=said("trouble"))
    if is_stopped(state):
        return worse(moment) if state.stopped else nothing_allowed(moment, state, ())
    if not in_routine(state):
        way = place.enter(moment.advice, state, place.RELIEF)
        if way.state is None:
            return nothing_allowed(moment, state, way.lines)
        state = way.state.with_(topic=said("trouble"))
    return ask(moment, state.with_(awaiting=Awaiting.BACK), prompt(moment, "trouble"), line(moment, "back_question"))
