"""What Alexa would make of an utterance, through the interaction model alone: exact samples first, then the nearest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from rapidfuzz import fuzz, process

from skill.speaker.model import DURATION, InteractionModel
from skill.speaker.numbers import durations, spoken

FALLBACK = "AMAZON.FallbackIntent"
NEAR = 78.0
"""Likeness (0 to 100) from which a sample counts as heard; measured on the held-out utterances."""
_LONGEST_VALUE = 10
_MOST_SPANS = 14

# What people say around the thing they say. Dropped one by one only where the whole phrase matches nothing.
_FILLERS = (
    "um uh uhm er erm hmm oh ah well so hey alexa please like yeah ok okay actually just now really sorry right then "
    "bloody damn god goodness gosh jesus christ hell fucking freaking flipping"
).split()
_FILLER_PHRASES = (
    "i think", "i mean", "i guess", "you know", "can you", "could you", "would you", "i said", "oh my god", "oh god",
    "thank you", "thanks", "at the moment", "right now", "for me", "tell me", "actually no", "no wait", "cramp coach",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeardSlot:
    """One slot as it was filled."""

    type: str
    value: str
    id: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """An intent with its slots, and how it was come by: `exact`, `near` or `nothing`."""

    intent: str
    slots: dict[str, HeardSlot] = field(default_factory=dict)
    how: str = "exact"


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    type: str
    slot: HeardSlot


class Hearing:
    """The ear of a speaker in one locale."""

    def __init__(self, model: InteractionModel) -> None:
        self.model = model

    def hear(self, utterance: str) -> Heard:
        """The intent that the utterance comes to; FallbackIntent where nothing is near enough."""
        words = spoken(utterance).split()[:60]
        if not words:
            return Heard(FALLBACK, how="nothing")
        for attempt in _lighter(words):
            found = self._exactly(attempt)
            if found:
                return found
        return self._unknown_value(words) or self._nearest(words) or Heard(FALLBACK, how="nothing")

    # ---- exact -----------------------------------------------------------------------------------

    def _exactly(self, words: list[str]) -> Heard | None:
        text = " ".join(words)
        if text in self.model.built_in:
            return Heard(self.model.built_in[text])
        for pattern, spans in self._readings(words):
            if pattern in self.model.patterns:
                intent, names = self.model.patterns[pattern][0]
                return Heard(intent, {name: span.slot for name, span in zip(names, spans, strict=True)})
        return None

    def _readings(self, words: list[str]) -> Iterator[tuple[str, tuple[_Span, ...]]]:
        """The utterance as patterns: as it stands, then with one and two values replaced, the longest values first."""
        yield " ".join(words), ()
        spans = self._spans(words)
        for span in spans:
            yield _pattern(words, (span,)), (span,)
        for pair in combinations(sorted(spans, key=lambda span: span.start), 2):
            if pair[0].end <= pair[1].start:
                yield _pattern(words, pair), pair

    def _spans(self, words: list[str]) -> list[_Span]:
        spans = [
            _Span(start, end, DURATION, HeardSlot(DURATION, iso)) for (start, end), iso in durations(words).items()
        ]
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST_VALUE, len(words)) + 1):
                phrase = " ".join(words[start:end])
                for kind, values in self.model.values.items():
                    if phrase in values:
                        value = values[phrase]
                        slot = HeardSlot(kind, phrase, value.id, value.name)
                        spans.append(_Span(start, end, kind, slot))
        spans.sort(key=lambda span: (span.start - span.end, span.start))
        return spans[:_MOST_SPANS]

    # ---- a sample whose slot holds a word that nobody listed ------------------------------------------

    @cached_property
    def _carriers(self) -> list[tuple[list[str], list[str], str, str, str]]:
        found = []
        for pattern, owners in self.model.patterns.items():
            if pattern.count("{") != 1:
                continue
            before, _, rest = pattern.partition("{")
            kind, _, after = rest.partition("}")
            head, tail = before.split(), after.split()
            if len(head) + len(tail) >= 2 and kind != DURATION:
                intent, names = owners[0]
                found.append((head, tail, kind, intent, names[0]))
        return sorted(found, key=lambda carrier: -len(carrier[0]) - len(carrier[1]))

    def _unknown_value(self, words: list[str]) -> Heard | None:
        for head, tail, kind, intent, name in self._carriers:
            size = len(words) - len(head) - len(tail)
            if not 1 <= size <= 3 or words[: len(head)] != head or (tail and words[-len(tail) :] != tail):
                continue
            filling = words[len(head) : len(words) - len(tail)]
            if not _SMALL.intersection(filling):
                return Heard(intent, {name: HeardSlot(kind, " ".join(filling))}, how="near")
        return None

    # ---- the nearest -----------------------------------------------------------------------------------

    @cached_property
    def _samples(self) -> list[str]:
        return [*self.model.patterns, *self.model.built_in]

    def _nearest(self, words: list[str]) -> Heard | None:
        best: tuple[float, str, tuple[_Span, ...]] | None = None
        seen = set()
        for pattern, spans in self._readings(words):
            if pattern in seen or len(seen) > 40:
                continue
            seen.add(pattern)
            found = process.extractOne(pattern, self._samples, scorer=_likeness, score_cutoff=NEAR)
            if found:
                # A reading that explains more words by a known value is the likelier of two alike.
                score = found[1] + sum(span.end - span.start for span in spans)
                if (best is None or score > best[0]) and found[0].count("{") == len(spans):
                    best = (score, found[0], spans)
        if best is None:
            return None
        _, sample, spans = best
        if sample in self.model.built_in:
            return Heard(self.model.built_in[sample], how="near")
        kinds = [part.partition("}")[0] for part in sample.split("{")[1:]]
        if sorted(kinds) != sorted(span.type for span in spans):
            return None
        intent, names = self.model.patterns[sample][0]
        return Heard(intent, {name: span.slot for name, span in zip(names, spans, strict=True)}, how="near")


_SMALL = frozenset("i you it is are was the a an my this that and or to of what why how do does".split())


def _likeness(a: str, b: str, *, score_cutoff: float | None = None) -> float:
    return float(fuzz.token_sort_ratio(a, b, score_cutoff=score_cutoff))


def _pattern(words: list[str], spans: tuple[_Span, ...]) -> str:
    out: list[str] = []
    at = 0
    for span in spans:
        out += words[at : span.start]
        out.append(f"{{{span.type}}}")
        at = span.end
    return " ".join([*out, *words[at:]])


def _lighter(words: list[str]) -> Iterator[list[str]]:
    """The words as they are, then without filler phrases, then without filler words."""
    yield words
    text = f" {' '.join(words)} "
    for phrase in _FILLER_PHRASES:
        text = text.replace(f" {phrase} ", " ")
    fewer = text.split()
    if fewer and fewer != words:
        yield fewer
    fewest = [word for word in fewer if word not in _FILLERS]
    if fewest and fewest != fewer:
        yield fewest
