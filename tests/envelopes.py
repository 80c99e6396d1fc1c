"""Builds request envelopes as plain JSON, without a speaker."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
NOW = 1_800_000_000


def launch(now: float = NOW, locale: str = "en-US") -> Json:
    """A LaunchRequest."""
    return envelope({"type": "LaunchRequest"}, now=now, locale=locale)


def intent(
    name: str,
    heard: dict[str, str] | None = None,
    now: float = NOW,
    locale: str = "en-US",
    attributes: Json | None = None,
    resolved: dict[str, str] | None = None,
    **slots_resolved: str,
) -> Json:
    """An IntentRequest. Keywords and `resolved` are slots resolved to an id; `heard` are unresolved ones."""
    resolved = {**(resolved or {}), **slots_resolved}
    slots = {own: slot(own, f"so called {value}", value) for own, value in resolved.items()}
    slots |= {own: slot(own, words) for own, words in (heard or {}).items()}
    if resolved.get("seconds"):
        slots["seconds"] = {"name": "seconds", "value": resolved["seconds"]}
    request = {"type": "IntentRequest", "intent": {"name": name, "confirmationStatus": "NONE", "slots": slots}}
    return envelope(request, attributes=attributes, now=now, locale=locale)


def ended(reason: str = "EXCEEDED_MAX_REPROMPTS", now: float = NOW, attributes: Json | None = None) -> Json:
    """A SessionEndedRequest."""
    return envelope({"type": "SessionEndedRequest", "reason": reason}, attributes=attributes, now=now)


def envelope(request: Json, attributes: Json | None = None, now: float = NOW, locale: str = "en-US") -> Json:
    """A complete envelope around a request."""
    who = {"application": {"applicationId": "amzn1.ask.skill.test"}, "user": {"userId": "PLANTED-USER"}}
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "version": "1.0",
        "session": {"new": not attributes, "sessionId": "PLANTED-SESSION", "attributes": attributes or {}, **who},
        "context": {"System": {**who, "device": {"deviceId": "PLANTED-DEVICE", "supportedInterfaces": {}}}},
        "request": {"requestId": "PLANTED-REQUEST", "timestamp": stamp, "locale": locale, **request},
    }


def slot(name: str, words: str, known: str | None = None) -> Json:
    """One slot as Alexa fills it: resolved to an id, or without a match."""
    authority: Json = {"authority": "amzn1.er-authority.test", "status": {"code": "ER_SUCCESS_NO_MATCH"}}
    if known is not None:
        authority = {
            "authority": "amzn1.er-authority.test",
            "status": {"code": "ER_SUCCESS_MATCH"},
            "values": [{"value": {"name": words, "id": known}}],
        }
    return {
        "name": name,
        "value": words,
        "confirmationStatus": "NONE",
        "resolutions": {"resolutionsPerAuthority": [authority]},
    }
