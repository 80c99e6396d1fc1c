"""What Alexa would make of an utterance, through the interaction model alone: exact samples first, then the nearest."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from speaker.nlu import negation
from speaker.nlu.fuzzy_match import FILLERS, Match, Nearest
from speaker.nlu.interaction_model import DURATION, InteractionModel
from speaker.nlu.likelihood import Likelihood
from speaker.nlu.negation import SIGN
from speaker.nlu.normalize import spoken
from speaker.nlu.slot_values import (
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
from speaker.nlu.spelling import Spelling

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
_LONGEST_HOLD = 600
"""Seconds: a longer one is asked for in so many words or not at all."""
_ENDING = frozenset(
    ("EasedIntent", "AgreeIntent", "LeaveIntent", "AMAZON.YesIntent", "AMAZON.StopIntent", "AMAZON.CancelIntent")
)
"""Intents that end the night or say that all is well: never heard from a word that is not theirs, as in "went blue"."""
_STANDING = "BedtimeIntent"
"""Its stretches are done on one's feet: "i can't stand up" is not a wish to."""
_BESIDE = FILLERS | frozenset(
    "i i'm i've i am a an the my your it it's its is are was be been this that of in on at to for and me you so up we "
    "he she him her his got have has had very really quite please 's let's think all bit".split()
)
"""Words that say nothing of how it is."""
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
        denied = negation.denied(words, spans) or self._denied_within(words)
        if denied:
            slots = dict(zip(self._denied_slots, (span.slot for span in denied), strict=False))
            return Heard(self._no_sign_intent, slots, how="near")
        lasted = negation.lasted(words, spans)
        if lasted:
            return Heard(self._sign_intent, {self._lasted_slot: lasted}, how="near")
        kept = negation.without_signs(spans)
        # A sign that was denied, is over or is asked about in general fills no slot, not even by resemblance.
        refused = len(kept) < len(spans)
        passed = {self._no_sign_intent, *([self._sign_intent] if refused else [])}
        if asks_what_is_to_blame(words, spans):
            passed |= {intent for intent, slots in self.model.slots.items() if ABOUT_ONESELF in slots.values()}
            kept = [span for span in kept if span.slot.type != ABOUT_ONESELF]
        known = {word for span in kept for word in words[span.start : span.end]}
        unknown = unknown_spans(words, self._near.common | FILLERS | known)
        unlisted = self._unlisted(words, unknown, refused)
        if unlisted:
            return unlisted
        fits = {intent: fit for intent, fit in self._likelihood(words).items() if intent not in passed}
        likeliest = sorted(fits, key=lambda intent: -fits[intent])[:_COMPARED]
        matches = {intent: self._near.match(intent, words, kept, unknown) for intent in likeliest}
        if not matches:
            return Heard(FALLBACK, how="nothing", sure=0.0)
        intent = max(matches, key=lambda intent: fits[intent] + math.log(_FLOOR + _likeness(matches[intent])))
        sure = _KNOWN * self._likelihood.known(words) + (1 - _KNOWN) * _likeness(matches[intent])
        slots = self._slots(intent, matches[intent], words, kept, refused)
        if sure < self.near or not self._may_end(intent, words) or self._times_something_else(intent, slots):
            return Heard(FALLBACK, how="nothing", sure=sure)
        return Heard(intent, slots, how="near", sure=sure)

    def _unlisted(self, words: list[str], unknown: list[Span], refused: bool) -> Heard | None:
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
                    if intent != self._no_sign_intent:
                        owners[intent] = (names[0], replace(span, slot=slot))
        if len(owners) != 1:
            return None
        intent, (name, span) = next(iter(owners.items()))
        resembled = self._resembled(words, span.slot.type, refused)
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

    def _denied_within(self, words: list[str]) -> list[Span]:
        """Signs with a "not" in the middle: "my leg is not red"."""
        rest = negation.without_not(words)
        return [span for span in self._loose.spans(rest, spans_of(rest, self.model.values)) if span.slot.type == SIGN]

    def _may_end(self, intent: str, words: list[str]) -> bool:
        """Whether the words may be heard as an intent that ends the night, or that gets somebody up."""
        if intent not in _ENDING and intent != _STANDING:
            return True
        known = self._likelihood.vocabulary(intent)
        return negation.belongs(words, known, _BESIDE if intent in _ENDING else set(words) - negation.REFUSALS)

    def _times_something_else(self, intent: str, slots: dict[str, HeardSlot]) -> bool:
        """A length that is no hold's, and that the words do not say of the cramp: "wake me in half an hour"."""
        times = [negation.seconds_in(slot.value) for slot in slots.values() if slot.type == DURATION]
        return bool(times) and (intent == self._sign_intent or max(times) > _LONGEST_HOLD)

    def _signs(self, words: list[str], spans: list[Span]) -> dict[str, HeardSlot]:
        return dict(
            zip(self._sign_slots, negation.volunteered(words, spans, self.model.values.get(SIGN, {})), strict=False)
        )

    def _resembled(self, words: list[str], kind: str, refused: bool) -> HeardSlot | None:
        if refused:
            return None
        return self._loose.nearest(words, kind, RESEMBLES_SIGN if kind == SIGN else RESEMBLES)

    def _slots(
        self, intent: str, match: Match | None, words: list[str], spans: list[Span], refused: bool
    ) -> dict[str, HeardSlot]:
        """The slots of the nearest sample, and any other that a value in the utterance can fill."""
        found = dict(match.slots) if match else {}
        kinds = self.model.slots.get(intent, {})
        for name, kind in kinds.items():
            slot = found.get(name)
            if slot is not None and slot.id is None and kind in self.model.values:
                found[name] = self._resembled(words, kind, refused) or slot
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

    @property
    def _lasted_slot(self) -> str:
        return next(name for name, kind in self.model.slots[self._sign_intent].items() if kind == DURATION)

    @property
    def _denied_slots(self) -> list[str]:
        return [name for name, kind in self.model.slots[self._no_sign_intent].items() if kind == SIGN]

    @cached_property
    def _sign_intent(self) -> str:
        return next(intent for intent in self._about_signs if "lasted" in self.model.slots[intent])

    @cached_property
    def _no_sign_intent(self) -> str:
        return next(intent for intent in self._about_signs if intent != self._sign_intent)

    @property
    def _about_signs(self) -> list[str]:
        return [intent for intent, slots in self.model.slots.items() if SIGN in slots.values()]


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
