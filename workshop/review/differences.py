"""Compares the content with what was accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from skill.advice.store import CONTENT
from workshop.linting.fault import Fault
from workshop.linting.yaml_files import Content, read_content
from workshop.review.entries import NOT_SAFETY, Entry, entries_of
from workshop.review.lock import LOCK, NAME, Accepted, read_lock


class Change(StrEnum):
    """How an entry differs from what was accepted."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry to be accepted."""

    id: str
    change: Change
    entry: Entry | None = None
    """The current entry; None if it was deleted."""
    accepted: Accepted | None = None
    """The accepted entry; None if it is new."""

    def __str__(self) -> str:
        """One line for the reviewer."""
        was = f", was accepted by {self.accepted}" if self.accepted else ""
        return f"{self.id}: {self.change}{was}"


def differences(entries: Mapping[str, Entry], lock: Mapping[str, Accepted]) -> list[Difference]:
    """Every difference, sorted by id."""
    found = []
    for name in sorted({*entries, *lock}):
        entry, accepted = entries.get(name), lock.get(name)
        if entry is None:
            found.append(Difference(name, Change.GONE, None, accepted))
        elif accepted is None:
            found.append(Difference(name, Change.NEW, entry))
        elif accepted.hash != entry.hash:
            found.append(Difference(name, Change.CHANGED, entry, accepted))
    return found


def review_faults(root: Path = CONTENT, lock: Path = LOCK) -> Iterator[Fault]:
    """Entries not accepted in their current form, except those of unreadable files, which are reported elsewhere."""
    accepted, faults = read_lock(lock)
    yield from faults
    content = read_content(root)
    unread = _unread(content)
    for difference in differences(entries_of(content), accepted):
        if difference.id.partition(".")[0] not in unread:
            yield _fault(difference)


def _unread(content: Content) -> set[str]:
    """Files whose facts or words cannot be read, so that their entries are unknown."""
    sides = [content.facts, *content.words.values(), {"regions": content.regions}]
    return {name for side in sides for name, tree in side.items() if tree is None} - NOT_SAFETY


def _fault(difference: Difference) -> Fault:
    name, entry, was = difference.id, difference.entry, difference.accepted
    again = f"cramp-coach review {name} --as NAME --role ROLE"
    if entry is None:
        hint = f"restore it, or accept that it is gone: {again}"
        return Fault(NAME, name, f"the entry that {was} accepted", "none in the content", hint)
    if was is None:
        hint = f"read it against its sources, then: {again}"
        return Fault(entry.file, entry.key, f"an entry that was accepted, as `{name}`", "one that was not", hint)
    hint = f"put it back, or read it against its sources, then: {again}"
    return Fault(entry.file, entry.key, f"what {was} accepted as `{name}`", "something else", hint)
