"""Amazon's own screen renderer, where it has been installed beside the project, in a frame with a policy of its own."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, jsonify, send_from_directory
from werkzeug.exceptions import NotFound

SCREENS = Path(__file__).parents[2] / "workshop" / "screens"
LIBRARY = "node_modules/apl-viewhost-web/index.js"
FILES = ("viewhost.html", "viewhost.js", LIBRARY)
"""All that the frame may ask for."""
HINT = (
    "For the screen, install Amazon's renderer: npm --prefix workshop/screens ci --ignore-scripts. "
    "Then load this page again."
)

HEADERS = {
    # The renderer is compiled code that needs eval and inline styles, so it gets a frame to itself and nothing else:
    # no connection to anybody, and no page but ours around it.
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; connect-src 'self' data:; img-src 'self' data: blob:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}


def serve(bedside: Blueprint) -> None:
    """Adds the frame's files, and the question whether they are here, to the page's routes."""

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
