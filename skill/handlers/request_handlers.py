"""What each type of request is answered with: one call into the dialog, one reply, one response.

The SDK finds a handler by asking each whether it can; each of ours takes one type of request and no other, so that
their order decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ask_sdk_core.dispatch_components import AbstractRequestHandler

from skill.advice import open_advice
from skill.dialog import Reply, TurnContext, endings, offers, relief, tasks
from skill.dialog.position import validated
from skill.dialog.slot_resolution import resolved
from skill.handlers import intents, lenient_envelope
from skill.handlers.automation import outcome, takes_offers
from skill.handlers.lenient_envelope import LenientEnvelope
from skill.handlers.renderer import respond, silent
from skill.handlers.user_events import reply_to_event
from skill.memory import place

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

Answer = Callable[["HandlerInput", LenientEnvelope], "Response"]


class RequestHandler(AbstractRequestHandler):
    """The handler of one type of request."""

    def __init__(self, kind: str, answer: Answer) -> None:
        self.kind = kind
        self.answer = answer

    # The SDK calls both methods by keyword, so the parameter must be named `handler_input`.
    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the request is of this type."""
        return bool(handler_input.request_envelope.request.object_type == self.kind)

    def handle(self, handler_input: HandlerInput) -> Response:
        """The response, from the request as `lenient_envelope` has read it."""
        return self.answer(handler_input, envelope_of(handler_input))


def envelope_of(handler_input: HandlerInput) -> LenientEnvelope:
    """The request as it was read. `app` passes it where the SDK passes Lambda's context, which nothing here needs."""
    envelope = handler_input.context
    if not isinstance(envelope, LenientEnvelope):
        raise TypeError(f"expected a LenientEnvelope as context, found {type(envelope).__name__}. Call app.create()")
    return envelope


def turn_context(handler_input: HandlerInput, envelope: LenientEnvelope) -> TurnContext:
    """What the dialog needs to know about this request."""
    advice = open_advice(envelope.locale)
    turn = TurnContext(
        advice=advice,
        now=envelope.now,
        state=validated(advice, envelope.state),
        slots=resolved(advice, envelope.slots, intents.SLOT_FILES),
        keeps_place=bool(envelope.user_id) and handler_input.attributes_manager._persistence_adapter is not None,
        offers=takes_offers(envelope, advice.region),
        screen=envelope.screen,
        find_place=lambda: place.find(handler_input, turn),
    )
    return turn


def finish(handler_input: HandlerInput, turn: TurnContext, reply: Reply) -> Response:
    """The response to a reply. Words come first; what is to be kept or forgotten is noted even where they fail."""
    try:
        return respond(handler_input, reply, turn, envelope_of(handler_input))
    finally:
        place.settle(handler_input, turn, reply)


def _launch(handler_input: HandlerInput, envelope: LenientEnvelope) -> Response:
    """The first instruction, or what a task is for. Nothing is looked up before it, least of all a database."""
    if envelope.task is None:
        turn = turn_context(handler_input, envelope)
        return finish(handler_input, turn, relief.launch(turn))
    turn = turn_context(handler_input, replace(envelope, state=None, slots=envelope.task.slots))
    return finish(handler_input, turn, tasks.begin(turn, envelope.task))


def _intent(handler_input: HandlerInput, envelope: LenientEnvelope) -> Response:
    turn = turn_context(handler_input, envelope)
    return finish(handler_input, turn, intents.reply_to(turn, envelope.intent))


def _user_event(handler_input: HandlerInput, envelope: LenientEnvelope) -> Response:
    """The reply to a touch; nothing for an event that is not ours or has been overtaken."""
    turn = turn_context(handler_input, envelope)
    reply = reply_to_event(turn, envelope.arguments)
    return finish(handler_input, turn, reply) if reply else silent(handler_input, turn.state)


def _resumed(handler_input: HandlerInput, envelope: LenientEnvelope) -> Response:
    """One sentence to what came of an offer; no words to the answer of anything else, which we never asked for."""
    turn = turn_context(handler_input, envelope)
    answer = envelope.resumed
    if answer is None or answer.token not in (offers.STRETCH, offers.BEDTIME):
        return silent(handler_input, turn.state)
    reply = offers.answered(turn, answer.token, outcome(answer.code, answer.reason))
    return finish(handler_input, turn, reply)


def _session_ended(handler_input: HandlerInput, envelope: LenientEnvelope) -> Response:
    """The session is over; Alexa allows no words now. A routine under way keeps the place that silence led to."""
    turn = turn_context(handler_input, envelope)
    place.settle(handler_input, turn, endings.away(turn))
    return silent(handler_input, None)


def _disabled(handler_input: HandlerInput, envelope: LenientEnvelope) -> Response:
    """The skill was disabled: whatever was kept goes."""
    place.forget(handler_input)
    return silent(handler_input, None)


def _can_fulfill(handler_input: HandlerInput, envelope: LenientEnvelope) -> Response:
    """No: that is asked of skills that answer without being opened, and this one must be opened."""
    from ask_sdk_model.canfulfill import CanFulfillIntent, CanFulfillIntentValues

    no = CanFulfillIntent(can_fulfill=CanFulfillIntentValues.NO)
    handler_input.response_builder.set_can_fulfill_intent(no)
    return silent(handler_input, turn_context(handler_input, envelope).state)


ANSWERS: Mapping[str, Answer] = {
    lenient_envelope.LAUNCH: _launch,
    lenient_envelope.INTENT: _intent,
    lenient_envelope.USER_EVENT: _user_event,
    lenient_envelope.RESUMED: _resumed,
    lenient_envelope.SESSION_ENDED: _session_ended,
    lenient_envelope.DISABLED: _disabled,
    lenient_envelope.CAN_FULFILL: _can_fulfill,
}
"""By type of request. Every other type gets no words."""

HANDLERS = tuple(partial(RequestHandler, kind, answer) for kind, answer in ANSWERS.items())
"""Makers of the handlers that the SDK is given."""
