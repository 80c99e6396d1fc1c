"""Serves Amazon's APL renderer, if it is installed, in a frame with its own content security policy."""

from __future__ import annotations

import secrets
from pathlib import Path

from flask import Blueprint, Response, jsonify, request, send_from_directory
from werkzeug.exceptions import NotFound

SCREENS = Path(__file__).parents[2] / "workshop" / "screens"
LIBRARY = "node_modules/apl-viewhost-web/index.js"
FILES = ("viewhost.html", "viewhost.js", LIBRARY)
"""All that the frame may ask for."""
_AT = f"/screen/{secrets.token_urlsafe(18)}"
"""Where they are in this run of the server. The frame is sandboxed, without an origin of its own: its requests look
like another site's and carry no cookie, so that only who has been told the address may ask for them."""
HINT = (
    "For the screen, install Amazon's renderer: npm --prefix workshop/screens ci --ignore-scripts. "
    "Then load this page again."
)

HEADERS = {
    # The renderer is compiled code that needs eval and inline styles, so it gets a frame of its own:
    # no connections, and only our page may embed it.
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; connect-src 'self' data:; img-src 'self' data: blob:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Frame-Options": "SAMEORIGIN",
}


def is_framed(path: str) -> bool:
    """Whether this is a file of the frame, asked for at the secret address."""
    return path.startswith(f"{_AT}/")


def serve(bedside: Blueprint) -> None:
    """Adds routes for the frame's files, and for whether the renderer is installed."""

    @bedside.get("/bedside/screen")
    def there() -> Response:
        here = all((SCREENS / name).is_file() for name in FILES)
        return jsonify({"installed": here, "hint": "" if here else HINT, "frame": f"{_AT}/{FILES[0]}" if here else ""})

    @bedside.get("/screen/<path:name>")
    def frame(name: str) -> Response:
        own = request.path.removeprefix(f"{_AT}/")
        if not is_framed(request.path) or own not in FILES or not (SCREENS / own).is_file():
            raise NotFound("expected a file of the screen's renderer")
        answer = send_from_directory(SCREENS, own, max_age=3600)
        answer.headers.update(HEADERS)
        return answer
