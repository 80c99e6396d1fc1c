"""A script: what is said and how long is waited, before it is any format's business."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Alexa gives no playback offset and no duration, so speech is estimated.
# 2.5 words a second is a calm reader; measured voices vary by a third around it.
WORDS_PER_SECOND = 2.5

_WORD = re.compile(r"[^\s\-]+")


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence, as plain text: markup characters in it are spoken text, never markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A few quiet words inside a hold, out of the hold's own time."""

    after: float
    """Seconds from the start of the hold at which the words begin."""
    text: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Timed silence. Cue speech and silence together last `seconds`."""

    seconds: float
    cues: tuple[Cue, ...] = ()
    of: str = ""
    """What is held, as `<routine>/<step>`, for those who show it. Never spoken."""


Script = tuple[Say | Hold, ...]


@lru_cache(maxsize=2048)
def words_in(text: str) -> int:
    """Words a voice reads in `text`; a hyphen parts two words, as "1-1-1" is three."""
    return len(_WORD.findall(text))


def speaking_time(text: str) -> float:
    """Estimated seconds that a voice needs for `text`."""
    return words_in(text) / WORDS_PER_SECOND


def duration(script: Script) -> float:
    """Estimated seconds that the whole script lasts."""
    return sum(part.seconds if isinstance(part, Hold) else speaking_time(part.text) for part in script)
