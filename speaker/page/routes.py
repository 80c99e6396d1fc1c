"""The page and the JSON it exchanges with its speaker, for those who may see it."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, send_from_directory
from werkzeug.exceptions import BadRequest, Forbidden, NotFound, Unauthorized, UnsupportedMediaType

from skill.advice import locales
from skill.speech import Silence, Speech
from speaker import NoModel, Turn
from speaker.evenings import Evenings
from speaker.page import screen_renderer
from speaker.page.device_pool import Gone, Speakers, Tab
from speaker.page.hold_progress import parts
from speaker.page.numbers_to_call import numbers_to_call
from speaker.page.pass_code import COOKIE, LASTS, TooMany
from speaker.page.visitors import Visitors

STATIC = Path(__file__).parent / "static"
MOST_CHARACTERS = 300
"""Maximum length of an utterance."""
MOST_ARGUMENTS = 4
"""Maximum number of arguments of a touch; our documents send one or two."""
LONGEST = 3600.0
"""Latest interruption, in seconds; no response is nearly as long."""

HEADERS = {
    # Nothing from anywhere else, nothing inline, nobody's frame. {frame} is where the screen's own frame comes from,
    # {form} where the pass code goes.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-src {frame}; base-uri 'none'; form-action {form}; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
    # Not "no-referrer": with that a form's Origin is "null", and the pass code is sent by a form.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def page(speakers: Speakers, visitors: Visitors, evenings: Evenings | None = None) -> Blueprint:
    """The page at `/`, its files, and what its script asks. With `evenings`, a page that is open begins the bedtime
    stretches at their time."""
    bedside = Blueprint("bedside", __name__)

    def is_known() -> bool:
        return visitors.code is None or visitors.code.knows(request.cookies.get(COOKIE, ""))

    @bedside.before_request
    def only_here() -> None:
        fault = visitors.fault(request.method, dict(request.headers), request.remote_addr or "", _port())
        if fault is not None and not screen_renderer.is_framed(request.path):
            raise Forbidden(fault)
        # The files of the page hold nothing that is not published; what it says and hears is behind the code.
        if request.path.startswith("/bedside/") and request.endpoint != "bedside.enter" and not is_known():
            raise Unauthorized("expected a device that has entered the pass code. Hint: load the page again")

    @bedside.after_request
    def strict(answer: Response) -> Response:
        here = visitors.is_own(request.host, _port())
        frame = f"{visitors.origin(request.host)}/screen/" if here else "'none'"
        form = "'none'" if is_known() else "'self'"
        for name, value in HEADERS.items():
            # The screen's frame has its own policy.
            answer.headers.setdefault(name, value.replace("{frame}", frame).replace("{form}", form))
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    @bedside.get("/")
    def index() -> Response:
        return send_from_directory(STATIC, "index.html" if is_known() else "code.html", max_age=0)

    @bedside.post("/bedside/code")
    def enter() -> Response:
        """Takes the pass code of a form, so that it needs no script."""
        if visitors.code is None:
            raise NotFound("expected a server with a pass code, found one without")
        try:
            secret = visitors.code.enter(request.form.get("code", ""), request.remote_addr or "")
        except TooMany:
            return redirect("/?wait", 303)  # type: ignore[return-value]
        if secret is None:
            return redirect("/?wrong", 303)  # type: ignore[return-value]
        answer = redirect("/", 303)
        answer.set_cookie(
            COOKIE, secret, max_age=int(LASTS), secure=bool(visitors.at), httponly=True, samesite="Strict"
        )
        return answer  # type: ignore[return-value]

    @bedside.get("/static/<path:name>")
    def file(name: str) -> Response:
        return send_from_directory(STATIC, name, max_age=0)

    @bedside.get("/bedside/locales")
    def which() -> Response:
        return jsonify({"locales": list(locales())})

    @bedside.post("/bedside/open")
    def new() -> Response:
        asked = _body()
        locale = asked.get("locale", "en-US")
        try:
            if locale not in locales():
                raise NoModel(f"locale: expected one of {', '.join(locales())}")
            name, tab = speakers.open(locale, screen=asked.get("screen") is True)
        except NoModel as error:
            raise BadRequest(str(error)) from error
        speaker = {"tab": name, "locale": locale, "invocation": tab.speaker.model.invocation}
        return jsonify({**speaker, "evenings": evenings is not None})

    @bedside.get("/bedside/evening")
    def evening() -> Response:
        if evenings is None:
            raise NotFound("expected a server with a bedtime, found one without. Hint: start it with --bedtime 21:30")
        return jsonify({"due": evenings.due, "told": evenings.told()})

    @bedside.post("/bedside/evening")
    def start_evening() -> Response:
        asked = _body()
        if evenings is None:
            raise NotFound("expected a server with a bedtime, found one without. Hint: start it with --bedtime 21:30")
        return _answer(asked, lambda tab: tab.start_evening(evenings))

    @bedside.post("/bedside/say")
    def say() -> Response:
        asked = _body()
        text, after = _text(asked), _after(asked)
        return _answer(asked, lambda tab: tab.say(text, after))

    @bedside.post("/bedside/touch")
    def touch() -> Response:
        asked = _body()
        arguments, after = _arguments(asked), _after(asked)
        return _answer(asked, lambda tab: tab.touch(arguments, after or 0.0))

    @bedside.post("/bedside/silence")
    def silence() -> Response:
        return _answer(_body(), lambda tab: tab.stay_silent())

    @bedside.post("/bedside/drop")
    def drop() -> Response:
        return _answer(_body(), lambda tab: tab.drop())

    def _answer(asked: dict[str, Any], does: Callable[[Tab], Turn]) -> Response:
        try:
            tab = speakers.find(str(asked.get("tab", "")))
        except Gone as error:
            raise NotFound(str(error)) from error
        return jsonify(as_json(does(tab)))

    screen_renderer.serve(bedside)
    return bedside


def as_json(turn: Turn) -> dict[str, Any]:
    """A turn as JSON for the page."""
    return {
        "heard": turn.heard,
        "plays": [
            {
                **({"pause": True} if isinstance(event, Silence) else _said(event)),
                "seconds": event.seconds,
                "hold": {"at": part.at, "of": part.of} if part else None,
            }
            for event, part in zip(turn.plays, parts(turn.plays), strict=True)
        ],
        "light": str(turn.light),
        "call": numbers_to_call(turn.response),
        "note": turn.note,
        "intent": turn.understood.intent if turn.understood else None,
        "how": turn.understood.how if turn.understood else None,
        "request": turn.request,
        "response": turn.response,
    }


def _said(speech: Speech) -> dict[str, str]:
    """A sentence to be shown and spoken; `aloud` only where a voice is to read it another way."""
    aloud = {"aloud": speech.aloud} if speech.aloud else {}
    return {"words": speech.text, "style": speech.style, **aloud}


def _port() -> int:
    return int(request.environ.get("SERVER_PORT") or 0)


def _body() -> dict[str, Any]:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("expected application/json")
    try:
        asked = request.get_json(silent=True)
    except RecursionError as error:  # nested too deeply; RecursionError is no ValueError
        raise BadRequest("expected a JSON object") from error
    if not isinstance(asked, dict):
        raise BadRequest("expected a JSON object")
    return asked


def _text(asked: dict[str, Any]) -> str:
    text = asked.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > MOST_CHARACTERS:
        raise BadRequest(f"text: expected 1 to {MOST_CHARACTERS} characters")
    return " ".join(text.split())


def _arguments(asked: dict[str, Any]) -> list[Any]:
    arguments = asked.get("arguments")
    if not isinstance(arguments, list) or not 1 <= len(arguments) <= MOST_ARGUMENTS:
        raise BadRequest(f"arguments: expected a list of 1 to {MOST_ARGUMENTS}")
    if not all(isinstance(value, str | int | float) and len(str(value)) <= MOST_CHARACTERS for value in arguments):
        raise BadRequest("arguments: expected words and numbers")
    if not all(math.isfinite(value) for value in arguments if isinstance(value, float)):
        raise BadRequest("arguments: expected finite numbers")
    return arguments


def _after(asked: dict[str, Any]) -> float | None:
    after = asked.get("after")
    if after is None:
        return None
    if isinstance(after, bool) or not isinstance(after, int | float) or not 0 <= after <= LONGEST:
        raise BadRequest(f"after: expected seconds from 0 to {LONGEST:.0f}")
    return float(after)
