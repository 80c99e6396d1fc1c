"""SSML back into time: what is heard, in order, and how long each part lasts. The stand-in speaker plays this."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from skill.speech.script import speaking_time

if TYPE_CHECKING:
    from xml.etree import ElementTree

AMAZON = "https://developer.amazon.com/alexa/ssml"
"""Alexa's SSML uses the prefix `amazon:` without declaring it; a strict parser needs it bound to something."""

_TIME = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")
_STRENGTHS = {"none": 0.0, "x-weak": 0.0, "weak": 0.25, "medium": 0.5, "strong": 1.0, "x-strong": 1.25}


class NotSSML(ValueError):
    """The text is not SSML that a speaker could play."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Words, and the estimated seconds they take."""

    text: str
    seconds: float
    style: str = ""
    """`whispered`, or the prosody volume; empty where none is set."""
    aloud: str = field(default="", compare=False)
    """What a voice without SSML is given to read, where that differs: a number to be dialled, digit by digit."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A pause, in seconds."""

    seconds: float


Event = Speech | Silence


def timeline(ssml: str) -> tuple[Event, ...]:
    """Everything heard in `ssml`, neighbouring pauses joined.

    Raises:
        NotSSML: not well-formed, or a pause that no speaker would accept.
    """
    # Imported here: the stand-in speaker needs a parser, a skill that starts cold does not.
    import xml.etree.ElementTree as ET

    body = ssml.strip()
    if not body.startswith("<speak"):
        body = f"<speak>{body}</speak>"
    body = body.replace("<speak", f'<speak xmlns:amazon="{AMAZON}"', 1)
    try:
        root = ET.fromstring(body)  # noqa: S314 - our own skill's words, and Python's expat bounds entity expansion
    except ET.ParseError as error:
        raise NotSSML(f"expected well-formed SSML, found {error}: {ssml[:200]!r}") from error
    joined: list[Event] = []
    for event in _walk(root, ""):
        last = joined[-1] if joined else None
        if isinstance(event, Silence) and isinstance(last, Silence):
            joined[-1] = Silence(round(last.seconds + event.seconds, 3))
        else:
            joined.append(event)
    return tuple(joined)


def _walk(node: ElementTree.Element, style: str) -> Iterator[Event]:
    tag = node.tag.split("}")[-1]
    if tag == "break":
        yield Silence(_pause(node))
    elif tag in ("s", "p", "w", "sub", "say-as"):
        text = " ".join("".join(node.itertext()).split())
        if text:
            aloud = " ".join(_aloud(node).split())
            yield Speech(text, speaking_time(text), style, aloud if aloud != text else "")
    else:
        if tag == "prosody":
            style = node.get("volume", style)
        elif tag == "effect":
            style = node.get("name", style)
        yield from _text(node.text, style)
        for child in node:
            yield from _walk(child, style)
            yield from _text(child.tail, style)


def _aloud(node: ElementTree.Element) -> str:
    """The words of a sentence, with the digits apart that are to be said one by one: "Call 9 1 1 now."."""
    own = "".join((node.text or "", *(_aloud(child) + (child.tail or "") for child in node)))
    return " ".join(own.replace(" ", "")) if node.get("interpret-as") == "digits" else own


def _text(text: str | None, style: str) -> Iterator[Event]:
    words = " ".join((text or "").split())
    if words:
        yield Speech(words, speaking_time(words), style)


def _pause(node: ElementTree.Element) -> float:
    given = node.get("time")
    if given is None:
        return _STRENGTHS.get(node.get("strength", "medium"), 0.5)
    match = _TIME.fullmatch(given)
    if not match:
        raise NotSSML(f"expected a pause such as '5s' or '400ms', found {given!r}")
    seconds = float(match[1]) / (1000 if match[2] == "ms" else 1)
    if seconds > 10:
        raise NotSSML(f"expected a pause of at most 10 s, found {given!r}")
    return seconds
