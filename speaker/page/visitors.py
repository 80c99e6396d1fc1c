"""Who may see the bedside page: this machine's own browser, or, with a pass code, a device of the same network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from speaker.page.pass_code import PassCode

FORWARDED = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-server", "x-real-ip"}
)
READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Visitors:
    """The rule of one server. Without a code: its own machine's browser, at the page's own address, and nobody else."""

    code: PassCode | None = None
    at: str = ""
    """The https address of a proxy that passes the page on, such as https://bedside.example; only with a code."""

    def fault(self, method: str, headers: Mapping[str, str], remote: str, port: int) -> str | None:
        """Why a request may not see the page, whoever knows the code; None if it may.

        A name that was pointed here is known by its Host, another site's script by its Origin, a proxy by its headers.
        """
        if self.code is None:
            if not from_here(remote, headers):
                return "the bedside page is for this machine only"
        elif not is_near(remote):
            return "the bedside page is for this network only"
        sent = {name.lower(): value for name, value in headers.items()}
        if self.code is not None and not self.at and any(name in FORWARDED for name in sent):
            return "expected no proxy in front of the bedside page. Hint: name its address with --page https://NAME"
        host = sent.get("host", "")
        if not self.is_own(host, port):
            return f"expected the address {self.at or f'http://127.0.0.1:{port}'}/, found another Host"
        origin = sent.get("origin")
        if method not in READING or origin is not None:
            if origin is None or origin.lower() != self.origin(host):
                return "expected this page's own Origin, found another or none"
        elif sent.get("sec-fetch-site") in ("cross-site", "same-site") and sent.get("sec-fetch-mode") != "navigate":
            return "expected this page's own request, found another site's"
        return None

    def is_own(self, host: str, port: int) -> bool:
        """Whether a Host header names this server in a way that nobody can point elsewhere."""
        if self.at:
            return host.lower() in (self.at.removeprefix("https://"), f"{self.at.removeprefix('https://')}:443")
        return is_own(host, port, near=self.code is not None)

    def origin(self, host: str) -> str:
        """The Origin of the page at this Host."""
        return self.at or f"http://{host.lower()}"


def from_here(remote: str, headers: Mapping[str, str]) -> bool:
    """The connection is from this machine, and nobody says that it was passed on."""
    try:
        address = ipaddress.ip_address(remote.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback and not any(name.lower() in FORWARDED for name in headers)


def is_near(remote: str) -> bool:
    """The connection is from an address that is not routed over the internet."""
    try:
        address = ipaddress.ip_address(remote.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_loopback or (address.is_private and not address.is_unspecified)


def fault_by_hand(headers: Mapping[str, str], remote: str, port: int) -> str | None:
    """Why an unsigned request may not reach the skill; None if it may. A browser is no hand: it sends an Origin."""
    sent = {name.lower(): value for name, value in headers.items()}
    if not from_here(remote, headers):
        return "unsigned requests are for this machine only"
    if not is_own(sent.get("host", ""), port):
        return f"expected the address http://127.0.0.1:{port}/, found another Host"
    return "expected no Origin, found a browser's" if "origin" in sent else None


def is_own(host: str, port: int, near: bool = False) -> bool:
    """Whether a Host header names this machine's loopback: by a number, which nobody can rebind, or as localhost.

    With `near` also by an address of its own network, or by its own name there.
    """
    name, colon, number = host.lower().rpartition(":")
    if not colon or number.endswith("]"):
        name, number = host.lower(), "80"  # a browser leaves port 80 out
    if number != str(port):
        return False
    if name in ("localhost", "[::1]"):
        return True
    if near and name in (socket.gethostname().lower(), f"{socket.gethostname().lower()}.local"):
        return True
    try:
        if name.startswith("["):
            return near and is_near(name.strip("[]"))
        return ipaddress.IPv4Address(name).is_loopback or (near and is_near(name))
    except ValueError:
        return False
