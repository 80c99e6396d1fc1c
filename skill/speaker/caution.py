"""Danger first: a bodily sign that is stated in so many words is heard as one, whatever the rest sounds like."""

from __future__ import annotations

from collections.abc import Mapping

from skill.speaker.model import DURATION, Value
from skill.speaker.values import HeardSlot, Span

SIGN = "SYMPTOM"
"""The slot type whose values are bodily signs, the most urgent first."""
_ASKING = frozenset(
    "why what what's when where who which how how's is isn't are aren't am was were do does did can could should would "
    "will might may shall whether tell explain".split()
)
_BEFORE_IT_IS_OVER = frozenset("gone stopped better cleared over went disappeared away eased".split())
_NO_SIGN = frozenset("no not don't doesn't isn't aren't haven't hasn't without never didn't wasn't stop stops".split())
_REACH = 4
"""Words before a sign that may deny it."""


def volunteered(words: list[str], spans: list[Span], values: Mapping[str, Value]) -> list[HeardSlot]:
    """The two most urgent signs that the words state; none for a question, a denial or a sign that is over.

    `values` are the signs of the model, in its order.
    """
    said = [word for word in words if word not in ("and", "but", "so", "then", "um", "uh", "well", "please")]
    if not said or said[0] in _ASKING:
        return []
    rank = {id_: at for at, id_ in enumerate(dict.fromkeys(value.id for value in values.values()))}
    signs = [span for span in spans if span.slot.type == SIGN and _stated(words, span, spans)]
    apart: list[Span] = []
    for span in sorted(signs, key=lambda span: (rank.get(span.slot.id or "", len(rank)), span.start)):
        if all(span.end <= other.start or other.end <= span.start for other in apart):
            apart.append(span)
    return [span.slot for span in sorted(apart[:2], key=lambda span: span.start)]


def _stated(words: list[str], span: Span, spans: list[Span]) -> bool:
    longer = any(
        other.start <= span.start and span.end <= other.end and other.end - other.start > span.end - span.start
        for other in spans
    )
    measures_time = any(s.slot.type == DURATION and s.start < span.end and span.start < s.end for s in spans)
    if longer or (measures_time and span.end - span.start < _REACH):
        return False
    before, after = words[max(0, span.start - _REACH) : span.start], words[span.end : span.end + _REACH]
    # A sign such as "can't breathe" carries its own denial; only one outside it counts.
    return not _NO_SIGN.intersection(before) and not _BEFORE_IT_IS_OVER.intersection(after)
