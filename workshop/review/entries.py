"""The entries to accept: every entry of the content, with a hash of what matters for safety.

An entry is whatever stands under an id: a sign, a claim, a condition, a rule, a step, a tier, a region, a source. The
files are taken as they come, so that a new one is covered from its first day. Everything in an entry counts, facts and
spoken sentences alike, except what is named in `LEFT_OUT`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skill.advice.store import CONTENT
from workshop.linting.yaml_files import Content, blocks, read_content

LEFT_OUT = frozenset({"heard_as", "rows", "sources_read"})
"""Keys that do not affect what is said: synonyms, and when and where an entry was read."""
NOT_SAFETY = frozenset({"style"})
"""Files about how sentences sound."""
_REGIONS = "regions"
_REGION_LEFT_OUT = frozenset({"words"})
"""Local spellings."""
_DIGITS = 16
"""Hexadecimal digits kept of a hash: enough to tell the versions of an entry apart."""

Path_ = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One thing to accept."""

    id: str
    """Its file and its place in it, such as `conditions.pregnancy.rules.massage`."""
    hash: str
    file: str
    """Under the content folder: where its facts stand, or its words where it has no facts."""
    key: str
    """Its place in that file."""


@dataclass(frozen=True, slots=True)
class Part:
    """An entry with the facts and the words that its hash stands for."""

    entry: Entry
    facts: Any
    words: dict[str, Any]
    """By language."""

    @property
    def is_phrase(self) -> bool:
        """A title, or a word between two others."""
        return isinstance(self.facts, Mapping) and self.facts.get("phrase") is True


def read_entries(root: Path = CONTENT) -> dict[str, Entry]:
    """Every entry of the content under `root`, by id."""
    return entries_of(read_content(root))


def entries_of(content: Content) -> dict[str, Entry]:
    """Every entry of `content`, by id. A file that cannot be read has none."""
    return {part.entry.id: part.entry for part in parts_of(content) if not part.is_phrase}


def parts_of(content: Content) -> list[Part]:
    """Every entry with what it says, sorted by id; phrases too, which nobody accepts."""
    names = sorted({*content.facts, *(name for own in content.words.values() for name in own)} - NOT_SAFETY)
    found: list[Part] = []
    for name in names:
        words = {language: content.word(language, name) for language in sorted(content.words)}
        for path, facts, said in _entries((name,), content.fact(name), words, whole_file=True):
            home = f"facts/{name}.yaml" if facts is not None else f"{min(said)}/{name}.yaml"
            entry = Entry(".".join(path), _hash({"facts": facts, "words": said}), home, ".".join(path[1:]))
            found.append(Part(entry, facts, said))
    for locale, region in blocks(content.regions).items():
        own = {key: value for key, value in blocks(region).items() if key not in _REGION_LEFT_OUT}
        id_ = f"{_REGIONS}.{locale}"
        entry = Entry(id_, _hash({"facts": own, "words": {}}), f"{_REGIONS}.yaml", str(locale))
        found.append(Part(entry, own, {}))
    return sorted(found, key=lambda part: part.entry.id)


def _entries(
    path: Path_, facts: Any, words: Mapping[str, Any], *, whole_file: bool = False
) -> Iterator[tuple[Path_, Any, dict[str, Any]]]:
    """The entries at and under `path`: its place, its facts (None where it has none), its words by language."""
    sides = [side for side in (facts, *words.values()) if isinstance(side, Mapping)]
    inside = list(dict.fromkeys(key for side in sides for key in side if whole_file or _holds_entries(side[key])))
    said = {language: own for language, side in words.items() if (own := _plain(side, inside)) not in (None, {})}
    own = _plain(facts, inside)
    if not whole_file and (own is not None or said):
        yield path, own, said
    for key in inside:
        below = {language: side.get(key) for language, side in words.items() if isinstance(side, Mapping)}
        fact = facts.get(key) if isinstance(facts, Mapping) else None
        if whole_file and not any(_holds_entries(side.get(key)) for side in sides):
            yield from _entries((*path, str(key)), fact, below)
            continue
        by_id = [side for side in (fact, *below.values()) if isinstance(side, Mapping)]
        for name in dict.fromkeys(name for side in by_id for name in side):
            yield from _entries(
                (*path, str(key), str(name)),
                fact.get(name) if isinstance(fact, Mapping) else None,
                {language: side.get(name) for language, side in below.items() if isinstance(side, Mapping)},
            )


def _holds_entries(value: object) -> bool:
    """A block of blocks, such as the rules of a condition or the steps of a routine."""
    return isinstance(value, Mapping) and bool(value) and all(isinstance(own, Mapping) for own in value.values())


def _plain(value: Any, inside: list[Any]) -> Any:
    """A value without the entries inside it, without what is left out, and without blocks that hold nothing."""
    if not isinstance(value, Mapping):
        return value
    return {key: own for key, own in value.items() if key not in inside and key not in LEFT_OUT and own != {}}


def _hash(value: object) -> str:
    """Of the content alone: neither the order of keys, nor how YAML writes it, nor comments count."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
