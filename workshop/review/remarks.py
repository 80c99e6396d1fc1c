"""The file that a clinician saves from the pack: read, checked, and put beside the content as it is now."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skill.advice.store import CONTENT
from workshop.linting.fault import either
from workshop.linting.places import ROOT, line_of
from workshop.review.entries import Entry, read_entries
from workshop.review.lock import LOCK, ROLES, accept, read_lock, write_lock

FORMAT = "cramp-coach-remarks/1"
AGREE, CHANGE, UNSAFE = VERDICTS = ("agree", "change", "unsafe")


class NotRemarks(ValueError):
    """The file is not what the pack saves: what was expected, what was found, what to do."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody says of an entry. `hash` is that of the text that was read."""

    id: str
    hash: str
    verdict: str
    text: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """All remarks of one reader."""

    by: str
    role: str
    date: str
    remarks: tuple[Remark, ...]


def read_remarks(path: Path) -> Remarks:
    """Reads and checks a file.

    Raises:
        NotRemarks: it cannot be read, or is something else.
    """
    hint = "Hint: it is the file that the button of build/review.html saves"
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotRemarks(f"{path}: expected a file, found {error.strerror}. {hint}") from error
    except ValueError as error:
        raise NotRemarks(f"{path}: expected JSON, found something else ({error}). {hint}") from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        found = raw.get("format") if isinstance(raw, dict) else type(raw).__name__
        raise NotRemarks(f"{path}: expected the format {FORMAT}, found {found!r}. {hint}")
    by, role, date = (str(raw.get(key, "")).strip() for key in ("by", "role", "date"))
    if not by:
        raise NotRemarks(f"{path}: expected the name of the reader in `by`, found none. Hint: ask who wrote it")
    if role not in ROLES[1:]:
        raise NotRemarks(f"{path}: expected a role such as {either(ROLES[1:])}, found {role!r}. Hint: ask its writer")
    try:
        datetime.date.fromisoformat(date)
    except ValueError:
        raise NotRemarks(f"{path}: expected a date such as 2026-11-25, found {date!r}. Hint: ask its writer") from None
    every = raw.get("remarks")
    if not isinstance(every, list):
        raise NotRemarks(f"{path}: expected a list of remarks, found {type(every).__name__}. {hint}")
    return Remarks(by, role, date, tuple(_remark(path, number, own) for number, own in enumerate(every, 1)))


def _remark(path: Path, number: int, raw: Any) -> Remark:
    own = {key: str(raw.get(key, "")) for key in ("id", "hash", "verdict", "text")} if isinstance(raw, Mapping) else {}
    if not own.get("id") or own.get("verdict") not in ("", *VERDICTS):
        expected = f"an id, and a verdict that is {either(VERDICTS)} or empty"
        raise NotRemarks(f"{path}: remark {number}: expected {expected}, found {raw!r:.120}. Hint: save it again")
    return Remark(**own)


def answered(path: Path, root: Path = CONTENT, lock: Path = LOCK) -> str:
    """Accepts what the reader agreed to, withdraws what they called unsafe, and lists the rest by file and line.

    A remark on a text that is another today changes nothing: it is listed as such.

    Raises:
        NotRemarks: the file is not what the pack saves.
    """
    read = read_remarks(path)
    entries, before = read_entries(root), read_lock(lock)[0]
    current = [one for one in read.remarks if one.id in entries and entries[one.id].hash == one.hash]
    agreed = [entries[one.id] for one in current if one.verdict == AGREE]
    unsafe = [one.id for one in current if one.verdict == UNSAFE]
    after = accept(before, agreed, unsafe, read.by, read.role, read.date)
    write_lock(after, lock)
    lines = [_line(one, entries.get(one.id), root) for one in read.remarks if one.verdict != AGREE or one.text.strip()]
    stale = [one for one in read.remarks if one not in current]
    lines += [f"{one.id}: the text is another today, and was not accepted" for one in stale if one.verdict == AGREE]
    lines.append(
        f"{len(agreed)} accepted by {read.by} ({read.role}), {len(unsafe)} withdrawn as unsafe, "
        f"{len(stale)} on a text that is another today."
    )
    return "\n".join(lines)


def _line(remark: Remark, entry: Entry | None, root: Path) -> str:
    said = " ".join(remark.text.split()) or "no words"
    if entry is None:
        return f"{remark.id}: {remark.verdict or 'a remark'}, on an entry that is gone: {said}"
    path = root / entry.file
    shown = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
    stale = "" if entry.hash == remark.hash else ", on a text that is another today"
    return f"{shown}:{line_of(path, entry.key)}: {remark.id}: {remark.verdict or 'a remark'}{stale}: {said}"
