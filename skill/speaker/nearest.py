"""The nearest samples to an utterance: rare words and word pairs weigh most."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from skill.speaker.model import InteractionModel
from skill.speaker.spoken import stem
from skill.speaker.values import HeardSlot, Span, choose

_CANDIDATES = 120
"""Samples that are compared word by word, of those that share most with the utterance."""
_PAIR = 0.8
_STEM = 0.5
_FILLER = 0.25
_CLOSED = 3
"""Values of a slot type up to which no unlisted word can fill it."""
_UNKNOWN_VALUE = 0.7
"""How much less a reading counts whose slot holds words that nobody listed."""
# What people say around the thing they say.
FILLERS = frozenset(
    "um uh uhm er erm hmm oh ah ow ouch argh well so hey alexa please like yeah ok okay actually just now really sorry "
    "right then bloody damn god goodness gosh jesus christ hell fucking freaking flipping mate love thanks".split()
)

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


class Nearest:
    """All samples of a model, indexed by words and word pairs."""

    def __init__(self, model: InteractionModel) -> None:
        self.samples = [
            *(Sample(tuple(text.split()), *owners[0]) for text, owners in model.patterns.items()),
            *(Sample(tuple(text.split()), intent) for text, intent in model.built_in.items()),
        ]
        # A list of two or three, such as the postures, is all there is: no other word is a value of it.
        self._open = [kind for kind, own in model.values.items() if len({v.id for v in own.values()}) > _CLOSED]
        self.words = {token for sample in self.samples for token in sample.tokens}
        intents_of: dict[str, set[str]] = defaultdict(set)
        counts: Counter[str] = Counter()
        raw = []
        for sample in self.samples:
            own = _features(sample.tokens)
            raw.append(own)
            for name in own:
                intents_of[name].add(sample.intent)
            counts.update(own.keys())
        total, intents = len(self.samples), len({sample.intent for sample in self.samples})
        # Templates multiply some words, so a word counts as common by the intents that have it as much as by samples.
        self._weight = {
            name: math.log((1 + total) / count) / math.log(1 + total) * math.log((1 + intents) / len(intents_of[name]))
            + 0.05
            for name, count in counts.items()
        }
        self._unseen = math.log(1 + intents) + 0.05
        self._vectors: list[Features] = []
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, own in enumerate(raw):
            vector = self._unit(own)
            self._vectors.append(vector)
            for name, value in vector.items():
                self._postings[name].append((at, value))

    def matches(self, words: list[str], spans: list[Span], unknown: list[Span]) -> dict[str, Match]:
        """Intent to its sample nearest to the words, with the slots filled; only intents that share something."""
        nearest: dict[str, Match] = {}
        for at in self._candidates(words, spans, unknown):
            match = self._best(at, words, spans, unknown)
            if match and (match.sample.intent not in nearest or match.likeness > nearest[match.sample.intent].likeness):
                nearest[match.sample.intent] = match
        return nearest

    def _unit(self, raw: Features) -> Features:
        weighed = {name: value * self._weight.get(name, self._unseen) for name, value in raw.items()}
        length = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
        return {name: value / length for name, value in weighed.items()}

    def _candidates(self, words: list[str], spans: list[Span], unknown: list[Span]) -> list[int]:
        """Positions of the samples that share most with the words in any reading."""
        lattice = dict(_features(tuple(words)))
        for span in (*spans, *unknown):
            kinds = [span.slot.type] if span.slot.type else self._open
            before = words[span.start - 1] if span.start else "<"
            after = words[span.end] if span.end < len(words) else ">"
            for kind in kinds:
                token = f"{{{kind}}}"
                lattice |= {token: 1.0, f"{before} {token}": _PAIR, f"{token} {after}": _PAIR}
        scores: dict[int, float] = defaultdict(float)
        for name, value in lattice.items():
            weight = value * self._weight.get(name, 0.0)
            for at, own in self._postings.get(name, ()):
                scores[at] += weight * own
        return sorted(scores, key=lambda at: -scores[at])[:_CANDIDATES]

    def _best(self, at: int, words: list[str], spans: list[Span], unknown: list[Span]) -> Match | None:
        """The reading of the words that is most like one sample."""
        sample, vector = self.samples[at], self._vectors[at]
        best: Match | None = None
        for filling in self._fillings(sample.types, spans, unknown):
            reading = self._unit(_features(_replaced(words, filling, sample.types)))
            likeness = sum(value * vector[name] for name, value in reading.items() if name in vector)
            likeness *= _UNKNOWN_VALUE ** sum(not span.known for span in filling)
            # Of readings that are alike, the first: the value that was not ruled out and was named last.
            if best is None or likeness > best.likeness + 1e-9:
                best = Match(sample, filling, likeness)
        return best

    def _fillings(
        self, types: tuple[str, ...], spans: list[Span], unknown: list[Span]
    ) -> Iterator[tuple[Span, ...]]:
        """Every way to fill slots of these types, in spoken order, from the spans."""
        if not types:
            yield ()
            return
        choices = [choose(spans, kind)[:4] or (unknown[:2] if kind in self._open else []) for kind in types]
        for filling in product(*choices):
            if all(one.end <= two.start for one, two in pairwise(filling)):
                yield filling


def _replaced(words: list[str], spans: tuple[Span, ...], types: tuple[str, ...]) -> tuple[str, ...]:
    out: list[str] = []
    at = 0
    for span, kind in zip(spans, types, strict=True):
        out += [*words[at : span.start], f"{{{kind}}}"]
        at = span.end
    return (*out, *words[at:])


def _features(tokens: tuple[str, ...]) -> Features:
    """Words, stems and pairs of neighbours, with the sentence's two ends."""
    found: Features = {}
    for token in tokens:
        weight = _FILLER if token in FILLERS and len(tokens) > 1 else 1.0
        found[token] = weight
        if token[0] != "{":
            name = f"~{stem(token)}"
            found[name] = max(found.get(name, 0.0), _STEM * weight)
    for one, two in zip(("<", *tokens), (*tokens, ">"), strict=True):
        found[f"{one} {two}"] = _PAIR * (_FILLER if one in FILLERS or two in FILLERS else 1.0)
    return found
