"""The baseline of the measurements: a hello world as Amazon's samples have it, by handler classes on `ask-sdk-core`.

It is what a new skill starts from (launch, one intent, help, cancel or stop, fallback, session end, errors), and says
one sentence. `make bench` bundles it once as `ask deploy` ships it and once with bytecode.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import ask_sdk_core.utils as ask_utils
from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.skill_builder import SkillBuilder

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

logger = logging.getLogger(__name__)


class LaunchRequestHandler(AbstractRequestHandler):  # type: ignore[misc]  # untyped to us
    """Launch."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the skill was opened."""
        return bool(ask_utils.is_request_type("LaunchRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """A welcome."""
        words = "Welcome, you can say Hello or Help. Which would you like to try?"
        return handler_input.response_builder.speak(words).ask(words).response


class HelloWorldIntentHandler(AbstractRequestHandler):  # type: ignore[misc]  # untyped to us
    """Hello."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether it is the skill's one intent."""
        return bool(ask_utils.is_intent_name("HelloWorldIntent")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """A greeting."""
        return handler_input.response_builder.speak("Hello World!").response


class HelpIntentHandler(AbstractRequestHandler):  # type: ignore[misc]  # untyped to us
    """Help."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether help was asked for."""
        return bool(ask_utils.is_intent_name("AMAZON.HelpIntent")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """What can be said."""
        words = "You can say hello to me! How can I help?"
        return handler_input.response_builder.speak(words).ask(words).response


class CancelOrStopIntentHandler(AbstractRequestHandler):  # type: ignore[misc]  # untyped to us
    """Cancel and stop."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether it is either."""
        names = ("AMAZON.CancelIntent", "AMAZON.StopIntent")
        return any(ask_utils.is_intent_name(name)(handler_input) for name in names)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Goodbye."""
        return handler_input.response_builder.speak("Goodbye!").response


class FallbackIntentHandler(AbstractRequestHandler):  # type: ignore[misc]  # untyped to us
    """Not understood."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether Alexa understood nothing."""
        return bool(ask_utils.is_intent_name("AMAZON.FallbackIntent")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Says so."""
        return handler_input.response_builder.speak("I'm not sure. What would you like to do?").ask("Hello?").response


class SessionEndedRequestHandler(AbstractRequestHandler):  # type: ignore[misc]  # untyped to us
    """The end."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the session ended."""
        return bool(ask_utils.is_request_type("SessionEndedRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Nothing."""
        return handler_input.response_builder.response


class CatchAllExceptionHandler(AbstractExceptionHandler):  # type: ignore[misc]  # untyped to us
    """Errors."""

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """An apology."""
        logger.error(exception, exc_info=True)
        words = "Sorry, I had trouble doing what you asked. Please try again."
        return handler_input.response_builder.speak(words).ask(words).response


sb = SkillBuilder()
sb.add_request_handler(LaunchRequestHandler())
sb.add_request_handler(HelloWorldIntentHandler())
sb.add_request_handler(HelpIntentHandler())
sb.add_request_handler(CancelOrStopIntentHandler())
sb.add_request_handler(FallbackIntentHandler())
sb.add_request_handler(SessionEndedRequestHandler())
sb.add_exception_handler(CatchAllExceptionHandler())

lambda_handler = sb.lambda_handler()
