"""Serves the skill on loopback for HTTP-based checkers: prints its port, and exits when stdin is closed.

Signatures are not verified, so it listens on loopback only. The real endpoint is `endpoint`.
"""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from skill.app import create

_SKILL = create()


class Requests(BaseHTTPRequestHandler):
    """One request envelope a POST, one response envelope back."""

    def do_POST(self) -> None:
        """Answers as Lambda would."""
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps(_SKILL(event, None)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Logs nothing: a request may quote a person."""


def main() -> None:
    """Serves until stdin is closed."""
    server = HTTPServer(("127.0.0.1", 0), Requests)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
