"""The names of things in the content, looked for in what was said."""

from __future__ import annotations

from collections.abc import Callable

from skill.advice.compiled import Tree
from skill.advice.text import plain

_LISTENED = 500
"""Characters of a slot that are searched; more than one breath holds."""
_LONGEST = 10
"""Words in the longest `heard_as`; the checker holds the content to it."""


class Phrases:
    """The `heard_as` of every file of words, each file read when first asked for."""

    def __init__(self, words: Callable[[str], Tree]) -> None:
        self._words = words
        self._known: dict[str, dict[str, str]] = {}

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
