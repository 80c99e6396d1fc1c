"""Slot values in an utterance: which runs of its words are values of which slot types."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from speaker.nlu.clock_times import clock_times
from speaker.nlu.interaction_model import DURATION, TIME, Value
from speaker.nlu.language import language
from speaker.nlu.normalize import joined, stem
from speaker.nlu.number_words import durations, number_words

Values = Mapping[str, Mapping[str, Value]]
"""Slot type to spoken phrase to value."""
LONGEST_VALUE = 10
"""Words of the longest value that is looked for."""
_LONGEST_UNKNOWN = 3
_AS_THEY_STAND = frozenset(("overdose", "self_harm", "needs_ambulance"))
"""Signs whose every word counts: "took all my pills" is more than "take pills"."""
_SHORTEST_LONE_STEM = 5
CLOSED = frozenset(("SYMPTOM", "PLACE", "ELSEWHERE", "STATE", "ACTION", "EVENT", "SINCE", "FEELING"))
"""Types that no unlisted word can fill: what is not known of a body is a cramp until something known is said."""
FINDINGS = ("PLACE", "ELSEWHERE", "STATE", "ACTION", "EVENT")
"""The types of what a body shows, of those."""
THINGS = frozenset(("CAUSE", "CONDITION", "HABIT", "LOOKALIKE", "REMEDY"))
"""Types of things that people ask about: one thing may be a value of several."""
ABOUT_ONESELF = "CONDITION"
"""The slot type whose values a person volunteers about themselves."""


@dataclass(frozen=True, slots=True)
class HeardSlot:
    """One slot as it was filled. `id` and `name` are None where the words are no value that the model lists."""

    type: str
    value: str
    id: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words, from `start` up to `end`, that fills a slot."""

    start: int
    end: int
    slot: HeardSlot
    denied: bool = False
    """The person named it only to rule it out: "not the calf"."""

    @property
    def known(self) -> bool:
        """Whether the words are a value of the model."""
        return self.slot.id is not None or self.slot.type in (DURATION, TIME)


class SlotWords:
    """The words of one language by which values are found."""

    def __init__(self, name: str = "en") -> None:
        own = language(name)
        self.name = name
        self.grammar = own.words("grammar")
        """Words that carry grammar and so are never, by themselves, a thing that nobody listed."""
        self.slack = own.words("slack")
        """Words between the telling ones of a value: "my leg [has gone all] red"."""
        self.common = self.grammar | self.slack | number_words(name)
        """Words that are right as they stand, whether or not a sample has them."""
        self.common_stems = frozenset(stem(word, name) for word in self.common | own.words("common_verbs"))
        self._literal = own.words("literal")
        self._literal_phrases = own.phrases("literal_phrases")
        self._adverb_endings = own.phrases("adverb_endings")
        self._not_meant = own.cue("negation", "not_meant")
        self._instead_of = {tuple(phrase.split()) for phrase in own.phrases("instead_of")}
        self._meant = own.words("meant")

    def telling(self, words: list[str]) -> tuple[str, ...]:
        """The stems that tell one value from another, sorted."""
        return tuple(sorted({stem(word, self.name) for word in words if word not in self.slack}))

    def is_literal(self, phrase: str) -> bool:
        """Whether a sign is one only as it stands: "no feeling in my leg" less its slack is "no leg", and what "has
        gone cold" is more than what is cold."""
        return not self._literal.isdisjoint(phrase.split()) or any(f" {own}" in phrase for own in self._literal_phrases)

    def is_adverb(self, word: str) -> bool:
        """Whether a word is never a thing, by how it ends."""
        return word.endswith(self._adverb_endings)

    def is_denied(self, words: list[str], start: int) -> bool:
        """Whether what begins at `start` is named only to rule it out: "not the calf"."""
        before = words[max(0, start - 3) : start]
        if any(pair in self._instead_of for pair in pairwise(before)):
            return True
        last = max((at for at, word in enumerate(before) if word in self._not_meant), default=None)
        return last is not None and not self._meant & set(before[last + 2 :])


@lru_cache
def slot_words(name: str = "en") -> SlotWords:
    """Those of a language, made once."""
    return SlotWords(name)


