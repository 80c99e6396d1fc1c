"""The assembled skill: its conversations in the order they are asked, one error handler, one way in for every host."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ask_sdk_core.skill_builder import CustomSkillBuilder

from skill import handlers
from skill.advice import open_advice
from skill.dialog import Moment, session
from skill.dialog.state import State
from skill.log import record
from skill.speech import to_ssml

if TYPE_CHECKING:
    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

Envelope = dict[str, Any]

# The first that can handle a request gets it, so safety comes first and the catch-all last.
CONVERSATIONS = (
    handlers.Safety,
    handlers.Launch,
    handlers.Relief,
    handlers.Session,
    handlers.Moves,
    handlers.Why,
    handlers.Remedies,
    handlers.Prevent,
    handlers.Lookalikes,
    handlers.Person,
    handlers.Bedtime,
    handlers.SessionEnded,
    handlers.SkillDisabled,
    handlers.Unanswered,
)

SKILL_ID = "CRAMP_COACH_SKILL_ID"
"""Environment variable with the skill id; requests for any other skill are refused. Unset: not checked."""
MEMORY = "CRAMP_COACH_MEMORY"
"""Environment variable: `none`, `sqlite:PATH` or `dynamodb:TABLE`."""

log = logging.getLogger("cramp_coach")


class WrongSkill(PermissionError):
    """The request is for another skill than the one configured."""


def builder(skill_id: str | None = None, memory: AbstractPersistenceAdapter | None = None) -> CustomSkillBuilder:
    """The SDK's builder with everything registered."""
    made = CustomSkillBuilder(persistence_adapter=memory)
    made.skill_id = skill_id
    for conversation in CONVERSATIONS:
        made.add_request_handler(conversation())
    made.add_exception_handler(handlers.Trouble())
    return made


def create(
    skill_id: str | None = None, memory: AbstractPersistenceAdapter | None = None
) -> Callable[[Envelope, object], Envelope]:
    """The skill as a function from request envelope to response envelope, which never raises but for a wrong skill id.

    Every host (Lambda, the web endpoint, the stand-in speaker) calls this one function.
    """
    invoke = builder(skill_id, memory).lambda_handler()
    cold = True

    def handler(event: Envelope, context: object = None) -> Envelope:
        nonlocal cold
        started = time.perf_counter()
        if skill_id and application_id(event) != skill_id:
            raise WrongSkill(
                f"expected a request for skill {skill_id}, found another. Hint: {SKILL_ID} must be the id in the console"
            )
        try:
            response: Envelope = invoke(event, context)
        except Exception as error:
            # Out of shape before any handler saw it: the SDK could not read it. The answer is still a valid one.
            log.error("unreadable", extra={"fields": {"error": type(error).__name__}})
            response = unreadable(event)
        record(event, response, milliseconds=(time.perf_counter() - started) * 1000, cold=cold)
        cold = False
        return response

    return handler


def from_environment(environment: Mapping[str, str] = os.environ) -> Callable[[Envelope, object], Envelope]:
    """The skill as configured by environment variables.

    Raises:
        ValueError: a memory that does not exist, with the choices.
    """
    from skill.memory.choose import choose

    return create(environment.get(SKILL_ID) or None, choose(environment.get(MEMORY, "none")))


def application_id(event: object) -> str | None:
    """The skill id that an envelope claims, from context or, as old devices send it, from the session."""
    if not isinstance(event, dict):
        return None
    for path in (("context", "System"), ("session",)):
        node: Any = event
        for key in (*path, "application", "applicationId"):
            node = node.get(key) if isinstance(node, dict) else None
        if isinstance(node, str):
            return node
    return None


def unreadable(event: object) -> Envelope:
    """The answer to an envelope that cannot be read: the safe one for an intent or a launch, silence for the rest."""
    request = event.get("request") if isinstance(event, dict) else None
    kind = request.get("type") if isinstance(request, dict) else None
    if kind not in ("LaunchRequest", "IntentRequest"):
        return {"version": "1.0", "response": {}}
    locale = request.get("locale") if isinstance(request, dict) else None
    advice = open_advice(locale if isinstance(locale, str) else "en-US")
    reply = session.trouble(Moment(advice, int(time.time()), State()))
    question = to_ssml((), spell=())
    del question
    from skill.speech import Say

    asked = (Say(reply.question or ""),)
    numbers = advice.region.numbers
    return {
        "version": "1.0",
        "sessionAttributes": reply.state.to_json() if reply.state else {},
        "response": {
            "outputSpeech": {"type": "SSML", "ssml": f"<speak>{to_ssml((*reply.script, *asked), spell=numbers)}</speak>"},
            "reprompt": {
                "outputSpeech": {"type": "SSML", "ssml": f"<speak>{to_ssml(asked, spell=numbers)}</speak>"}
            },
            "shouldEndSession": False,
        },
    }
