"""The assembled skill: a handler for each type of request, one error handler, one entry point for every host."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_model import Request, RequestEnvelope

from skill.handlers.exception_handler import CatchAllExceptionHandler, raised_at
from skill.handlers.intents import INTENTS
from skill.handlers.lenient_envelope import SPOKEN, LenientEnvelope, read
from skill.handlers.renderer import RawJson
from skill.handlers.request_handlers import ANSWERS, HANDLERS
from skill.log import Names, record

if TYPE_CHECKING:
    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
    from ask_sdk_core.skill import CustomSkill

Envelope = dict[str, Any]

NAMES = Names(requests=frozenset(Request.discriminator_value_class_map), intents=frozenset(INTENTS))
"""What may be logged of a request's own names."""

SKILL_ID = "CRAMP_COACH_SKILL_ID"
"""Environment variable with the skill id; requests for any other skill are refused. Unset: not checked."""
MEMORY = "CRAMP_COACH_MEMORY"
"""Environment variable: `none`, `sqlite:PATH` or `dynamodb:TABLE`."""
OFFERS = "CRAMP_COACH_OFFERS"
"""Environment variable: `off` offers Alexa no routines, for a skill that was never published: none can start its tasks.
`on` unless set."""

log = logging.getLogger("cramp_coach")


class WrongSkill(PermissionError):
    """The request is for another skill than the one configured."""


class Serializer(DefaultSerializer):
    """The SDK's, except that what is JSON already is left as it is."""

    PRIMITIVE_TYPES = (*DefaultSerializer.PRIMITIVE_TYPES, RawJson)


def builder(skill_id: str | None = None, memory: AbstractPersistenceAdapter | None = None) -> CustomSkillBuilder:
    """The SDK's builder with everything registered."""
    made = CustomSkillBuilder(persistence_adapter=memory)
    made.skill_id = skill_id
    for handler in HANDLERS:
        made.add_request_handler(handler())
    made.add_exception_handler(CatchAllExceptionHandler())
    return made


def create(
    skill_id: str | None = None, memory: AbstractPersistenceAdapter | None = None, offers: bool = True
) -> Callable[[Envelope, object], Envelope]:
    """The skill as a function from request envelope to response envelope, which never raises but for a wrong skill id.

    Without `offers` Alexa is offered no routine, and nothing of Alexa's is asked. Every host (Lambda, the web endpoint,
    our own speaker) calls this one function.
    """
    # Made once: the SDK's own `lambda_handler` builds the whole skill again for each request. Without a skill id, since
    # that is checked here, on what was read.
    skill = builder(None, memory).create()
    skill.serializer = Serializer()
    cold = True

    def handler(event: Envelope, context: object = None) -> Envelope:
        nonlocal cold
        started = time.perf_counter()
        envelope = read(event)
        if skill_id and envelope.application_id != skill_id:
            raise WrongSkill(
                f"expected a request for skill {skill_id}, found another. Hint: {SKILL_ID} is the id in the console"
            )
        response = answer(skill, envelope if offers else replace(envelope, access_token=""))
        milliseconds = (time.perf_counter() - started) * 1000
        record(envelope, response, milliseconds=milliseconds, cold=cold, names=NAMES)
        cold = False
        return response

    return handler


def answer(skill: CustomSkill, envelope: LenientEnvelope) -> Envelope:
    """The skill's answer, by the SDK's handlers, to a request as it was read. Raises nothing.

    A request that gets no words keeps its session as it was, `stopped` above all. Where even the error handler failed,
    a person who spoke has the session closed without a word.
    """
    if envelope.kind not in ANSWERS:
        return envelope.handed_back()
    serializer = skill.serializer
    try:
        request = serializer.deserialize(payload=json.dumps(envelope.for_sdk()), obj_type=RequestEnvelope)
        response: Envelope = serializer.serialize(skill.invoke(request_envelope=request, context=envelope))
    except Exception as error:
        log.error("unanswered", extra={"fields": {"error": type(error).__name__, "at": raised_at(error)}})
        closed = {"version": "1.0", "response": {"shouldEndSession": True}}
        return closed if envelope.kind in SPOKEN else envelope.handed_back()
    return response


def offers_in(environment: Mapping[str, str]) -> bool:
    """Whether Alexa may be offered routines.

    Raises:
        ValueError: neither `on` nor `off`.
    """
    said = environment.get(OFFERS, "").strip().lower() or "on"
    if said not in ("on", "off"):
        raise ValueError(f"{OFFERS}: expected on or off, found {said!r}")
    return said == "on"


def from_environment(environment: Mapping[str, str] = os.environ) -> Callable[[Envelope, object], Envelope]:
    """The skill as configured by environment variables.

    Raises:
        ValueError: a memory that does not exist, with the choices, or offers neither `on` nor `off`.
    """
    from skill.memory.choose import choose

    return create(environment.get(SKILL_ID) or None, choose(environment.get(MEMORY, "none")), offers_in(environment))
