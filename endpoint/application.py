"""The Flask application: the endpoint, the health check, and where it is wanted the bedside page."""

from __future__ import annotations

import hmac
import logging
from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge, UnsupportedMediaType

from endpoint.dispatch import Adapter, Answer, refused
from endpoint.error_fields import failure
from endpoint.verifiers import Why
from skill import __version__
from speaker.page.device_pool import Speakers
from speaker.page.routes import page
from speaker.page.visitors import Visitors, fault_by_hand

if TYPE_CHECKING:
    from ask_sdk_core.skill import CustomSkill

    from endpoint.certificates import Trust
    from speaker.evenings import Evenings

KEY = "X-Cramp-Coach-Key"
"""The header in which a request by hand sends what the start has shown."""
LARGEST = 128 * 1024
"""Maximum request body in bytes; Alexa's requests are less than a tenth of this."""

log = logging.getLogger("cramp_coach")


def create_app(
    skill: CustomSkill,
    answer: Answer | None,
    trust: Trust | None,
    skill_id: str | None = None,
    speakers: Speakers | None = None,
    visitors: Visitors | None = None,
    key: str = "",
    evenings: Evenings | None = None,
) -> Flask:
    """The application around `skill`, which `flask-ask-sdk` registers, and `answer`, the entry point for every host.

    Without `trust` nothing is verified, and only this machine is answered, and only who sends `key`: a proxy that
    leaves out its headers looks like this machine. Without `answer` there is no endpoint. With `speakers` there is a
    bedside page, for its `visitors`, which with `evenings` begins the bedtime stretches by itself.
    """
    app = Flask("endpoint", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.url_map.merge_slashes = False  # no redirects
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.logger.disabled = True  # it would quote requests; what is worth saying is in our own lines
    if answer is not None:
        _serve_alexa(app, Adapter(skill, answer, trust, skill_id), trust is None, key)

    @app.route("/healthz", methods=["GET"], provide_automatic_options=False)
    def healthz() -> Response:
        answer = jsonify({"status": "ok", "version": __version__})
        answer.headers["Cache-Control"] = "no-store"
        return answer

    if speakers is not None:
        app.register_blueprint(page(speakers, visitors or Visitors(), evenings))

    @app.errorhandler(HTTPException)
    def told(error: HTTPException) -> Response:
        answer = jsonify({"error": error.description})
        answer.status_code = error.code or 500
        answer.headers["Cache-Control"] = "no-store"
        # A 405 lists the allowed methods.
        for name, value in error.get_headers():
            if name == "Allow":
                answer.headers[name] = value
        return answer

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        log.error("failed", extra={"fields": failure(error)})
        return told(InternalServerError("Something went wrong here; nothing of it is shown."))

    @app.after_request
    def plain(answer: Response) -> Response:
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    return app


def _serve_alexa(app: Flask, adapter: Adapter, by_hand: bool, key: str) -> None:
    """Adds the endpoint; `by_hand` without verification, for who sends the key."""
    adapter.init_app(app)

    # An OPTIONS request is as wrong as a GET: no browser has any business here.
    @app.route("/alexa", methods=["POST"], provide_automatic_options=False)
    def alexa() -> Response:
        """A request of Alexa's.

        Raises:
            HTTPException: 400, 413 or 415.
        """
        if by_hand:
            _check_by_hand(key)
        if request.mimetype != "application/json":
            raise UnsupportedMediaType("Expected application/json.")
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise UnsupportedMediaType("Expected no content encoding.")
        if request.content_length is not None and request.content_length > LARGEST:
            raise RequestEntityTooLarge
        try:
            request.get_data().decode("utf-8")
        except UnicodeDecodeError as error:
            raise refused(Why.MALFORMED) from error
        response: Response = adapter.dispatch_request()
        response.headers["Cache-Control"] = "no-store"
        return response


def _check_by_hand(key: str) -> None:
    """Lets an unsigned request through that this machine sent with the key.

    Raises:
        Refused: any other.
    """
    sent = request.headers.get(KEY, "").encode("utf-8", "replace")
    if not key or not hmac.compare_digest(sent, key.encode()):
        raise refused(Why.KEY)
    port = int(request.environ.get("SERVER_PORT") or 0)
    if fault_by_hand(dict(request.headers), request.remote_addr or "", port) is not None:
        raise refused(Why.FORWARDED)
