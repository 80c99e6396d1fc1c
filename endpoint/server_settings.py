"""Server settings and their validation."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from skill.app import MEMORY, SKILL_ID

VERIFY = "CRAMP_COACH_VERIFY"
"""Environment variable: `on`, or on loopback `off`, for sending requests by hand."""
STATE_FOLDERS = ("STATE_DIRECTORY", "XDG_STATE_HOME")
"""Environment variables naming the state folder, set by systemd or the desktop."""

_ID = re.compile(r"amzn1\.ask\.skill\.[A-Za-z0-9-]{1,100}")
_MOST_WORKERS = 64


class BadSettings(ValueError):
    """The server cannot start; the message says what was found, what was expected and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Valid server settings."""

    host: str
    """The numeric address to listen on."""
    port: int
    """0 for any free port."""
    workers: int
    skill_id: str | None
    memory: str
    verify: bool
    loopback: bool
    """Only this machine can connect, which the bedside page requires."""

    @classmethod
    def read(cls, host: str, port: int, workers: int, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings from command-line options and environment.

        Raises:
            BadSettings: the first invalid setting.
        """
        address = _address(host)
        loopback = ipaddress.ip_address(address).is_loopback
        if not 0 <= port <= 65535:
            raise BadSettings(f"--port: expected 0 to 65535, found {port}")
        if not 1 <= workers <= _MOST_WORKERS:
            raise BadSettings(f"--workers: expected 1 to {_MOST_WORKERS}, found {workers}")
        skill_id = environment.get(SKILL_ID, "").strip() or None
        if skill_id is not None and not _ID.fullmatch(skill_id):
            raise BadSettings(
                f"{SKILL_ID}: expected amzn1.ask.skill. and an id, found {skill_id!r}. "
                "Hint: it stands under the skill's name in the developer console"
            )
        if not loopback and skill_id is None:
            raise BadSettings(
                f"{SKILL_ID}: expected the skill's id before listening at {host}, a public address, found none. "
                "Hint: set it, or listen at 127.0.0.1 behind a reverse proxy"
            )
        said = environment.get(VERIFY, "on").strip().lower() or "on"
        if said not in ("on", "off"):
            raise BadSettings(f"{VERIFY}: expected on or off, found {said!r}")
        if said == "off" and not loopback:
            raise BadSettings(
                f"{VERIFY}: expected on at {host}, a public address, found off. "
                "Hint: requests by hand are for 127.0.0.1 only"
            )
        memory = environment.get(MEMORY, "").strip() or f"sqlite:{_place(environment)}"
        return cls(address, port, workers, skill_id, memory, said == "on", loopback)


def _address(host: str) -> str:
    """The numeric address of a host name; loopback only if all its addresses are.

    Raises:
        BadSettings: the name does not resolve to an address of this machine.
    """
    name = host.strip().strip("[]")
    if not name:
        raise BadSettings("--host: expected an address, found none. Hint: 127.0.0.1, or 0.0.0.0 for all of them")
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise BadSettings(f"--host: expected an address of this machine, found {host!r} ({error})") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    public = [own for own in addresses if not ipaddress.ip_address(own).is_loopback]
    preferred = public or [own for own in addresses if "." in own] or addresses
    return preferred[0]


def _place(environment: Mapping[str, str]) -> Path:
    """The default database file; creates its folder.

    Raises:
        BadSettings: the folder cannot be created.
    """
    told = next((environment[name] for name in STATE_FOLDERS if environment.get(name)), "")
    base = Path(told.partition(":")[0]) if told else Path.home() / ".local" / "state"
    # systemd's folder belongs to this service already.
    folder = base if environment.get("STATE_DIRECTORY") else base / "cramp-coach"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSettings(
            f"{MEMORY}: expected a folder for it at {folder}, found {error.strerror}. "
            f"Hint: set {MEMORY}=sqlite:PATH, or none"
        ) from error
    return folder / "places.sqlite"
