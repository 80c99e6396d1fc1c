"""Caches certificate chains: good ones are kept, bad URLs are not retried at once, and fetches are bounded."""

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
"""Maximum number of cached chains. Only verified chains are cached, so only Amazon can fill or evict them."""
MOST_REMEMBERED = 256
"""Maximum number of bad URLs remembered."""
BAD_FOR = 10.0
"""Seconds before a bad URL is tried again."""
AT_A_TIME = 2
"""Maximum number of concurrent fetches. Further made-up URLs are refused at once and hold no worker."""
WAIT = 4.0
"""Seconds to wait for another request's fetch of the same URL: slightly longer than the fetch timeout."""


@dataclass
class Chains:
    """Signing certificates by normalised URL. Dates are checked at every use."""

    trust: Trust
    clock: Callable[[], float] = time.monotonic
    _good: OrderedDict[str, list[Certificate]] = field(default_factory=OrderedDict)
    _bad: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _under_way: dict[str, Future[list[Certificate]]] = field(default_factory=dict)
    _waiting: int = 0
    """Number of requests fetching or waiting for a fetch."""

    def signer(self, url: str) -> Certificate:
        """The signing certificate, verified as of now.

        Raises:
            BadChain: the chain is not a valid chain of Amazon's.
            Unreachable: it could not be fetched.
        """
        kept = self._kept(url)
        if kept is None:
            kept = self._fetched(url)
        else:
            try:
                verify_path(kept, self.trust.roots)
            except BadChain:  # expired since; Amazon may have replaced it
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
        """The chain, from a new fetch or from one of the same URL already under way."""
        self._refuse_if_bad(url)
        with self._lock:
            kept = self._good.get(url)  # another request may have fetched it meanwhile
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
        """Fetches the chain and passes the result to the waiting requests."""
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
