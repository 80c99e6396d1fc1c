"""Dispatches a raw body to the skill: signature, parser, remaining checks, skill, in this order."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import BadRequest

from endpoint.flask_ask_sdk_compat import AbstractVerifier, SkillAdapter, WebserviceSkillHandler
from endpoint.verifiers import FreshnessVerifier, Refusal, SignatureVerifier, SkillIdVerifier, Why
from skill.app import WrongSkill

if TYPE_CHECKING:
    from ask_sdk_core.skill import CustomSkill

    from endpoint.certificates import Trust

Envelope = dict[str, Any]
Answer = Callable[[Envelope, object], Envelope]

log = logging.getLogger("cramp_coach")


class Refused(BadRequest):
    """400 with the same text for every reason. The reason is logged."""

    description = "This is not a request from Alexa for this skill."


class Gate(WebserviceSkillHandler):
    """Amazon's web service handler, reordered so that nothing unsigned reaches a parser.

    `trust=None` disables signature and timestamp checks, which `server_settings` allows on loopback only.
    """

    def __init__(self, skill: CustomSkill, answer: Answer, trust: Trust | None, skill_id: str | None) -> None:
        # The verifiers of Amazon's class have no time limit, no size limit and an unbounded cache.
        super().__init__(skill, verify_signature=False, verify_timestamp=False)
        self._answer = answer
        self._signature = SignatureVerifier(trust) if trust else None
        self._checks: list[AbstractVerifier] = []
        if trust:
            self._checks.append(FreshnessVerifier())
        if skill_id:
            self._checks.append(SkillIdVerifier(skill_id))

    def verify_request_and_dispatch(self, http_request_headers: Any, http_request_body: str) -> Envelope:
        """The skill's response to a valid request.

        Raises:
            Refused: the request is not valid.
        """
        try:
            if self._signature:
                self._signature.verify(http_request_headers, http_request_body)
            event = read(http_request_body)
            for check in self._checks:
                check.verify(http_request_headers, http_request_body, event)
            return self._answer(event, None)
        except Refusal as refusal:
            raise refused(refusal.why) from refusal
        except WrongSkill as wrong:
            raise refused(Why.SKILL_ID) from wrong


class Adapter(SkillAdapter):
    """`flask-ask-sdk`'s adapter with our `Gate`. Its own verification settings have no effect here."""

    def __init__(self, skill: CustomSkill, answer: Answer, trust: Trust | None, skill_id: str | None) -> None:
        super().__init__(skill, skill_id or "any")
        self._gate = Gate(skill, answer, trust, skill_id)

    def _create_webservice_handler(self, skill: CustomSkill, verifiers: Any) -> None:
        self._webservice_handler = self._gate


def read(body: str) -> Envelope:
    """Parses the body as an envelope with a typed request.

    Raises:
        Refusal: the body is anything else.
    """
    try:
        event = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refusal(Why.MALFORMED, type(error).__name__) from error
    request = event.get("request") if isinstance(event, dict) else None
    if not isinstance(request, dict) or not isinstance(request.get("type"), str):
        raise Refusal(Why.MALFORMED, "expected an envelope with a request")
    return event


def refused(why: Why) -> Refused:
    """Logs the reason and returns the error to raise."""
    log.warning("refused", extra={"fields": {"why": str(why)}})
    return Refused()
