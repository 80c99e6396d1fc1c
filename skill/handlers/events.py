"""Requests that are not intents: a session that ended, a skill that was switched off, and anything we do not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ask_sdk_core.dispatch_components import AbstractRequestHandler

from skill.dialog import session
from skill.dialog.safety import interrupts
from skill.dialog.slot_resolution import checked
from skill.handlers import request
from skill.handlers.base import finish
from skill.handlers.respond import silent
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
        turn = request.turn(handler_input)
        place.settle(handler_input, turn, session.away(turn))
        return silent(handler_input, None)


class SkillDisabled(AbstractRequestHandler):
    """The skill was disabled: whatever was kept goes."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether this is the event of disabling."""
        return handler_input.request_envelope.request.object_type == "AlexaSkillEvent.SkillDisabled"

    def handle(self, handler_input: HandlerInput) -> Response:
        """An empty response, after the place is deleted."""
        place.forget(handler_input)
        return silent(handler_input, None)


class Unanswered(AbstractRequestHandler):
    """Last in the list. An intent that no conversation takes is not understood; any other request gets no words."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """The fallback for an intent; no for a question whether we could; an empty response for the rest."""
        kind = handler_input.request_envelope.request.object_type
        if kind == "IntentRequest":
            turn = checked(request.turn(handler_input), request.DIALOG_SLOTS)
            return finish(handler_input, turn, interrupts(turn) or session.fallback(turn))
        if kind == "CanFulfillIntentRequest":
            # Asked of skills that answer without being opened. This one must be opened.
            from ask_sdk_model.canfulfill import CanFulfillIntent, CanFulfillIntentValues

            no = CanFulfillIntent(can_fulfill=CanFulfillIntentValues.NO)
            handler_input.response_builder.set_can_fulfill_intent(no)
        return silent(handler_input, request.state_of(handler_input))
