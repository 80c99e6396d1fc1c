"""Waitress with time limits for slow clients and a graceful stop."""

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
"""Seconds from its first byte within which a request must be complete."""
IDLE = 30
"""Seconds that a connection may be idle."""
GRACE = 8.0
"""Seconds that requests under way get to finish at a stop; Alexa does not wait longer."""
CONNECTIONS = 900
"""Maximum number of open connections. Beyond it, those that have waited longest for a whole request are closed."""
TAKE = 10.0
"""Seconds within which a client must read some of the output."""
_LAST_LOOKS = 3
"""Polls of the network after the stop, for input not read yet. One may be used up by the stop itself."""
_BODY = 256 * 1024
"""Bytes after which an arriving body is cut off. The application's own limit is lower and exact."""
_HEADERS = 16 * 1024
_GATHER = 64 * 1024
"""Bytes of an answer gathered to be sent in one go; the skill's answers are at most 24 KB plus headers."""


class Server(TcpWSGIServer):
    """One thread reads requests without blocking; `workers` threads answer them."""

    channel_class = Channel

    def __init__(self, app: WSGIApplication, host: str, port: int, workers: int) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # logs a line for every queued request
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
            clear_untrusted_proxy_headers=False,  # the page inspects them, to refuse the request
        )
        self.adj.send_bytes = _GATHER  # as an argument it emits a deprecation warning, which fails tests

    def maintenance(self, now: float) -> None:
        """Closes connections that exceed a time limit, once a second."""
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            # At once: poll never reports room to send to a client that does not read, and a worker
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
        """Serves until `stop`, then finishes the requests received by then."""
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
        """Requests the stop; may be called from a signal handler or another thread."""
        self.stopping = True
        self.pull_trigger()

    def _busy(self) -> bool:
        return any(channel.busy for channel in list(self.active_channels.values()))

    def _look(self, seconds: float) -> None:
        self.asyncore.loop(timeout=seconds, map=self._map, use_poll=True, count=1)

    def _stop_listening(self) -> None:
        """Accepts queued connections, then stops listening."""
        for _ in range(self.adj.backlog):
            known = len(self._map)
            self.handle_accept()
            if len(self._map) == known:
                break
        self.accepting = False
        self.del_channel(self._map)
        self.socket.close()
