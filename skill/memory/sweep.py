"""When a store of this machine is to be looked through for what has expired: one thread for all, asleep in between."""

from __future__ import annotations

import threading
from time import monotonic
from typing import Protocol
from weakref import WeakKeyDictionary

LONGEST = 1800.0
"""Seconds between two looks at a store in which something is kept: the clock may have been set meanwhile."""
AGAIN = 60.0
"""Seconds after a look that failed."""


class Swept(Protocol):
    """A store in which expired places stay until somebody deletes them."""

    def sweep(self) -> float | None:
        """Deletes what has expired; seconds until the next look, None where nothing is left."""


_due: WeakKeyDictionary[Swept, float] = WeakKeyDictionary()
_changed = threading.Condition()
_worker: threading.Thread | None = None


def sweep_in(store: Swept, seconds: float) -> None:
    """Has the store looked through after so many seconds, or earlier where it is already to be. Raises nothing."""
    global _worker
    with _changed:
        due = monotonic() + min(max(0.0, seconds), LONGEST)
        _due[store] = min(due, _due.get(store, due))
        if _worker is None:
            _worker = threading.Thread(target=_work, name="cramp-coach-sweep", daemon=True)
            try:
                _worker.start()
            except RuntimeError:
                _worker = None  # the machine has no thread to give: the next write sweeps
        _changed.notify_all()


def _work() -> None:
    global _worker
    while True:
        with _changed:
            if not _due:
                _worker = None
                return
            store = min(_due, key=lambda own: _due[own])
            wait = _due[store] - monotonic()
            if wait > 0:
                del store  # a store that nobody uses any more may go while we sleep
                _changed.wait(wait)
                continue
            del _due[store]
        try:
            again = store.sweep()
        except Exception:
            again = AGAIN
        if again is not None:
            sweep_in(store, max(1.0, again))
        del store
