"""Waitress, with an end to slow requests and a graceful stop."""

from __future__ import annotations

import logging
import resource
import time
from typing import TYPE_CHECKING, Any

from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]

from endpoint.channel import Channel

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
TAKE = 10.0
"""Seconds in which a client must take some of what is sent to it."""
_LAST_LOOKS = 3
"""At the network after the stop, for what has arrived and is not read yet. One may be for the stop itself."""
_BODY = 256 * 1024
"""Bytes at which a body is cut off while it arrives. The application's own limit is lower and exact."""
_HEADERS = 16 * 1024
_GATHER = 64 * 1024
"""Bytes of an answer that wait to be sent in one go; the skill's own answers are at most 24 KB and their headers."""


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
        for channel in list(self.active_channels.values()):
            # At once: the network never says that there is room to send to somebody who does not read, and a worker
            # may be waiting for it.
            if channel.unread and now - channel.last_activity > TAKE:
                channel.handle_close()
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
        """Serves until `stop`, then finishes what has come in by then."""
        while not self.stopping:
            self._look(1.0)
        self._stop_listening()
        ends, looks = time.monotonic() + GRACE, 0
        while time.monotonic() < ends and (looks < _LAST_LOOKS or self._busy()):
            self._look(0.05)
            looks += 1
        self.task_dispatcher.shutdown(timeout=1)
        for channel in list(self.active_channels.values()):
            channel.handle_close()
        self.trigger.close()

    def stop(self, *_: Any) -> None:
        """Asks for the stop; may be called from a signal handler or another thread."""
        self.stopping = True
        self.pull_trigger()

    def _busy(self) -> bool:
        return any(channel.busy for channel in list(self.active_channels.values()))

    def _look(self, seconds: float) -> None:
        self.asyncore.loop(timeout=seconds, map=self._map, use_poll=True, count=1)

    def _stop_listening(self) -> None:
        """Takes those in who are connected already, and nobody after them."""
        for _ in range(self.adj.backlog):
            known = len(self._map)
            self.handle_accept()
            if len(self._map) == known:
                break
        self.accepting = False
        self.del_channel(self._map)
        self.socket.close()