def spans_of(words: list[str], values: Values, name: str = "en") -> list[Span]:
    """Every value named in the words, without those inside a longer one of the same type; in spoken order."""
    own = slot_words(name)
    found = [Span(start, end, HeardSlot(DURATION, iso)) for (start, end), iso in durations(words, name).items()]
    found += [Span(start, end, HeardSlot(TIME, time)) for (start, end), time in clock_times(words, name).items()]
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_VALUE, len(words)) + 1):
            phrase = " ".join(words[start:end])
            for kind, known in values.items():
                value = known.get(phrase)
                if value is not None:
                    slot = HeardSlot(kind, joined(phrase), value.id, value.name)
                    found.append(Span(start, end, slot, denied=own.is_denied(words, start)))
    return sorted(_outermost(found), key=lambda span: (span.start, span.end))


class LooseValues:
    """Values found by their telling words alone: "calf is all swollen up" as "swollen calf"."""

    def __init__(self, values: Values, name: str = "en") -> None:
        self._own = slot_words(name)
        self._by_words: dict[tuple[str, ...], dict[str, Value]] = {}
        for kind, phrases in values.items():
            for phrase, value in phrases.items():
                if kind == "SYMPTOM" and (value.id in _AS_THEY_STAND or self._own.is_literal(phrase)):
                    continue
                key = self._own.telling(phrase.split())
                # One telling word is enough only where it is all that the phrase has: "legs have gone" is not "legs".
                if len(key) > 1 or (key and " " not in phrase and len(key[0]) >= _SHORTEST_LONE_STEM):
                    # The first keeps the words: of two signs, the more urgent.
                    self._by_words.setdefault(key, {}).setdefault(kind, value)
        self._counts = Counter(word for key in self._by_words for word in key)

    def nearest(self, words: list[str], kind: str, enough: float) -> HeardSlot | None:
        """The value of `kind` that most of whose telling words are among the words; None below the share `enough`."""
        said = set(self._own.telling(words)) - self._own.common_stems
        best: tuple[float, Value] | None = None
        for key, kinds in self._by_words.items():
            both = said.intersection(key)
            # One word in common is a likeness only where it is the whole: snake oil is not magnesium oil.
            if kind not in kinds or len(both) < min(2, len(key)):
                continue
            shared = sum(map(self._rarity, both))
            if shared >= enough * sum(map(self._rarity, key)) and (best is None or shared > best[0]):
                best = (shared, kinds[kind])
        return HeardSlot(kind, best[1].name, best[1].id, best[1].name) if best else None

    def _rarity(self, word: str) -> float:
        return math.log(len(self._by_words) / (1 + self._counts[word]))

    def spans(self, words: list[str], known: list[Span]) -> list[Span]:
        """The `known` spans with the loose ones that say more, in spoken order."""
        found = []
        for start in range(len(words)):
            if words[start] in self._own.slack:
                continue
            for end in range(start + 1, min(start + LONGEST_VALUE, len(words)) + 1):
                if words[end - 1] in self._own.slack:
                    continue
                for kind, value in self._by_words.get(self._own.telling(words[start:end]), {}).items():
                    slot = HeardSlot(kind, joined(" ".join(words[start:end])), value.id, value.name)
                    found.append(Span(start, end, slot, denied=self._own.is_denied(words, start)))
        same = {(span.start, span.end, span.slot.type) for span in known}
        fresh = [
            span
            for span in found
            if (span.start, span.end, span.slot.type) not in same
            and not any(k.slot.type == span.slot.type and k.start <= span.start and span.end <= k.end for k in known)
        ]
        return sorted(_outermost([*known, *fresh]), key=lambda span: (span.start, span.end))


def unknown_spans(words: list[str], familiar: Iterable[str], name: str = "en") -> list[Span]:
    """Runs of one to three words that no sample has and so may be the value of any slot; their type is empty."""
    own = slot_words(name)
    known = set(familiar) | own.grammar
    found = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end] not in known and not own.is_adverb(words[end]):
            end += 1
        if at < end <= at + _LONGEST_UNKNOWN:
            found.append(Span(at, end, HeardSlot("", " ".join(words[at:end]))))
        at = max(end, at + 1)
    return found


def choose(spans: list[Span], kind: str) -> list[Span]:
    """The spans that may fill a slot of `kind`, the last named first; one that is ruled out only where all are."""
    own = [span for span in spans if span.slot.type == kind]
    return sorted([span for span in own if not span.denied] or own, key=lambda span: -span.start)


def _outermost(spans: list[Span]) -> list[Span]:
    return [
        span
        for span in spans
        if not any(
            other.slot.type == span.slot.type
            and other.start <= span.start
            and span.end <= other.end
            and (other.start, other.end) != (span.start, span.end)
            for other in spans
        )
    ]
