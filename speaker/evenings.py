"""The bedtime stretches every evening, without Amazon: a time of day, and a count of evenings in one local file.

Off unless a time is given. The file has a number and a date, and nothing that anybody said; `forget` deletes it, and
after the last evening nothing is started any more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from speaker.device import Speaker, Turn

TASK = "Bedtime"
FILE = "evenings.json"
LATE = timedelta(minutes=30)
"""How late it may still begin, where a night was under way or the machine asleep; later, the evening is left out."""


class BadEvenings(ValueError):
    """No such time, or a file that is not ours; the message says what was found, what was expected and what to do."""


@dataclass(frozen=True, slots=True)
class Count:
    """What the file holds."""

    evenings: int = 0
    last: str = ""
    """The date of the last one, as 2026-11-25."""


@dataclass
class Evenings:
    """The evenings of one machine."""

    at: time
    file: Path
    total: int
    """How many evenings there are to be."""
    clock: Callable[[], datetime] = datetime.now
    _begun: date | None = field(default=None, init=False)
    """The evening that needs no look into the file any more."""

    @classmethod
    def read(cls, at: str, file: Path, total: int) -> Evenings:
        """The evenings at a time such as 21:30.

        Raises:
            BadEvenings: no time of day, or a file that is not ours.
        """
        own = cls(_time(at), file, total)
        own.count()
        return own

    def count(self) -> Count:
        """The evenings so far. Raises BadEvenings for a file that is not ours."""
        try:
            raw = json.loads(self.file.read_text(encoding="utf-8"))
            count = Count(raw["evenings"], raw["last"])
            if type(count.evenings) is not int or count.evenings < 0:
                raise ValueError("evenings: expected a whole number")
            date.fromisoformat(count.last)
        except FileNotFoundError:
            return Count()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadEvenings(
                f"{self.file}: expected a count of evenings, found {type(error).__name__}. "
                "Hint: `cramp-coach evenings --forget` deletes it, and the count begins again"
            ) from error
        return count

    @property
    def due(self) -> bool:
        """Whether the stretches are to begin now: at the time, or a little late, once an evening, until the last."""
        evening = self._evening()
        if evening is None or evening == self._begun:
            return False
        count = self._counted()
        if count.evenings >= self.total or count.last == evening.isoformat():
            self._begun = evening
            return False
        return True

    def begin(self, speaker: Speaker) -> Turn | None:
        """Begins the stretches and counts the evening, where they are due and nobody is being guided; else None."""
        if speaker.open or not self.due:
            return None
        self._begun = self._evening() or self.clock().date()
        count = Count(self._counted().evenings + 1, self._begun.isoformat())
        with suppress(OSError):  # a full disk: the stretches are worth more than their number
            self._keep(count)
        return speaker.start_task(TASK)

    def told(self) -> str:
        """The count in words."""
        count = self._counted()
        return f"Evening {count.evenings} of {self.total}." if count.evenings else f"None of {self.total} evenings yet."

    def _counted(self) -> Count:
        """As `count`; a file that somebody has spoilt meanwhile counts for nothing."""
        try:
            return self.count()
        except BadEvenings:
            return Count()

    def _evening(self) -> date | None:
        """The evening whose time has come, which past midnight is yesterday's; None at any other time."""
        now = self.clock()
        begins = datetime.combine(now.date(), self.at)
        if now < begins:
            begins -= timedelta(days=1)
        return begins.date() if now - begins < LATE else None

    def _keep(self, count: Count) -> None:
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self.file.with_suffix(".new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump({"evenings": count.evenings, "last": count.last}, out)
        new.replace(self.file)


def forget(file: Path) -> bool:
    """Deletes the count; False where there was none.

    Raises:
        OSError: it cannot be deleted.
    """
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True


def _time(at: str) -> time:
    try:
        return datetime.strptime(at, "%H:%M").time()
    except ValueError as error:
        raise BadEvenings(f"--bedtime: expected a time such as 21:30, found {at!r}") from error
