"""The server under the application: what it does with an answer that takes its time to be written."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

from skill.web.server import Server

PIECES = (b"hold ", b"it ", b"there")
WRITING = 0.3
"""Seconds between two pieces of an answer."""
LARGE = 3_000_000


class Counting(Server):
    """Counts how often it looks at the network."""

    looks = 0

    def _look(self, seconds: float) -> None:
        self.looks += 1
        super()._look(seconds)


def slowly(environ: dict[str, Any], start: Any) -> Iterator[bytes]:
    """An answer in pieces, or at /large a large one at once."""
    large = environ["PATH_INFO"] == "/large"
    size = LARGE if large else len(b"".join(PIECES))
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(size))])
    if large:
        yield b"x" * LARGE
        return
    for piece in PIECES:
        yield piece
        time.sleep(WRITING)


def asked(path: str) -> tuple[bytes, int]:
    """The body, and how often the server looked at the network meanwhile."""
    server = Counting(slowly, "127.0.0.1", 0, 1)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", int(server.effective_port), timeout=20)
        connection.request("GET", path)
        time.sleep(WRITING / 2)
        somebody = socket.create_connection(("127.0.0.1", int(server.effective_port)))  # and so it looks up
        body = connection.getresponse().read()
        connection.close()
        somebody.close()
        return body, server.looks
    finally:
        server.stop()
        thread.join(20)


def test_the_network_is_not_watched_in_circles_while_an_answer_is_written() -> None:
    body, looks = asked("/")
    assert body == b"".join(PIECES)
    assert looks < 20, "a few for the connection, the request and the answer; thousands where it turns in circles"


def test_a_large_answer_arrives_whole() -> None:
    assert asked("/large")[0] == b"x" * LARGE
