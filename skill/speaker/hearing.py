"""What Alexa would make of an utterance, through the interaction model alone: exact samples first, then the nearest."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from skill.speaker.caution import SIGN, volunteered
from skill.speaker.likelihood import Likelihood
from skill.speaker.model import InteractionModel
from skill.speaker.nearest import FILLERS, Match, Nearest
from skill.speaker.spelling import Spelling
from skill.speaker.spoken import spoken
from skill.speaker.values import (
    ABOUT_ONESELF,
    COMMON,
    HeardSlot,
    LooseValues,
    Span,
    asks_what_is_to_blame,
    choose,
    spans_of,
    unknown_spans,
)

__all__ = ["FALLBACK", "Heard", "HeardSlot", "Hearing"]

FALLBACK = "AMAZON.FallbackIntent"
NEAR = 0.55
"""How sure (0 to 1) of an intent the ear must be to have heard it; set by measurement, see docs/understanding.md."""
_KNOWN = 0.7
"""How much of being sure is that the words are known at all; the rest is likeness to the nearest sample."""
_COMPARED = 6
"""Intents whose samples are compared, of those whose words fit the utterance best."""
_FLOOR = 0.05
"""Likeness granted to an intent of which no sample is near, so that its words alone may still carry it."""
RESEMBLES = 0.5
"""Share of a value's telling words from which an unlisted wording is taken for it."""
RESEMBLES_SIGN = 0.7
"""The same for a bodily sign: one that nobody knows is answered with all of them, safer than with a wrong one."""
_CARRIER_WORDS = 2
"""Words of a sample beside its slot from which it carries a word that nobody listed."""
_PLACE = "MUSCLE"
_OTHER_PLACES = frozenset("knee knees ankle ankles hip hips elbow elbows wrist wrists hand hands neck shoulder".split())
"""Where else it may hurt: words that nobody listed as a muscle, and that one word beside them is enough to carry."""
_MOST_WORDS = 60
_MOST_SPANS = 14
_FILLER_PHRASES = (
    "i think", "i mean", "i guess", "you know", "can you", "could you", "would you", "i said", "oh my god", "oh god",
    "thank you", "at the moment", "right now", "for me", "tell me", "actually no", "no wait", "cramp coach",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """An intent with its slots, and how it was come by: `exact`, `near` or `nothing`."""

    intent: str
    slots: dict[str, HeardSlot] = field(default_factory=dict)
    how: str = "exact"
    sure: float = 1.0
    """How sure the ear is, 0 to 1."""


class Hearing:
    """The ear of a speaker in one locale."""

    def __init__(self, model: InteractionModel, near: float = NEAR) -> None:
        self.model = model
        self.near = near

    def hear(self, utterance: str) -> Heard:
        """The intent that the utterance comes to; FallbackIntent where nothing is near enough."""
        words = spoken(utterance).split()[:_MOST_WORDS]
        if not words:
            return Heard(FALLBACK, how="nothing", sure=0.0)
        repaired = self._spelling.repair(words)
        for attempt in _lighter(repaired):
            found = self._exactly(attempt)
            if found:
                return self._in_full(found, repaired)
        return self._nearly(repaired)

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

    def _readings(self, words: list[str]) -> Iterator[tuple[str, tuple[Span, ...]]]:
        """The utterance as patterns: as it stands, then with one and two values replaced, the longest values first."""
        yield " ".join(words), ()
        found = spans_of(words, self.model.values)
        spans = sorted(found, key=lambda span: (span.start - span.end, span.start))[:_MOST_SPANS]
        for span in spans:
            yield _pattern(words, (span,)), (span,)
        for pair in combinations(sorted(spans, key=lambda span: span.start), 2):
            if pair[0].end <= pair[1].start:
                yield _pattern(words, pair), pair

    # ---- near ------------------------------------------------------------------------------------

    @cached_property
    def _near(self) -> Nearest:
        return Nearest(self.model, self._likelihood.weight)

    @cached_property
    def _likelihood(self) -> Likelihood:
        return Likelihood(self.model)

    @cached_property
    def _loose(self) -> LooseValues:
        return LooseValues(self.model.values)

    @cached_property
    def _spelling(self) -> Spelling:
        texts = [*self.model.patterns, *self.model.built_in, *(p for own in self.model.values.values() for p in own)]
        return Spelling({word for text in texts for word in text.split() if "{" not in word} | COMMON | FILLERS)

    def _nearly(self, words: list[str]) -> Heard:
        spans = self._loose.spans(words, spans_of(words, self.model.values))
        signs = self._signs(words, spans)
        if signs:
            return Heard(self._sign_intent, signs, how="near")
        never = set()
        if asks_what_is_to_blame(words, spans):
            never = {intent for intent, slots in self.model.slots.items() if ABOUT_ONESELF in slots.values()}
            spans = [span for span in spans if span.slot.type != ABOUT_ONESELF]
        known = {word for span in spans for word in words[span.start : span.end]}
        unknown = unknown_spans(words, self._near.common | FILLERS | known)
        unlisted = self._unlisted(words, unknown)
        if unlisted:
            return unlisted
        fits = self._likelihood(words)
        likeliest = sorted(set(fits) - never, key=lambda intent: -fits[intent])[:_COMPARED]
        matches = {intent: self._near.match(intent, words, spans, unknown) for intent in likeliest}
        if not matches:
            return Heard(FALLBACK, how="nothing", sure=0.0)
        intent = max(matches, key=lambda intent: fits[intent] + math.log(_FLOOR + _likeness(matches[intent])))
        sure = _KNOWN * self._likelihood.known(words) + (1 - _KNOWN) * _likeness(matches[intent])
        if sure < self.near:
            return Heard(FALLBACK, how="nothing", sure=sure)
        return Heard(intent, self._slots(intent, matches[intent], words, spans), how="near", sure=sure)

    def _unlisted(self, words: list[str], unknown: list[Span]) -> Heard | None:
        """A sample word for word but for what fills its slot, where only one intent has such a sample."""
        owners: dict[str, tuple[str, Span]] = {}
        for span in unknown:
            elsewhere = span.slot.value in _OTHER_PLACES
            if len(words) - (span.end - span.start) < (1 if elsewhere else _CARRIER_WORDS):
                continue
            for kind in [_PLACE] if elsewhere else self._near.open:
                slot = HeardSlot(kind, span.slot.value)
                pattern = _pattern(words, (replace(span, slot=slot),))
                for intent, names in self.model.patterns.get(pattern, ()):
                    owners[intent] = (names[0], replace(span, slot=slot))
        if len(owners) != 1:
            return None
        intent, (name, span) = next(iter(owners.items()))
        resembled = self._loose.nearest(words, span.slot.type, RESEMBLES_SIGN if span.slot.type == SIGN else RESEMBLES)
        return Heard(intent, {name: resembled or span.slot}, how="near")

    def _in_full(self, heard: Heard, words: list[str]) -> Heard:
        """A sign as it was said in full: "both my legs feel weak" is more than "weak"."""
        if heard.intent != self._sign_intent or not heard.slots:
            return heard
        signs = self._signs(words, self._loose.spans(words, spans_of(words, self.model.values)))
        said = max(len(slot.value) for slot in heard.slots.values())
        if len(signs) < len(heard.slots) or max(len(slot.value) for slot in signs.values()) <= said:
            return heard
        return replace(heard, slots=signs)

    def _signs(self, words: list[str], spans: list[Span]) -> dict[str, HeardSlot]:
        return dict(zip(self._sign_slots, volunteered(words, spans, self.model.values.get(SIGN, {})), strict=False))

    def _slots(self, intent: str, match: Match | None, words: list[str], spans: list[Span]) -> dict[str, HeardSlot]:
        """The slots of the nearest sample, and any other that a value in the utterance can fill."""
        found = dict(match.slots) if match else {}
        kinds = self.model.slots.get(intent, {})
        for name, kind in kinds.items():
            slot = found.get(name)
            if slot is not None and slot.id is None and kind in self.model.values:
                enough = RESEMBLES_SIGN if kind == SIGN else RESEMBLES
                found[name] = self._loose.nearest(words, kind, enough) or slot
        taken = {slot.value for slot in found.values()}
        for name, kind in kinds.items():
            left = [span for span in choose(spans, kind) if span.slot.value not in taken and not span.denied]
            if name not in found and left:
                found[name] = left[0].slot
                taken.add(left[0].slot.value)
        return found

    @cached_property
    def _sign_slots(self) -> list[str]:
        return [name for name, kind in self.model.slots[self._sign_intent].items() if kind == SIGN]

    @cached_property
    def _sign_intent(self) -> str:
        return next(intent for intent, slots in self.model.slots.items() if SIGN in slots.values())


def _likeness(match: Match | None) -> float:
    return match.likeness if match else 0.0


def _pattern(words: list[str], spans: tuple[Span, ...]) -> str:
    out: list[str] = []
    at = 0
    for span in spans:
        out += [*words[at : span.start], f"{{{span.slot.type}}}"]
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
    fewest = [word for word in fewer if word not in FILLERS]
    if fewest and fewest != fewer:
        yield fewest
