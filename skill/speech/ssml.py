"""A script as SSML that Alexa accepts: escaped, in one of four voices, holds as breaks of at most ten seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from skill.speech.script import Hold, Say, Script, speaking_time

LONGEST_BREAK = 10.0
"""Seconds; Alexa rejects the whole response over a longer one."""


class Voice(StrEnum):
    """How a reply is spoken. A person chooses the first three; FIRM is kept for an emergency."""

    SOFT = "soft"
    WHISPER = "whisper"
    CLEAR = "clear"
    FIRM = "firm"


_WRAP = {
    Voice.SOFT: ('<prosody rate="90%" volume="soft">', "</prosody>"),
    Voice.WHISPER: ('<amazon:effect name="whispered">', "</amazon:effect>"),
    Voice.CLEAR: ('<prosody rate="90%" volume="loud">', "</prosody>"),
    Voice.FIRM: ('<prosody rate="medium" volume="x-loud">', "</prosody>"),
}


# The same scripts are played night after night: every launch is one. So what they become is kept, within bounds.
@lru_cache(maxsize=256)
def to_ssml(script: Script, voice: Voice = Voice.SOFT, spell: tuple[str, ...] = ()) -> str:
    """The script as SSML without the outer `<speak>`, which Amazon's response builder adds.

    `spell` names the numbers to be read digit by digit, such as the emergency number.
    """
    digits = _speller(spell)
    opening, closing = _WRAP[voice]
    out: list[str] = []
    said: list[str] = []

    def flush() -> None:
        if said:
            out.append(opening + "".join(f"<s>{text}</s>" for text in said) + closing)
            said.clear()

    for part in script:
        if isinstance(part, Say):
            if part.text.strip():
                said.append(_spoken(part.text, digits))
            continue
        for moment in _hold(part):
            if isinstance(moment, str):
                said.append(_spoken(moment, digits))
            else:
                flush()
                out.append(_break(moment))
    flush()
    return "".join(out)


@lru_cache(maxsize=2048)
def _spoken(text: str, digits: re.Pattern[str] | None) -> str:
    safe = _escape(text if text.isprintable() else _speakable(text))
    if digits is None:
        return safe
    return digits.sub(lambda found: f'<say-as interpret-as="digits">{found.group()}</say-as>', safe)


def _speakable(text: str) -> str:
    """Without what XML 1.0 cannot carry, escaped or not: control characters, surrogates, U+FFFE and U+FFFF."""
    # Compiled when the first such text turns up. All of the content is printable.
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", text)


def _escape(text: str) -> str:
    """What `xml.sax.saxutils.escape` does. Importing that one brings urllib and ssl along, a fifth of a cold start."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=64)
def _speller(numbers: tuple[str, ...]) -> re.Pattern[str] | None:
    wanted = sorted((re.escape(_escape(number)) for number in numbers if number), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)") if wanted else None


def _hold(hold: Hold) -> Iterator[float | str]:
    """The hold as a row of cue texts and pauses (seconds) that adds up to the hold's own length."""
    clock = 0.0
    for cue in sorted(hold.cues, key=lambda cue: cue.after):
        length = speaking_time(cue.text)
        if cue.after < clock or cue.after + length > hold.seconds:
            continue  # no room for it: the length of the hold comes before its company
        yield from _pauses(cue.after - clock)
        yield cue.text
        clock = cue.after + length
    yield from _pauses(hold.seconds - clock)


def _pauses(seconds: float) -> Iterator[float]:
    left = round(seconds, 1)
    while left > 0:
        pause = min(left, LONGEST_BREAK)
        yield pause
        left = round(left - pause, 1)


def _break(seconds: float) -> str:
    if seconds == int(seconds):
        return f'<break time="{int(seconds)}s"/>'
    return f'<break time="{round(seconds * 1000)}ms"/>'
