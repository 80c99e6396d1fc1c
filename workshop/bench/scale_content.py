"""Multiplies the content, to see whether start or turn times grow with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

TIMES = 20
_FIXED = ("timing", "tiers", "style", "regions")
"""Content files that are settings, not collections, and do not grow."""


def enlarge(source: Path, target: Path, times: int = TIMES) -> Path:
    """The content with `times` copies of every entry, each with an id and names of its own."""
    for path in sorted(source.rglob("*.yaml")):
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.stem not in _FIXED:
            entries |= {
                f"{name}_{at}": _renamed(entry, at) for at in range(1, times) for name, entry in entries.items()
            }
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(yaml.safe_dump(entries, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return target


def _renamed(entry: Any, at: int) -> Any:
    if not isinstance(entry, dict) or "heard_as" not in entry:
        return entry
    return entry | {"heard_as": [f"{own} {at}" for own in entry["heard_as"]]}
