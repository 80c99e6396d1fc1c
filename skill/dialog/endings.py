"""The ways out: goodnight, out without a word, and the offer where there is no cramp to stretch."""

from __future__ import annotations

from skill.dialog.no_stretch import no_stretch_left, rest_reply, stay_safe
from skill.dialog.prompting import ask, close, line, prompt
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import Awaiting, State
from skill.dialog.topic import said
from skill.dialog.turn_context import TurnContext


def leave(turn: TurnContext) -> Reply:
    """Stop, cancel, or no to going on: one short goodnight. A routine that was under way keeps its place."""
    if turn.here.is_stopped:
        return stay_safe(turn)
    gone = away(turn)
    # Whoever has no cramp now, and wants no stretch before sleep, has nothing to come back to.
    declined = turn.here.awaiting is Awaiting.OFFER
    screen = Screen("night", line(turn, "leave"))
    finished = gone.finished or declined
    return close(prompt(turn, "leave"), unfinished=gone.unfinished, finished=finished, screen=screen)


def away(turn: TurnContext) -> Reply:
    """Out without a word: the session ended, or "home" was said to a screen. A routine under way keeps its place."""
    if turn.routine_over:
        return Reply(finished=True)
    return Reply(unfinished=turn.here if turn.here.in_routine else None)


def offer(turn: TurnContext, state: State) -> Reply:
    """No cramp now: one short question."""
    if no_stretch_left(turn, state):
        return rest_reply(turn, state.with_(topic=said("stay_safe")), prompt(turn, "stay_safe"))
    # Another cramp of this session has its own ten minutes.
    offering = state.with_(routine=None, step=None, awaiting=Awaiting.OFFER, topic=said("not_cramping"), started_at=0)
    return ask(turn, offering, prompt(turn, "not_cramping"), line(turn, "offer_question"))


def not_cramping(turn: TurnContext) -> Reply:
    """No cramp now. A person who says so to the offer of the bedtime stretches has declined it."""
    return leave(turn) if turn.here.awaiting is Awaiting.OFFER else offer(turn, turn.here)
