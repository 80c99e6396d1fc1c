"""A stand-in for s3.amazonaws.com on loopback, over HTTPS, that serves certificate chains well and badly."""

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
    """What is served at a path."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    drip: float = 0.0
    """Seconds between two bytes; 0: at once."""


@dataclass
class Bucket:
    """What there is, and what was asked for."""

    authority: Authority
    port: int = 0
    things: dict[str, Thing] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetcher(self, **limits: float) -> Fetcher:
        """Fetches from here whatever is addressed to Amazon."""
        return Fetcher(self.authority.client(), ("127.0.0.1", self.port), **limits)  # type: ignore[arg-type]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what some of the tests are about."""


@contextmanager
def serving(authority: Authority, host: str = "s3.amazonaws.com") -> Iterator[Bucket]:
    """A bucket for as long as the block lasts."""
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
