"""Deletions that a failing store still owes us: after an emergency there is nothing to continue, come what may.

A place that could not be deleted is not found either, for as long as this process lives; in another process it expires.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

_MOST = 1000
"""People remembered at one time; the earliest goes first."""

_owed: WeakKeyDictionary[AbstractPersistenceAdapter, OrderedDict[str, None]] = WeakKeyDictionary()
_lock = threading.Lock()


def owe(store: AbstractPersistenceAdapter, name: str) -> None:
    """Remembers that the place under this key should be gone."""
    with _lock:
        names = _owed.setdefault(store, OrderedDict())
        names[name] = None
        names.move_to_end(name)
        while len(names) > _MOST:
            names.popitem(last=False)


def settled(store: AbstractPersistenceAdapter, name: str) -> None:
    """The place has been deleted, or replaced by a newer one."""
    with _lock:
        _owed.get(store, OrderedDict()).pop(name, None)


def is_owed(store: AbstractPersistenceAdapter, name: str) -> bool:
    """Whether the place under this key should be gone."""
    with _lock:
        return name in _owed.get(store, ())
