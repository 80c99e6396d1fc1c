"""Misbehaving servers on loopback, each failing every connection in one way."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket, threading.Event], None]


@dataclass
class Server:
    """Its address and the number of requests received."""

    url: str
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Server]:
    """Runs a server with this behaviour; closes all its connections at the end."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()
    server = Server(f"http://127.0.0.1:{listener.getsockname()[1]}")
    threads: list[threading.Thread] = []
    connections: list[socket.socket] = []

    def talk(connection: socket.socket) -> None:
        try:
            server.requests.append(connection.recv(65536))
            behaviour(connection, over)
        except OSError:
            pass  # the client has gone
        finally:
            connection.close()

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connections.append(connection)
            threads.append(threading.Thread(target=talk, args=(connection,), daemon=True))
            threads[-1].start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in connections:
            connection.close()
        for thread in (accepting, *threads):
            thread.join(5)


def stopped_url() -> str:
    """A URL at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def hangs(connection: socket.socket, over: threading.Event) -> None:
    """Accepts connections and never responds."""
    over.wait(30)


def drips(connection: socket.socket, over: threading.Event) -> None:
    """Sends a byte every 0.2 s, so that no read timeout fires."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 1000\r\n\r\n{")
    while not over.wait(0.2):
        connection.sendall(b" ")


def drips_headers(connection: socket.socket, over: threading.Event) -> None:
    """Never finishes the status line."""
    while not over.wait(0.2):
        connection.sendall(b"H")


def hangs_up(connection: socket.socket, over: threading.Event) -> None:
    """Closes the connection without a response."""


def answers(body: bytes, status: str = "200 OK", kind: str = "application/x-amz-json-1.0") -> Behaviour:
    """The same HTTP response to every request."""

    def behave(connection: socket.socket, over: threading.Event) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode() + body)

    return behave


def says(raw: bytes) -> Behaviour:
    """These bytes, which need not be HTTP."""
    return lambda connection, over: connection.sendall(raw)


throttles = answers(
    b'{"__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException", "message": "slow down"}',
    status="400 Bad Request",
)
