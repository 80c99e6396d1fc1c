"""The one renderer: every reply, error replies included, becomes a response here.

Two rules are made true in this place and nowhere else: a reply that asks stays open and has a reprompt; a reply that
does not ask closes the session.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from skill.dialog import Reply, State, TurnContext
from skill.speech import Say, Voice, to_ssml
from skill.speech.limits import RESPONSE_BYTES

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

    from skill.dialog.reply import Offer
    from skill.handlers.lenient_envelope import LenientEnvelope

log = logging.getLogger("cramp_coach")

_ENVELOPE = 1_500
"""Bytes that session attributes and the names of things take in a response, generously."""


class RawJson(dict[str, Any]):
    """A value that is JSON already. The SDK's serializer would copy it piece by piece, which takes longer than all the
    rest of an answer; ours leaves it as it is."""


def respond(
    handler_input: HandlerInput, reply: Reply, turn: TurnContext, envelope: LenientEnvelope | None = None
) -> Response:
    """The reply as Alexa's response. A closing reply still has the voice of the state that came in.

    `envelope` is the request, of which a reply with an offer says to Alexa whose it is.
    """
    builder = handler_input.response_builder
    voice, numbers = voice_of(reply, turn.state), turn.advice.region.numbers
    asks = reply.question is not None and reply.state is not None
    question = (Say(reply.question),) if asks and reply.question else ()
    script = (*reply.script, *question)
    if script:
        builder.speak(to_ssml(script, voice, numbers))
    if asks:
        builder.ask(to_ssml(reply.reprompt or question, voice, numbers))
    hands_over = reply.offer is not None and envelope is not None
    if reply.offer is not None and envelope is not None:
        _start_offer(handler_input, reply.offer, turn, envelope)
    else:
        builder.set_should_end_session(not asks)
    if not asks and not hands_over and not reply.firm and turn.state is not None and turn.state.task:
        _complete_task(handler_input)
    if reply.card is not None:
        from ask_sdk_model.ui import SimpleCard

        opening = " ".join(turn.advice.prompt("card_opening"))
        builder.set_card(SimpleCard(title=reply.card.title, content=f"{reply.card.text}\n\n{opening}"))
    if turn.screen:
        _show(handler_input, reply, turn)
    if handler_input.request_envelope.session is not None:
        attributes = reply.state.to_json() if (asks or hands_over) and reply.state else {}
        handler_input.attributes_manager.session_attributes = attributes
    return builder.response


def _start_offer(handler_input: HandlerInput, offer: Offer, turn: TurnContext, envelope: LenientEnvelope) -> None:
    """Hands a routine to Alexa. Whether the session ends is left open: Alexa speaks next, and answers."""
    from ask_sdk_model.interfaces.connections import OnCompletion
    from ask_sdk_model.interfaces.connections.v1 import StartConnectionDirective

    from skill.handlers.automation import OFFER, offered

    directive = StartConnectionDirective(
        uri=OFFER,
        on_completion=OnCompletion.RESUME_SESSION,
        input=RawJson(offered(offer, envelope, turn.advice)),
        token=offer.task,
    )
    handler_input.response_builder.add_directive(directive)


def _complete_task(handler_input: HandlerInput) -> None:
    """Tells whoever started the task that it is done: a routine goes on, another skill is resumed. After an emergency
    nobody is told, so that nothing speaks after the number to call."""
    from ask_sdk_model.interfaces.tasks import CompleteTaskDirective
    from ask_sdk_model.status import Status

    handler_input.response_builder.add_directive(CompleteTaskDirective(Status(code="200", message="OK")))


def _show(handler_input: HandlerInput, reply: Reply, turn: TurnContext) -> None:
    """Adds the reply's document, within what is left of the response's size. Words come before pictures: a failing
    screen never costs the spoken guidance."""
    from skill.screen import directive

    response = handler_input.response_builder.response
    spoken = [
        getattr(part, "ssml", "")
        for part in (response.output_speech, getattr(response.reprompt, "output_speech", None))
    ]
    card = response.card.to_str() if response.card else ""
    used = sum(len(json.dumps(text)) for text in (*spoken, card)) + _ENVELOPE
    try:
        made = directive(reply, turn.advice, RESPONSE_BYTES - used)
    except Exception as error:
        log.error("screen", extra={"fields": {"error": type(error).__name__}})
        return
    if made is None:
        return
    from ask_sdk_model.interfaces.alexa.presentation.apl import RenderDocumentDirective

    document = RenderDocumentDirective(made["token"], RawJson(made["document"]), RawJson(made["datasources"]))
    handler_input.response_builder.add_directive(document)


def silent(handler_input: HandlerInput, state: State | None) -> Response:
    """No words, for requests that get none. In a session that goes on, the state goes on with it; whatever else was in
    its attributes does not."""
    if handler_input.request_envelope.session is not None:
        handler_input.attributes_manager.session_attributes = state.to_json() if state else {}
    return handler_input.response_builder.response


def voice_of(reply: Reply, state: State | None) -> Voice:
    """An emergency is firm whatever was chosen; anything else is as the person likes it."""
    if reply.firm:
        return Voice.FIRM
    chosen = reply.state or state
    return Voice(chosen.voice) if chosen else Voice.SOFT
