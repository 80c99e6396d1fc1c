"""Validates the URL of a certificate chain: Amazon's rules, stricter where those leave room."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import urlsplit

HOST = "s3.amazonaws.com"
PORT = 443
FOLDER = "/echo.api/"
_LONGEST = 512
# No percent signs, backslashes, control characters or white space, so that the URL checked is the URL fetched.
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9._~/-]*")


class BadAddress(ValueError):
    """The URL cannot be one of Amazon's certificate URLs."""


def normal(url: str) -> str:
    """The normal form of a valid certificate URL, for fetching and as the cache key.

    Raises:
        BadAddress: what was found, and what was expected.
    """
    if len(url) > _LONGEST:
        raise BadAddress(f"expected at most {_LONGEST} characters, found {len(url)}")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise BadAddress("expected printable ASCII without spaces")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadAddress(f"expected a URL, found none that can be read ({error})") from error
    if parts.scheme.lower() != "https":
        raise BadAddress(f"expected https, found {parts.scheme!r}")
    if parts.username is not None or parts.password is not None:
        raise BadAddress("expected no user in the address")
    if (parts.hostname or "").lower() != HOST:
        raise BadAddress(f"expected the host {HOST}, found {parts.hostname!r}")
    if port not in (None, PORT):
        raise BadAddress(f"expected port {PORT} or none, found {port}")
    if parts.query or parts.fragment or "?" in url or "#" in url:
        raise BadAddress("expected no query and no fragment")
    if not _PLAIN_PATH.fullmatch(parts.path):
        raise BadAddress(f"expected a plain path, found {parts.path!r}")
    path = posixpath.normpath(parts.path)
    if not path.startswith(FOLDER):
        raise BadAddress(f"expected a path under {FOLDER}, found {path!r}")
    return f"https://{HOST}{path}"
