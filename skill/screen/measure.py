"""How wide words are, so that text always fits: a document is told how many ems wide its text must be in so many lines,
and takes the largest size at which one of those fits its own box, whatever the screen."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

LINE_HEIGHT = 1.25
LINES = 12
"""The most lines of a text."""
NEVER = 999
"""Ems that no screen has."""

# Widths in thousandths of an em, of a common sans serif; what is not listed counts as a wide letter.
_WIDTHS = {
    **dict.fromkeys("ijl'|", 230), **dict.fromkeys(".,:; !ft/I()-[]", 300), **dict.fromkeys("rs", 400),
    **dict.fromkeys("ckvxyz", 520), **dict.fromkeys("abdeghnopqu?0123456789*", 570),
    **dict.fromkeys("ABEFJKLPSTVXYZ", 680), **dict.fromkeys("CDGHNOQRUmw", 790), **dict.fromkeys("MW%@", 950),
}
_WIDE = 800
_MARGIN = 1.1
"""Fonts differ from device to device by less than this."""

Paragraphs = Sequence[str]


def ems(text: str) -> float:
    """Width of one line of text, in ems, on the generous side."""
    return sum(_WIDTHS.get(letter, _WIDE) for letter in text) * _MARGIN / 1000


def widths(shown: Sequence[Paragraphs]) -> list[float]:
    """For one line, two lines, … `LINES` lines: the ems of width at which each of these blocks of text fits into them.

    All blocks get the same size, so that nothing jumps when one follows another. `NEVER` where paragraphs alone need
    more lines.
    """
    blocks = [measured for block in shown if (measured := [[ems(word) for word in t.split()] for t in block if t.strip()])]
    if not blocks:
        return [1.0] * LINES
    fewest = max(len(block) for block in blocks)
    return [
        NEVER if lines < fewest else math.ceil(max(_narrowest(block, lines) for block in blocks) * 10) / 10
        for lines in range(1, LINES + 1)
    ]


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
