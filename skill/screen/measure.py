"""How wide words are, so that text always fits: a document is told how many ems wide its text must be in so many lines,
and takes the largest size at which one of those fits its own box, whatever the screen."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from functools import lru_cache

LINE_HEIGHT = 1.25
LINES = 12
"""The most lines of a text."""
NEVER = 999
"""Ems that no screen has."""

# Widths in thousandths of an em, of a wide sans serif (DejaVu Sans; Amazon's own is narrower, as Arial is), so that no
# font that a device may have is wider. A letter that is not listed counts as a wide one.
_LETTERS = (
    ("'ijlI", 300), (" ,.:;/\\|·’", 340), ("f-", 380), ("()[]t!r", 420), ('"*J`', 500), ("szc?L–", 560),
    ("kvxyeoTFa", 620), ("0123456789$bdghnpqu", 640), ("ABEKPSVXYZ", 700), ("CRUHN", 760), ("DGOQ&w", 820),
)  # fmt: skip
_WIDTHS = {letter: width for letters, width in _LETTERS for letter in letters}
_WIDE = 1000

Paragraphs = Sequence[str]


def ems(text: str) -> float:
    """Width of one line of text, in ems; no narrower than it will be."""
    return sum(_WIDTHS.get(letter, _WIDE) for letter in text) / 1000


def widths(shown: Sequence[Paragraphs]) -> list[float]:
    """For one line, two lines, … `LINES` lines: the ems of width at which each of these blocks of text fits into them.

    All blocks get the same size, so that nothing jumps when one follows another. `NEVER` where paragraphs alone need
    more lines.
    """
    blocks = [own for block in shown if (own := _widths(tuple(block)))]
    return [math.ceil(max(row) * 10) / 10 for row in zip(*blocks, strict=True)] if blocks else [1.0] * LINES


# A caption comes back in every reply that leads to its step, and most of a document's time is spent on these.
@lru_cache(maxsize=256)
def _widths(block: tuple[str, ...]) -> tuple[float, ...]:
    """The same for one block; empty for one without words."""
    words = [[ems(word) for word in text.split()] for text in block if text.strip()]
    return tuple(NEVER if lines < len(words) else _narrowest(words, lines) for lines in range(1, LINES + 1) if words)


def largest(ems_: Sequence[float], width: float, height: float) -> float:
    """The size at which text of these `widths` fits a box, as the layout `Fit` finds it; all in one unit."""
    return max(min(height / (lines * LINE_HEIGHT), width / own) for lines, own in enumerate(ems_, start=1))


def _narrowest(block: list[list[float]], lines: int) -> float:
    """The least width at which the paragraphs take no more than `lines`, to a twentieth of an em."""
    low = max(word for line in block for word in line)
    high = max(sum(line) + _SPACE * (len(line) - 1) for line in block)
    while high - low > 0.05:
        middle = (low + high) / 2
        if sum(_lines(line, middle) for line in block) <= lines:
            high = middle
        else:
            low = middle
    return high


_SPACE = ems(" ")


def _lines(words: list[float], width: float) -> int:
    count, used = 1, -_SPACE
    for word in words:
        if used + _SPACE + word > width and used > 0:
            count, used = count + 1, word
        else:
            used += _SPACE + word
    return count


def shown(text: str) -> str:
    """Text as a Text component takes it: no character of it is markup."""
    return html.escape(text, quote=False)
