"""Moving about in a routine, a list or an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skill.dialog import moves
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply
from skill.handlers import request
from skill.handlers.base import Conversation
from skill.memory import place

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput


class Moves(Conversation):
    """Next, previous, repeat, start over, pause, continue, in Amazon's words and in ours; whisper, speak up, more."""

    intents = {
        "AMAZON.NextIntent": moves.next_step,
        "SkipIntent": moves.next_step,
        "AMAZON.PreviousIntent": moves.previous_step,
        "EarlierIntent": moves.previous_step,
        "AMAZON.RepeatIntent": moves.repeat,
        "AgainIntent": moves.repeat,
        "AMAZON.StartOverIntent": moves.start_over,
        "RestartIntent": moves.start_over,
        "AMAZON.PauseIntent": moves.pause,
        "WaitIntent": moves.pause,
        "AMAZON.ResumeIntent": moves.resume,
        "ContinueIntent": moves.resume,
        "WhisperIntent": moves.whisper,
        "SpeakUpIntent": moves.speak_up,
        "MoreIntent": moves.more,
    }

    def answer(self, handler_input: HandlerInput, moment: Moment) -> Reply:
        """The reply; only "continue" may look for a place kept after an earlier session."""
        resuming = request.intent_name(handler_input) in ("AMAZON.ResumeIntent", "ContinueIntent")
        if not resuming or not moves.wants_kept_place(moment):
            return super().answer(handler_input, moment)
        found = place.find(handler_input, moment)
        if found.state is not None:
            return moves.resume(moment, found.state)
        if found.failed or moment.state is None:
            return moves.nothing_kept(moment, "place_unreachable" if found.failed else "no_place")
        return moves.resume(moment)
