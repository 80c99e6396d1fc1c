"""One JSON line a request: intent, locale, where in the routine, milliseconds. Never a word that a person said."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

log = logging.getLogger("cramp_coach")

_KNOWN_STATE = ("routine", "step", "round", "awaiting")
"""State ids that are logged. `topic`, `conditions` and slots say something about the person, and are not."""


def record(event: object, response: object, milliseconds: float, cold: bool) -> None:
    """Logs one request. Reads only the parts named here, so that nothing else can slip in."""
    if not log.isEnabledFor(logging.INFO):
        return
    request = _dict(_dict(event).get("request"))
    before = _dict(_dict(_dict(event).get("session")).get("attributes"))
    after = _dict(_dict(response).get("sessionAttributes"))
    state = after or before
    log.info(
        "request",
        extra={
            "fields": {
                "request": _name(request.get("type")),
                "intent": _name(_dict(request.get("intent")).get("name")),
                "locale": _name(request.get("locale")),
                **{key: _id(state.get(key)) for key in _KNOWN_STATE if key in state},
                "ends": _dict(_dict(response).get("response")).get("shouldEndSession") is True,
                "ms": round(milliseconds, 1),
                "cold": cold,
            }
        },
    )


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; the message is a fixed word of ours, the fields are those named in `record`."""
        fields = getattr(record, "fields", {})
        return json.dumps({"level": record.levelname.lower(), "what": record.getMessage(), **fields}, separators=(",", ":"))


def to_stream(level: int = logging.INFO) -> None:
    """Sends our lines to standard error, once, whatever else is configured."""
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Lines())
        log.addHandler(handler)
    log.setLevel(level)
    log.propagate = False


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _name(value: object) -> str:
    """A name from outside, only if it is a plain one of ours or Amazon's: letters, digits, dots, dashes."""
    text = value if isinstance(value, str) else ""
    return text if len(text) <= 60 and all(c.isascii() and (c.isalnum() or c in "._-") for c in text) else "?"


def _id(value: object) -> object:
    return value if isinstance(value, int) and not isinstance(value, bool) else _name(value).lower()
