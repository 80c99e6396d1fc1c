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
from speaker.page.pass_code import LENGTH, plain

VERIFY = "CRAMP_COACH_VERIFY"
"""Environment variable: `on`, or `off` on loopback only, to send requests by hand."""
CODE = "CRAMP_COACH_PAGE_CODE"
"""Environment variable: the page's pass code, at least eight letters and digits; otherwise a new one at every start."""
STATE_FOLDERS = ("STATE_DIRECTORY", "XDG_STATE_HOME")
"""Environment variables naming the state folder, set by systemd or the desktop."""

_ID = re.compile(r"amzn1\.ask\.skill\.[A-Za-z0-9-]{1,100}")
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,252}(:[0-9]{1,5})?")
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
    """Nobody but this machine can connect, a proxy on it apart."""
    page: str
    """The bedside page: `off`; `here`, for this machine's own browser; `code`, with a pass code for the local network;
    or the https address at which a proxy passes it on, with a pass code too."""
    code: str
    """The pass code that was set; empty for a new one."""
    endpoint: bool
    """Alexa is answered. Not where only the page was asked for at an address that others reach."""
    state: Path | None
    """The folder for what is kept between two starts; None where there is none to be had."""

    @classmethod
    def read(
        cls, host: str, port: int, workers: int, environment: Mapping[str, str] = os.environ, page: str = "auto"
    ) -> Settings:
        """The settings of a command line and an environment.

        Args:
            page: `auto`, which is `on` on loopback without a skill id and `off` otherwise, `on`, `off` or an address.

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
        wanted = _page(page, loopback, skill_id)
        if not loopback and skill_id is None and wanted == "off":
            raise BadSettings(
                f"{SKILL_ID}: expected the skill's id before listening at {host}, a public address, found none. "
                "Hint: set it, or listen at 127.0.0.1 behind a reverse proxy, or serve the page alone with --page on"
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
        code = environment.get(CODE, "").strip()
        if code and (len(plain(code)) < LENGTH or not code.isascii()):
            raise BadSettings(
                f"{CODE}: expected {LENGTH} letters and digits or more, found {len(plain(code))}. "
                "Hint: leave it unset for a new one at every start"
            )
        endpoint = loopback or skill_id is not None
        state = state_folder(environment)
        return cls(address, port, workers, skill_id, memory, said == "on", loopback, wanted, code, endpoint, state)


def _page(said: str, loopback: bool, skill_id: str | None) -> str:
    """What `Settings.page` is.

    Raises:
        BadSettings: none of the choices.
    """
    asked = said.strip().lower().rstrip("/") or "auto"
    if asked.startswith("https://") and _NAME.fullmatch(asked.removeprefix("https://")):
        return asked
    if asked not in ("auto", "on", "off"):
        raise BadSettings(f"--page: expected auto, on, off or an address such as https://bedside.home, found {said!r}")
    if asked == "auto":
        return "here" if loopback and skill_id is None else "off"
    if asked == "on":
        # Where Alexa comes through a proxy, so might anybody: then this machine's browser needs the code too.
        return "here" if loopback and skill_id is None else "code"
    return "off"


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


def state_folder(environment: Mapping[str, str]) -> Path | None:
    """The state folder, which need not exist yet."""
    told = next((environment[name] for name in STATE_FOLDERS if environment.get(name)), "")
    try:
        base = Path(told.partition(":")[0]) if told else Path.home() / ".local" / "state"
    except RuntimeError:  # nobody's home
        return None
    # systemd's folder is already this service's own.
    return base if environment.get("STATE_DIRECTORY") else base / "cramp-coach"


def _place(environment: Mapping[str, str]) -> Path:
    """The default database file; creates its folder.

    Raises:
        BadSettings: the folder cannot be created.
    """
    folder = state_folder(environment)
    if folder is None:
        raise BadSettings(f"{MEMORY}: expected a home folder, found none. Hint: set {MEMORY}=sqlite:PATH, or none")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSettings(
            f"{MEMORY}: expected a folder for it at {folder}, found {error.strerror}. "
            f"Hint: set {MEMORY}=sqlite:PATH, or none"
        ) from error
    return folder / "places.sqlite"
