"""The SDK's hello world sample: the minimum cost of a skill on this SDK."""

from __future__ import annotations

import json
from typing import Any

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_core.utils import is_request_type
from ask_sdk_model import RequestEnvelope, Response

WORDS = "Hello World"


class Launch(AbstractRequestHandler):  # type: ignore[misc]
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return bool(is_request_type("LaunchRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak(WORDS).ask(WORDS).response


class Intent(AbstractRequestHandler):  # type: ignore[misc]
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return bool(is_request_type("IntentRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak(WORDS).response


class Ended(AbstractRequestHandler):  # type: ignore[misc]
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return bool(is_request_type("SessionEndedRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.response


class Wrong(AbstractExceptionHandler):  # type: ignore[misc]
    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        return handler_input.response_builder.speak("Sorry").response


def skill() -> CustomSkill:
    """The skill."""
    builder = CustomSkillBuilder()
    for handler in (Launch(), Intent(), Ended()):
        builder.add_request_handler(handler)
    builder.add_exception_handler(Wrong())
    return builder.create()


def answering(made: CustomSkill) -> Any:
    """Answers an envelope with the SDK alone."""

    def answer(event: dict[str, Any], context: object = None) -> Any:
        envelope = made.serializer.deserialize(payload=json.dumps(event), obj_type=RequestEnvelope)
        return made.serializer.serialize(made.invoke(request_envelope=envelope, context=context))

    return answer
