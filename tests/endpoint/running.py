"""Runs the real server in a thread, and a client that sends exactly the given bytes."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask

from endpoint.application import create_app
from endpoint.certificates import Trust
from endpoint.server import Server
from skill.app import builder, create
from skill.memory.choose import choose
from speaker.page.device_pool import Speakers


@dataclass(frozen=True)
class Answer:
    """A response."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


@contextmanager
def running(app: Flask, workers: int = 4, port: int = 0, host: str = "127.0.0.1") -> Iterator[int]:
    """Runs a server for `app`; yields its port."""
    server = Server(app, host, port, workers)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        server.stop()
        thread.join(10)
        assert not thread.is_alive(), "the server did not stop"


def coach(trust: Trust | None, skill_id: str | None = None, page: bool = False, memory: str = "none") -> Flask:
    """The application as `serve` creates it, by default without a store."""
    kept = choose(memory)
    speakers = Speakers(create(memory=kept)) if page else None
    return create_app(builder(skill_id, kept).create(), create(skill_id, kept), trust, skill_id, speakers)


def send(
    port: int,
    body: bytes | None,
    headers: Mapping[str, str],
    method: str = "POST",
    path: str = "/alexa",
    host: str = "127.0.0.1",
) -> Answer:
    """Sends one request and returns the response. A Host in `headers` replaces the default."""
    connection = http.client.HTTPConnection(host, port, timeout=20)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        if body is not None and "Content-Length" not in headers and "Transfer-Encoding" not in headers:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())
    finally:
        connection.close()
