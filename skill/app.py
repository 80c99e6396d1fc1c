"""The assembled skill: its conversations in the order they are asked, one error handler, one way in for every host."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_model import Request, RequestEnvelope

from skill import handlers
from skill.log import Names, record

if TYPE_CHECKING:
    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
    from ask_sdk_core.skill import CustomSkill

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
    handlers.Touch,
    handlers.SessionEnded,
    handlers.SkillDisabled,
    handlers.Unanswered,
)

NAMES = Names(
    requests=frozenset(Request.discriminator_value_class_map),
    intents=frozenset(name for own in CONVERSATIONS for name in getattr(own, "intents", ())),
)
"""What may be logged of a request's own names."""

SKILL_ID = "CRAMP_COACH_SKILL_ID"
"""Environment variable with the skill id; requests for any other skill are refused. Unset: not checked."""
MEMORY = "CRAMP_COACH_MEMORY"
"""Environment variable: `none`, `sqlite:PATH` or `dynamodb:TABLE`."""

log = logging.getLogger("cramp_coach")


class WrongSkill(PermissionError):
    """The request is for another skill than the one configured."""


class Serializer(DefaultSerializer):
    """The SDK's, except that a timestamp stays the text that Amazon sent.

    The SDK hands it to python-dateutil, which costs the first request of a cold start a tenth of its time and refuses
    a whole request for the sake of a time out of shape; `handlers.request.epoch` reads what Amazon sends. And what is
    JSON already is left as it is.
    """

    PRIMITIVE_TYPES = (*DefaultSerializer.PRIMITIVE_TYPES, handlers.Plain)

    NATIVE_TYPES_MAPPING = {**DefaultSerializer.NATIVE_TYPES_MAPPING, "datetime": object, "date": object}


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
    # Made once: the SDK's own `lambda_handler` builds the whole skill again for each request.
    skill = builder(skill_id, memory).create()
    skill.serializer = Serializer()
    cold = True

    def handler(event: Envelope, context: object = None) -> Envelope:
        nonlocal cold
        started = time.perf_counter()
        if skill_id and application_id(event) != skill_id:
            raise WrongSkill(
                f"expected a request for skill {skill_id}, found another. Hint: {SKILL_ID} is the id in the console"
            )
        try:
            response = answer(skill, event, context)
        except Exception as error:
            # Out of shape before any handler saw it: the SDK could not read it.
            log.error("unreadable", extra={"fields": {"error": type(error).__name__}})
            response = answer_salvaged(skill, event, context)
        milliseconds = (time.perf_counter() - started) * 1000
        record(event, response, milliseconds=milliseconds, cold=cold, names=NAMES)
        cold = False
        return response

    return handler


def answer(skill: CustomSkill, event: Envelope, context: object) -> Envelope:
    """The skill's answer. Raises whatever the SDK raises for an envelope that it cannot read."""
    serializer = skill.serializer
    payload = json.dumps(handlers.read_parts(event))
    envelope = serializer.deserialize(payload=payload, obj_type=RequestEnvelope)
    response: Envelope = serializer.serialize(skill.invoke(request_envelope=envelope, context=context))
    return response


def answer_salvaged(skill: CustomSkill, event: object, context: object) -> Envelope:
    """The answer to what can be saved of an unreadable envelope: by the same handlers, through the same renderer.

    Raises nothing: what gets no words keeps its session as it was, `stopped` above all; a person who spoke and cannot
    be answered even so has the session closed without a word.
    """
    saved = handlers.salvage(event)
    if saved is not None:
        try:
            return answer(skill, saved, context)
        except Exception as error:
            log.error("unanswered", extra={"fields": {"error": type(error).__name__}})
            if saved["request"]["type"] in handlers.SPOKEN:
                return {"version": "1.0", "response": {"shouldEndSession": True}}
    state = handlers.carried(event)
    attributes = {"sessionAttributes": state.to_json()} if state else {}
    return {"version": "1.0", **attributes, "response": {}}


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
