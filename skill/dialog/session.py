"""Opening, yes and no, help, what was not understood, and the ways out."""

from __future__ import annotations

from skill.dialog import answers, bedtime, position, relief, safety
from skill.dialog.compose import paused, play, quiet
from skill.dialog.controls import more, offer, resume
from skill.dialog.no_stretch import is_stopped, nothing_allowed, rest_reply, stay_safe, worse
from skill.dialog.prompting import ask, close, fresh, in_routine, line, prompt
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import ASKED_AGAIN, MISSED, Awaiting, State
from skill.dialog.steps import is_over, step_question
from skill.dialog.topic import About, said
from skill.dialog.turn_context import TurnContext
from skill.speech import Script


def yes(turn: TurnContext) -> Reply:
    """Yes, to whatever was asked."""
    state = position.current(turn)
    if state is None:
        return relief.launch(turn)
    match state.awaiting:
        case Awaiting.EASED:
            return relief.eased(turn)
        case Awaiting.BEDTIME:
            return bedtime.skip(turn, state)
        case Awaiting.MORE:
            return answers.list_page(turn, "causes", 0) if _after_why(state) else more(turn)
        case Awaiting.OFFER:
            return bedtime.bedtime(turn)
        case Awaiting.SIGNS:
            return safety.signs(turn)
        case Awaiting.BACK | Awaiting.MUSCLE:
            return play(turn, state)
        case Awaiting.PAUSED:
            return resume(turn)
        case Awaiting.START:
            return relief.begin(turn, state, position.RELIEF)


def no(turn: TurnContext) -> Reply:
    """No, to whatever was asked."""
    state = position.current(turn)
    if state is None:
        return relief.launch(turn)
    match state.awaiting:
        case Awaiting.EASED:
            return relief.advance(turn)
        case Awaiting.BEDTIME:
            return _not_ready(turn, state)
        case Awaiting.MORE:
            return _enough(turn, state)
        case Awaiting.PAUSED:
            return paused(turn, state)
        case Awaiting.MUSCLE:
            return play(turn, state)
        case Awaiting.SIGNS:
            # An answer that said not to stretch has not taken the routine away from who has only asked.
            return _enough(turn, state) if in_routine(state) else stay_safe(turn)
        case Awaiting.BACK | Awaiting.START | Awaiting.OFFER:
            return leave(turn)


def _not_ready(turn: TurnContext, state: State, lead: Script = ()) -> Reply:
    """Not ready for the next side: waits before it. The last side, not done yet, is done again."""
    ahead = position.following(turn.advice, state).state
    return bedtime.play(turn, state) if ahead is None else paused(turn, ahead, lead)


def _enough(turn: TurnContext, state: State) -> Reply:
    """Enough of a list: back to the stretch where there is one, else goodnight."""
    if in_routine(state):
        return answers.ask_back(turn, state.with_(topic=said()), ())
    return leave(turn)


def _after_why(state: State) -> bool:
    return state.topic == About("causes", "why")


def still_cramping(turn: TurnContext) -> Reply:
    """It still hurts: the next step where we asked whether it let go, else straight back to the stretch."""
    state = position.current(turn)
    if state is None:
        return relief.launch(turn)
    if is_stopped(state):
        return worse(turn)
    if in_routine(state) and not position.is_bedtime(state.routine):
        if state.awaiting is Awaiting.EASED:
            return relief.advance(turn)
        if position.overdue(turn.advice, state, turn.now):
            return relief.stuck(turn)
        return play(turn, state)
    if state.awaiting is Awaiting.BEDTIME:
        # "Ready for the next side?" "Not yet." Should it be a cramp after all, the way to its stretch is said first.
        return _not_ready(turn, state, prompt(turn, "if_cramping"))
    return relief.begin(turn, state, position.RELIEF)


def not_cramping(turn: TurnContext) -> Reply:
    """No cramp now. Who says so to the offer of the bedtime stretches has declined it."""
    state = fresh(turn, position.current(turn))
    return leave(turn) if state.awaiting is Awaiting.OFFER else offer(turn, state)


