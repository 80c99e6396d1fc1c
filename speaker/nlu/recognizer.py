"""What an utterance comes to: exact samples first, then signs, then the nearest sample; in the order of `STAGES`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from speaker.nlu.context import SIGN, context, without_signs
from speaker.nlu.doubt import FAINT, Doubt
from speaker.nlu.fuzzy_match import Match, Nearest
from speaker.nlu.interaction_model import DURATION, InteractionModel
from speaker.nlu.language import language
from speaker.nlu.likelihood import Likelihood
from speaker.nlu.normalize import spoken
from speaker.nlu.number_words import seconds_in
from speaker.nlu.slot_values import (
    ABOUT_ONESELF,
    FINDINGS,
    THINGS,
    HeardSlot,
    LooseValues,
    Span,
    choose,
    slot_words,
    spans_of,
    unknown_spans,
)
from speaker.nlu.spelling import Spelling

__all__ = ["FALLBACK", "STAGES", "Heard", "HeardSlot", "Hearing"]

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
_MOST_WORDS = 60
_LONGEST_HOLD = 600
"""Seconds: a longer one is asked for in so many words or not at all."""
_FARTHEST = 6
"""Words between a state and the place that it is said of."""
_ENDING = frozenset(
    ("EasedIntent", "AgreeIntent", "LeaveIntent", "AMAZON.YesIntent", "AMAZON.StopIntent", "AMAZON.CancelIntent")
)
"""Intents that end the night or say that all is well: never heard from a word that is not theirs, as in "went blue"."""
_STANDING = "BedtimeIntent"
"""Its stretches are done on one's feet: "i can't stand up" is not a wish to."""
_PLAIN = 0.8
"""How sure of an ending, or of a place that is none, the ear must be not to ask, where the words sound like a sign even
faintly."""
_MOST_SPANS = 14


@dataclass(frozen=True, slots=True)
class Heard:
    """An intent with its slots, and how it was come by: `exact`, `near`, `doubt` (a sign half heard) or `nothing`."""

    intent: str
    slots: dict[str, HeardSlot] = field(default_factory=dict)
    how: str = "exact"
    sure: float = 1.0
    """How sure the ear is, 0 to 1."""


@dataclass
class _Said:
    """One utterance, with what is looked up in it once."""

    words: list[str]
    """Normalised, slips repaired."""
    hearing: Hearing

    @cached_property
    def spans(self) -> list[Span]:
        """Every value named, in so many words or by its telling ones."""
        return self.hearing._loose.spans(self.words, spans_of(self.words, self.hearing.model.values))

    @cached_property
    def kept(self) -> list[Span]:
        """The spans that may fill a slot once no sign was stated, and what is blamed is no confession."""
        kept = without_signs(self.spans)
        if self.hearing._context.asks_what_is_to_blame(self.words, self.spans):
            kept = [span for span in kept if span.slot.type != ABOUT_ONESELF]
        return kept

    @property
    def refused(self) -> bool:
        """A sign was named and not stated: it fills no slot, not even by resemblance."""
        return any(span.slot.type == SIGN for span in self.spans)

    @cached_property
    def unknown(self) -> list[Span]:
        """Runs of words that nobody listed."""
        known = {word for span in self.kept for word in self.words[span.start : span.end]}
        return unknown_spans(self.words, self.hearing._near.common | self.hearing._fillers | known)


