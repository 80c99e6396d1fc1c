"""A hostile client: `python -m tests.load.hostile PORT SECONDS`. Bounded in connections, pace and time."""

from __future__ import annotations

import os
import random
import socket
import sys
import time
from contextlib import suppress

HALF_OPEN = 100
SLOW = 60
GARBAGE_A_SECOND = 40

HEAD = b"POST /alexa HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
SLOW_HEAD = HEAD + b"Content-Length: 20000\r\n\r\n"
GARBAGE = (
    lambda: os.urandom(400) + b"\r\n\r\n",
    lambda: b"GET /" + b"%00" * 50 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    lambda: HEAD + b"Content-Length: 2\r\n\r\n{}",
    lambda: HEAD + b"Signature-256: " + b"A" * 344 + b"\r\nSignatureCertChainUrl: https://evil/echo.api/x\r\n"
    b"Content-Length: 300\r\n\r\n" + os.urandom(300),
    lambda: HEAD + b"Signature-256: " + b"A" * 344 + b"\r\nSignatureCertChainUrl: https://s3.amazonaws.com/echo.api/"
    + os.urandom(8).hex().encode() + b".pem\r\nContent-Length: 2\r\n\r\n{}",
    lambda: HEAD + b"Content-Length: 99999999\r\n\r\n",
    lambda: b"POST /alexa HTTP/1.1\r\n" + b"X: " + b"a" * 20_000 + b"\r\n\r\n",
    lambda: HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
)  # fmt: skip


def main(port: int, seconds: float) -> None:
    """Sends half-open connections, slow bodies and garbage for the given number of seconds."""
    ends = time.monotonic() + seconds
    held: list[socket.socket] = []
    slow: list[socket.socket] = []
    while time.monotonic() < ends:
        while len(held) < HALF_OPEN:
            held.append(_open(port))
        while len(slow) < SLOW:
            slow.append(_open(port, SLOW_HEAD))
        slow = [own for own in slow if _sent(own, b"{")]
        for _ in range(GARBAGE_A_SECOND // 10):
            with suppress(OSError):
                _open(port, random.choice(GARBAGE)()).close()
        time.sleep(0.1)
    for own in (*held, *slow):
        own.close()


def _open(port: int, data: bytes = b"") -> socket.socket:
    own = socket.create_connection(("127.0.0.1", port), timeout=5)
    if data:
        own.sendall(data)
    return own


def _sent(own: socket.socket, data: bytes) -> bool:
    try:
        own.sendall(data)
    except OSError:
        own.close()
        return False
    return True


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
