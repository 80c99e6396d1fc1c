"""The chains seen so far: the good ones kept, the bad ones not asked for again at once, the fetching bounded."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from cryptography.x509 import Certificate

from endpoint.certificates import BadChain, Trust, read_chain, verify_path
from endpoint.chain_fetch import Unreachable

MOST_KEPT = 16
"""Only chains that verified are kept, so nobody but Amazon can fill or empty this."""
MOST_REMEMBERED = 256
"""Addresses that answered badly."""
BAD_FOR = 10.0
"""Seconds in which an address that answered badly is not asked again."""
AT_A_TIME = 2
"""Fetches under way. Whoever makes up more addresses is refused at once, and holds no worker with them."""
WAIT = 4.0
"""Seconds to wait for somebody else's fetch of the same address: a little longer than a fetch may take."""


@dataclass
class Chains:
    """Signers' certificates by normal URL. Dates are checked at every use, not only at the first."""

    trust: Trust
    clock: Callable[[], float] = time.monotonic
    _good: OrderedDict[str, list[Certificate]] = field(default_factory=OrderedDict)
    _bad: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _under_way: dict[str, Future[list[Certificate]]] = field(default_factory=dict)
    _waiting: int = 0
    """Requests that fetch, or wait for a fetch."""

    def signer(self, url: str) -> Certificate:
        """The signer's certificate, verified now.

        Raises:
            BadChain: the chain is not one of Amazon's that holds today.
            Unreachable: it could not be fetched.
        """
        kept = self._kept(url)
        if kept is None:
            kept = self._fetched(url)
        else:
            try:
                verify_path(kept, self.trust.roots)
            except BadChain:  # run out since; Amazon may have put a new one in its place
                self._forget(url)
                kept = self._fetched(url)
        return kept[0]

    def _kept(self, url: str) -> list[Certificate] | None:
        with self._lock:
            kept = self._good.get(url)
            if kept is not None:
                self._good.move_to_end(url)
            return kept

    def _forget(self, url: str) -> None:
        with self._lock:
            self._good.pop(url, None)

    def _fetched(self, url: str) -> list[Certificate]:
        """The chain, by a fetch of our own or by one of the same address that is under way."""
        self._refuse_if_bad(url)
        with self._lock:
            kept = self._good.get(url)  # somebody else may have had the same wish
            if kept is not None:
                return kept
            fetch = self._under_way.get(url)
            is_ours = fetch is None
            if self._waiting >= self.trust.most_waiting or (is_ours and len(self._under_way) >= AT_A_TIME):
                raise Unreachable("too many certificate chains are being fetched")
            if fetch is None:
                fetch = self._under_way[url] = Future()
            self._waiting += 1
        try:
            if is_ours:
                self._fetch(url, fetch)
            return fetch.result(WAIT)
        except TimeoutError as error:
            raise Unreachable("the certificate chain is still being fetched") from error
        finally:
            with self._lock:
                self._waiting -= 1

    def _fetch(self, url: str, told: Future[list[Certificate]]) -> None:
        """Fetches it, and tells those who wait what came of it."""
        try:
            chain = read_chain(self.trust.fetch(url))
            verify_path(chain, self.trust.roots)
        except BaseException as error:
            if isinstance(error, BadChain | Unreachable):
                self._remember_bad(url)
            told.set_exception(error)
        else:
            with self._lock:
                self._good[url] = chain
                while len(self._good) > MOST_KEPT:
                    self._good.popitem(last=False)
            told.set_result(chain)
        finally:
            with self._lock:
                del self._under_way[url]

    def _refuse_if_bad(self, url: str) -> None:
        with self._lock:
            since = self._bad.get(url)
        if since is not None and self.clock() - since < BAD_FOR:
            raise Unreachable("the certificate chain at this address was bad a moment ago")

    def _remember_bad(self, url: str) -> None:
        with self._lock:
            self._bad[url] = self.clock()
            self._bad.move_to_end(url)
            while len(self._bad) > MOST_REMEMBERED:
                self._bad.popitem(last=False)
