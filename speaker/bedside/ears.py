"""What is made of an utterance: whether it was meant for the coach, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz

from speaker.bedside.protocols import Recognizer, Transcript
from speaker.bedside.sound import RATE, Samples
from speaker.bedside.utterances import Utterance
from speaker.nlu.normalize import spoken
from speaker.nlu.recognizer import FALLBACK, Heard

SURE = 0.5
"""Confidence from which words that mean nothing to us are still taken for words said to us."""
FARTHER_DB = 9.0
"""Quieter than the person by so much: across the room, or a television."""
MUCH_FARTHER_DB = 18.0
NAME_LIKENESS = 78.0
"""Likeness (0 to 100) from which the first words are the name, however they were spelt; see docs/listen.md."""
STRICTLY = 90.0
"""The same in a session, letter by letter."""
_WORDS_BEFORE = 2
"""Words that may come before the name: "hey", "please open"."""
_REST_SECONDS = 0.5
"""Speech after the name that may be a wish; less is the end of the name itself."""


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance in words."""

    utterance: Utterance
    transcript: Transcript
    called: bool = False
    """The name was said in it; the transcript has what came after."""
    over: bool = False
    """The coach was speaking meanwhile."""


def without_name(text: str, name: str, strict: bool = False, language: str = "en") -> tuple[str, bool]:
    """The words after the name, and whether they begin with it or with an opening that ends in it.

    A recogniser may write the name as anything that sounds like it. `strict`: only as itself, for in a session "my
    cramp is back" is no call.
    """
    words = spoken(text).split()
    written = (lambda own: own) if strict else (lambda own: _sounded(own, language))
    wanted = written(name)
    best, end = 0.0, 0
    for start in range(min(_WORDS_BEFORE + 1, len(words))):
        for stop in range(start + 1, min(start + 1 + len(name.split()), len(words)) + 1):
            likeness = fuzz.ratio(written(" ".join(words[start:stop])), wanted)
            if likeness > best:
                best, end = likeness, stop
    return (
        (" ".join(words[end:]), True) if best >= (STRICTLY if strict else NAME_LIKENESS) else (" ".join(words), False)
    )


@lru_cache(maxsize=2048)
def _sounded(text: str, language: str) -> str:
    """The text by classes of sounds: see `en/alike.yaml`."""
    table = _classes(language)
    for letters, one in table["together"].items():
        text = text.replace(letters, one)
    turned = str.maketrans({letter: one for one, letters in table["letters"].items() for letter in letters})
    return "".join(letter for letter, _ in groupby(text.replace(" ", "").translate(turned)))


@lru_cache
def _classes(language: str) -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / language / "alike.yaml"
    table: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table


def recognise(
    recognizer: Recognizer,
    name: str,
    utterance: Utterance,
    name_ended: float | None,
    over: bool = False,
    strict: bool = False,
) -> Said:
    """The words of an utterance.

    Args:
        recognizer: what hears them.
        name: what the coach is called.
        utterance: the sound.
        name_ended: seconds into the utterance at which the name ended, None where it was not said.
        over: the coach was speaking meanwhile.
        strict: the name is not expected.
    """
    whole = recognizer.transcribe(utterance.samples)
    rest, called = without_name(whole.text, name, strict)
    if called or name_ended is None:
        return Said(utterance, Transcript(rest if called else whole.text, whole.confidence), called, over)
    # The name was heard, but not written down as one: what follows it is heard by itself.
    after = after_name(utterance, name_ended)
    if after is None:
        return Said(utterance, Transcript("", whole.confidence), True, over)
    said = recognizer.transcribe(after)
    return Said(utterance, Transcript(without_name(said.text, name)[0], said.confidence), True, over)


def after_name(utterance: Utterance, name_ended: float) -> Samples | None:
    """The part of an utterance that follows the name; None where nothing does."""
    end = utterance.ended - utterance.began
    kept_before = len(utterance.samples) / RATE - (utterance.closed - utterance.began)
    if end + kept_before - name_ended < _REST_SECONDS:
        return None
    return utterance.samples[round(name_ended * RATE) :]


def taken(said: Said, heard: Heard, person: float | None, busy: bool) -> bool:
    """Whether the coach answers.

    Args:
        said: what was said.
        heard: what the ear makes of it.
        person: decibels at which the person has spoken so far, None before that.
        busy: something is played or held; otherwise a question has been asked.
    """
    words = said.transcript.text.split()
    if not words and not said.called:
        return False
    if said.over and said.transcript.confidence < SURE and heard.how != "exact":
        return False  # the coach's own words, half cancelled, sound like something
    farther = 0.0 if person is None else person - said.utterance.level
    if farther > MUCH_FARTHER_DB:
        return False
    if heard.intent != FALLBACK:
        return farther <= FARTHER_DB or heard.how == "exact"
    if farther > FARTHER_DB:
        return False
    return said.called or not busy or (said.transcript.confidence >= SURE and len(words) > 1)


class Inline(Executor):
    """Does the work at once: in simulated time, thinking takes none."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The result, done."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done
