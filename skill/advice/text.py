"""Small text work on the content's sentences: placeholders, local words, and how heard words are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLACEHOLDER = re.compile(r"\{(\w+)\}")
_OTHER = re.compile(r"[^a-z0-9' ]+")


def fill(text: str, values: Mapping[str, object]) -> str:
    """`text` with each `{name}` replaced from `values`.

    Raises:
        KeyError: a placeholder without a value; `cramp-coach check` finds these.
    """
    return PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)


class LocalWords:
    """Replaces American words by the local ones, whole words only, keeping a capital at the start."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = {key.lower(): value for key, value in words.items()}
        ordered = sorted(map(re.escape, self._words), key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(ordered)})\b", re.IGNORECASE) if ordered else None

    def __call__(self, text: str) -> str:
        """The sentence as it is said here."""
        return self._pattern.sub(self._swap, text) if self._pattern else text

    def _swap(self, found: re.Match[str]) -> str:
        word = self._words[found.group().lower()]
        return word[:1].upper() + word[1:] if found.group()[0].isupper() else word


def plain(text: str) -> str:
    """Heard or written words in one comparable form: lowercase, straight apostrophes, single spaces."""
    lowered = text.lower().replace("’", "'").replace("-", " ")
    return " ".join(_OTHER.sub(" ", lowered).split())
