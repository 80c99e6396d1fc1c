"""What a store is still owed: places to keep and places to delete, done after the words and never before them.

A turn notes what should be kept or gone; a thread of the ledger does it meanwhile. A deletion that fails is tried again
until the store is back or the place has expired by itself. A place that should be gone is not found by this process,
whatever the store still has: `is_void` compares when it was left with when it ended. Lambda freezes the threads of a
process that has answered, so its ledgers are settled by the Lambda entry instead, after the answer (see `by_hand`), or
an answer waits for its own deletion for a moment (`at_most`).
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from skill.memory import deadline
from skill.memory.key import key, user_id

if TYPE_CHECKING:
    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
    from ask_sdk_model import RequestEnvelope

    from skill.memory.record import Record

log = logging.getLogger("cramp_coach")

PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Seconds before each further attempt at a deletion; the last of them again and again."""
EXPIRED = 1800.0
"""Seconds after which nothing is owed any more: a place that old is found by nobody."""
STALE = 10.0
"""Seconds after which a place that could not be written yet is dropped: it may not come back after a later ending that
another process knows of."""
SKEW = 5
"""Seconds by which the clocks behind two requests may differ."""
_MOST = 1000
"""People remembered at one time; the earliest goes first."""


@dataclass(eq=False)
class Debt:
    """One place, to be written or to be deleted."""

    name: str
    envelope: RequestEnvelope
    """The user, for a store that knows the SDK's interface alone; nobody, for our own."""
    until: int = 0
    """A place left later than this is a newer one, and is not deleted."""
    record: Record | None = None
    """What is to be written; None: to be deleted."""
    since: float = field(default_factory=monotonic)
    due: float = field(default_factory=monotonic)
    tried: int = 0


class Ledger:
    """What one store is owed. All of its writing goes through here, one after the other."""

    def __init__(self) -> None:
        self.debts: OrderedDict[str, Debt] = OrderedDict()
        self.ended: OrderedDict[str, int] = OrderedDict()
        """By name: places left until then are void."""
        self.changed = threading.Condition()
        self.worker: threading.Thread | None = None

    def add(self, debt: Debt) -> None:
        """Notes a debt in place of any earlier one of the same name."""
        with self.changed:
            if debt.record is None:
                self.ended[debt.name] = max(debt.until, self.ended.pop(debt.name, 0))
            else:
                self.ended.pop(debt.name, None)  # a newer place than whatever ended
            self.debts.pop(debt.name, None)
            self.debts[debt.name] = debt
            for table in (self.debts, self.ended):
                while len(table) > _MOST:
                    table.popitem(last=False)
            self.changed.notify_all()

    def start(self, store: AbstractPersistenceAdapter) -> None:
        """Has the debts settled in the background. A machine without a thread to give is asked again at the next."""
        with self.changed:
            if self.worker is not None:
                return
            self.worker = threading.Thread(target=self._work, args=(store,), name="cramp-coach-owed", daemon=True)
            try:
                self.worker.start()
            except RuntimeError:
                self.worker = None

    def settle(self, store: AbstractPersistenceAdapter, seconds: float) -> bool:
        """Settles in this thread, for so long; whether nothing is owed any more."""
        ends = monotonic() + seconds
        while True:
            with self.changed:
                debt = self._next()
                if not self.debts:
                    return True
                wait = max(0.0, (min(own.due for own in self.debts.values()) if debt is None else 0.0) - monotonic())
                if monotonic() + wait >= ends:
                    return False
                if debt is None:
                    self.changed.wait(wait)
                    continue
            self._try(store, debt)

    def wait(self, debt: Debt, seconds: float) -> None:
        """Waits until this debt is settled, dropped or has failed once, for so long at most."""
        with self.changed:
            self.changed.wait_for(lambda: debt.tried > 0 or self.debts.get(debt.name) is not debt, seconds)

    def _work(self, store: AbstractPersistenceAdapter) -> None:
        while not self.settle(store, EXPIRED):
            pass
        with self.changed:
            self.worker = None
            owed_again = bool(self.debts)
        if owed_again:  # between the last look and now
            self.start(store)

    def _next(self) -> Debt | None:
        """The first debt that is due; forgets those that are too old. The lock is held."""
        now = monotonic()
        for debt in list(self.debts.values()):
            if now - debt.since > (EXPIRED if debt.record is None else STALE):
                self._done(debt)
        return next((debt for debt in self.debts.values() if debt.due <= now), None)

    def _done(self, debt: Debt) -> None:
        if self.debts.get(debt.name) is debt:
            del self.debts[debt.name]
        self.changed.notify_all()

    def _try(self, store: AbstractPersistenceAdapter, debt: Debt) -> None:
        """One attempt. A deletion that fails is due again later, a place that cannot be written is dropped."""
        try:
            deadline.Budget().run(lambda: _carry_out(store, debt))
        except Exception as error:
            if debt.tried == 0:
                failed("delete" if debt.record is None else "write", error)
            with self.changed:
                debt.due = monotonic() + PAUSES[min(debt.tried, len(PAUSES) - 1)]
                debt.tried += 1
                if debt.record is not None:
                    self._done(debt)
                self.changed.notify_all()
            return
        with self.changed:
            self._done(debt)
            self.hurry()

    def hurry(self) -> None:
        """The store is back: what failed is due at once. The lock is held."""
        for debt in self.debts.values():
            debt.due = min(debt.due, monotonic())
        self.changed.notify_all()


