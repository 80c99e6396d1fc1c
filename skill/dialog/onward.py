"""Going on without a word, where a screen asks for it: the next step of a silent night, and goodnight at last."""

from __future__ import annotations

from dataclasses import replace

from skill.dialog import bedtime, place, relief
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import Awaiting
from skill.dialog.turn import close, line, prompt


def onward(moment: Moment, stamp: object) -> Reply | None:
    """What comes after everything that silence has been played. None for a wish that has been overtaken.

    `stamp` is the `at` of the state that the screen was shown with: once a word or a touch has been answered, the
    session's state has another one, and the old screen's wish counts for nothing.
    """
    state = moment.state
    if state is None or not is_shown(moment, stamp):
        return None
    if state.routine is None or state.awaiting not in (Awaiting.EASED, Awaiting.BEDTIME):
        return None
    if place.ended(moment):
        return _goodnight(moment, said=place.is_bedtime(state.routine))
    if not place.is_bedtime(state.routine):
        reply = relief.advance(moment)
        if reply.question:
            return reply
        # The doctor's advice closes a silent night as well: most who are silent are asleep, and the advice says "if".
        # So it fades like any night.
        said = reply.screen.lines if reply.screen else ()
        night = Screen("night", line(moment, "goodnight"), said)
        return replace(reply, script=(*reply.script, *prompt(moment, "goodnight")), screen=night)
    here = place.reached(moment) or state
    way = place.following(moment.advice, here)
    return bedtime.done(moment) if way.state is None else bedtime.play(moment, way.state)


def is_shown(moment: Moment, stamp: object) -> bool:
    """Whether a screen that was shown with this time stamp is the one that is shown now."""
    return moment.state is not None and stamp == moment.state.at and not isinstance(stamp, bool)


def _goodnight(moment: Moment, said: bool) -> Reply:
    """The end: everything has been said but goodnight, and before sleep even that."""
    screen = Screen("night", line(moment, "goodnight"))
    return close(() if said else prompt(moment, "goodnight"), finished=True, screen=screen)
