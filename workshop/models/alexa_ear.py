"""An ear that is no cleverer than Alexa: exact samples first, then a plain classifier; slots by literal value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, pairwise

from speaker.nlu.interaction_model import InteractionModel
from speaker.nlu.normalize import spoken
from speaker.nlu.recognizer import FALLBACK, Heard, HeardSlot
from speaker.nlu.slot_values import Span, spans_of
from workshop.models.classifier import Classifier

LEAST_MARGIN = -0.55
"""The classifier's margin below which an utterance falls to FallbackIntent, as at the sensitivity LOW."""
_MOST_SPANS = 14


class AlexaEar:
    """Hears through the built model alone: no negation, no spelling, no likeness of values.

    Amazon's own intents are heard on their published phrases, or by the classifier as Alexa may.
    """

    def __init__(self, model: InteractionModel) -> None:
        self.model = model
        self._classifier = Classifier(model)

    def hear(self, utterance: str) -> Heard:
        """The intent that the utterance comes to; FallbackIntent where the classifier is too unsure."""
        words = spoken(utterance).split()
        if not words:
            return Heard(FALLBACK, how="nothing", sure=0.0)
        spans = spans_of(words, self.model.values)
        found = self._exactly(words, spans)
        if found:
            return found
        intent, margin = self._classifier.intent(utterance)
        if margin < LEAST_MARGIN:
            return Heard(FALLBACK, how="nothing", sure=margin)
        return Heard(intent, literal_slots(self.model, intent, spans), how="near", sure=margin)

    def _exactly(self, words: list[str], spans: list[Span]) -> Heard | None:
        text = " ".join(words)
        if text in self.model.published:
            return Heard(self.model.published[text])
        best: tuple[tuple[int, int], Heard] | None = None
        for pattern, own in _readings(words, spans):
            if pattern not in self.model.patterns:
                continue
            intent, names = self.model.patterns[pattern][0]
            if not own:
                return Heard(intent)
            order = list(self.model.slots[intent])
            rank = (-sum(span.end - span.start for span in own), sum(map(order.index, names)))
            if best is None or rank < best[0]:
                best = rank, Heard(intent, {name: span.slot for name, span in zip(names, own, strict=True)})
        return best[1] if best else None


def literal_slots(model: InteractionModel, intent: str, spans: list[Span]) -> dict[str, HeardSlot]:
    """The slots of an intent by values named in so many words, the longest first; no word fills two."""
    found: dict[str, HeardSlot] = {}
    taken: list[Span] = []
    kinds = model.slots.get(intent, {})
    # Of values as long, that of the slot which the intent names first.
    order = {kind: at for at, kind in reversed(list(enumerate(kinds.values())))}
    own = [span for span in spans if span.slot.type in order]
    for span in sorted(own, key=lambda span: (span.start - span.end, order[span.slot.type], span.start)):
        name = next((name for name, kind in kinds.items() if kind == span.slot.type and name not in found), None)
        if name is not None and all(span.end <= other.start or other.end <= span.start for other in taken):
            found[name] = span.slot
            taken.append(span)
    return found


def _readings(words: list[str], spans: list[Span]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """The utterance as patterns: as it stands, then with one to three values replaced, the longest values first."""
    yield " ".join(words), ()
    longest = sorted(spans, key=lambda span: (span.start - span.end, span.start))[:_MOST_SPANS]
    for span in longest:
        yield _pattern(words, (span,)), (span,)
    ordered = sorted(longest, key=lambda span: span.start)
    for several in chain(combinations(ordered, 2), combinations(ordered, 3)):
        if all(one.end <= two.start for one, two in pairwise(several)):
            yield _pattern(words, several), several


def _pattern(words: list[str], spans: tuple[Span, ...]) -> str:
    out: list[str] = []
    at = 0
    for span in spans:
        out += [*words[at : span.start], f"{{{span.slot.type}}}"]
        at = span.end
    return " ".join([*out, *words[at:]])
