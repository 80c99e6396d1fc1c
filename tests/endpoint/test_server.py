"""The server under the application: what it does with an answer that takes its time to be written."""

from __future__ import annotations

import http.client
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import endpoint.server
from endpoint.server import Server

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


# ---- many requests at once on one connection ------------------------------------------------------------

GET = b"GET %b HTTP/1.1\r\nHost: x\r\n\r\n"


@contextmanager
def serving(app: Any, workers: int = 1) -> Iterator[Server]:
    server = Server(app, "127.0.0.1", 0, workers)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(20)
        assert not thread.is_alive()


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(server.effective_port)), timeout=10)


def all_of(connection: socket.socket) -> bytes:
    """What comes until the server closes."""
    read = b""
    while piece := connection.recv(65536):
        read += piece
    return read


class Waiting:
    """Answers at once, and at /slow when it is let."""

    def __init__(self) -> None:
        self.begun, self.let = threading.Event(), threading.Event()

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/slow":
            self.begun.set()
            self.let.wait(10)
        body = environ["PATH_INFO"].encode()
        start("200 OK", [("Content-Length", str(len(body)))])
        return [body]


def test_an_answer_does_not_wait_for_the_next_request_of_its_connection() -> None:
    app = Waiting()
    with serving(app) as server, connected(server) as own:
        own.sendall(GET % b"/first" + GET % b"/slow")
        assert app.begun.wait(10)
        own.settimeout(2)
        assert own.recv(65536).endswith(b"/first")
        app.let.set()
        own.settimeout(10)
        assert own.recv(65536).endswith(b"/slow")


def test_who_asks_for_much_and_does_not_read_holds_no_worker_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint.server, "TAKE", 0.5)

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        body = b"x" * (LARGE if environ["PATH_INFO"] == "/large" else 1)
        start("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    with serving(app) as server, connected(server) as own:
        own.sendall(GET % b"/large" * 30)
        time.sleep(0.3)
        with connected(server) as other:
            other.sendall(GET % b"/")
            assert other.recv(65536).endswith(b"x")


# ---- what cannot be read --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        b"POST http://[/alexa HTTP/1.1\r\n",
        b"GET http://[/ HTTP/1.1\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"POST / HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    ],
    ids=["target", "target of GET", "length", "length and chunks", "chunks in 1.0"],
)
def test_a_head_that_cannot_be_read_is_refused(head: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with serving(Waiting()) as server, connected(server) as own:
        own.sendall(head + b"Host: x\r\n\r\n" + b"0\r\n\r\n" + GET % b"/smuggled")
        answer = all_of(own)
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.0 400 "))
    assert answer.count(b"HTTP/1.") == 1, "what follows is no request"
    assert not caplog.records


def test_an_error_of_our_own_is_a_line_without_anybodys_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def received(*_: Any) -> bool:
        raise LookupError("secret")

    monkeypatch.setattr("waitress.channel.HTTPChannel.received", received)
    with serving(Waiting()) as server, connected(server) as own, caplog.at_level(logging.INFO):
        own.sendall(GET % b"/")
        assert own.recv(100) == b""
    (line,) = caplog.records
    assert (line.name, line.getMessage()) == ("cramp_coach", "failed")
    assert line.fields["error"] == "LookupError" and "secret" not in str(line.fields)  # type: ignore[attr-defined]


# ---- the stop -------------------------------------------------------------------------------------------


class Stopping(Server):
    """Asked to stop while somebody has just connected and a kept connection has just asked again."""

    meanwhile = staticmethod(lambda: None)

    def _stop_listening(self) -> None:
        self.meanwhile()
        super()._stop_listening()


def test_the_stop_answers_what_has_arrived_and_says_that_it_closes() -> None:
    server = Stopping(Waiting(), "127.0.0.1", 0, 1)
    thread = threading.Thread(target=server.run)
    thread.start()
    kept, new = connected(server), []
    kept.sendall(GET % b"/before")
    assert b"Connection: close" not in kept.recv(65536)

    def meanwhile() -> None:
        kept.sendall(GET % b"/kept")
        new.append(connected(server))
        new[0].sendall(GET % b"/new")

    server.meanwhile = meanwhile
    server.stop()
    thread.join(20)
    for connection, path in ((kept, b"/kept"), (new[0], b"/new")):
        answer = all_of(connection)
        connection.close()
        assert answer.endswith(path) and b"Connection: close" in answer
