"""How a sign is meant, after NegEx and ConText: whether it is denied, over, long ago, asked about, or explained.

Danger first: a sign that is stated in so many words is heard as one, whatever the rest of the sentence sounds like.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import pairwise, takewhile

from speaker.nlu.interaction_model import DURATION, Value
from speaker.nlu.language import language
from speaker.nlu.number_words import seconds_in
from speaker.nlu.slot_values import ABOUT_ONESELF, FINDINGS, HeardSlot, Span

SIGN = "SYMPTOM"
"""The slot type whose values are bodily signs, the most urgent first."""
_SIGNS = frozenset((SIGN, *FINDINGS))
_NEAR = 3
"""Words before a sign within which a question says whose it is."""
_REACH = 5
"""Words before a sign that may deny it, and after it within which it may be over."""
_NEVER_DENIED = frozenset(("self_harm", "die_wish"))
"""Signs that win even over a "not": "i don't want to live" is said in many ways."""
_SHORTEST = 60
"""Seconds: shorter lengths are of a hold."""


class Context:
    """The cues of one language (`context.yaml`), and what they say of a sign in an utterance."""

    def __init__(self, name: str = "en") -> None:
        own = language(name)
        cue = own.cue
        self._negations, self._none = cue("negation", "negations"), cue("negation", "none")
        self.refusals = self._negations | self._none | cue("negation", "refusals")
        """Every "not", "no" and "can't"."""
        self._unbroken, self._counted = cue("negation", "unbroken"), cue("negation", "counted")
        self._supposed, self._pseudo = cue("negation", "supposed"), cue("negation", "pseudo")
        self._over, self._goes = cue("temporality", "over"), cue("temporality", "goes")
        self._until_over, self._not_over = cue("temporality", "until_over"), cue("temporality", "not_over")
        self._long_ago, self._still = cue("temporality", "long_ago"), cue("temporality", "still")
        self._began, self._up_to = cue("temporality", "began"), cue("temporality", "up_to")
        self._awake, self._not_before = cue("temporality", "awake"), cue("temporality", "not_before")
        self._and_so = [tuple(phrase.split()) for phrase in cue("temporality", "and_so")]
        self._oneself, self._talked_to = cue("experiencer", "oneself"), cue("experiencer", "talked_to")
        self._asking, self._before_asking = cue("hypothetical", "asking"), cue("hypothetical", "before_asking")
        self._blame = [tuple(phrase.split()) for phrase in cue("hypothetical", "blame")]
        self._blame_links = cue("hypothetical", "blame_links")
        self._blame_on = [tuple(phrase.split()) for phrase in cue("hypothetical", "blame_on")]
        self._explained = {key: cue("explained", key) for key in own.files["context"]["explained"]}

    # ---- what an utterance says of signs -----------------------------------------------------------

    def volunteered(self, words: list[str], spans: list[Span], values: Mapping[str, Value]) -> list[HeardSlot]:
        """The two most urgent signs that the words state; none for one that is denied, over or asked about in general.

        `values` are the signs of the model, in its order.
        """
        rank = {id_: at for at, id_ in enumerate(dict.fromkeys(value.id for value in values.values()))}
        signs = [span for span in spans if span.slot.type == SIGN and self.stated(words, span, spans)]
        apart: list[Span] = []
        for span in sorted(signs, key=lambda span: (rank.get(span.slot.id or "", len(rank)), span.start)):
            if all(span.end <= other.start or other.end <= span.start for other in apart):
                apart.append(span)
        return [span.slot for span in sorted(apart[:2], key=lambda span: span.start)]

    def denied(self, words: list[str], spans: list[Span], kinds: Collection[str] = (SIGN,)) -> list[Span]:
        """The signs of these types that the words say are not there, or not any more, where they say little else."""
        if self._asks(words):
            return []
        signs = [span for span in spans if span.slot.type in kinds]
        signs = [span for span in signs if self._denies(words, span) or self._is_over(words, span)]
        last = max((span.end for span in signs), default=0)
        left = [word for word in words[last:] if word not in self._over | self._until_over | self._counted]
        return [] if len(left) > 1 else signs

    def without_not(self, words: list[str]) -> list[str]:
        """The words less the one "not" among them; none where there is no such word, or more, or it is "not only"."""
        at = [at for at, word in enumerate(words) if word in self._negations]
        if self._asks(words) or len(at) != 1 or self._pseudo.intersection(words[at[0] + 1 : at[0] + 2]):
            return []
        return words[: at[0]] + words[at[0] + 1 :]

    def stated(self, words: list[str], span: Span, spans: list[Span]) -> bool:
        """Whether a sign is there now, in somebody here."""
        longer = any(
            other.start <= span.start and span.end <= other.end and other.end - other.start > span.end - span.start
            for other in spans
        )
        if longer or self._denies(words, span) or self._is_over(words, span) or self._is_explained(words, span):
            return False
        return not self._in_general(words, span) and not self._is_past(words)

    def asks_what_is_to_blame(self, words: list[str], spans: list[Span]) -> bool:
        """Whether the words ask for a cause, as "is it the metformin" does: what it names is no confession."""
        if tuple(words[:2]) not in self._blame:
            return False
        rest = words[2:]
        while rest and rest[0] in self._blame_links:
            rest = rest[1:]
        if any(tuple(rest[: len(phrase)]) == phrase for phrase in self._blame_on):
            return True
        return any((s.start, s.end, s.slot.type) == (2, len(words), ABOUT_ONESELF) for s in spans)

    def lasted(self, words: list[str], spans: list[Span]) -> HeardSlot | None:
        """How long it has cramped, where the words say so; None for the length of anything else."""
        for span in spans:
            if span.slot.type != DURATION or seconds_in(span.slot.value) < _SHORTEST:
                continue
            if self._awake.intersection(words[: span.start]) or self._awake.intersection(
                words[span.end : span.end + 1]
            ):
                continue
            before = list(reversed(words[max(0, span.start - _REACH) : span.start]))
            linked = list(takewhile(lambda word: word in self._up_to, before))
            began = self._began.intersection(linked) or (
                len(linked) < len(before) and before[len(linked)] in self._began
            )
            if began and not self._not_before.intersection(before[:1]):
                return span.slot
            after = tuple(words[span.end : span.end + 3])
            if any(after[: len(phrase)] == phrase for phrase in self._and_so):
                return span.slot
        return None

    def belongs(self, words: list[str], known: Collection[str], fillers: Collection[str]) -> bool:
        """Whether every word is one of an intent's own, and every "not" with the word after it too.

        "It's gone" ends the night, so what only sounds like it must not: "it's gone blue".
        """
        own = [word for word in words if word not in fillers]
        pairs = (f"{one} {two}" for one, two in pairwise(words) if one in self.refusals)
        return all(word in known for word in own) and all(pair in known for pair in pairs)

    # ---- negation ------------------------------------------------------------------------------------

    def _denies(self, words: list[str], span: Span) -> bool:
        """A "not" before the sign and nothing between that begins anew. "Can't breathe" has its own, and is a sign."""
        if span.slot.id in _NEVER_DENIED:
            return False
        before = words[max(0, span.start - _REACH) : span.start]
        for at in reversed(range(len(before))):
            between = before[at + 1 :]
            if before[at] in self._none and all(word in self._counted for word in between):
                return True
            if before[at] in self._negations:
                supposed = bool(between) and between[0] in self._supposed
                scope = supposed or all(word in self._unbroken for word in between)
                return scope and not self._pseudo.intersection(between)
        return False

    # ---- temporality ---------------------------------------------------------------------------------

    def _is_over(self, words: list[str], span: Span) -> bool:
        after = words[span.end : span.end + _REACH]
        for at, word in enumerate(after):
            if word in self._over:
                return (at > 0 or word in self._goes) and not self._not_over.intersection(after[at + 1 : at + 3])
            if word not in self._until_over:
                return False
        return False

    def _is_past(self, words: list[str]) -> bool:
        text = f" {' '.join(words)} "
        return any(f" {phrase} " in text for phrase in self._long_ago) and not self._still.intersection(words)

    # ---- experiencer and hypothetical ----------------------------------------------------------------

    def _in_general(self, words: list[str], span: Span) -> bool:
        near = (*words[max(1, span.start - _NEAR) : span.end], *words[span.end :])
        return self._asks(words) and not self._oneself.intersection(near)

    def _asks(self, words: list[str]) -> bool:
        said = [word for word in words if word not in self._before_asking]
        return bool(said) and said[0] in self._asking

    # ---- explained -----------------------------------------------------------------------------------

    def _is_explained(self, words: list[str], span: Span) -> bool:
        """It has another reason, such as an ice pack or a cramp that locks the leg; or is a way of speaking."""
        own, after = words[span.start : span.end], words[span.end : span.end + _REACH]
        rest = {*words[: span.start], *words[span.end :]}
        cue = self._explained
        warmed = bool(cue["from"].intersection(after[:1]) and cue["warmed"].intersection(after))
        match span.slot.id:
            case "leg_warm" | "leg_red" | "hot" | "red" | "cold":
                return warmed
            case "new_numbness" | "numb":
                return warmed or any(phrase in " ".join(words[: span.start]) for phrase in cue["lain_on"])
            case "leg_unmovable":
                return bool(cue["moves"].intersection(own) and cue["cramped"] & rest)
            case "needs_ambulance" | "dying":
                said_of = cue["dying_for"].intersection(after[:1]) or cue["killing"] & rest
                return bool(cue["dying"].intersection(own[-1:]) and said_of)
            case "stroke_signs" | "confused" | "slur":
                of_the_coach = own[:1] == ["not"] and bool(self._talked_to & rest)
                return of_the_coach or any(f"{own[-1]} {word}" in cue["right_now"] for word in after[:1])
            case "overdose" | "overdosed":
                return words[0] in self._asking and not cue["taken"] & set(words)
        return False


@lru_cache
def context(name: str = "en") -> Context:
    """The cues of a language, read once."""
    return Context(name)


def without_signs(spans: list[Span]) -> list[Span]:
    """The spans less the signs: one that is not stated fills no slot."""
    return [span for span in spans if span.slot.type not in _SIGNS]
