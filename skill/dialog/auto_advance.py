"""Going on without a word, where a screen asks for it: the next step of a silent night, and goodnight at last."""

from __future__ import annotations

from dataclasses import replace

from skill.dialog import bedtime, position, relief
from skill.dialog.prompting import close, line, prompt
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import Trait
from skill.dialog.turn_context import TurnContext


def auto_advance(turn: TurnContext, stamp: object) -> Reply | None:
    """What comes after everything that silence has been played. None for an outdated request.

    `stamp` is `State.answered_at` of the state that the screen was shown with. Once a word or a touch has been
    answered, the session's state has another one, and the old screen's request is ignored.
    """
    state = turn.state
    if state is None or not is_shown(turn, stamp):
        return None
    if state.routine is None or Trait.GOES_ON not in state.awaiting.traits:
        return None
    if turn.routine_over:
        return _goodnight(turn, said=position.is_bedtime(state.routine))
    if not position.is_bedtime(state.routine):
        reply = relief.advance(turn)
        if reply.question:
            return reply
        # The doctor's advice closes a silent night as well: most who are silent are asleep, and the advice says "if".
        # So it fades like any night.
        said = reply.screen.lines if reply.screen else ()
        night = Screen("night", line(turn, "goodnight"), said)
        return replace(reply, script=(*reply.script, *prompt(turn, "goodnight")), screen=night)
    here = turn.here
    way = position.following(turn.advice, here)
    return bedtime.done(turn) if way.state is None else bedtime.play(turn, way.state)


def is_shown(turn: TurnContext, stamp: object) -> bool:
    """Whether a screen that was shown with this time stamp is the one that is shown now."""
    return turn.state is not None and stamp == turn.state.answered_at and not isinstance(stamp, bool)


def _goodnight(turn: TurnContext, said: bool) -> Reply:
    """The end: everything has been said but goodnight, and before sleep even that."""
    screen = Screen("night", line(turn, "goodnight"))
    return close(() if said else prompt(turn, "goodnight"), finished=True, screen=screen)
