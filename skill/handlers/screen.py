"""What a screen sends: a touch, which is obeyed as the word would be, and the document's own wish to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ask_sdk_core.dispatch_components import AbstractRequestHandler

from skill.dialog import controls, session
from skill.dialog.auto_advance import is_shown, onward
from skill.handlers import request
from skill.handlers.base import finish
from skill.handlers.respond import silent
from skill.handlers.salvage import USER_EVENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

    from skill.dialog import Reply, TurnContext

ONWARD = "onward"
STOP = "stop"
"""Obeyed whenever it comes."""
_TOUCHES: Mapping[str, Callable[[TurnContext], Reply]] = {
    "next": controls.next_step,
    "repeat": controls.repeat,
    "resume": controls.resume,
    STOP: session.leave,
}


class Touch(AbstractRequestHandler):
    """User events of our documents. Their arguments are what was touched and the time stamp of the state shown."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether a screen sent this."""
        return handler_input.request_envelope.request.object_type == USER_EVENT

    def handle(self, handler_input: HandlerInput) -> Response:
        """The reply to the touch; nothing for an event that is not ours or has been overtaken."""
        given = handler_input.request_envelope.request.arguments
        arguments = list(given) if isinstance(given, list) else []
        kind, stamp = (*arguments, None, None)[:2]
        turn = request.turn(handler_input)
        reply = None
        if kind == ONWARD:
            reply = onward(turn, stamp)
        elif isinstance(kind, str) and kind in _TOUCHES and (kind == STOP or is_shown(turn, stamp)):
            # The second tap of two comes after the first was answered, and would skip a stretch that nobody has heard.
            reply = _TOUCHES[kind](turn)
        return finish(handler_input, turn, reply) if reply else silent(handler_input, turn.state)
