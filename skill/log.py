"""One JSON line a request: intent, locale, where in the routine, milliseconds. Never a word that a person said.

A value is logged only if it is on a list known beforehand: an id or a locale of the content, the name of
an intent that we answer, a request type of the SDK. Whatever else arrives in its place is logged as `?`.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from skill.advice import locales, open_advice
from skill.dialog.state import Awaiting
from skill.handlers.lenient_envelope import SESSION_ENDED, LenientEnvelope

log = logging.getLogger("cramp_coach")

_ENCODER = json.JSONEncoder(separators=(",", ":"))

NAMESPACE = "CrampCoach"
"""Of the metrics in CloudWatch."""

_AWAITING = frozenset(str(waiting) for waiting in Awaiting)
_REASONS = frozenset("USER_INITIATED EXCEEDED_MAX_REPROMPTS ERROR".split())
_FAILURES = frozenset("INVALID_RESPONSE DEVICE_COMMUNICATION_ERROR INTERNAL_SERVICE_ERROR ENDPOINT_TIMEOUT".split())
RUNTIME_ERROR, EXCEPTION = "Alexa.Presentation.APL.RuntimeError", "System.ExceptionEncountered"
_REPORTS = frozenset({RUNTIME_ERROR, EXCEPTION})
"""Request types in which Alexa reports a failed directive; documents are all the directives that we send."""
_ERRORS = {SESSION_ENDED: _FAILURES, EXCEPTION: _FAILURES, RUNTIME_ERROR: frozenset({"LIST_ERROR"})}
"""The error types of each request type that reports one."""
REJECTED = "INVALID_RESPONSE"
"""The error type with which Alexa tells that it threw our last response away."""

_METRICS: dict[str, Callable[[dict[str, Any]], dict[str, float]]] = {
    "request": lambda fields: {
        "Milliseconds": fields["ms"],
        "ColdStarts": int(fields["cold"]),
        "Rejected": int(fields.get("error") == REJECTED),
        **({"ScreenFailures": 1} if fields.get("request") in _REPORTS else {}),
    },
    "screen": lambda fields: {"ScreenFailures": 1},
    "failed": lambda fields: {"Failures": 1},
    "unanswered": lambda fields: {"Failures": 1},
    "memory": lambda fields: {"StoreFailures": 1},
}
"""What each line counts, where metrics are wanted. The alarms in `lambda/template.yaml` watch these names."""


class Names(NamedTuple):
    """The names from outside that may be logged."""

    requests: frozenset[str]
    intents: frozenset[str]


def record(envelope: LenientEnvelope, response: object, milliseconds: float, cold: bool, names: Names) -> None:
    """Logs one request. Reads only the parts named here, so that nothing else can slip in. Raises nothing."""
    if not log.isEnabledFor(logging.INFO):
        return
    fields = {
        "request": _one_of(names.requests, envelope.kind),
        "locale": _one_of(_locales(), envelope.locale),
        **_place(envelope, response),
        "ends": _dict(_dict(response).get("response")).get("shouldEndSession") is True,
        "ms": round(milliseconds, 1),
        "cold": cold,
    }
    if envelope.intent:
        fields["intent"] = _one_of(names.intents, envelope.intent)
    if fields["request"] == SESSION_ENDED:
        fields["reason"] = _one_of(_REASONS, envelope.reason)
    if envelope.kind in _ERRORS and (envelope.error or envelope.kind == RUNTIME_ERROR):
        fields["error"] = _one_of(_ERRORS[envelope.kind], envelope.error)
    # Not `log.info`, which walks the stack to find out from where it was called.
    log.handle(log.makeRecord(log.name, logging.INFO, __file__, 0, "request", (), None, extra={"fields": fields}))


def _place(envelope: LenientEnvelope, response: object) -> dict[str, object]:
    """Where the listener is after this turn, or was before. `topic` and `conditions` tell of the person: left out."""
    before = envelope.state.to_json() if envelope.state else {}
    state = _dict(_dict(response).get("sessionAttributes")) or before
    fields: dict[str, object] = {}
    routine = open_advice("en-US").routine(state.get("routine"))
    step = state.get("step")
    if routine is not None and any(step == own.id for own in routine.steps):
        fields = {"routine": routine.id, "step": step}
    if state:
        fields["awaiting"] = _one_of(_AWAITING, state.get("awaiting", "eased"))
    return fields


class Lines(logging.Formatter):
    """A record as one line of JSON; with metrics in the form that CloudWatch takes out of a log by itself."""

    def __init__(self, metrics: bool = False) -> None:
        super().__init__()
        self.metrics = metrics

    def format(self, record: logging.LogRecord) -> str:
        """The line: a fixed message and the fields named in `record`."""
        what, fields = record.getMessage(), getattr(record, "fields", {})
        line = {"level": record.levelname.lower(), "what": what, **fields}
        if not self.metrics or what not in _METRICS:
            return _ENCODER.encode(line)
        metrics = _METRICS[what](fields)
        text = _ENCODER.encode(line | metrics)
        return f'{text[:-1]},"_aws":{{"Timestamp":{int(record.created * 1000)},{_directive(tuple(metrics))}}}}}'


@lru_cache(maxsize=8)
def _directive(metrics: tuple[str, ...]) -> str:
    """CloudWatch's embedded metric format: what the values beside it are. Without dimensions, since each combination of
    those is billed as a metric of its own."""
    defined = [{"Name": name, "Unit": "Milliseconds" if name == "Milliseconds" else "Count"} for name in metrics]
    directive = {"Namespace": NAMESPACE, "Dimensions": [[]], "Metrics": defined}
    return _ENCODER.encode({"CloudWatchMetrics": [directive]})[1:-1]


def to_stream(level: int = logging.INFO, metrics: bool = False) -> None:
    """Sends our lines to standard error, once, whatever else is configured. `metrics` is for CloudWatch's logs."""
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Lines(metrics))
        log.addHandler(handler)
    log.setLevel(level)
    log.propagate = False


@lru_cache(maxsize=1)
def _locales() -> frozenset[str]:
    return frozenset(locales())


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _one_of(names: frozenset[str], value: object) -> str:
    return value if isinstance(value, str) and value in names else "?"
