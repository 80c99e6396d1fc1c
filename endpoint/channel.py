"""One HTTP connection: reading, sending and timeouts."""

from __future__ import annotations

import logging
import socket
import sys
import time

from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser, ParsingError  # type: ignore[import-untyped]

from endpoint.error_fields import failure

LINGER = 2.0
"""Seconds for which the rest of a refused request is read and discarded."""
_THROWN_AWAY = 16 * 1024 * 1024
_PIECE = 64 * 1024

log = logging.getLogger("cramp_coach")


class Parser(HTTPRequestParser):
    """Waitress's parser, with checks for two kinds of request that it mishandles."""

    def parse_header(self, header_plus: bytes) -> None:
        """Parses the header of a request.

        Raises:
            ParsingError: the header is malformed, or ambiguous about where the request ends.
        """
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # a target such as http://[, a length of 5,000 digits
            raise ParsingError("Request cannot be read") from error
        # The base class removes "Transfer-Encoding" if it honours it, which it does in HTTP/1.1 only.
        if "TRANSFER_ENCODING" in self.headers or (self.chunked and "CONTENT_LENGTH" in self.headers):
            raise ParsingError("Expected a length or chunks")


class Channel(HTTPChannel):
    """One connection, which records when its request began to arrive.

    A request refused while it is still arriving is answered nevertheless: the rest of it is read and discarded for a
    moment. Closing at once would reset the connection and lose the answer.
    """

    parser_class = Parser
    begun = 0.0
    lingers_until = 0.0
    _refused = False
    _thrown_away = 0

    def received(self, data: bytes) -> bool:
        """Handles bytes received from the network."""
        if self.request is None:
            self.begun = time.time()
        taken = bool(super().received(data))
        self._refused = self._refused or any(request.error for request in self.requests)
        return taken

    @property
    def busy(self) -> bool:
        """There is a request to answer or output to send."""
        return bool(self.requests or self.request is not None or self.total_outbufs_len)

    @property
    def unread(self) -> bool:
        """Output is waiting for the client to read it."""
        return bool(self.total_outbufs_len and (not self.requests or self.total_outbufs_len >= self.adj.send_bytes))

    def service(self) -> None:
        """Answers one request, in a worker.

        A finished answer is flushed at once: `writable` waits for a whole answer, and would hold this one back until
        the next answer on the connection.
        """
        if self.server.stopping and len(self.requests) == 1:
            self.requests[0].headers["CONNECTION"] = "close"
        super().service()
        if self.requests:
            with self.outbuf_lock:
                if self.connected:
                    self._flush_exception(self._flush_some, do_close=False)
            if self.will_close:
                self.server.pull_trigger()

    def handle_error(self) -> None:
        """Closes the connection and logs a line in the usual format."""
        error = sys.exc_info()[1]
        if error is not None:
            log.error("failed", extra={"fields": failure(error)})
        self.handle_close()

    def readable(self) -> bool:
        """Whether to poll for input."""
        return bool(self.lingers_until or super().readable())

    def writable(self) -> bool:
        """Whether to poll for room to send.

        Not while a worker is still writing an answer that is sent in one go. The base class polls nevertheless: poll
        reports room at once, nothing may be sent, and the network thread spins and keeps the worker from finishing.
        The worker wakes it when the answer is complete.
        """
        if self.requests and self.total_outbufs_len < self.adj.send_bytes:
            return bool(self.will_close or self.close_when_flushed)
        return bool(super().writable())

    def handle_read(self) -> None:
        """Reads input, or discards it."""
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
        """Sends pending output, then closes the connection if due."""
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
