"""Fetches a certificate chain: no redirects, bounded size and time."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TIMEOUT = 3.0
"""Seconds for the whole fetch; Alexa waits eight for an answer."""
LARGEST = 64 * 1024
"""Maximum size of a chain in bytes; Amazon's is about 7,000."""


class Unreachable(OSError):
    """The chain could not be fetched: no answer, timeout, too large, or a redirect."""


def _public_context() -> ssl.SSLContext:
    import certifi

    return ssl.create_default_context(cafile=certifi.where())


@dataclass(frozen=True)
class Fetcher:
    """Fetches over HTTPS. `address` and `context` let tests stand in for Amazon on loopback."""

    context: ssl.SSLContext = field(default_factory=_public_context)
    address: tuple[str, int] | None = None
    timeout: float = TIMEOUT
    largest: int = LARGEST

    def __call__(self, url: str) -> bytes:
        """The bytes at `url`, which `chain_url.normal` has validated.

        Raises:
            Unreachable: with the reason.
        """
        parts = urlsplit(url)
        connection = _Connection(parts.hostname or "", self.context, self.address, self.timeout)
        ends = time.monotonic() + self.timeout
        try:
            connection.request("GET", parts.path, headers={"Accept-Encoding": "identity"})
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                raise Unreachable(f"expected 200 for the certificate chain, found {answer.status}; none is followed")
            return self._read(answer, ends)
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, Unreachable):
                raise
            raise Unreachable(f"expected the certificate chain, found {type(error).__name__}") from error
        finally:
            connection.close()

    def _read(self, answer: http.client.HTTPResponse, ends: float) -> bytes:
        """Reads the body in pieces, so that neither its size nor a slow server can hold a worker."""
        body = b""
        while piece := answer.read1(8192):
            body += piece
            if len(body) > self.largest:
                raise Unreachable(f"expected at most {self.largest} bytes of certificates, found more")
            if time.monotonic() > ends:
                raise Unreachable(f"expected the certificate chain within {self.timeout:g} s, found it unfinished")
        return body


class _Connection(http.client.HTTPSConnection):
    """An HTTPS connection to a host name, optionally at another address. The certificate must match the name."""

    def __init__(self, host: str, context: ssl.SSLContext, address: tuple[str, int] | None, timeout: float) -> None:
        super().__init__(host, context=context, timeout=timeout)
        self._tls, self._at = context, address

    def connect(self) -> None:
        """Connects and verifies the certificate against the name."""
        plain = socket.create_connection(self._at or (self.host, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
