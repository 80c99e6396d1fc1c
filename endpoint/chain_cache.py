"""The chains seen so far: the good ones kept, the bad ones not asked for again at once, the fetching in a fair order.

Anybody can send a request with a made-up address, and whoever waits for a chain holds a worker. So there is room for a
few who wait; who finds it full takes the place of whoever has waited longest for the address that was wanted least. An
address that was given up is still fetched, the most wanted first, so that the real one, which Amazon sends again when a
person says it again, gets through however many others are made up; each of those is sent once, or costs as much.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.x509 import Certificate

from endpoint.certificates import BadChain, Trust, read_chain, verify_path
from endpoint.chain_fetch import Unreachable

MOST_KEPT = 16
"""Maximum number of cached chains. Only verified chains are cached, so only Amazon can fill or evict them."""
MOST_REMEMBERED = 256
"""Maximum number of bad URLs remembered."""
BAD_FOR = 10.0
"""Seconds in which an address that answered badly is not asked again."""
AWAY_FOR = 1.0
"""The same for one that could not be reached twice: the network may be back."""
AGAIN = 0.25
"""Seconds after which a fetch that failed on the way is tried once more."""
AT_A_TIME = 2
"""Fetches under way."""
WAIT = 4.5
"""Seconds to wait for a fetch: a little longer than one and its second attempt may take."""
MOST_WANTED = 64
"""Addresses that wait to be fetched."""
MOST_COUNTED = 16384
"""Addresses of which is known how often they were wanted."""


@dataclass(eq=False)
class _Want:
    """An address that is to be fetched, and those who wait for it."""

    url: str
    chain: list[Certificate] | None = None
    error: BaseException | None = None
    is_fetched: bool = False


@dataclass(eq=False)
class _Waiter:
    """A request that holds a worker until its chain is here."""

    want: _Want
    done: threading.Event = field(default_factory=threading.Event)


@dataclass
class Chains:
    """Signing certificates by normalised URL. Dates are checked at every use."""

    trust: Trust
    clock: Callable[[], float] = time.monotonic
    _good: OrderedDict[str, list[Certificate]] = field(default_factory=OrderedDict)
    _bad: OrderedDict[str, float] = field(default_factory=OrderedDict)
    """Until when an address is not asked again."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _wanted: OrderedDict[str, _Want] = field(default_factory=OrderedDict)
    _counts: OrderedDict[int, int] = field(default_factory=OrderedDict)
    _waiters: list[_Waiter] = field(default_factory=list)
    _fetchers: int = 0

    def signer(self, url: str) -> Certificate:
        """The signing certificate, verified as of now.

        Raises:
            BadChain: the chain is not a valid chain of Amazon's.
            Unreachable: it could not be fetched.
        """
        kept = self._kept(url)
        if kept is None:
            kept = self._from_disk(url) or self._fetched(url)
        else:
            try:
                verify_path(kept, self.trust.roots)
            except BadChain:  # run out since; Amazon may have put a new one in its place
                with self._lock:
                    self._good.pop(url, None)
                kept = self._fetched(url)
        return kept[0]

    def _kept(self, url: str) -> list[Certificate] | None:
        with self._lock:
            kept = self._good.get(url)
            if kept is not None:
                self._good.move_to_end(url)
            return kept

    def _keep(self, url: str, chain: list[Certificate]) -> None:
        with self._lock:
            self._good[url] = chain
            while len(self._good) > MOST_KEPT:
                self._good.popitem(last=False)

    def _from_disk(self, url: str) -> list[Certificate] | None:
        """The chain of an earlier run, if it still verifies."""
        pem = self.trust.shelf.read(url) if self.trust.shelf else None
        if pem is None:
            return None
        try:
            chain = read_chain(pem)
            verify_path(chain, self.trust.roots)
        except BadChain:
            return None
        self._keep(url, chain)
        return chain

    def _fetched(self, url: str) -> list[Certificate]:
        """The chain, once it has been fetched."""
        with self._lock:
            kept = self._good.get(url)  # another request may have fetched it meanwhile
            if kept is not None:
                return kept
            until = self._bad.get(url)
            if until is not None and self.clock() < until:
                raise Unreachable("the certificate chain at this address was bad a moment ago")
            waiter = self._queue(url)
        waiter.done.wait(WAIT)
        with self._lock:
            if waiter in self._waiters:
                self._waiters.remove(waiter)
        want = waiter.want
        if want.chain is not None:
            return want.chain
        if want.error is not None:
            raise want.error
        raise Unreachable("too many certificate chains are being fetched, or this one takes too long")

    def _queue(self, url: str) -> _Waiter:
        """A place among those who wait, for this address. The lock is held.

        Raises:
            Unreachable: all places are taken by addresses that are wanted more.
        """
        name = hash(url)
        self._counts[name] = self._counts.pop(name, 0) + 1
        while len(self._counts) > MOST_COUNTED:
            self._counts.popitem(last=False)
        want = self._wanted.pop(url, None) or _Want(url)
        self._wanted[url] = want
        waiter = _Waiter(want)
        self._waiters.append(waiter)
        while len(self._wanted) > MOST_WANTED:
            idle = [own for own in self._wanted.values() if not own.is_fetched]
            del self._wanted[min(idle, key=self._count).url]
        while self._fetchers < AT_A_TIME and any(not own.is_fetched for own in self._wanted.values()):
            self._fetchers += 1
            threading.Thread(target=self._fetch_all, name="cramp-coach-chain", daemon=True).start()
        if len(self._waiters) > self.trust.most_waiting:
            given_up = min(self._waiters, key=lambda own: self._count(own.want))  # of equal ones the first
            self._waiters.remove(given_up)
            given_up.done.set()
        return waiter

    def _count(self, want: _Want) -> int:
        return self._counts.get(hash(want.url), 0)

    def _fetch_all(self) -> None:
        """Fetches what is wanted most, of equal ones the newest, until nothing is wanted."""
        while True:
            with self._lock:
                idle = [own for own in reversed(self._wanted.values()) if not own.is_fetched]
                if not idle:
                    self._fetchers -= 1
                    return
                want = max(idle, key=self._count)
                want.is_fetched = True
            self._fetch(want)

    def _fetch(self, want: _Want) -> None:
        """Fetches it, and tells those who wait what came of it."""
        bad_for = 0.0
        try:
            pem = self._pem(want.url)
            chain = read_chain(pem)
            verify_path(chain, self.trust.roots)
        except BaseException as error:
            if isinstance(error, BadChain | Unreachable):
                bad_for = AWAY_FOR if isinstance(error, Unreachable) and not error.is_final else BAD_FOR
            want.error = error
        else:
            want.chain = chain
            self._keep(want.url, chain)
            if self.trust.shelf:
                self.trust.shelf.write(want.url, pem)
        with self._lock:
            if bad_for:
                self._bad.pop(want.url, None)
                self._bad[want.url] = self.clock() + bad_for
                while len(self._bad) > MOST_REMEMBERED:
                    self._bad.popitem(last=False)
            if self._wanted.get(want.url) is want:
                del self._wanted[want.url]
            for waiter in [own for own in self._waiters if own.want is want]:
                self._waiters.remove(waiter)
                waiter.done.set()

    def _pem(self, url: str) -> bytes:
        try:
            return self.trust.fetch(url)
        except Unreachable as error:
            if error.is_final or error.was_slow:
                raise
        time.sleep(AGAIN)
        return self.trust.fetch(url)
