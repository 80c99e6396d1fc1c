"""The lock file: one line per accepted entry, sorted, so that branches merge line by line.

The file is written by `cramp-coach review`, never by hand.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.linting.fault import Fault, either
from workshop.linting.yaml_files import blocks
from workshop.linting.yaml_reader import read_tree
from workshop.review.entries import Entry

LOCK = Path(__file__).with_name("lock.yaml")
NAME = "workshop/review/lock.yaml"
"""Its name in faults."""
ROLES = ("developer", "pharmacist", "nurse", "paramedic", "physiotherapist", "physician", "clinician")
"""Who may accept. `developer` compared the words with the sources; only the others are a clinical review."""
_HEAD = """\
# Who accepted each entry of the content, in which role and when. Written by `cramp-coach review`; do not edit it here.
# `hash` stands for what matters for safety in the entry: tier, rules, numbers, spoken sentences and sources.
"""
_PLAIN = re.compile(r"[a-z][\w.-]*")
_HASH = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Accepted:
    """One line: the state of an entry when it was accepted."""

    hash: str
    by: str
    role: str
    date: str
    """Year, month and day."""

    def __str__(self) -> str:
        return f"{self.by} ({self.role}) on {self.date}"


def read_lock(path: Path = LOCK, called: str = NAME) -> tuple[dict[str, Accepted], list[Fault]]:
    """The accepted entries by id, and the faults of the file. An invalid line accepts nothing."""
    tree, faults = read_tree(path, called)
    found: dict[str, Accepted] = {}
    for name, raw in blocks(tree).items():
        own = {key: str(value) for key, value in blocks(raw).items()}
        wrong = _wrong(own)
        if wrong:
            hint = f"accept the entry again: cramp-coach review {name} --as NAME --role ROLE"
            faults.append(
                Fault(called, str(name), "hash, by, role and date as `cramp-coach review` writes", wrong, hint)
            )
            continue
        found[str(name)] = Accepted(own["hash"], own["by"], own["role"], own["date"])
    return found, faults


def _wrong(line: Mapping[str, str]) -> str:
    if set(line) != {"hash", "by", "role", "date"}:
        return f"the keys {', '.join(sorted(line)) or 'of nothing'}"
    if not _HASH.fullmatch(line["hash"]):
        return f"the hash {line['hash']}"
    if line["role"] not in ROLES:
        return f"the role {line['role']}, which is not {either(ROLES)}"
    if not line["by"].strip():
        return "no name"
    try:
        datetime.date.fromisoformat(line["date"])
    except ValueError:
        return f"the date {line['date']}"
    return ""


def accept(
    lock: Mapping[str, Accepted], entries: Iterable[Entry], gone: Iterable[str], by: str, role: str, date: str
) -> dict[str, Accepted]:
    """The lock after accepting `entries` as they are and the deletion of `gone`.

    Unchanged entries keep their reviewer, unless a clinical role confirms them.

    Raises:
        ValueError: there is no such role, or no name.
    """
    if role not in ROLES:
        raise ValueError(f"expected a role such as {either(ROLES)}, found {role!r}")
    if not by.strip():
        raise ValueError("expected the name of the reviewer, found nothing")
    changed = dict(lock)
    for entry in entries:
        old = lock.get(entry.id)
        if old and old.hash == entry.hash and role == ROLES[0]:
            continue
        changed[entry.id] = Accepted(entry.hash, by.strip(), role, date)
    for name in gone:
        changed.pop(name, None)
    return changed


def write_lock(lock: Mapping[str, Accepted], path: Path = LOCK) -> None:
    """Writes one line per entry, sorted."""
    lines = [f"{_quoted(name)}: {{{_line(own)}}}\n" for name, own in sorted(lock.items())]
    path.write_text(_HEAD + "".join(lines), encoding="utf-8")


def _line(own: Accepted) -> str:
    return f'hash: "{own.hash}", by: {_quoted(own.by)}, role: {own.role}, date: {own.date}'


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
