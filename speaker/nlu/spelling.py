"""Misspelt words and lost apostrophes, repaired against the words that a model knows."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from speaker.nlu.normalize import stem

_SHORTEST = 4
"""Letters: shorter words have too many neighbours to guess from."""
_LONG = 8
"""Letters from which two slips are forgiven."""


class Spelling:
    """Words near to the words of one model."""

    def __init__(self, words: Iterable[str]) -> None:
        self.known = frozenset(words)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self.known):
            self._by_length.setdefault(len(word), []).append(word)
        self._bare = {word.replace("'", ""): word for word in sorted(self.known) if "'" in word}

    def repair(self, words: list[str]) -> list[str]:
        """The words, each unknown one replaced by the known one it is a slip of, if there is one."""
        return [word if word in self.known else self._repair(word) for word in words]

    def _repair(self, word: str) -> str:
        if word in self._bare:
            return self._bare[word]
        if stem(word) in self.known:
            return stem(word)
        if len(word) < _SHORTEST or not word.isalpha():
            return word
        slips = 2 if len(word) >= _LONG else 1
        near = [w for size in range(len(word) - slips, len(word) + slips + 1) for w in self._by_length.get(size, ())]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=5)
        likely = [(distance, known) for known, distance, _ in found if _plausible(word, known)]
        return min(likely)[1] if likely else word


def _plausible(word: str, known: str) -> bool:
    """Slips keep the first letter, and a word of four letters keeps all of its letters."""
    if word[0] != known[0]:
        return False
    return len(word) > _SHORTEST or len(known) > len(word) or sorted(word) == sorted(known)
