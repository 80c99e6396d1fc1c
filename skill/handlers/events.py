"""Requests that are not intents: a session that ended, a skill that was switched off, and anything we do not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ask_sdk_core.dispatch_components import AbstractRequestHandler

from skill.dialog import Reply, session
from skill.dialog.place import reached
from skill.dialog.turn import in_routine
from skill.handlers import request
from skill.handlers.base import finish
from skill.memory import place

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response


class SessionEnded(AbstractRequestHandler):
    """The session is over; Alexa allows no words now. A routine under way keeps its place."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the session ended."""
        return handler_input.request_envelope.request.object_type == "SessionEndedRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        """An empty response, after the place that silence had really led to is kept."""
        moment = request.moment(handler_input)
        state = reached(moment)
        place.settle(handler_input, moment, Reply(unfinished=state if in_routine(state) else None))
        return handler_input.response_builder.response


class SkillDisabled(AbstractRequestHandler):
    """The skill was disabled: whatever was kept goes."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether this is the event of disabling."""
        return handler_input.request_envelope.request.object_type == "AlexaSkillEvent.SkillDisabled"

    def handle(self, handler_input: HandlerInput) -> Response:
        """An empty response, after the place is deleted."""
        place.forget(handler_input)
        return handler_input.response_builder.response


class Unanswered(AbstractRequestHandler):
    """Last in the list. An intent that no conversation takes is not understood; any other request gets no words."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """The fallback for an intent; an empty response for the rest."""
        if handler_input.request_envelope.request.object_type != "IntentRequest":
            return handler_input.response_builder.response
        moment = request.moment(handler_input)
        return finish(handler_input, moment, session.fallback(moment))