def help_(turn: TurnContext) -> Reply:
    """What can be said here, in two sentences, and the way back."""
    state = fresh(turn, position.current(turn))
    if is_stopped(state):
        return rest_reply(turn, state.with_(topic=said("help_stopped")), prompt(turn, "help_stopped"))
    name = "help" if in_routine(state) else "help_start"
    return answers.ask_back(turn, state.with_(topic=said(name)), prompt(turn, name))


def fallback(turn: TurnContext) -> Reply:
    """Not understood: says so, asks the open question again, and in silence goes on as if nothing had been said."""
    state = position.current(turn)
    if state is None:
        return relief.launch(turn)
    script = prompt(turn, f"fallback_{state.awaiting}")
    match state.awaiting:
        case Awaiting.EASED | Awaiting.BEDTIME:
            return _missed(turn, state, script)
        case Awaiting.BACK:
            return answers.ask_back(turn, state, script)
        case Awaiting.MUSCLE:
            question = line(turn, "which_muscle_question")
            return ask(turn, state, script, question, relief.going_on(turn, state, script, question))
        case Awaiting.PAUSED:
            return ask(turn, state, script, line(turn, "paused"), quiet(turn))
        case Awaiting.MORE:
            name = "causes_question" if _after_why(state) else "more_question"
            return answers.ask_more(turn, state, script, name)
        case Awaiting.SIGNS:
            return answers.ask_signs(turn, state, script) if in_routine(state) else rest_reply(turn, state, script)
        case Awaiting.START | Awaiting.OFFER as waiting:
            return ask(turn, state, script, line(turn, f"{waiting}_question"))


def _missed(turn: TurnContext, state: State, script: Script) -> Reply:
    """Not understood at a step: one that was cut short is played again in silence, one that was over is left."""
    question = step_question(turn, state)
    if state.topic in (MISSED, ASKED_AGAIN):
        script = prompt(turn, "fallback_again")
    if state.topic == MISSED or (state.topic is None and not is_over(turn, state)):
        again = state.with_(topic=MISSED)
        return ask(turn, again, script, question, relief.going_on(turn, again, script, question))
    silence_after = bedtime.silence_after if position.is_bedtime(state.routine) else relief.silence_after
    asked = state if state.topic else state.with_(topic=ASKED_AGAIN)
    return ask(turn, asked, script, question, silence_after(turn, state, script, question))


def leave(turn: TurnContext) -> Reply:
    """Stop, cancel, or no to going on: one short goodnight. A routine that was under way keeps its place."""
    if is_stopped(turn.state):
        return stay_safe(turn)
    gone = away(turn)
    # Whoever has no cramp now, and wants no stretch before sleep, has nothing to come back to.
    declined = turn.state is not None and turn.state.awaiting is Awaiting.OFFER
    screen = Screen("night", line(turn, "leave"))
    finished = gone.finished or declined
    return close(prompt(turn, "leave"), unfinished=gone.unfinished, finished=finished, screen=screen)


def away(turn: TurnContext) -> Reply:
    """Out without a word: the session ended, or "home" was said to a screen. A routine under way keeps its place."""
    if position.ended(turn):
        return Reply(finished=True)
    state = position.current(turn)
    return Reply(unfinished=state if in_routine(state) else None)


def trouble(turn: TurnContext) -> Reply:
    """Something failed on our side: one safe thing to do, and the number, whatever the state was."""
    state = (turn.state or State(answered_at=turn.now)).with_(topic=said("trouble"))
    if is_stopped(state):
        return worse(turn) if state.stopped else nothing_allowed(turn, state, ())
    if not in_routine(state):
        way = position.enter(turn.advice, state, position.RELIEF)
        if way.state is None:
            return nothing_allowed(turn, state, way.lines)
        state = way.state.with_(topic=said("trouble"))
    return ask(turn, state.with_(awaiting=Awaiting.BACK), prompt(turn, "trouble"), line(turn, "back_question"))
