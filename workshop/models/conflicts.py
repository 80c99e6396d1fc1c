"""The same utterance in two intents, also where it only arises once slots are filled.

Writing out every sample with every value would be millions of utterances a model. Instead a value is looked for inside
the other sample's words and values: two samples with one slot each say the same thing if one slot lies within the
other, or if the two overlap.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

_SLOT = re.compile(r"\{(\w+)\}")


class Conflict(NamedTuple):
    """Two samples that one utterance belongs to."""

    utterance: str
    intent: str
    sample: str
    other_intent: str
    other_sample: str


class _Carrier(NamedTuple):
    """A sample with one slot: the words before it and after it."""

    intent: str
    sample: str
    head: str
    kind: str
    tail: str


class _Part(NamedTuple):
    """A value of a type, and the words around it."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True)
class Utterances:
    """The samples and values of a model, indexed for meeting one another."""

    language: Mapping[str, Any]

    @cached_property
    def values(self) -> dict[str, set[str]]:
        """Every phrase of each custom type."""
        found: dict[str, set[str]] = {}
        for kind in self.language.get("types", ()):
            names = [value["name"] for value in kind["values"]]
            phrases = (phrase for name in names for phrase in (name["value"], *name.get("synonyms", ())))
            found[kind["name"]] = {_plain(phrase) for phrase in phrases}
        return found

    @cached_property
    def patterns(self) -> dict[str, dict[str, str]]:
        """Samples with each slot written as its type, to the intents that have it and their own wording."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for intent in self.language["intents"]:
            types = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
            for sample in intent.get("samples", ()):
                found[_plain(_typed(sample, types))].setdefault(intent["name"], sample)
        return dict(found)

    @cached_property
    def carriers(self) -> list[_Carrier]:
        """The samples with exactly one slot of a custom type."""
        found = []
        for pattern, owners in self.patterns.items():
            slots = _SLOT.findall(pattern)
            if len(slots) == 1 and slots[0] in self.values:
                head, tail = pattern.split(f"{{{slots[0]}}}")
                found += [_Carrier(i, s, head.strip(), slots[0], tail.strip()) for i, s in owners.items()]
        return found

    def conflicts(self) -> list[Conflict]:
        """One example for every two samples that meet, each pair of samples once."""
        found: dict[frozenset[tuple[str, str]], Conflict] = {}
        for conflict in (*self._same(), *self._filled(), *self._nested(), *self._overlapping()):
            pair = frozenset(((conflict.intent, conflict.sample), (conflict.other_intent, conflict.other_sample)))
            found.setdefault(pair, conflict)
        return sorted(found.values(), key=lambda conflict: conflict[1:])

    def reached(self, utterance: str) -> set[str]:
        """The intents that an utterance is a sample of, as it stands or with one slot filled."""
        text = _plain(utterance)
        found = set(self.patterns.get(text, {}))
        for part in self._inside(text):
            found |= set(self.patterns.get(_join(part.before, f"{{{part.kind}}}", part.after), {}))
        return found

    def _same(self) -> Iterator[Conflict]:
        for pattern, owners in self.patterns.items():
            (intent, sample), *others = owners.items()
            for other, other_sample in others:
                yield Conflict(pattern, intent, sample, other, other_sample)

    def _filled(self) -> Iterator[Conflict]:
        """Words of one sample that are another's with its slot filled."""
        for pattern, owners in self.patterns.items():
            if "{" in pattern:
                continue
            for part in self._inside(pattern):
                for intent, sample in owners.items():
                    own = _Carrier(intent, sample, pattern, "", "")
                    yield from self._meets(own, pattern, (part.before, part.kind, part.after))

    def _nested(self) -> Iterator[Conflict]:
        """The other sample's slot holds this one's and some of its words, or both types have the same value."""
        holders: dict[_Part, dict[str, str]] = defaultdict(dict)
        for kind, values in self.values.items():
            for value in sorted(values):
                for part in self._inside(value):
                    if part.before or part.after or part.kind != kind:
                        holders[part].setdefault(kind, value)
        for carrier in self.carriers:
            head, tail = carrier.head.split(), carrier.tail.split()
            for start in range(len(head) + 1):
                for end in range(len(tail) + 1):
                    part = _Part(carrier.kind, " ".join(head[start:]), " ".join(tail[:end]))
                    before, after = " ".join(head[:start]), " ".join(tail[end:])
                    for kind, value in holders.get(part, {}).items():
                        yield from self._meets(carrier, _join(before, value, after), (before, kind, after))

    def _overlapping(self) -> Iterator[Conflict]:
        """This sample's slot begins before the other's and ends within it, or just where it begins."""
        for carrier in self.carriers:
            tail = carrier.tail.split()
            for cut in range(1, len(tail) + 1):
                after, rest = " ".join(tail[:cut]), " ".join(tail[cut:])
                for kind, values in self.values.items():
                    begins = self._overlaps[carrier.kind].get(kind, {}).get(after, {})
                    if after in values:
                        begins = {**begins, **{value: value for value in sorted(self.values[carrier.kind])}}
                    for before, value in begins.items():
                        utterance = _join(carrier.head, value, carrier.tail)
                        yield from self._meets(carrier, utterance, (_join(carrier.head, before), kind, rest))

    @cached_property
    def _overlaps(self) -> dict[str, dict[str, dict[str, dict[str, str]]]]:
        """For a type and another: words that only the other's value ends in, words that only its own begins with."""
        found: dict[str, dict[str, dict[str, dict[str, str]]]] = {}
        beginnings: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for kind, values in self.values.items():
            for value in sorted(values):
                words = value.split()
                for cut in range(1, len(words)):
                    beginnings[" ".join(words[:cut])].append((kind, " ".join(words[cut:])))
        for kind, values in self.values.items():
            own: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
            for value in sorted(values):
                words = value.split()
                for cut in range(1, len(words)):
                    for other, beyond in beginnings.get(" ".join(words[cut:]), ()):
                        own[other][beyond].setdefault(" ".join(words[:cut]), value)
            found[kind] = own
        return found

    def _inside(self, text: str) -> Iterator[_Part]:
        words = text.split()
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                phrase = " ".join(words[start:end])
                for kind, values in self.values.items():
                    if phrase in values:
                        yield _Part(kind, " ".join(words[:start]), " ".join(words[end:]))

    def _meets(self, own: _Carrier, utterance: str, shape: tuple[str, str, str]) -> Iterator[Conflict]:
        head, kind, tail = shape
        for other, other_sample in self.patterns.get(_join(head, f"{{{kind}}}", tail), {}).items():
            if other != own.intent:
                first, second = sorted(((own.intent, own.sample), (other, other_sample)))
                yield Conflict(utterance, *first, *second)


def _typed(sample: str, types: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: f"{{{types.get(slot[1], slot[1])}}}", sample)


def _plain(text: str) -> str:
    """Lowercase words with single spaces, hyphens as gaps; the types in braces stay as they are."""
    parts = re.split(r"(\{\w+\})", text)
    return " ".join(" ".join(part if "{" in part else part.lower().replace("-", " ") for part in parts).split())


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)
