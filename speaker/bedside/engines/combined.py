"""Two recognisers of different kinds, one against the other: what both heard is sure, what sounds alike is ours."""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz.distance import Levenshtein

from speaker.bedside.protocols import Recognizer, Transcript
from speaker.bedside.sound import Samples
from speaker.nlu.normalize import spoken

ALIKE = 0.5
"""How alike (0 to 1) two hearings must sound for the one in our own words to be taken; set by measurement."""


class Combined:
    """A general recogniser hears any word, one with our own language model only those people say to the coach.

    Where they sound alike, ours names what was meant ("a pup" was "a pop"); where they do not, the general one is
    believed, for the other can hear nothing but us. How alike they sound is how sure the words are.
    """

    def __init__(self, general: Recognizer, ours: Recognizer, sounds: Callable[[str], list[str]]) -> None:
        """Takes both.

        Args:
            general: hears any word.
            ours: hears the words of our samples.
            sounds: a word as the sounds it is spoken with.
        """
        self._general, self._ours, self._sounds = general, ours, sounds

    def transcribe(self, samples: Samples) -> Transcript:
        """The words that are believed; the confidence is how alike the two hearings sound."""
        general = self._general.transcribe(samples)
        if not general.text:
            return Transcript("", 0.0)
        ours = self._ours.transcribe(samples)
        alike = Levenshtein.normalized_similarity(self._said(general.text), self._said(ours.text))
        return Transcript(ours.text if alike >= ALIKE else general.text, round(alike, 3))

    def _said(self, text: str) -> list[str]:
        return [sound for word in spoken(text).split() for sound in self._sounds(word)]
