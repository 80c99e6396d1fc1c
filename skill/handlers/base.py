"""What all conversations share: which intents they take, danger first, one call into the dialog, one response."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from ask_sdk_core.dispatch_components import AbstractRequestHandler

from skill.dialog import Reply, TurnContext
from skill.dialog.safety import interrupts
from skill.dialog.slot_resolution import checked, understood
from skill.handlers import request
from skill.handlers.respond import respond
from skill.memory import place

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

Answer = Callable[[TurnContext], Reply]


class Conversation(AbstractRequestHandler):
    """The intents of one conversation, each with the dialog's answer to it."""

    intents: ClassVar[Mapping[str, Answer]] = {}

    # The SDK calls both methods by keyword, so the parameter must be named `handler_input`.
    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the request is one of this conversation's intents."""
        return request.intent_name(handler_input) in self.intents

    def handle(self, handler_input: HandlerInput) -> Response:
        """The dialog's answer, unless a slot names a danger: that is answered first, whatever was asked."""
        turn = checked(request.turn(handler_input), request.DIALOG_SLOTS)
        reply = interrupts(turn)
        if reply is None:
            reply = self.answer(handler_input, understood(turn, request.DIALOG_SLOTS))
        return finish(handler_input, turn, reply)

    def answer(self, handler_input: HandlerInput, turn: TurnContext) -> Reply:
        """The reply to this intent."""
        return self.intents[request.intent_name(handler_input)](turn)


def finish(handler_input: HandlerInput, turn: TurnContext, reply: Reply) -> Response:
    """The response to a reply, after what is to be kept or forgotten has been."""
    place.settle(handler_input, turn, reply)
    return respond(handler_input, reply, turn.advice.region, turn.state)
