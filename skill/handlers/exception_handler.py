"""The one error handler: something safe and useful, through the same renderer as everything else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ask_sdk_core.dispatch_components import AbstractExceptionHandler

from skill.dialog import session
from skill.handlers.lenient_envelope import SESSION_ENDED, SPOKEN
from skill.handlers.renderer import respond, silent
from skill.handlers.request_handlers import envelope_of, turn_context

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

log = logging.getLogger("cramp_coach")


def raised_at(error: BaseException) -> str:
    """File and line where an error was raised, such as `skill/app.py:12`; `?` for one that never was."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    return f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "?"


class CatchAllExceptionHandler(AbstractExceptionHandler):
    """Anything that went wrong in any handler."""

    # Called by keyword as well: `handler_input` and `exception`.
    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """One safe thing to do and the number to call. The log gets the kind of error and where, never its text,
        since an error's text may quote what a person said."""
        log.error("failed", extra={"fields": {"error": type(exception).__name__, "at": raised_at(exception)}})
        envelope = envelope_of(handler_input)
        if envelope.kind not in SPOKEN:
            return silent(handler_input, envelope.state if envelope.kind != SESSION_ENDED else None)
        turn = turn_context(handler_input, envelope)
        return respond(handler_input, session.trouble(turn), turn)
