"""Words half heard near a sign: "i heard a pup" may be a pop, and "my leg is um" a numb leg.

A recogniser writes down whatever words are nearest to the sounds. Where what it wrote sounds nearly like a sign, and is
nothing that the models know in so many words, the sign is neither heard nor passed over: it is asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from speaker.nlu.language import language

_SHORTEST = 5
"""Sounds of the shortest sign that is listened for; shorter ones are near to everything."""
_ENOUGH = 0.83
"""Likeness of sounds, 0 to 1, from which words may be a sign half heard."""
FAINT = 0.7
"""Likeness from which words may still be one: enough to ask before a night ends."""
_LONGEST = 6
"""Words of the longest run that is compared."""


class Doubt:
    """The signs of one model as they sound."""

    def __init__(self, signs: Iterable[str], name: str = "en") -> None:
        raw = language(name).files["sounds"]
        self._sound = {letters: sound for sound, own in raw["sounds"].items() for letters in own}
        self._lengths = sorted({len(letters) for letters in self._sound}, reverse=True)
        sounds = {self.sounds(sign): sign for sign in signs}
        self._signs = {sound: sign for sound, sign in sounds.items() if len(sound) >= _SHORTEST}

    def sounds(self, words: str) -> str:
        """The words as a run of sounds, those that are taken for each other alike."""
        text, at = words.replace(" ", ""), 0
        out: list[str] = []
        while at < len(text):
            length = next((own for own in self._lengths if text[at : at + own] in self._sound), 1)
            sound = self._sound.get(text[at : at + length], "")
            if sound and (not out or out[-1] != sound):
                out.append(sound)
            at += length
        return "".join(out)

    def sign(self, words: list[str], known: Collection[str], enough: float = _ENOUGH) -> str | None:
        """The sign that some of the words sound like without being it; None where none does.

        `known` are words that were understood for what they are: a run of nothing else is no mishearing. `enough` is
        the least likeness of the sounds, 0 to 1.
        """
        best: tuple[float, str] | None = None
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
                if all(word in known for word in words[start:end]):
                    continue
                sound = self.sounds(" ".join(words[start:end]))
                if len(sound) < _SHORTEST - 1:
                    continue
                found = process.extractOne(
                    sound, self._signs.keys(), scorer=Levenshtein.normalized_similarity, score_cutoff=enough
                )
                if found and (best is None or found[1] > best[0]):
                    best = found[1], self._signs[found[0]]
        return best[1] if best else None
