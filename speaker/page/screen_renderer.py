"""Serves Amazon's APL renderer, if it is installed, in a frame with its own content security policy."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, jsonify, send_from_directory
from werkzeug.exceptions import NotFound

SCREENS = Path(__file__).parents[2] / "workshop" / "screens"
LIBRARY = "node_modules/apl-viewhost-web/index.js"
FILES = ("viewhost.html", "viewhost.js", LIBRARY)
"""The files that the frame may load."""
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
    "X-Frame-Options": "SAMEORIGIN",
}


def serve(bedside: Blueprint) -> None:
    """Adds routes for the frame's files, and for whether the renderer is installed."""

    @bedside.get("/bedside/screen")
    def there() -> Response:
        here = all((SCREENS / name).is_file() for name in FILES)
        return jsonify({"installed": here, "hint": "" if here else HINT})

    @bedside.get("/screen/<path:name>")
    def frame(name: str) -> Response:
        if name not in FILES or not (SCREENS / name).is_file():
            raise NotFound("expected a file of the screen's renderer")
        answer = send_from_directory(SCREENS, name, max_age=3600)
        answer.headers.update(HEADERS)
        return answer
