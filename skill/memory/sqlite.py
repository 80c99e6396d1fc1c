"""The place in a file of this machine, for a laptop or a skill hosted at home."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

from skill.memory.deadline import Budget, seconds_left, still_wanted
from skill.memory.key import key
from skill.memory.record import FIELDS, checked
from skill.memory.sweep import sweep_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ask_sdk_model import RequestEnvelope

    from skill.memory.record import Record

_TABLE = """
create table if not exists place (
    id text primary key, routine text not null, step text not null, round integer not null, helper integer not null,
    spent integer not null, left_at integer not null, expires_at integer not null
) without rowid
"""
_MAGIC = b"SQLite format 3\0"
"""How every database file begins."""
_EVER = 2**53
"""Later than any place was left."""
_SPARE = 0.2
"""Seconds kept back from waiting for a lock, for the work itself."""


class SqliteMemory(AbstractPersistenceAdapter):
    """One row a person, in a table that has no room for anything else.

    Making one touches no file. Every operation opens the file, ends within the budget of `deadline` whether or not
    somebody else holds it locked, and closes it again. It raises whatever SQLite raises; `place` swallows it.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """The kept place, of whatever age; empty where none is kept."""
        name = key(request_envelope)
        return Budget().run(lambda: self._read(name)) if name else {}

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Keeps the place, and deletes everybody's that has expired.

        Raises:
            ValueError: more or less than a place was to be stored.
        """
        name = key(request_envelope)
        if name:
            self.keep_place(name, checked(attributes))

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Deletes the place, and everybody's that has expired."""
        name = key(request_envelope)
        if name:
            self.delete_place(name, _EVER)

    def keep_place(self, name: str, record: Record) -> None:
        """Keeps a place under its key."""
        row = tuple(record[field] for field in FIELDS)  # type: ignore[literal-required]
        expired = _now()
        Budget().run(lambda: self._write(name, row, expired))
        sweep_in(self, record["expires_at"] - expired + 1.0)

    def delete_place(self, name: str, until: int) -> None:
        """Deletes the place of this key, unless it was left later than `until`, epoch seconds."""
        expired = _now()
        Budget().run(lambda: self._delete(name, until, expired))

    def sweep(self) -> float | None:
        """Deletes what has expired; seconds until the next row does, None where no row is left."""
        return Budget().run(self._sweep)

    def _read(self, name: str) -> dict[str, Any]:
        if not self._exists():
            return {}
        with self._open() as database:
            row = database.execute(f"select {', '.join(FIELDS)} from place where id = ?", (name,)).fetchone()  # noqa: S608
        found = dict(zip(FIELDS, row, strict=True)) if row else {}
        if found.get("helper") in (0, 1):
            found["helper"] = bool(found["helper"])  # SQLite knows no booleans
        return found

    def _write(self, name: str, row: tuple[object, ...], expired: int) -> None:
        if not self._exists():
            self._create()
        with self._open() as database:
            database.execute("delete from place where expires_at <= ?", (expired,))
            marks = ", ".join("?" * (len(FIELDS) + 1))
            database.execute(
                f"insert or replace into place (id, {', '.join(FIELDS)}) values ({marks})",  # noqa: S608
                (name, *row),
            )

    def _delete(self, name: str, until: int, expired: int) -> None:
        if self._exists():
            with self._open() as database:
                database.execute(
                    "delete from place where (id = ? and left_at <= ?) or expires_at <= ?", (name, until, expired)
                )

    def _sweep(self) -> float | None:
        if not self._exists():
            return None
        now = _now()
        with self._open() as database:
            database.execute("delete from place where expires_at <= ?", (now,))
            (earliest,) = database.execute("select min(expires_at) from place").fetchone()
        return None if earliest is None else earliest - now + 1.0

    def _exists(self) -> bool:
        """Whether the file is there. A folder that has gone, as of a disk that was unplugged, is a failure."""
        if self.path.exists():
            return True
        if not self.path.parent.is_dir():
            raise FileNotFoundError(f"{self.path.parent}: the folder of the memory has gone")
        return False

    def _create(self) -> None:
        # Readable by its owner alone. Never opened where it exists: closing it would drop SQLite's locks on it.
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction, undone where the turn has gone on without it."""
        wait = max(0.05, seconds_left() - _SPARE)
        with closing(sqlite3.connect(self.path, timeout=wait, isolation_level=None)) as database:
            # What is deleted is overwritten too, so that the raw file keeps nothing of it.
            database.execute("pragma secure_delete = on")
            database.execute("begin immediate")
            database.execute(_TABLE)
            yield database
            still_wanted()
            database.execute("commit")


def open_at(path: str) -> SqliteMemory:
    """The store in the file at `path`, which need not exist yet.

    Raises:
        ValueError: no file can be kept there, with what to do. Found out at start, not at three in the morning.
    """
    if path == ":memory:" or path.startswith("file:") or "\0" in path:
        raise ValueError(f"sqlite:{path!r}: expected the path of a file, which is what outlives a session")
    try:
        file = Path(path).expanduser().absolute()
        is_folder, folder = file.is_dir(), file.parent
        has_folder = folder.is_dir()
    except (OSError, RuntimeError, ValueError) as error:
        raise ValueError(
            f"sqlite:{path!r}: expected the path of a file, found none that can be read ({error})"
        ) from error
    if is_folder:
        raise ValueError(f"sqlite:{path}: expected a file, found a folder. Hint: name a file in it, {file}/place.db")
    if not has_folder:
        raise ValueError(f"sqlite:{path}: the folder {folder} does not exist. Hint: create it, or name another path")
    if file.exists() and not file.is_file():
        raise ValueError(f"sqlite:{path}: expected a file, found a device. Hint: name another path")
    # SQLite writes a journal beside the file, so the folder has to be writable too.
    if not os.access(folder, os.W_OK | os.X_OK) or (file.exists() and not os.access(file, os.R_OK | os.W_OK)):
        raise ValueError(
            f"sqlite:{path}: {folder} cannot be written. Hint: change its permissions, or name another path"
        )
    # At start nobody in this process has it open yet: closing it would drop SQLite's locks on it.
    if file.exists() and not _is_sqlite(file):
        raise ValueError(
            f"sqlite:{path}: expected a file of SQLite's or none yet, found something else. Hint: name another path"
        )
    made = SqliteMemory(file)
    if file.exists():
        sweep_in(made, 0.0)
    return made


def _is_sqlite(file: Path) -> bool:
    """Whether it is a database, or an empty file that can become one."""
    with file.open("rb") as opened:
        return opened.read(len(_MAGIC)) in (b"", _MAGIC)


def _now() -> int:
    """Epoch seconds until which what has expired is deleted: by this machine's clock, whatever a request says. One from
    the future may not delete what other people have kept."""
    return int(time.time())
