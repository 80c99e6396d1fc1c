"""What a turn comes to, before it is speech, screen or JSON."""

from __future__ import annotations

from dataclasses import dataclass, field

from skill.dialog.state import State
from skill.speech import Script


@dataclass(frozen=True, slots=True)
class Screen:
    """What a screen would show beside the voice: the kind of picture and the ids and words in it."""

    kind: str
    """step, answer, list, urgent, night."""
    title: str = ""
    lines: tuple[str, ...] = ()
    routine: str | None = None
    step: str | None = None
    seconds: int = 0
    """How long the hold lasts; 0 where nothing counts down."""
    number: str = ""
    """The number to call, in an emergency."""
    sources: tuple[str, ...] = ()
    """Who says so."""


@dataclass(frozen=True, slots=True)
class Card:
    """A short text for the Alexa app."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A routine that Alexa is to offer and to keep."""

    task: str
    """What it starts."""
    time: str = ""
    """When, every evening: HHMM; a word of the person's own starts it where empty."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything one turn answers. A question keeps the session open; so does an offer, to which Alexa answers; without
    either it closes."""

    script: Script = ()
    question: str | None = None
    reprompt: Script = ()
    """What the reprompt plays; the question alone where empty."""
    state: State | None = None
    """None ends the session, and nothing is left to continue unless `unfinished` says so."""
    firm: bool = False
    """An emergency: never soft, never whispered."""
    unfinished: State | None = None
    """The place to keep, where a session ends with a routine not done."""
    finished: bool = False
    """Nothing may be continued after this: a place kept earlier is to be forgotten."""
    screen: Screen | None = None
    card: Card | None = field(default=None)
    offer: Offer | None = None
