"""A stand-in for s3.amazonaws.com on loopback that serves certificate chains over HTTPS, correctly or not."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from endpoint.chain_fetch import Fetcher
from tests.endpoint.authority import Authority


@dataclass(frozen=True)
class Thing:
    """The response at a path."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    drip: float = 0.0
    """Seconds between bytes; 0 for no delay."""


@dataclass
class Bucket:
    """The responses by path, and the paths requested."""

    authority: Authority
    port: int = 0
    things: dict[str, Thing] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetcher(self, **limits: float) -> Fetcher:
        """A fetcher that sends requests for Amazon to this server."""
        return Fetcher(self.authority.client(), ("127.0.0.1", self.port), **limits)  # type: ignore[arg-type]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignores clients that hang up, as some tests do."""


@contextmanager
def serving(authority: Authority, host: str = "s3.amazonaws.com") -> Iterator[Bucket]:
    """Serves a bucket within a `with` block."""
    bucket = Bucket(authority)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            bucket.asked.append(self.path)
            thing = bucket.things.get(self.path, Thing(status=404))
            self.send_response(thing.status)
            for name, value in thing.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(thing.body)))
            self.end_headers()
            if thing.drip:
                for byte in thing.body:
                    self.wfile.write(bytes((byte,)))
                    self.wfile.flush()
                    time.sleep(thing.drip)
            else:
                self.wfile.write(thing.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    server.socket = authority.tls(host).wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    bucket.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
