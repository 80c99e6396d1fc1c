"""Slot values in an utterance: which runs of its words are values of which slot types."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from speaker.nlu.interaction_model import DURATION, Value
from speaker.nlu.normalize import joined, stem
from speaker.nlu.number_words import NUMBER_WORDS, durations

Values = Mapping[str, Mapping[str, Value]]
"""Slot type to spoken phrase to value."""
LONGEST_VALUE = 10
"""Words of the longest value that is looked for."""
_LONGEST_UNKNOWN = 3
_DENIALS = frozenset(("not", "isn't", "ain't", "never", "except", "than"))
# Words that carry grammar and so are never, by themselves, a thing that nobody listed.
GRAMMAR = frozenset(
    "i i'm i've i'll i'd you you're it it's its is isn't are aren't was were the a an my your his her this that these "
    "those and or but to of in on at for with from by as if so then than what what's which why how when where who do "
    "does did don't doesn't can can't could should would will won't have has had be been am not no yes me we they he "
    "she there some any just only".split()
)
# Words between the telling ones of a value: "my leg [has gone all] red".
_SLACK = frozenset(
    "i'm i've a an the my your his her their this that it it's is are am was were be been being has have had got "
    "gone get getting go going goes went come comes coming looks look looking feels feel feeling felt seems seem "
    "turned turning become very really so quite rather pretty all 's a bit little kind kinda sort of some in on "
    "at to just now also both completely totally quite up down i single".split()
)
_LITERAL = frozenset(("no", "feel", "feeling", "cold"))
"""Words that make a sign only together with those that are otherwise slack."""
_AS_THEY_STAND = frozenset(("overdose", "self_harm", "needs_ambulance"))
"""Signs whose every word counts: "took all my pills" is more than "take pills"."""
_SHORTEST_LONE_STEM = 5
ABOUT_ONESELF = "CONDITION"
"""The slot type whose values a person volunteers about themselves."""
_BLAME = re.compile(
    r"(is|was|could|might|can) (it|this|that) (be )?(just |all |only )?(the|my|because|from|due|down|caused|to do) "
)
_BLAMED = (("is", "it"), ("was", "it"), ("is", "this"))
COMMON = GRAMMAR | _SLACK | NUMBER_WORDS
"""Words that are right as they stand, whether or not a sample has them."""


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
        return self.slot.id is not None or self.slot.type == DURATION


def spans_of(words: list[str], values: Values) -> list[Span]:
    """Every value named in the words, without those inside a longer one of the same type; in spoken order."""
    found = [Span(start, end, HeardSlot(DURATION, iso)) for (start, end), iso in durations(words).items()]
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_VALUE, len(words)) + 1):
            phrase = " ".join(words[start:end])
            for kind, known in values.items():
                value = known.get(phrase)
                if value is not None:
                    slot = HeardSlot(kind, joined(phrase), value.id, value.name)
                    found.append(Span(start, end, slot, denied=_denied(words, start)))
    return sorted(_outermost(found), key=lambda span: (span.start, span.end))


class LooseValues:
    """Values found by their telling words alone: "calf is all swollen up" as "swollen calf"."""

    def __init__(self, values: Values) -> None:
        self._by_words: dict[tuple[str, ...], dict[str, Value]] = {}
        for kind, phrases in values.items():
            for phrase, value in phrases.items():
                if kind == "SYMPTOM" and (value.id in _AS_THEY_STAND or _is_literal(phrase)):
                    continue
                key = _telling(phrase.split())
                # One telling word is enough only where it is all that the phrase has: "legs have gone" is not "legs".
                if len(key) > 1 or (key and " " not in phrase and len(key[0]) >= _SHORTEST_LONE_STEM):
                    # The first keeps the words: of two signs, the more urgent.
                    self._by_words.setdefault(key, {}).setdefault(kind, value)
        self._counts = Counter(word for key in self._by_words for word in key)

    def nearest(self, words: list[str], kind: str, enough: float) -> HeardSlot | None:
        """The value of `kind` that most of whose telling words are among the words; None below the share `enough`."""
        said = set(_telling(words)) - _COMMON_STEMS
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
            if words[start] in _SLACK:
                continue
            for end in range(start + 1, min(start + LONGEST_VALUE, len(words)) + 1):
                if words[end - 1] in _SLACK:
                    continue
                for kind, value in self._by_words.get(_telling(words[start:end]), {}).items():
                    slot = HeardSlot(kind, joined(" ".join(words[start:end])), value.id, value.name)
                    found.append(Span(start, end, slot, denied=_denied(words, start)))
        same = {(span.start, span.end, span.slot.type) for span in known}
        fresh = [
            span
            for span in found
            if (span.start, span.end, span.slot.type) not in same
            and not any(k.slot.type == span.slot.type and k.start <= span.start and span.end <= k.end for k in known)
        ]
        return sorted(_outermost([*known, *fresh]), key=lambda span: (span.start, span.end))


_COMMON_STEMS = frozenset(
    map(stem, COMMON | {"do", "let", "put", "make", "use", "try", "take", "want", "need", "help"})
)


def _is_literal(phrase: str) -> bool:
    """Whether a sign is one only as it stands: "no feeling in my leg" less its slack is "no leg", and what "has gone
    cold" is more than what is cold."""
    return not _LITERAL.isdisjoint(phrase.split()) or " at all" in phrase or "all night" in phrase


def _telling(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted({stem(word) for word in words if word not in _SLACK}))


def asks_what_is_to_blame(words: list[str], spans: Iterable[Span]) -> bool:
    """Whether the words ask for a cause, as "is it the metformin" does: what such a question names is no confession."""
    alone = any((s.start, s.end, s.slot.type) == (2, len(words), ABOUT_ONESELF) for s in spans)
    return (alone and tuple(words[:2]) in _BLAMED) or _BLAME.match(" ".join(words)) is not None


def unknown_spans(words: list[str], familiar: Iterable[str]) -> list[Span]:
    """Runs of one to three words that no sample has and so may be the value of any slot; their type is empty."""
    known = set(familiar) | GRAMMAR
    found = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end] not in known and not words[end].endswith("ly"):
            end += 1
        if at < end <= at + _LONGEST_UNKNOWN:
            found.append(Span(at, end, HeardSlot("", " ".join(words[at:end]))))
        at = max(end, at + 1)
    return found


def choose(spans: list[Span], kind: str) -> list[Span]:
    """The spans that may fill a slot of `kind`, the last named first; one that is ruled out only where all are."""
    own = [span for span in spans if span.slot.type == kind]
    return sorted([span for span in own if not span.denied] or own, key=lambda span: -span.start)


def _denied(words: list[str], start: int) -> bool:
    before = words[max(0, start - 3) : start]
    if any(pair == ("instead", "of") for pair in pairwise(before)):
        return True
    return any(word in _DENIALS for word in before) and not {"my", "it's"} & set(before[_last_denial(before) + 2 :])


def _last_denial(words: list[str]) -> int:
    return max((at for at, word in enumerate(words) if word in _DENIALS), default=len(words))


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
