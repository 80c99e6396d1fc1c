"""The one error handler: something safe and useful, through the same renderer as everything else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ask_sdk_core.dispatch_components import AbstractExceptionHandler

from skill.dialog import session
from skill.handlers import request
from skill.handlers.respond import respond, silent
from skill.handlers.salvage import SPOKEN

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

log = logging.getLogger("cramp_coach")


class Trouble(AbstractExceptionHandler):
    """Anything that went wrong in any handler."""

    # Called by keyword as well: `handler_input` and `exception`.
    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """One safe thing to do and the number to call. The log gets the kind of error and where, never its text,
        since an error's text may quote what a person said."""
        where = exception.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "?"
        log.error("failed", extra={"fields": {"error": type(exception).__name__, "at": place}})
        kind = handler_input.request_envelope.request.object_type
        if kind not in SPOKEN:
            return silent(handler_input, request.state_of(handler_input) if kind != "SessionEndedRequest" else None)
        turn = request.turn(handler_input)
        return respond(handler_input, session.trouble(turn), turn.advice.region, turn.state)
