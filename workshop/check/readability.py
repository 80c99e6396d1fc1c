"""How many years of school a listener needs, by Flesch and Kincaid's formula; `textstat` counts the syllables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


def grade(sentences: Sequence[str]) -> float:
    """The reading grade of sentences that are known to be one each, which a text alone does not tell."""
    counts = [_counts(sentence) for sentence in sentences]
    words, syllables = sum(count[0] for count in counts), sum(count[1] for count in counts)
    return 0.39 * words / len(sentences) + 11.8 * syllables / max(words, 1) - 15.59


@lru_cache(maxsize=4096)
def _counts(sentence: str) -> tuple[int, int]:
    # Imported on use: its dictionary takes a second to load.
    from textstat import textstat

    return textstat.lexicon_count(sentence), textstat.syllable_count(sentence)
