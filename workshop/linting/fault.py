"""A fault in the content, worded for editors who may not be programmers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

_LONGEST = 90


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to fix. Faults sort by file, then by place in it."""

    file: str
    """Path under the content folder, such as `facts/routines.yaml`."""
    key: str
    """Where in the file, such as `calf.steps.stretch.hold`; empty for the file as a whole."""
    expected: str
    found: str
    hint: str
    kind: str = field(default="", compare=False)
    """Which rule found it, such as `shape` or `style`."""

    def __str__(self) -> str:
        """`file: path.to.key: expected …, found … . Hint: …`."""
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: expected {self.expected}, found {self.found}. Hint: {self.hint}"


def place(*parts: object) -> str:
    """A dotted path; list positions count from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in parts if part != "")


def shown(value: object) -> str:
    """A value as quoted in a fault, truncated."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict):
        return f"a block of {_count(len(value), 'key')}" if value else "an empty block"
    if isinstance(value, list):
        return f"a list of {_count(len(value), 'item')}" if value else "an empty list"
    text = str(value)
    quoted = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f'"{quoted}"' if isinstance(value, str) else f"`{quoted}`"


def either(choices: Iterable[object]) -> str:
    """`a, b or c`."""
    names = [str(choice) for choice in choices]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}" if names else "nothing"


def listed(choices: Iterable[object]) -> str:
    """`a, b and c`."""
    return " and ".join(either(choices).rsplit(" or ", 1))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
