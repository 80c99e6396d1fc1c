"""The pass code that lets another device see the page: shown where the server runs, entered once a device."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

COOKIE = "cramp-coach-page"
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without signs that look like another one."""
LENGTH = 8
TRIES = 5
"""Wrong ones a minute from one address, after which it waits."""
TRIES_ALL = 30
"""Wrong ones a minute from everywhere. 31 signs, eight times: 54,000 years for all codes."""
MINUTE = 60.0
LASTS = 14 * 86400.0
"""Seconds for which a device is known; the end of the server ends it too."""
_MOST_DEVICES = 64
_MOST_ADDRESSES = 1024


class TooMany(PermissionError):
    """Too many wrong codes within a minute; the right one is not looked at either."""


class PassCode:
    """One code for a run of the server, and the devices that have entered it."""

    def __init__(self, text: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self.text = plain(text) or "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        self._clock = clock
        self._devices: OrderedDict[str, float] = OrderedDict()
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()
        self._all: list[float] = []
        self._lock = threading.Lock()

    @property
    def shown(self) -> str:
        """The code as it is read to somebody."""
        half = len(self.text) // 2
        return f"{self.text[:half]}-{self.text[half:]}"

    def enter(self, typed: str, address: str) -> str | None:
        """The secret by which a device is known from now on; None for a wrong code.

        Raises:
            TooMany: wrong ones from this address, or from all, within a minute.
        """
        with self._lock:
            now = self._clock()
            self._all = [when for when in self._all if now - when < MINUTE]
            own = [when for when in self._wrong.get(address, []) if now - when < MINUTE]
            if len(own) >= TRIES or len(self._all) >= TRIES_ALL:
                raise TooMany("too many wrong codes; wait a minute")
            if not hmac.compare_digest(plain(typed).encode(), self.text.encode()):
                self._all.append(now)
                self._wrong[address] = [*own, now]
                self._wrong.move_to_end(address)
                while len(self._wrong) > _MOST_ADDRESSES:
                    self._wrong.popitem(last=False)
                return None
            self._wrong.pop(address, None)
            secret = secrets.token_urlsafe(32)
            self._devices[secret] = now
            while len(self._devices) > _MOST_DEVICES:
                self._devices.popitem(last=False)
            return secret

    def knows(self, secret: str) -> bool:
        """Whether this is a device that has entered the code."""
        with self._lock:
            since = self._devices.get(secret)
            return since is not None and self._clock() - since < LASTS


def plain(typed: str) -> str:
    """A code without what people put between its signs, in small letters."""
    return "".join(sign for sign in typed[:100].lower() if sign.isalnum())
