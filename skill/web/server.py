"""Waitress, with an end to slow requests and a graceful stop."""

from __future__ import annotations

import logging
import resource
import socket
import time
from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

RECEIVE = 10.0
"""Seconds in which a request must have arrived whole, from its first byte on."""
IDLE = 30
"""Seconds that a connection may stay open without a request."""
GRACE = 8.0
"""Seconds that requests under way get at the stop; Alexa does not wait longer."""
CONNECTIONS = 900
"""Open at a time. Beyond it those that have waited longest without a whole request are closed."""
LINGER = 2.0
"""Seconds in which the rest of a refused request is read and thrown away."""
_THROWN_AWAY = 16 * 1024 * 1024
_PIECE = 64 * 1024
_BODY = 256 * 1024
"""Bytes at which a body is cut off while it arrives. The application's own limit is lower and exact."""
_HEADERS = 16 * 1024
_GATHER = 64 * 1024
"""Bytes of an answer that wait to be sent in one go; the skill's own answers are at most 24 KB and their headers."""


class Channel(HTTPChannel):
    """One connection, which knows since when its request has been arriving.

    A request that is refused while it is still arriving gets its answer all the same: what is left of it is read and
    thrown away for a moment. Closing at once would reset the connection, and the answer would be lost with it.
    """

    begun = 0.0
    lingers_until = 0.0
    _refused = False
    _thrown_away = 0

    def received(self, data: bytes) -> bool:
        """Takes bytes from the network."""
        if self.request is None:
            self.begun = time.time()
        taken = bool(super().received(data))
        self._refused = self._refused or any(request.error for request in self.requests)
        return taken

    @property
    def busy(self) -> bool:
        """Something is still to be done for it or sent to it."""
        return bool(self.requests or self.request is not None or self.total_outbufs_len)

    def readable(self) -> bool:
        """Whether to look for more bytes."""
        return bool(self.lingers_until or super().readable())

    def writable(self) -> bool:
        """Whether to look for room to send.

        Not while a worker is still writing an answer that is sent in one go. The base class looks all the same; poll
        says at once that there is room, nothing may be sent, and the thread that reads the network turns in circles
        and keeps the worker from finishing. The worker wakes it when the answer is whole.
        """
        if self.requests and self.total_outbufs_len < self.adj.send_bytes:
            return bool(self.will_close or self.close_when_flushed)
        return bool(super().writable())

    def handle_read(self) -> None:
        """Takes what has come in, or throws it away."""
        if not self.lingers_until:
            super().handle_read()
            return
        try:
            self._thrown_away += len(self.recv(_PIECE))
        except OSError:
            self.handle_close()
        if self._thrown_away > _THROWN_AWAY:
            self.will_close = True

    def handle_write(self) -> None:
        """Sends what is to be sent, then closes where that is due."""
        if self._refused and self.close_when_flushed and not self.will_close:
            self._flush_exception(self._flush_some)
            if not self.will_close:
                if not self.total_outbufs_len:
                    self._linger()
                return
        super().handle_write()

    def _linger(self) -> None:
        self.close_when_flushed = False
        self.lingers_until = time.time() + LINGER
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.will_close = True


class Server(TcpWSGIServer):
    """Requests are read by one thread without waiting for anybody, and answered by `workers` others."""

    channel_class = Channel

    def __init__(self, app: WSGIApplication, host: str, port: int, workers: int) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line for every request that has to wait
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        self.stopping = False
        super().__init__(
            app,
            host=host,
            port=port,
            threads=workers,
            ident=None,
            channel_timeout=IDLE,
            cleanup_interval=1,
            connection_limit=max(16, min(CONNECTIONS, files - 64)),
            backlog=512,
            max_request_body_size=_BODY,
            max_request_header_size=_HEADERS,
            asyncore_use_poll=True,
            clear_untrusted_proxy_headers=False,  # the page looks at them, to refuse
        )
        self.adj.send_bytes = _GATHER  # as an argument it warns that it may go one day; tests would notice

    def maintenance(self, now: float) -> None:
        """Closes what takes too long, once a second."""
        super().maintenance(now)
        waiting = [channel for channel in self.active_channels.values() if not channel.requests]
        for channel in waiting:
            slow = channel.request is not None and now - channel.begun > RECEIVE
            if slow or 0 < channel.lingers_until < now:
                channel.will_close = True
        crowd = len(self._map) - self.adj.connection_limit * 3 // 4
        if crowd > 0:
            for channel in sorted(waiting, key=lambda own: own.creation_time)[:crowd]:
                channel.will_close = True

    def run(self) -> None:
        """Serves until `stop`, then finishes what is under way."""
        while not self.stopping:
            self._look(1.0)
        self._stop_listening()
        ends = time.monotonic() + GRACE
        while time.monotonic() < ends and any(channel.busy for channel in list(self.active_channels.values())):
            self._look(0.05)
        self.task_dispatcher.shutdown(timeout=1)
        for channel in list(self.active_channels.values()):
            channel.handle_close()
        self.trigger.close()

    def stop(self, *_: Any) -> None:
        """Asks for the stop; may be called from a signal handler or another thread."""
        self.stopping = True
        self.pull_trigger()

    def _look(self, seconds: float) -> None:
        self.asyncore.loop(timeout=seconds, map=self._map, use_poll=True, count=1)

    def _stop_listening(self) -> None:
        self.accepting = False
        self.del_channel(self._map)
        self.socket.close()
