"""The stretch itself, and what a person says of their leg while it lasts."""

from __future__ import annotations

from skill.dialog import bedtime, controls, relief, session
from skill.dialog.reply import Reply
from skill.dialog.turn_context import TurnContext
from skill.handlers.base import Conversation
from skill.handlers.request import seconds_in


def _longer(turn: TurnContext) -> Reply:
    return controls.longer(turn, seconds_in(turn.slot("seconds")))


def _shorter(turn: TurnContext) -> Reply:
    return controls.shorter(turn, seconds_in(turn.slot("seconds")))


class Relief(Conversation):
    """Where it hurts, whether it has let go, how long to hold."""

    intents = {
        "ReliefIntent": relief.change_muscle,
        "EasedIntent": relief.eased,
        "StillCrampingIntent": session.still_cramping,
        "HoldLongerIntent": _longer,
        "HoldShorterIntent": _shorter,
        "NotCrampingIntent": session.not_cramping,
    }


class Bedtime(Conversation):
    """The stretches before sleep."""

    intents = {"BedtimeIntent": bedtime.bedtime}
