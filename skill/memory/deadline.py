"""How long a turn waits for a store: one budget for everything that one request asks of it.

Time-outs of a driver are not enough. A read time-out starts again with every byte, so a server that drips one byte a
second holds a turn for as long as it likes; looking up a name or opening a file on a dead disk has no time-out at all.
So the work is done in a thread of its own, and the turn waits for that thread until its budget is spent and no longer.
A thread cannot be stopped from outside: one that is left behind asks `still_wanted` before it changes anything, and
ends with its driver's own time-outs.
"""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SECONDS = 1.5
"""What a store may cost one turn. Alexa waits eight seconds for the whole answer."""
_AT_ONCE = 16
"""Threads waiting for a store at one time. A store that never answers may not fill a machine with threads."""

_room = threading.BoundedSemaphore(_AT_ONCE)
_here = threading.local()


class Late(TimeoutError):
    """The store has not answered within the budget."""


class Budget:
    """Seconds that may be spent waiting, over all the work it is given."""

    def __init__(self, seconds: float | None = None) -> None:
        self.left = SECONDS if seconds is None else seconds

    def run(self, work: Callable[[], T]) -> T:
        """The result of `work`, or its exception. Work begun inside other work shares that one's deadline.

        Raises:
            Late: the budget is spent, or too many threads are already waiting for a store.
        """
        if _task() is not None:
            still_wanted()
            return work()
        if self.left <= 0:
            raise Late("the time that one turn waits for its store is spent")
        if not _room.acquire(blocking=False):
            raise Late(f"{_AT_ONCE} calls are already waiting for a store that does not answer")
        started = monotonic()
        task = _Task(work, started + self.left)
        try:
            threading.Thread(target=task.run, name="cramp-coach-memory", daemon=True).start()
        except RuntimeError:
            _room.release()  # the machine has no thread to give
            raise
        try:
            answered = task.done.wait(self.left)
        finally:
            self.left -= monotonic() - started
        if not answered:
            task.dropped = True
            raise Late(f"no answer within {SECONDS} seconds")
        if task.error is not None:
            raise task.error
        result: T = task.result
        return result


def seconds_left() -> float:
    """Seconds until the caller stops waiting for the work that this is called from; never below zero."""
    task = _task()
    return SECONDS if task is None else max(0.0, task.until - monotonic())


def still_wanted() -> None:
    """To be called before anything is changed: nothing may be written after the turn has been told that it failed.

    Raises:
        Late: nobody waits for this work any more.
    """
    task = _task()
    if task is not None and (task.dropped or monotonic() >= task.until):
        raise Late("dropped: the turn has gone on without it")


class _Task:
    """One piece of work in its thread."""

    def __init__(self, work: Callable[[], object], until: float) -> None:
        self.work = work
        self.until = until
        self.done = threading.Event()
        self.dropped = False
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        _here.task = self
        try:
            self.result = self.work()
        except BaseException as error:  # whatever it is belongs to the turn that waits, not to this thread
            self.error = error
        finally:
            _room.release()
            self.done.set()


def _task() -> _Task | None:
    return getattr(_here, "task", None)
