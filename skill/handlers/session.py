"""Opening, yes and no, help, not understood, and the ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ask_sdk_core.dispatch_components import AbstractRequestHandler

from skill.dialog import relief, session
from skill.handlers import request
from skill.handlers.base import Conversation, finish

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response


class Launch(AbstractRequestHandler):
    """ "Alexa, open cramp coach": the stretch starts."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the skill was opened."""
        return handler_input.request_envelope.request.object_type == "LaunchRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        """The first instruction. Nothing is looked up before it, least of all a database."""
        moment = request.moment(handler_input)
        return finish(handler_input, moment, relief.launch(moment))


class Session(Conversation):
    """Yes, no, help, fallback, stop."""

    intents = {
        "AMAZON.YesIntent": session.yes,
        "AgreeIntent": session.yes,
        "AMAZON.NoIntent": session.no,
        "DeclineIntent": session.no,
        "AMAZON.HelpIntent": session.help_,
        "OptionsIntent": session.help_,
        "AMAZON.FallbackIntent": session.fallback,
        "AMAZON.StopIntent": session.leave,
        "LeaveIntent": session.leave,
        "AMAZON.CancelIntent": session.leave,
        "AMAZON.NavigateHomeIntent": session.away,
    }
