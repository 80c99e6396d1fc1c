"""The one renderer: every reply, error replies included, becomes a response here.

Two rules are made true in this place and nowhere else: a reply that asks stays open and has a reprompt; a reply that
does not ask closes the session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skill.advice import Region
from skill.dialog import Reply, State
from skill.speech import Say, Voice, to_ssml

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response


def respond(handler_input: HandlerInput, reply: Reply, region: Region, state: State | None) -> Response:
    """The reply as Alexa's response; `state` is the one that came in, whose voice a closing reply still has."""
    builder = handler_input.response_builder
    voice = voice_of(reply, state)
    asks = reply.question is not None and reply.state is not None
    question = (Say(reply.question),) if asks and reply.question else ()
    script = (*reply.script, *question)
    if script:
        builder.speak(to_ssml(script, voice, region.numbers))
    if asks:
        builder.ask(to_ssml(reply.on_silence or question, voice, region.numbers))
    builder.set_should_end_session(not asks)
    if reply.card is not None:
        from ask_sdk_model.ui import SimpleCard

        builder.set_card(SimpleCard(title=reply.card.title, content=reply.card.text))
    if handler_input.request_envelope.session is not None:
        attributes = reply.state.to_json() if asks and reply.state else {}
        handler_input.attributes_manager.session_attributes = attributes
    return builder.response


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
