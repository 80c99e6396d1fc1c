"""PocketSphinx of Carnegie Mellon University (BSD licence): a small recogniser, and one that hears a name alone.

The package carries its acoustic model and a dictionary; the language model is ours (`speaker.bedside.language_model`).
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from speaker.bedside.language_model import arpa, sentences, vocabulary
from speaker.bedside.protocols import UNTOLD, EngineMissing, Transcript
from speaker.bedside.sound import Samples
from speaker.nlu.interaction_model import InteractionModel

if TYPE_CHECKING:
    from pocketsphinx import Decoder

THRESHOLD = 1e-5
"""How readily the name is heard; see docs/listen.md for hits and false alarms."""
_PACKAGE = "expected the package pocketsphinx, found none. Hint: make listen (pip: '.[listen]')"
_HOP = 0.01
"""Seconds of one frame of PocketSphinx."""


def packaged() -> Path:
    """Where the package keeps its model. Raises EngineMissing where it is not installed."""
    try:
        import pocketsphinx
    except ImportError as error:
        raise EngineMissing(f"wake phrase: {_PACKAGE}") from error
    return Path(pocketsphinx.get_model_path()) / "en-us"


class NameSpotter:
    """Hears the name of the skill and nothing else: a dictionary of two words."""

    def __init__(self, name: str, threshold: float = THRESHOLD) -> None:
        """Loads the acoustic model. Raises EngineMissing where the package or a word of the name is missing."""
        model = packaged()
        sounds = _dictionary(model)
        words = {word: sounds.get(word) or _guessed(word) for word in name.split()}
        with _in_memory("".join(f"{word} {said}\n" for word, said in words.items())) as dictionary:
            self._decoder = _decoder(hmm=str(model / "en-us"), dict=dictionary, keyphrase=name, kws_threshold=threshold)
        self._heard: float | None = None
        self._open = False

    def start(self) -> None:
        """A stretch of speech begins."""
        self.stop()
        self._heard = None
        self._decoder.start_utt()
        self._open = True

    def hear(self, samples: Samples) -> bool:
        """Whether the name has been said so far."""
        if self._open:
            self._decoder.process_raw(samples.tobytes(), False, False)
            if self._heard is None and self._decoder.hyp() is not None:
                self._heard = self._ended()
        return self._heard is not None

    def stop(self) -> float | None:
        """Seconds from the start to the end of the name, None where it was not said."""
        if self._open:
            self._decoder.end_utt()
            self._open = False
            if self._heard is None and self._decoder.hyp() is not None:
                self._heard = self._ended()
        return self._heard

    def _ended(self) -> float:
        return max((segment.end_frame for segment in self._decoder.seg()), default=0) * _HOP


class PocketSphinx:
    """The small recogniser: 70 MB of memory, a quarter of a second for a sentence, hears our own words alone."""

    def __init__(self, model: InteractionModel) -> None:
        """Makes the language model and loads the acoustic one. Raises EngineMissing without the package."""
        folder = packaged()
        sounds = _dictionary(folder)
        words = {word: sounds.get(word) or _guessed(word) for word in sorted(vocabulary(model))}
        lines = "".join(f"{word} {said}\n" for word, said in words.items() if said)
        others = (f"{key} {said}\n" for key, said in sounds.items() if "(" in key and key.partition("(")[0] in words)
        lines += "".join(others)
        language = arpa(sentences(model), (word for word, said in words.items() if said))
        with _in_memory(lines) as dictionary, _in_memory(language) as grams:
            self._decoder = _decoder(hmm=str(folder / "en-us"), dict=dictionary, lm=grams, lw=7.0)

    def transcribe(self, samples: Samples) -> Transcript:
        """The words of one utterance. Its own posterior is near 1 even for a hum, hence no confidence from it."""
        self._decoder.start_utt()
        self._decoder.process_raw(samples.tobytes(), False, True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return Transcript(found.hypstr, UNTOLD) if found is not None else Transcript("", 0.0)


def sounds_of(word: str) -> list[str]:
    """The word as sounds of the CMU dictionary, guessed from its letters where it is not in there."""
    return (_dictionary(packaged()).get(word) or _guessed(word)).split()


def _decoder(**settings: object) -> Decoder:
    from pocketsphinx import Config, Decoder

    return Decoder(Config(loglevel="FATAL", **settings))


@lru_cache(maxsize=1)
def _dictionary(folder: Path) -> dict[str, str]:
    lines = (folder / "cmudict-en-us.dict").read_text(encoding="utf-8").splitlines()
    return {word: said for word, _, said in (line.partition(" ") for line in lines)}


@lru_cache(maxsize=1)
def _letters() -> list[tuple[str, str]]:
    table: dict[str, str] = yaml.safe_load((Path(__file__).parents[1] / "en/letter_sounds.yaml").read_text("utf-8"))
    return sorted(((str(key), said) for key, said in table.items()), key=lambda own: -len(own[0]))


def _guessed(word: str) -> str:
    """The sounds of a word that is in no dictionary, by its letters; empty where it has other characters."""
    said: list[str] = []
    rest = word.replace("'", "")
    while rest:
        found = next(((key, sounds) for key, sounds in _letters() if rest.startswith(key)), None)
        if found is None:
            return ""
        said.append(found[1])
        rest = rest[len(found[0]) :]
    if word.endswith("e") and len(said) > 2 and not word.endswith(("ee", "ie")):
        said.pop()
    return " ".join(said)


@contextlib.contextmanager
def _in_memory(text: str) -> Iterator[str]:
    """The path of a file with this text, in memory where there is such a thing, else gone when the block ends."""
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("words")
        try:
            with os.fdopen(file, "wb", closefd=False) as whole:
                whole.write(text.encode())
            yield f"/proc/self/fd/{file}"
        finally:
            os.close(file)
    else:
        with tempfile.TemporaryDirectory(prefix="cramp-coach-") as folder:
            path = Path(folder) / "words"
            path.write_text(text, encoding="utf-8")
            yield str(path)
