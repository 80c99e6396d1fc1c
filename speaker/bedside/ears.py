"""What is made of an utterance: whether it was meant for the coach, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

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
NAME_LIKENESS = 75.0
"""Likeness (0 to 100) from which the first words are the name, however they were spelt."""
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


def without_name(text: str, name: str) -> tuple[str, bool]:
    """The words after the name, and whether they began with it (or with an opening that ends in it)."""
    words = spoken(text).split()
    length = len(name.split())
    for start in range(min(3, len(words))):
        first = " ".join(words[start : start + length])
        if fuzz.ratio(first, name) >= NAME_LIKENESS:
            return " ".join(words[start + length :]), True
    return " ".join(words), False


def recognise(
    recognizer: Recognizer, name: str, utterance: Utterance, name_ended: float | None, over: bool = False
) -> Said:
    """The words of an utterance.

    Args:
        recognizer: what hears them.
        name: what the coach is called.
        utterance: the sound.
        name_ended: seconds into the utterance at which the name ended, None where it was not said.
        over: the coach was speaking meanwhile.
    """
    whole = recognizer.transcribe(utterance.samples)
    rest, called = without_name(whole.text, name)
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