_ledgers: WeakKeyDictionary[AbstractPersistenceAdapter, Ledger] = WeakKeyDictionary()
_making = threading.Lock()
_by_hand = False
_at_most = 0.0


def ledger(store: AbstractPersistenceAdapter) -> Ledger:
    """The ledger of a store."""
    with _making:
        return _ledgers.setdefault(store, Ledger())


def owe(
    store: AbstractPersistenceAdapter, envelope: RequestEnvelope, until: int, record: Record | None = None
) -> Debt | None:
    """Notes that the place of this request's user is to be written, or, without a record, deleted. Raises nothing.

    Args:
        until: epoch seconds; only a place left until then is to be deleted.
        record: the place to keep instead.

    Returns:
        The debt, to wait for; None where nobody is named.
    """
    name = key(envelope)
    if name is None:
        return None
    debt = Debt(name, _user_of(envelope, store), until + SKEW, record)
    own = ledger(store)
    own.add(debt)
    if not _by_hand:
        own.start(store)
    return debt


def pending(store: AbstractPersistenceAdapter, name: str) -> Record | None:
    """The place of this name that is still to be written."""
    debt = ledger(store).debts.get(name)
    return debt.record if debt is not None else None


def is_void(store: AbstractPersistenceAdapter, name: str, left_at: int) -> bool:
    """Whether a place that the store has just given, left at this time, should be gone: it ended, or was used up."""
    own = ledger(store)
    if left_at > own.ended.get(name, -1):
        return False
    with own.changed:
        own.hurry()
    return True


def wait(store: AbstractPersistenceAdapter, debt: Debt | None, seconds: float) -> None:
    """Waits for a debt, so long at most; not where it is settled by hand after the answer."""
    if debt is not None and not _by_hand and seconds > 0:
        ledger(store).wait(debt, seconds)


def words_wait() -> float:
    """Seconds that an answer may wait for what it owes the store."""
    return _at_most


def at_most(seconds: float) -> None:
    """For a host that may be frozen once it has answered: lets an answer wait so long for what it owes."""
    global _at_most
    _at_most = seconds


def by_hand(is_so: bool) -> None:
    """For a host that settles by itself once it has answered: nothing is done before `settle_all`."""
    global _by_hand
    _by_hand = is_so


def settle_all(seconds: float) -> bool:
    """Settles what all stores are owed, in this thread, for so long; whether nothing is owed any more."""
    ends = monotonic() + seconds
    with _making:
        known = list(_ledgers.items())
    settled_each = [own.settle(store, ends - monotonic()) for store, own in known]
    return all(settled_each)


def flush(seconds: float) -> bool:
    """Waits until everything owed has been tried once, for so long at most; whether nothing is owed any more."""
    ends = monotonic() + seconds
    with _making:
        known = list(_ledgers.values())
    for own in known:
        for debt in list(own.debts.values()):
            own.wait(debt, ends - monotonic())
    return not any(own.debts for own in known)


def settled(store: AbstractPersistenceAdapter, seconds: float) -> bool:
    """Waits until this store is owed nothing, for so long at most; whether it is so."""
    own = ledger(store)
    with own.changed:
        return own.changed.wait_for(lambda: not own.debts, seconds)


def failed(what: str, error: Exception) -> None:
    """The line in the log for a store that failed: the kind of failure and nothing else."""
    log.warning("memory", extra={"fields": {"memory": what, "error": type(error).__name__}})


def _carry_out(store: Any, debt: Debt) -> None:
    own = hasattr(store, "delete_place")
    if debt.record is not None:
        if own:
            store.keep_place(debt.name, debt.record)
        else:
            store.save_attributes(debt.envelope, dict(debt.record))
    elif own:
        store.delete_place(debt.name, debt.until)
    else:
        store.delete_attributes(debt.envelope)


def _user_of(envelope: RequestEnvelope, store: AbstractPersistenceAdapter) -> RequestEnvelope:
    """What a store needs to find the row, and nothing of what was said; our own need no more than the key."""
    user = SimpleNamespace(user_id=None if hasattr(store, "delete_place") else user_id(envelope))
    made = SimpleNamespace(context=SimpleNamespace(system=SimpleNamespace(user=user)), session=None)
    return cast("RequestEnvelope", made)


def _at_exit() -> None:
    if not _by_hand:
        flush(deadline.SECONDS)


atexit.register(_at_exit)