class Hearing:
    """The ear of a speaker in one locale."""

    def __init__(self, model: InteractionModel, near: float = NEAR) -> None:
        self.model = model
        self.near = near
        own = language(model.language)
        self._context = context(model.language)
        self._fillers = own.words("fillers")
        self._filler_phrases = own.phrases("filler_phrases")
        self._beside = own.words("beside") | self._fillers
        self._other_places = own.words("other_places")

    def hear(self, utterance: str) -> Heard:
        """The intent that the utterance comes to; FallbackIntent where nothing is near enough."""
        words = spoken(utterance, self.model.language).split()[:_MOST_WORDS]
        if not words:
            return Heard(FALLBACK, how="nothing", sure=0.0)
        said = _Said(self._spelling.repair(words), self)
        return self._at_home(next(heard for stage in STAGES if (heard := stage(self, said))), said)

    # ---- exact -----------------------------------------------------------------------------------

    def exact(self, said: _Said) -> Heard | None:
        """A sample or a phrase of Amazon's word for word, fillers aside."""
        for attempt in self._lighter(said.words):
            found = self._exactly(attempt)
            if found:
                return self._in_full(found, said)
        return None

    def _exactly(self, words: list[str]) -> Heard | None:
        text = " ".join(words)
        if text in self.model.built_in:
            return Heard(self.model.built_in[text])
        best: tuple[tuple[int, int], Heard] | None = None
        for pattern, spans in self._readings(words):
            if pattern not in self.model.patterns:
                continue
            intent, names = self.model.patterns[pattern][0]
            if not spans:
                return Heard(intent)
            order = list(self.model.slots[intent])
            # The most words that are values; of equal readings the one whose slots the intent declares first.
            rank = (-sum(span.end - span.start for span in spans), sum(map(order.index, names)))
            if best is None or rank < best[0]:
                best = rank, Heard(intent, {name: span.slot for name, span in zip(names, spans, strict=True)})
        return best[1] if best else None

    def _lighter(self, words: list[str]) -> Iterator[list[str]]:
        """The words as they are, then without filler phrases, then without filler words."""
        yield words
        text = f" {' '.join(words)} "
        for phrase in self._filler_phrases:
            text = text.replace(f" {phrase} ", " ")
        fewer = text.split()
        if fewer and fewer != words:
            yield fewer
        fewest = [word for word in fewer if word not in self._fillers]
        if fewest and fewest != fewer:
            yield fewest

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
        return LooseValues(self.model.values, self.model.language)

    @cached_property
    def _spelling(self) -> Spelling:
        texts = [*self.model.patterns, *self.model.built_in, *(p for own in self.model.values.values() for p in own)]
        own = {word for text in texts for word in text.split() if "{" not in word}
        return Spelling(own | slot_words(self.model.language).common | self._fillers)

    def sign(self, said: _Said) -> Heard | None:
        """Danger first: a bodily sign that is stated."""
        signs = self._signs(said)
        return Heard(self._sign_intent, signs, how="near") if signs else None

    def finding(self, said: _Said) -> Heard | None:
        """A state of a place, what cannot be done, or what has happened, in closed values."""
        found = self._findings(said)
        return Heard(self._sign_intent, found, how="near") if found else None

    def denial(self, said: _Said) -> Heard | None:
        """A sign that is not there, or not any more."""
        signs = self._context.denied(said.words, said.spans) or self._denied_within(said.words)
        if signs:
            slots = dict(zip(self._denied_slots, (span.slot for span in signs), strict=False))
            return Heard(self._no_sign_intent, slots, how="near")
        own = {kind: name for name, kind in reversed(self.model.slots[self._no_sign_intent].items())}
        found = self._context.denied(said.words, said.spans, [kind for kind in FINDINGS if kind in own])
        states = {own[span.slot.type]: span.slot for span in found if span.slot.type != "PLACE"}
        return Heard(self._no_sign_intent, states, how="near") if states else None

    def length(self, said: _Said) -> Heard | None:
        """How long it has cramped."""
        lasted = self._context.lasted(said.words, said.spans)
        return Heard(self._sign_intent, {self._lasted_slot: lasted}, how="near") if lasted else None

    def doubt(self, said: _Said) -> Heard | None:
        """Words half heard that sound like a sign: asked about, never passed over for a stretch or for goodnight."""
        sure = self._doubts.sign(said.words, self._spelling.known) is not None
        if not sure and self._doubts.sign(said.words, (), FAINT) is None:
            return None
        heard = self.unlisted(said) or self.likeness(said)
        # What falls to FallbackIntent is asked again anyway, and most of it was said to somebody else. What would end
        # the night must not sound like a sign even faintly.
        # A place that is none, "my boot has gone white", was hardly meant for what the rest is like.
        displaced = any(slot.type == _PLACE and slot.id is None for slot in heard.slots.values())
        asked = ((heard.intent in _ENDING or displaced) and heard.sure < _PLAIN) or (sure and heard.intent != FALLBACK)
        return Heard(self._sign_intent, how="doubt", sure=heard.sure) if asked else None

    @cached_property
    def _doubts(self) -> Doubt:
        return Doubt(self.model.values.get(SIGN, {}), self.model.language)

    def likeness(self, said: _Said) -> Heard:
        """The intent whose words fit best and whose nearest sample is most alike; nothing where it is too unsure."""
        passed = {self._no_sign_intent, *([self._sign_intent] if said.refused else [])}
        if self._context.asks_what_is_to_blame(said.words, said.spans):
            passed |= {
                intent for intent, slots in self.model.slots.items() if next(iter(slots.values()), "") == ABOUT_ONESELF
            }
        fits = {intent: fit for intent, fit in self._likelihood(said.words).items() if intent not in passed}
        likeliest = sorted(fits, key=lambda intent: -fits[intent])[:_COMPARED]
        matches = {intent: self._near.match(intent, said.words, said.kept, said.unknown) for intent in likeliest}
        if not matches:
            return Heard(FALLBACK, how="nothing", sure=0.0)
        intent = max(matches, key=lambda intent: fits[intent] + math.log(_FLOOR + _likeness(matches[intent])))
        sure = _KNOWN * self._likelihood.known(said.words) + (1 - _KNOWN) * _likeness(matches[intent])
        slots = self._slots(intent, matches[intent], said)
        if sure < self.near or not self._may_end(intent, said.words) or self._times_something_else(intent, slots):
            return Heard(FALLBACK, how="nothing", sure=sure)
        return Heard(intent, slots, how="near", sure=sure)

    def _at_home(self, heard: Heard, said: _Said) -> Heard:
        """A thing in the slot that the intent is about, where that knows it too: a statin may be a cause."""
        kinds = self.model.slots.get(heard.intent, {})
        own = next((name for name, kind in kinds.items() if kind in THINGS), None)
        guests = {name: slot for name, slot in heard.slots.items() if slot.type in THINGS and name != own}
        if own is None or own in heard.slots or not guests:
            return heard
        longest = max(len(slot.value) for slot in guests.values())
        spans = [span for span in choose(said.kept, kinds[own]) if len(span.slot.value) >= longest]
        if not spans:
            return heard
        kept = {name: slot for name, slot in heard.slots.items() if name not in guests}
        return replace(heard, slots={own: spans[0].slot, **kept})

    # ---- parts of the stages -----------------------------------------------------------------------

    def _findings(self, said: _Said) -> dict[str, HeardSlot]:
        """The slots that what is stated of the body fills."""
        stated = [
            span
            for span in said.spans
            if span.slot.type in FINDINGS and self._context.stated(said.words, span, said.spans)
        ]
        found: dict[str, HeardSlot] = {}
        happened = [span for span in stated if span.slot.type in ("ACTION", "EVENT")]
        places = [span for span in said.spans if span.slot.type == "PLACE"]
        for span in stated:
            if span.slot.type == "STATE":
                near = [own for own in places if _between(own, span) <= _FARTHEST and own.start != span.start]
                if near and "state" not in found:
                    found |= {"place": min(near, key=lambda own: _between(own, span)).slot, "state": span.slot}
            elif span in happened and (span.end - span.start > 1 or len(happened) > 1):
                found.setdefault(span.slot.type.lower(), span.slot)
        return {name: slot for name, slot in found.items() if name in self.model.slots[self._sign_intent]}

    def unlisted(self, said: _Said) -> Heard | None:
        """A sample word for word but for what fills its slot, where only one intent has such a sample."""
        words = said.words
        owners: dict[str, tuple[str, Span]] = {}
        places = [Span(at, at + 1, HeardSlot("", own)) for at, own in enumerate(words) if own in self._other_places]
        for span in (*said.unknown, *places):
            elsewhere = span.slot.value in self._other_places
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
        resembled = self._resembled(words, span.slot.type, said.refused)
        return Heard(intent, {name: resembled or span.slot}, how="near")

    def _in_full(self, heard: Heard, said: _Said) -> Heard:
        """A sign as it was said in full: "both my legs feel weak" is more than "weak"."""
        if heard.intent != self._sign_intent or not heard.slots:
            return heard
        signs = self._signs(said)
        own = [slot.value for name, slot in heard.slots.items() if name in self._sign_slots]
        longer = len(signs) >= len(own) and max(map(len, (slot.value for slot in signs.values())), default=0) > max(
            map(len, own), default=0
        )
        others = {name: slot for name, slot in heard.slots.items() if name not in self._sign_slots}
        return replace(heard, slots=others | signs) if longer else heard

    def _denied_within(self, words: list[str]) -> list[Span]:
        """Signs with a "not" in the middle: "my leg is not red"."""
        rest = self._context.without_not(words)
        return [span for span in self._loose.spans(rest, spans_of(rest, self.model.values)) if span.slot.type == SIGN]

    def _may_end(self, intent: str, words: list[str]) -> bool:
        """Whether the words may be heard as an intent that ends the night, or that gets somebody up."""
        if intent not in _ENDING and intent != _STANDING:
            return True
        known = self._likelihood.vocabulary(intent)
        beside = self._beside if intent in _ENDING else set(words) - self._context.refusals
        return self._context.belongs(words, known, beside)

    def _times_something_else(self, intent: str, slots: dict[str, HeardSlot]) -> bool:
        """A length that is no hold's, and that the words do not say of the cramp: "wake me in half an hour"."""
        times = [seconds_in(slot.value) for slot in slots.values() if slot.type == DURATION]
        return bool(times) and (intent == self._sign_intent or max(times) > _LONGEST_HOLD)

    def _signs(self, said: _Said) -> dict[str, HeardSlot]:
        stated = self._context.volunteered(said.words, said.spans, self.model.values.get(SIGN, {}))
        return dict(zip(self._sign_slots, stated, strict=False))

    def _resembled(self, words: list[str], kind: str, refused: bool) -> HeardSlot | None:
        if refused:
            return None
        return self._loose.nearest(words, kind, RESEMBLES_SIGN if kind == SIGN else RESEMBLES)

    def _slots(self, intent: str, match: Match | None, said: _Said) -> dict[str, HeardSlot]:
        """The slots of the nearest sample, and any other that a value in the utterance can fill."""
        found = dict(match.slots) if match else {}
        kinds = self.model.slots.get(intent, {})
        for name, kind in kinds.items():
            slot = found.get(name)
            if slot is not None and slot.id is None and kind in self.model.values:
                found[name] = self._resembled(said.words, kind, said.refused) or slot
        taken = {slot.value for slot in found.values()}
        for name, kind in kinds.items():
            left = [span for span in choose(said.kept, kind) if span.slot.value not in taken and not span.denied]
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


def _between(one: Span, two: Span) -> int:
    """Words between two spans; none where they overlap."""
    return max(0, one.start - two.end, two.start - one.end)


Stage = Callable[[Hearing, _Said], Heard | None]
STAGES: tuple[Stage, ...] = (
    Hearing.exact,
    Hearing.sign,
    Hearing.finding,
    Hearing.denial,
    Hearing.length,
    Hearing.doubt,
    Hearing.unlisted,
    Hearing.likeness,
)
"""The policy of the ear: each is asked in turn, and the first that hears anything is right. The last always answers."""
