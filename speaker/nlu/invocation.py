"""How a skill is called by its name: "Alexa, open cramp coach skill please", alone or with what is wanted of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from speaker.nlu.language import language


@dataclass(frozen=True, slots=True)
class Invocation:
    """The invocation name of one skill in one language."""

    name: str
    spoken_in: str = "en"

    def request_in(self, words: str) -> str | None:
        """What is asked of the skill in the same breath: "" for a plain opening, None where the skill is not called.

        Args:
            words: normalised text (`speaker.nlu.normalize.spoken`).
        """
        called = _pattern(self.name, self.spoken_in).match(words)
        return called["request"].strip() if called else None

    def called_with(self, words: str) -> str:
        """What is said after the wake word; empty where there is no wake word, or nothing else."""
        woken = _wake_word(self.spoken_in).match(words)
        return words[woken.end() :] if woken else ""


@lru_cache
def _wake_word(spoken_in: str) -> re.Pattern[str]:
    wake: list[str] = language(spoken_in).files["invocation"]["wake"]
    return re.compile("(?:" + "|".join(re.escape(own) for own in sorted(wake, key=len, reverse=True)) + ") ")


@lru_cache
def _pattern(name: str, spoken_in: str) -> re.Pattern[str]:
    phrases: dict[str, list[str]] = dict(language(spoken_in).files["invocation"])
    group = {
        key: "(?:" + "|".join(re.escape(own) for own in sorted(own_phrases, key=len, reverse=True)) + ")"
        for key, own_phrases in phrases.items()
    }
    called = r"\s+".join(map(re.escape, name.split()))
    return re.compile(
        rf"^(?:{group['wake']} )?(?:{group['polite']} )*(?:{group['before']} )?(?:{group['articles']} )?{called}"
        rf"(?: {group['kinds']})?(?: {group['after']})*(?: {group['links']})?(?P<request>(?: .*)?)$"
    )
