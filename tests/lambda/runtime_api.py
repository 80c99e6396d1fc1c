"""A stand-in for Lambda's Runtime and Extensions APIs on loopback: hands out events one by one, and collects what comes
back."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

VERSION = "/2018-06-01/runtime"
EXTENSION = "/2020-01-01/extension"


class RuntimeApi:
    """Serves `events` in their order. `answers` holds the response to each, `errors` what the client reported instead.

    After the last event the client is left waiting, as Lambda leaves an idle function; `done` is set then. What `at`
    holds for a number is called before that event, when runtime and extension, if one is registered, both wait for it:
    the moment at which Lambda freezes the process. Without `extensions` none may register.
    """

    def __init__(
        self, events: Sequence[Any], at: dict[int, Callable[[], None]] | None = None, extensions: bool = True
    ) -> None:
        self.events = [event if isinstance(event, bytes) else json.dumps(event).encode() for event in events]
        self.at = at or {}
        self.answers: dict[int, Any] = {}
        self.errors: dict[int, Any] = {}
        self.failed_start: Any = None
        self.done = threading.Event()
        self.extensions = extensions
        self.registered = False
        self._next = 0
        self._invoked = 0
        """Events that the extension has been told of."""
        self._idle = False
        """The extension waits for its next event."""
        self._turn = threading.Condition()
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Without these two each answer waits 40 ms for the acknowledgement of its own headers.
            wbufsize = -1
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                if self.path == f"{EXTENSION}/event/next":
                    api._invoke(self)
                else:
                    api._hand_out(self)

            def do_POST(self) -> None:
                if self.path == f"{EXTENSION}/register":
                    api._register(self)
                else:
                    api._take(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> RuntimeApi:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.server.shutdown()
        self.server.server_close()

    def _register(self, request: BaseHTTPRequestHandler) -> None:
        request.rfile.read(int(request.headers.get("Content-Length") or 0))
        if not self.extensions:
            _respond(request, 403, b"{}", {})
            return
        self.registered = True
        _respond(request, 200, b"{}", {"Lambda-Extension-Identifier": "one"})

    def _invoke(self, request: BaseHTTPRequestHandler) -> None:
        with self._turn:
            mine = self._invoked
            self._idle = True
            self._turn.notify_all()
            while self._invoked == mine:
                if not self._turn.wait(60):
                    return
        _respond(request, 200, b'{"eventType": "INVOKE"}', {"Lambda-Extension-Event-Identifier": "one"})

    def _hand_out(self, request: BaseHTTPRequestHandler) -> None:
        number = self._next
        with self._turn:
            if self.registered:
                self._turn.wait_for(lambda: self._idle, 60)
        if number in self.at:
            self.at[number]()
        if number >= len(self.events):
            self.done.set()
            threading.Event().wait(30)  # idle, until the client is ended
            return
        self._next += 1
        with self._turn:
            self._idle = False
            self._invoked += 1
            self._turn.notify_all()
        body = self.events[number]
        headers = {
            "Lambda-Runtime-Aws-Request-Id": str(number),
            "Lambda-Runtime-Deadline-Ms": "9999999999999",
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:000000000000:function:cramp-coach",
            "Content-Type": "application/json",
        }
        _respond(request, 200, body, headers)

    def _take(self, request: BaseHTTPRequestHandler) -> None:
        length = int(request.headers.get("Content-Length") or 0)
        said = json.loads(request.rfile.read(length) or b"null")
        *_, number, kind = request.path.split("/")
        if request.path == f"{VERSION}/init/error":
            self.failed_start = said
            self.done.set()
        elif kind == "response":
            self.answers[int(number)] = said
        else:
            self.errors[int(number)] = said
        _respond(request, 202, b"{}", {})


def _respond(request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
