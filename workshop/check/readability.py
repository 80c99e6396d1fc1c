"""Flesch-Kincaid grade level; `textstat` counts the syllables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


def grade(sentences: Sequence[str]) -> float:
    """The grade of texts that are one sentence each, so that no sentence splitting is needed."""
    counts = [_counts(sentence) for sentence in sentences]
    words, syllables = sum(count[0] for count in counts), sum(count[1] for count in counts)
    return 0.39 * words / len(sentences) + 11.8 * syllables / max(words, 1) - 15.59


@lru_cache(maxsize=4096)
def _counts(sentence: str) -> tuple[int, int]:
    # Imported lazily: its dictionary takes a second to load.
    from textstat import textstat

    return textstat.lexicon_count(sentence), textstat.syllable_count(sentence)
