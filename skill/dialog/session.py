"""Yes and no, what was not understood, help, a cramp that goes on, and trouble on our side."""

from __future__ import annotations

from skill.dialog import answers, offers, position, relief, safety
from skill.dialog.no_stretch import nothing_allowed, rest_reply, worse
from skill.dialog.playing import play
from skill.dialog.prompting import ask, line, prompt
from skill.dialog.questions import asked, wait_for_side
from skill.dialog.reply import Reply
from skill.dialog.state import Awaiting
from skill.dialog.topic import said
from skill.dialog.turn_context import TurnContext


def yes(turn: TurnContext) -> Reply:
    """Yes, to whatever was asked."""
    return asked(turn).yes(turn)


def no(turn: TurnContext) -> Reply:
    """No, to whatever was asked."""
    return asked(turn).no(turn)


def fallback(turn: TurnContext) -> Reply:
    """Not understood: says so, asks the open question again, and in silence goes on as if nothing had been said."""
    return asked(turn).missed(turn, prompt(turn, f"fallback_{turn.here.awaiting}"))


def still_cramping(turn: TurnContext) -> Reply:
    """It still hurts: the next step where we asked whether it let go, else straight back to the stretch."""
    state = turn.here
    if state.is_stopped:
        return worse(turn)
    if state.in_routine and not position.is_bedtime(state.routine):
        if state.awaiting is Awaiting.EASED:
            return relief.advance(turn)
        return relief.stuck(turn) if turn.overdue else play(turn, state)
    if state.awaiting is Awaiting.BEDTIME:
        # "Ready for the next side?" "Not yet." Should it be a cramp after all, the way to its stretch is said first.
        return wait_for_side(turn, prompt(turn, "if_cramping"))
    return relief.begin(turn, state, position.RELIEF)


def evening_time(turn: TurnContext) -> Reply:
    """A time of day, which only answers the offer of every evening."""
    asked_for = turn.here.awaiting in (Awaiting.EVENING, Awaiting.EVENING_TIME)
    return offers.evening_time(turn) if asked_for else fallback(turn)


def symptom(turn: TurnContext) -> Reply:
    """A sign; a length of time alone ("it's been five minutes") is a cramp that goes on, or one for too long."""
    seconds = turn.slot("lasted").seconds
    named = any(slot.heard for name, slot in turn.slots.items() if name != "lasted")
    if seconds and not named and safety.lasting(turn, seconds) is None:
        return still_cramping(turn)
    return safety.volunteered(turn)


def help_(turn: TurnContext) -> Reply:
    """What can be said here, in two sentences, and the way back."""
    state = turn.here
    if state.is_stopped:
        return rest_reply(turn, state.with_(topic=said("help_stopped")), prompt(turn, "help_stopped"))
    name = "help" if state.in_routine else "help_start"
    return answers.ask_back(turn, state.with_(topic=said(name)), prompt(turn, name))


def trouble(turn: TurnContext) -> Reply:
    """Something failed on our side: one safe thing to do, and the number, whatever the state was."""
    state = (turn.state or turn.here).with_(topic=said("trouble"))
    if state.is_stopped:
        return worse(turn) if state.stopped else nothing_allowed(turn, state, ())
    if not state.in_routine:
        way = position.enter(turn.advice, state, position.RELIEF)
        if way.state is None:
            return nothing_allowed(turn, state, way.lines)
        state = way.state.with_(topic=said("trouble"))
    return ask(turn, state.with_(awaiting=Awaiting.BACK), prompt(turn, "trouble"), line(turn, "back_question"))
