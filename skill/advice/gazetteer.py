"""The names of things in the content, looked for in what was said."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping

from skill.advice.compiled import Tree
from skill.advice.text import plain

_LISTENED = 500
"""Characters of a slot that are searched; more than one breath holds."""
_LONGEST = 10
"""Words in the longest `heard_as`; the checker holds the content to it."""
_ENOUGH = 0.6
"""Share of what a phrase tells, and of what was said, from which the one is taken for the other."""
_TELLING = 4
"""Letters of the shortest word by which a phrase is known, and of the shortest beginning that two words share."""
_STEM = 0.6
"""Share of the longer of two words that must be their common beginning."""


class Phrases:
    """The `heard_as` of every file of words, each file read when first asked for."""

    def __init__(self, words: Callable[[str], Tree]) -> None:
        self._words = words
        self._known: dict[str, dict[str, str]] = {}
        self._rarities: dict[str, Mapping[str, float]] = {}

    def of(self, file: str) -> dict[str, str]:
        """Every `heard_as` of a file, in plain form, with the id it belongs to."""
        if file not in self._known:
            words = self._words(file)
            self._known[file] = {plain(own): name for name in words for own in words[name].get("heard_as", ())}
        return self._known[file]

    def within(self, file: str, text: str) -> dict[str, str]:
        """Those that `text` contains literally."""
        known = self.of(file)
        words = plain(text[:_LISTENED]).split()
        runs = (
            " ".join(words[start:end])
            for start in range(len(words))
            for end in range(start + 1, min(start + _LONGEST, len(words)) + 1)
        )
        return {run: known[run] for run in runs if run in known}

    def nearest(self, file: str, text: str) -> str | None:
        """The id whose phrase shares most of its telling words with `text`, and most of the text's; None below that.

        Words tell the more, the fewer phrases have them; two that begin alike are one ("elevating", "elevate").
        """
        rarity = self._rarity(file)
        said = plain(text[:_LISTENED]).split()
        unknown = sum(rarity.values()) / len(rarity) if rarity else 1.0
        best: tuple[float, str] | None = None
        for phrase, name in self.of(file).items():
            words = phrase.split()
            shared = [word for word in words if any(_alike(word, own) for own in said)]
            heard = [own for own in said if any(_alike(own, word) for word in words)]
            of_phrase = _share(shared, words, rarity, unknown)
            of_text = _share(heard, said, rarity, unknown)
            # One word in common is a likeness only where it is nearly all: snake oil is not magnesium oil.
            if min(of_phrase, of_text) < _ENOUGH or max(map(len, shared), default=0) < _TELLING:
                continue
            if best is None or of_phrase * of_text > best[0]:
                best = of_phrase * of_text, name
        return best[1] if best else None

    def _rarity(self, file: str) -> Mapping[str, float]:
        if file not in self._rarities:
            counts = Counter(word for phrase in self.of(file) for word in set(phrase.split()))
            total = max(2, len(self.of(file)))
            self._rarities[file] = {word: math.log(total / count) for word, count in counts.items()}
        return self._rarities[file]


def _share(part: list[str], whole: list[str], rarity: Mapping[str, float], unknown: float) -> float:
    """How much of what the words tell is in some of them, 0 to 1."""
    total = sum(rarity.get(word, unknown) for word in whole)
    return sum(rarity.get(word, unknown) for word in part) / total if total else 0.0


def _alike(one: str, two: str) -> bool:
    """The same word, or two forms of one."""
    if one == two:
        return True
    shorter = min(len(one), len(two))
    common = next((at for at in range(shorter) if one[at] != two[at]), shorter)
    return common >= _TELLING and common >= _STEM * max(len(one), len(two))
