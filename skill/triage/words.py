"""Heard words in one comparable form, and the phrases of the content looked for in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LISTENED = 500
"""Characters that are looked at; more than one breath holds."""
BREAK = "."
"""A token of its own where a sentence ends; people who type use it, an ear does not."""
_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|[.;!?]")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of words, and everything in the content that it may stand for."""

    start: int
    end: int
    names: tuple[str, ...]


def tokens(text: str, spellings: Mapping[str, str]) -> list[str]:
    """Lowercase words with straight apostrophes. `spellings` gives a variant's usual form."""
    found: list[str] = []
    for token in _TOKEN.findall(text[:LISTENED].lower().replace("’", "'").replace("-", " ")):
        usual = spellings.get(token)
        found.extend(usual.split() if usual else (token,))
    return found


def usual_form(phrase: str, spellings: Mapping[str, str]) -> str:
    """A phrase of the content in the form that `tokens` gives to what is heard."""
    return " ".join(spellings.get(word, word) for word in phrase.split())


class Lexicon:
    """Phrases by the names that they stand for. A word ending in `*` stands for all words that begin like it."""

    def __init__(
        self, phrases: Iterable[tuple[str, str]], counts: Mapping[str, int], numbers: Mapping[str, int]
    ) -> None:
        """`phrases` are pairs of a name and a phrase; `counts` the names of numbers from a least one on."""
        self._names: dict[Phrase, tuple[str, ...]] = {}
        self._longest: dict[str, int] = {}
        self._stems: dict[str, list[str]] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._counts = counts
        self._numbers = numbers
        for name, phrase in phrases:
            words = tuple(phrase.split())
            known = self._names.get(words, ())
            if name not in known:
                self._names[words] = (*known, name)
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))
            for word in words:
                if word[-1] == "*":
                    self._stems.setdefault(word[:2], []).append(word)

    def mentions(self, words: list[str]) -> list[Mention]:
        """The longest phrase from each word on, in order; none that lies within a longer one."""
        forms = [self._forms_of(word) for word in words]
        found: list[Mention] = []
        covered = 0
        for at in range(len(words)):
            longest = max((self._longest.get(form, 0) for form in forms[at]), default=0)
            for length in range(min(longest, len(words) - at), 0, -1):
                if at + length <= covered:
                    break
                if names := self._lookup(forms[at : at + length]):
                    found.append(Mention(at, at + length, names))
                    covered = at + length
                    break
            else:
                if at >= covered and (names := self._counted(words[at])):
                    found.append(Mention(at, at + 1, names))
        return found

    def _lookup(self, forms: list[tuple[str, ...]]) -> tuple[str, ...]:
        runs: list[Phrase] = [()]
        for own in forms:
            runs = [(*run, form) for run in runs for form in own]
        return tuple(dict.fromkeys(name for run in runs for name in self._names.get(run, ())))

    def _forms_of(self, word: str) -> tuple[str, ...]:
        known = self._forms.get(word)
        if known is None:
            stems = [stem for stem in self._stems.get(word[:2], ()) if word.startswith(stem[:-1])]
            known = tuple(dict.fromkeys((word, *sorted(stems, key=len, reverse=True))))
            if len(self._forms) < _KEPT:
                self._forms[word] = known
        return known

    def _counted(self, word: str) -> tuple[str, ...]:
        number = int(word) if word.isascii() and word.isdigit() and len(word) < _DIGITS else self._numbers.get(word)
        return () if number is None else tuple(name for name, least in self._counts.items() if number >= least)


_KEPT = 5_000
"""Words whose forms are remembered: more than any night has, and no growth without end."""
_DIGITS = 7
