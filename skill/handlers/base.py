"""What all conversations share: which intents they take, danger first, one call into the dialog, one response."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from ask_sdk_core.dispatch_components import AbstractRequestHandler

from skill.dialog import Moment, Reply
from skill.dialog.hearing import checked, understood
from skill.dialog.safety import interrupts
from skill.handlers import request
from skill.handlers.respond import respond
from skill.memory import place

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

Answer = Callable[[Moment], Reply]


class Conversation(AbstractRequestHandler):
    """The intents of one conversation, each with the dialog's answer to it."""

    intents: ClassVar[Mapping[str, Answer]] = {}

    # The SDK calls both methods by keyword, so the parameter must be named `handler_input`.
    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the request is one of this conversation's intents."""
        return request.intent_name(handler_input) in self.intents

    def handle(self, handler_input: HandlerInput) -> Response:
        """The dialog's answer, unless a slot names a danger: that is answered first, whatever was asked."""
        moment = checked(request.moment(handler_input), request.DIALOG_SLOTS)
        reply = interrupts(moment)
        if reply is None:
            reply = self.answer(handler_input, understood(moment, request.DIALOG_SLOTS))
        return finish(handler_input, moment, reply)

    def answer(self, handler_input: HandlerInput, moment: Moment) -> Reply:
        """The reply to this intent."""
        return self.intents[request.intent_name(handler_input)](moment)


def finish(handler_input: HandlerInput, moment: Moment, reply: Reply) -> Response:
    """The response to a reply. Words come first; what is to be kept or forgotten is noted even where they fail."""
    try:
        return respond(handler_input, reply, moment.advice.region, moment.state)
    finally:
        place.settle(handler_input, moment, reply)
