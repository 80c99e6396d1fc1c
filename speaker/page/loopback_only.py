"""Restricts the bedside page to this machine's own browser, at the page's own address and without a proxy."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

FORWARDED = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-server", "x-real-ip"}
)
READING = frozenset({"GET", "HEAD"})


def fault(method: str, headers: Mapping[str, str], remote: str, port: int) -> str | None:
    """Why a request must be refused; None if it is allowed.

    DNS rebinding shows in Host, another site's script in Origin, a proxy in its headers.
    """
    if not from_here(remote, headers):
        return "the bedside page is for this machine only"
    sent = {name.lower(): value for name, value in headers.items()}
    host = sent.get("host", "")
    if not is_own(host, port):
        return f"expected the address http://127.0.0.1:{port}/, found another Host"
    origin = sent.get("origin")
    if method not in READING or origin is not None:
        if origin is None or origin.lower() != f"http://{host.lower()}":
            return "expected this page's own Origin, found another or none"
    elif sent.get("sec-fetch-site") in ("cross-site", "same-site") and sent.get("sec-fetch-mode") != "navigate":
        return "expected this page's own request, found another site's"
    return None


def from_here(remote: str, headers: Mapping[str, str]) -> bool:
    """Whether the connection is from this machine and carries no proxy headers."""
    try:
        address = ipaddress.ip_address(remote.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback and not any(name.lower() in FORWARDED for name in headers)


def fault_by_hand(headers: Mapping[str, str], remote: str, port: int) -> str | None:
    """Why an unsigned request must not reach the skill; None if it may. Browsers are refused: they send an Origin."""
    sent = {name.lower(): value for name, value in headers.items()}
    if not from_here(remote, headers):
        return "unsigned requests are for this machine only"
    if not is_own(sent.get("host", ""), port):
        return f"expected the address http://127.0.0.1:{port}/, found another Host"
    return "expected no Origin, found a browser's" if "origin" in sent else None


def is_own(host: str, port: int) -> bool:
    """Whether a Host header names loopback: by a numeric address, which cannot be rebound, or as localhost."""
    name, colon, number = host.lower().rpartition(":")
    if not colon or number.endswith("]"):
        name, number = host.lower(), "80"  # browsers omit port 80
    if number != str(port):
        return False
    if name in ("localhost", "[::1]"):
        return True
    try:
        return ipaddress.IPv4Address(name).is_loopback
    except ValueError:
        return False
