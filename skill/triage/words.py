"""Heard words in one comparable form, and the phrases of the content looked for in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

LISTENED = 500
"""Characters that are looked at; more than one breath holds."""
BREAK = "."
"""A token of its own where a sentence ends; people who type use it, an ear does not."""
_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|'[a-z]+\b|[.;!?]")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of words, and everything in the content that it may stand for."""

    start: int
    end: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Spelling:
    """How the words of one language are brought to one form."""

    usual: Mapping[str, str]
    """A variant, and its usual form in one or more words."""
    endings: Mapping[str, Collection[str]]
    """An ending that is a word of its own, and the words that keep it."""
    rephrased: Mapping[str, str]
    """Several words, and the usual ones for them: "unable to" is "can't"."""

    def of(self, word: str) -> tuple[str, ...]:
        """The usual form of one word: "husband's" is "husband" and "'s"."""
        if usual := self.usual.get(word):
            return tuple(usual.split())
        for ending, kept in self.endings.items():
            if len(word) > len(ending) and word.endswith(ending) and word not in kept:
                return (*self.of(word.removesuffix(ending)), ending)
        return (word,)

    @cached_property
    def _begins(self) -> frozenset[str]:
        return frozenset(several.split()[0] for several in self.rephrased)

    def in_usual_words(self, words: Iterable[str]) -> list[str]:
        """Words in their usual form, and those that several stand for."""
        usual = [own for word in words for own in self.of(word)]
        if not self._begins.isdisjoint(usual):
            text = " ".join(usual)
            for several, own in self.rephrased.items():
                text = re.sub(rf"(?<!\S){re.escape(several)}(?!\S)", own, text)
            return text.split()
        return usual


def tokens(text: str, spelling: Spelling) -> list[str]:
    """Lowercase words with straight apostrophes, in their usual form."""
    found = _TOKEN.findall(text[:LISTENED].lower().replace("’", "'").replace("-", " "))
    return spelling.in_usual_words(found)


def usual_form(phrase: str, spelling: Spelling) -> str:
    """A phrase of the content in the form that `tokens` gives to what is heard."""
    return " ".join(spelling.in_usual_words(phrase.split()))


class _Node:
    """One word of the phrases that share a beginning."""

    __slots__ = ("loose", "names", "next")

    def __init__(self) -> None:
        self.names: tuple[str, ...] = ()
        """What the phrase that ends here stands for."""
        self.loose: tuple[str, ...] = ()
        """Those of the names that stand for it too where words were passed over."""
        self.next: dict[str, _Node] = {}


class Lexicon:
    """Phrases by the names that they stand for. A word ending in `*` stands for all words that begin like it.

    Words that say little, such as "has" or "my", may stand inside a phrase: "eyes have rolled back" is "eyes rolled
    back". What they mean by themselves they still mean. Inside a phrase "my" is "her" and "the", or none.
    """

    def __init__(
        self,
        phrases: Iterable[tuple[str, str]],
        counts: Mapping[str, int],
        numbers: Mapping[str, int],
        passed_over: Iterable[str] = (),
        articles: Iterable[str] = (),
        literal: Iterable[str] = (),
    ) -> None:
        """`phrases` are pairs of a name and a phrase; `counts` the names of numbers from a least one on; `passed_over`
        the words that may stand inside a phrase, `articles` those that make no difference inside one; `literal` the
        names whose phrases are taken word by word."""
        self._root = _Node()
        self._stems: dict[str, list[str]] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._counts = counts
        self._numbers = numbers
        self._passed_over = frozenset((*passed_over, *articles))
        small, exact = frozenset(articles), frozenset(literal)
        for name, phrase in phrases:
            words = phrase.split()
            self._add(name, words, name not in exact)
            if name not in exact and (inner := [word for word in words[1:-1] if word not in small]) != words[1:-1]:
                self._add(name, [words[0], *inner, words[-1]], loose=True)

    def _add(self, name: str, words: list[str], loose: bool) -> None:
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
            if word[-1] == "*":
                self._stems.setdefault(word[:2], []).append(word)
        node.names = tuple(dict.fromkeys((*node.names, name)))
        if loose:
            node.loose = tuple(dict.fromkeys((*node.loose, name)))

    def mentions(self, words: list[str]) -> list[Mention]:
        """The longest phrase from each word on, in order; none that lies within a longer one."""
        forms = [self._forms_of(word) for word in words]
        found: list[Mention] = []
        covered = 0
        for at, word in enumerate(words):
            end, names, passed = self._longest(at, words, forms)
            if end > covered:
                found.append(Mention(at, end, names))
                found += [Mention(own, own + 1, alone) for own in passed if (alone := self.alone(words[own]))]
                covered = end
            elif at >= covered and (names := self._counted(word)):
                found.append(Mention(at, at + 1, names))
        return found

    def _longest(
        self, start: int, words: list[str], forms: list[tuple[str, ...]]
    ) -> tuple[int, tuple[str, ...], tuple[int, ...]]:
        """Where the longest phrase from `start` on ends, what it stands for, and which words in it were passed over."""
        end, names = 0, dict[str, None]()
        over: tuple[int, ...] = ()
        open_ends: list[tuple[_Node, int, tuple[int, ...]]] = [(self._root, start, ())]
        while open_ends:
            node, at, passed = open_ends.pop()
            if at == len(words):
                continue
            for form in forms[at]:
                child = node.next.get(form)
                if child is None:
                    continue
                own = child.loose if passed else child.names
                if own and at + 1 >= end:
                    names = dict.fromkeys((*(names if at + 1 == end else ()), *own))
                    end, over = at + 1, passed
                if child.next:
                    open_ends.append((child, at + 1, passed))
            if node is not self._root and words[at] in self._passed_over and len(passed) < _MOST_PASSED:
                open_ends.append((node, at + 1, (*passed, at)))
        return end, tuple(names), over

    def alone(self, word: str) -> tuple[str, ...]:
        """What one word stands for by itself."""
        nodes = (self._root.next.get(form) for form in self._forms_of(word))
        return tuple(dict.fromkeys(name for node in nodes if node for name in node.names))

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


_MOST_PASSED = 4
"""Words that may stand inside one phrase."""
_KEPT = 5_000
"""Words whose forms are remembered: more than any night has, and no growth without end."""
_DIGITS = 7
