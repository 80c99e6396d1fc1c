"""Typed text as a speaker's ear would write it down: words in one spelling, without punctuation or digits."""

from __future__ import annotations

import re
from functools import lru_cache

from speaker.nlu.number_words import in_words

_OTHER = re.compile(r"[^a-z0-9' ]+")


_LETTERS = re.compile(r"(?<![\w'])(?:[a-z] )+[a-z](?![\w'])")
_ENDINGS = ("ness", "ing", "ion", "ies", "ed", "es", "s")
_IRREGULAR = {
    form: base
    for base, forms in {
        "ache": "achy", "break": "broke broken", "drink": "drank drunk", "eat": "ate eaten", "fall": "fell fallen",
        "lie": "lying lay", "lose": "lost losing",
        "overdo": "overdid overdone overdoing", "run": "ran",
        "shake": "shook shaken",
        "sit": "sat", "sleep": "slept", "stand": "stood", "swell": "swollen swole", "swim": "swam",
        "take": "took taken",
        "tear": "tore torn", "throw": "threw thrown", "wake": "woke woken", "wear": "wore worn", "weak": "weakened",
        "foot": "feet", "calf": "calves", "child": "children", "tooth": "teeth",
    }.items()
    for form in forms.split()
}  # fmt: skip
_SHORTEST_STEM = 3
_DIGITS = re.compile(r"[0-9]+")
# Other spellings and short forms of one word. Speech has no spelling; typed words do.
_VARIANTS = {
    "alright": "all right", "cos": "because", "coz": "because", "cuz": "because", "bc": "because", "ok": "okay",
    "gonna": "going to", "gotta": "got to", "wanna": "want to", "gimme": "give me", "ya": "you", "u": "you",
    "pls": "please", "plz": "please", "thx": "thanks", "ta": "thanks", "tho": "though", "thru": "through",
    "colour": "color", "coloured": "colored", "anymore": "any more", "dr": "doctor", "docs": "doctors", "til": "until",
    "its": "it's", "thats": "that's", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't",
    "wont": "won't", "isnt": "isn't", "hasnt": "hasn't", "havent": "haven't", "im": "i'm", "ive": "i've",
    "kinda": "kind of", "sorta": "sort of",
    "sec": "second", "secs": "seconds", "min": "minute", "mins": "minutes", "hr": "hour", "hrs": "hours",
}  # fmt: skip
# Where "'s" belongs to the word; after any other it is a word of its own, so that "my leg's gone" names the leg.
_WHOLE = frozenset("it he she that this there here what who where when how why let one someone everyone god".split())


def spoken(text: str) -> str:
    """What a speaker's ear makes of typed text: lowercase words, no punctuation, hyphens as gaps, "d v t" as "dvt"."""
    lowered = text.lower().replace("’", "'").replace("-", " ")
    bare = (word.strip("'") or word for word in _OTHER.sub(" ", lowered).split())
    said = _DIGITS.sub(lambda found: f" {in_words(found.group())} ", " ".join(bare))
    words = (_VARIANTS.get(word, word) for word in said.split())
    return _LETTERS.sub(_spelt, split_endings(" ".join(words)))


def plain_sample(sample: str) -> str:
    """A sample in the same form, its slots left as they are."""
    words = (_VARIANTS.get(word, word) for word in sample.replace("-", " ").split())
    return split_endings(" ".join(words))


def split_endings(text: str) -> str:
    """The text with the "'s" of nouns and slots as a word of its own."""
    return " ".join(_split(word) for word in text.split())


def joined(text: str) -> str:
    """Split endings put back, for showing."""
    return text.replace(" 's", "'s")


def _split(word: str) -> str:
    bare = word.removesuffix("'s")
    return word if bare == word or not bare or bare in _WHOLE else f"{bare} 's"


def _spelt(letters: re.Match[str]) -> str:
    """A run of letters as one word, but for the words "a" and "i" at its ends."""
    run = letters.group().split()
    head = 0
    while head < len(run) and run[head] in ("a", "i"):
        head += 1
    tail = len(run)
    while tail > head and run[tail - 1] in ("a", "i"):
        tail -= 1
    return " ".join([*run[:head], *(["".join(run[head:tail])] if tail > head else []), *run[tail:]])


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """The word without an inflection: "sitting", "sat" and "sits" are one, and so are "numb" and "numbness"."""
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            if ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word.rstrip("eyi") if len(word) > _SHORTEST_STEM else word
