"""Moving about in a routine, a list or an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skill.dialog import controls
from skill.dialog.reply import Reply
from skill.dialog.turn_context import TurnContext
from skill.handlers import request
from skill.handlers.base import Conversation
from skill.memory import place

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput


class Moves(Conversation):
    """Next, previous, repeat, start over, pause, continue, in Amazon's words and in ours; whisper, speak up, more."""

    intents = {
        "AMAZON.NextIntent": controls.next_step,
        "SkipIntent": controls.next_step,
        "AMAZON.PreviousIntent": controls.previous_step,
        "AMAZON.RepeatIntent": controls.repeat,
        "AgainIntent": controls.repeat,
        "AMAZON.StartOverIntent": controls.start_over,
        "AMAZON.PauseIntent": controls.pause,
        "WaitIntent": controls.pause,
        "AMAZON.ResumeIntent": controls.resume,
        "ContinueIntent": controls.resume,
        "WhisperIntent": controls.whisper,
        "SpeakUpIntent": controls.speak_up,
        "MoreIntent": controls.more,
    }

    def answer(self, handler_input: HandlerInput, turn: TurnContext) -> Reply:
        """The reply; only "continue" may look for a place kept after an earlier session."""
        resuming = request.intent_name(handler_input) in ("AMAZON.ResumeIntent", "ContinueIntent")
        if not resuming or not controls.wants_kept_place(turn):
            return super().answer(handler_input, turn)
        found = place.find(handler_input, turn)
        if found.state is not None:
            return controls.resume(turn, found.state)
        if found.failed or turn.state is None:
            return controls.nothing_kept(turn, "place_unreachable" if found.failed else "no_place")
        return controls.resume(turn)
