"""Typed text as a speaker's ear would write it down: words in one spelling, without punctuation or digits."""

from __future__ import annotations

import re
from functools import lru_cache

from speaker.nlu.language import language
from speaker.nlu.number_words import in_words

_OTHER = re.compile(r"[^a-z0-9' ]+")
_LETTERS = re.compile(r"(?<![\w'])(?:[a-z] )+[a-z](?![\w'])")
_SHORTEST_STEM = 3
_DIGITS = re.compile(r"[0-9]+")


def spoken(text: str, name: str = "en") -> str:
    """What a speaker's ear makes of typed text: lowercase words, no punctuation, hyphens as gaps, "d v t" as "dvt"."""
    own = _spelling(name)
    lowered = text.lower().replace("’", "'").replace("-", " ")
    bare = (word.strip("'") or word for word in _OTHER.sub(" ", lowered).split())
    said = _DIGITS.sub(lambda found: f" {in_words(found.group(), name)} ", " ".join(bare))
    words = (own.variants.get(word, word) for word in said.split())
    return _LETTERS.sub(own.spelt, split_endings(" ".join(words), name))


def plain_sample(sample: str, name: str = "en") -> str:
    """A sample in the same form, its slots left as they are."""
    own = _spelling(name)
    words = (own.variants.get(word, word) for word in sample.replace("-", " ").split())
    return split_endings(" ".join(words), name)


def split_endings(text: str, name: str = "en") -> str:
    """The text with the "'s" of nouns and slots as a word of its own."""
    whole = _spelling(name).whole
    return " ".join(_split(word, whole) for word in text.split())


def joined(text: str) -> str:
    """Split endings put back, for showing."""
    return text.replace(" 's", "'s")


@lru_cache(maxsize=10_000)
def stem(word: str, name: str = "en") -> str:
    """The word without an inflection: "sitting", "sat" and "sits" are one, and so are "numb" and "numbness"."""
    own = _spelling(name)
    word = own.irregular.get(word, word)
    for ending in own.endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            if ending in own.doubling and word[-1] == word[-2] and word[-1] not in own.doubled:
                word = word[:-1]
            break
    return word.rstrip(own.loose) if len(word) > _SHORTEST_STEM else word


class _Spelling:
    """How one language writes its words."""

    def __init__(self, name: str) -> None:
        raw = language(name).files["spelling"]
        self.variants = {variant: usual for usual, own in raw["variants"].items() for variant in own}
        self.irregular = {form: base for base, own in raw["irregular"].items() for form in own}
        self.whole = frozenset(raw["whole"])
        self.endings = tuple(raw["endings"])
        self.doubling, self.doubled = frozenset(raw["doubling"]), frozenset(raw["doubled"])
        self.loose = "".join(raw["loose"])
        self._letter_words = frozenset(raw["letter_words"])

    def spelt(self, letters: re.Match[str]) -> str:
        """A run of letters as one word, but for those at its ends that are words by themselves."""
        run = letters.group().split()
        head = 0
        while head < len(run) and run[head] in self._letter_words:
            head += 1
        tail = len(run)
        while tail > head and run[tail - 1] in self._letter_words:
            tail -= 1
        return " ".join([*run[:head], *(["".join(run[head:tail])] if tail > head else []), *run[tail:]])


def _split(word: str, whole: frozenset[str]) -> str:
    bare = word.removesuffix("'s")
    return word if bare == word or not bare or bare in whole else f"{bare} 's"


@lru_cache
def _spelling(name: str) -> _Spelling:
    return _Spelling(name)
