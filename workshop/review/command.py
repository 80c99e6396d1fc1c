"""`cramp-coach review`: lists entries that are not accepted, or accepts them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from skill.advice.store import CONTENT
from workshop.linting.yaml_files import read_content
from workshop.review.differences import Change, differences
from workshop.review.entries import entries_of, read_entries
from workshop.review.lock import LOCK, accept, read_lock, write_lock


def listing(root: Path = CONTENT, lock: Path = LOCK) -> tuple[str, int]:
    """The differences, one per line, and their number."""
    found = differences(read_entries(root), read_lock(lock)[0])
    if not found:
        return "Every entry is as it was accepted.", 0
    return "\n".join([*map(str, found), f"{len(found)} to review."]), len(found)


def accepting(
    patterns: Sequence[str], by: str, role: str, root: Path = CONTENT, lock: Path = LOCK, date: str = ""
) -> str:
    """Accepts the entries whose ids match a pattern such as `conditions.pregnancy*`; returns what was accepted.

    Raises:
        LookupError: a pattern matches no entry, neither of the content nor of the lock.
        ValueError: there is no such role, no name, or content that cannot be read.
    """
    content = read_content(root)
    if not content.whole:
        raise ValueError("expected content that can be read, found faults in it. Hint: run `cramp-coach check`")
    entries, accepted = entries_of(content), read_lock(lock)[0]
    known = sorted({*entries, *accepted})
    chosen: set[str] = set()
    for pattern in patterns:
        matching = [name for name in known if fnmatchcase(name, pattern)]
        if not matching:
            hint = "`cramp-coach review` lists what differs"
            raise LookupError(f"expected the id of an entry, or a pattern of ids, found {pattern!r}. Hint: {hint}")
        chosen.update(matching)
    own = [entries[name] for name in sorted(chosen) if name in entries]
    gone = [one.id for one in differences(entries, accepted) if one.change is Change.GONE and one.id in chosen]
    day = date or datetime.datetime.now().astimezone().date().isoformat()
    changed = accept(accepted, own, gone, by, role, day)
    write_lock(changed, lock)
    new = [name for name in sorted(changed) if changed[name] != accepted.get(name)]
    lines = [*(f"accepted {name}" for name in new), *(f"gone {name}" for name in gone)]
    return "\n".join([*lines, f"{len(new)} accepted by {by.strip()} ({role}), {len(gone)} gone."])
