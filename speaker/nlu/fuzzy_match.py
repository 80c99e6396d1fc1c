"""The nearest samples to an utterance: rare words and word pairs weigh most."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from speaker.nlu.interaction_model import InteractionModel
from speaker.nlu.language import language
from speaker.nlu.normalize import stem
from speaker.nlu.slot_values import CLOSED, HeardSlot, Span, choose

_CANDIDATES = 25
"""Samples of an intent that are compared word by word, of those that share most with the utterance."""
_PAIR = 0.8
_STEM = 0.5
_FILLER = 0.25
_COMMON = 3
"""Intents from which a word of their samples is common."""
_CLOSED = 3
"""Values of a slot type up to which no unlisted word can fill it."""
_UNKNOWN_VALUE = 0.7
"""How much less a reading counts whose slot holds words that nobody listed."""
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample as tokens; slots are tokens such as `{MUSCLE}`."""

    tokens: tuple[str, ...]
    intent: str
    slot_names: tuple[str, ...] = ()

    @property
    def types(self) -> tuple[str, ...]:
        """The slot types, in the order of `slot_names`."""
        return tuple(token[1:-1] for token in self.tokens if token.startswith("{"))


@dataclass(frozen=True, slots=True)
class Match:
    """A sample with the spans that fill its slots, and how alike it is to the utterance, 0 to 1."""

    sample: Sample
    spans: tuple[Span, ...]
    likeness: float

    @property
    def slots(self) -> dict[str, HeardSlot]:
        """The slots by name."""
        pairs = zip(self.sample.slot_names, self.sample.types, self.spans, strict=True)
        return {name: HeardSlot(kind, s.slot.value, s.slot.id, s.slot.name) for name, kind, s in pairs}


class _Index:
    """The samples of one intent as vectors, and which of them have a word or pair."""

    def __init__(self, vectors: list[Features]) -> None:
        self.vectors = vectors
        self._postings: dict[str, list[int]] = defaultdict(list)
        for at, vector in enumerate(vectors):
            for name in vector:
                self._postings[name].append(at)

    def candidates(self, lattice: Features) -> list[int]:
        """Positions of the samples that share most with the lattice."""
        scores: dict[int, float] = defaultdict(float)
        for name, value in lattice.items():
            for at in self._postings.get(name, ()):
                scores[at] += value * self.vectors[at][name]
        return sorted(scores, key=lambda at: -scores[at])[:_CANDIDATES]


class Nearest:
    """The samples of a model by intent, each intent indexed when it is first asked for."""

    def __init__(self, model: InteractionModel, weight: Callable[[str], float]) -> None:
        self._weight = weight
        self._fillers = language(model.language).words("fillers")
        self._samples: dict[str, list[Sample]] = defaultdict(list)
        for text, owners in model.patterns.items():
            self._samples[owners[0][0]].append(Sample(tuple(text.split()), *owners[0]))
        for text, intent in model.built_in.items():
            self._samples[intent].append(Sample(tuple(text.split()), intent))
        # A list of two or three, such as the postures, is all there is: no other word is a value of it.
        self.open = [
            kind
            for kind, own in model.values.items()
            if kind not in CLOSED and len({v.id for v in own.values()}) > _CLOSED
        ]
        heard_in = Counter(
            token for own in self._samples.values() for token in {t for sample in own for t in sample.tokens}
        )
        self.common = {token for token, intents in heard_in.items() if intents >= _COMMON}
        """Words that so many intents' samples have that they are no value of a slot."""
        self._indexes: dict[str, _Index] = {}

    def match(self, intent: str, words: list[str], spans: list[Span], unknown: list[Span]) -> Match | None:
        """The intent's sample that is most like the words, with its slots filled; None where none shares anything."""
        index = self._index(intent)
        best: Match | None = None
        for at in index.candidates(self._lattice(words, spans, unknown)):
            sample, vector = self._samples[intent][at], index.vectors[at]
            for filling in self._fillings(sample.types, spans, unknown):
                reading = self._unit(self._features(_replaced(words, filling, sample.types)))
                likeness = sum(value * vector[name] for name, value in reading.items() if name in vector)
                likeness *= _UNKNOWN_VALUE ** sum(not span.known for span in filling)
                # Of readings that are alike, the first: the value that was named last.
                if best is None or likeness > best.likeness + 1e-9:
                    best = Match(sample, filling, likeness)
        return best

    def _index(self, intent: str) -> _Index:
        if intent not in self._indexes:
            self._indexes[intent] = _Index([self._unit(self._features(s.tokens)) for s in self._samples[intent]])
        return self._indexes[intent]

    def _unit(self, raw: Features) -> Features:
        weighed = {name: value * self._weight(name) for name, value in raw.items()}
        length = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
        return {name: value / length for name, value in weighed.items()}

    def _lattice(self, words: list[str], spans: list[Span], unknown: list[Span]) -> Features:
        """What the words share with a sample in any reading."""
        lattice = dict(self._features(tuple(words)))
        for span in (*spans, *unknown):
            before = words[span.start - 1] if span.start else "<"
            after = words[span.end] if span.end < len(words) else ">"
            for kind in [span.slot.type] if span.slot.type else self.open:
                token = f"{{{kind}}}"
                lattice |= {token: 1.0, f"{before} {token}": _PAIR, f"{token} {after}": _PAIR}
        return {name: value * self._weight(name) for name, value in lattice.items()}

    def _fillings(self, types: tuple[str, ...], spans: list[Span], unknown: list[Span]) -> Iterator[tuple[Span, ...]]:
        """Every way to fill slots of these types, in spoken order, from the spans."""
        if not types:
            yield ()
            return
        choices = [choose(spans, kind)[:4] or (unknown[:2] if kind in self.open else []) for kind in types]
        for filling in product(*choices):
            if all(one.end <= two.start for one, two in pairwise(filling)):
                yield filling

    def _features(self, tokens: tuple[str, ...]) -> Features:
        """Words, stems and pairs of neighbours, with the sentence's two ends."""
        found: Features = {}
        for token in tokens:
            weight = _FILLER if token in self._fillers and len(tokens) > 1 else 1.0
            found[token] = weight
            if token[0] != "{":
                name = f"~{stem(token)}"
                found[name] = max(found.get(name, 0.0), _STEM * weight)
        for one, two in zip(("<", *tokens), (*tokens, ">"), strict=True):
            found[f"{one} {two}"] = _PAIR * (_FILLER if one in self._fillers or two in self._fillers else 1.0)
        return found


def _replaced(words: list[str], spans: tuple[Span, ...], types: tuple[str, ...]) -> tuple[str, ...]:
    out: list[str] = []
    at = 0
    for span, kind in zip(spans, types, strict=True):
        out += [*words[at : span.start], f"{{{kind}}}"]
        at = span.end
    return (*out, *words[at:])
