"""Says test sentences in every dialogue state, with our own ear and with one no cleverer than Alexa.

What is measured is the answer as JSON, not the rules by themselves: whom it sends to whom, and whether it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from skill.advice import open_advice
from skill.app import create
from skill.dialog import State
from skill.triage import URGENT, assess
from speaker import request_envelope
from speaker.nlu.interaction_model import InteractionModel
from speaker.nlu.normalize import spoken
from speaker.nlu.recognizer import Heard, Hearing
from speaker.request_envelope import Device, Session
from workshop.models.alexa_ear import AlexaEar

SENTENCES = Path(__file__).parents[2] / "tests" / "triage"
VARIANTS = Path(__file__).parent / "variants.yaml"
NOW = 1_800_000_000
CALM = "calm"
LOCALE = "en-US"
_AT = {"started_at": NOW - 100, "answered_at": NOW - 60, "version": 2}
STATES: dict[str, dict[str, Any]] = {
    "in the first hold": {**_AT, "routine": "calf", "step": "stretch"},
    "in a later step": {**_AT, "routine": "calf", "step": "footboard"},
    "paused": {**_AT, "routine": "calf", "step": "stretch", "awaiting": "paused", "topic": "say/paused"},
    "after an answer": {**_AT, "routine": "calf", "step": "stretch", "awaiting": "back", "topic": "say/back"},
    "in a list": {**_AT, "routine": "calf", "step": "stretch", "awaiting": "more", "topic": "list/causes", "said": 3},
    "before sleep": {**_AT, "routine": "bedtime", "step": "calf_left", "awaiting": "bedtime"},
    "nothing begun": {},
}


@dataclass(frozen=True, slots=True)
class Ear:
    """One way to hear."""

    opened: Callable[[InteractionModel], Hearing | AlexaEar]
    transcribes: bool
    """Whether all that was heard goes along with the intent, as no Alexa does."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence that got the wrong answer."""

    ear: str
    tier: str
    text: str
    state: str
    got: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many sentences of one tier were answered correctly in every state."""

    ear: str
    tier: str
    right: int
    of: int

    @property
    def share(self) -> float:
        """Percent."""
        return 100 * self.right / max(1, self.of)


def sentences(name: str) -> list[tuple[str, str]]:
    """Tier and sentence of one file of `tests/triage`."""
    raw = yaml.safe_load((SENTENCES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [(tier, text) for tier, texts in raw.items() for text in texts]


def variants() -> dict[str, list[str]]:
    """What is said round a sentence."""
    read: dict[str, list[str]] = yaml.safe_load(VARIANTS.read_text(encoding="utf-8"))
    return read


def by_rules(text: str) -> str:
    """The urgent tier that the rules alone give a sentence, or calm."""
    found = assess([text], (), open_advice(LOCALE))
    return found.tier if found and found.tier in URGENT else CALM


def is_right(tier: str, got: str) -> bool:
    """Whether an answer is at least as urgent as it must be; a calm sentence must stay calm."""
    if CALM in (tier, got):
        return tier == got
    return got == "emergency" or tier == "same_day" or got == tier


OUR_EAR = "our own ear"
SAMPLES_ONLY = "samples only"
EARS: dict[str, Ear] = {OUR_EAR: Ear(Hearing, True), SAMPLES_ONLY: Ear(AlexaEar, False)}


def measure(name: str, ears: Iterable[str] = EARS) -> tuple[list[Score], list[Miss]]:
    """Each of `ears` over one file of sentences; a sentence is right where its answer is in every state."""
    scores: list[Score] = []
    misses: list[Miss] = []
    said = sentences(name)
    for ear in ears:
        wrong = {miss.text: miss for tier, text in said for miss in _missed(ear, tier, text)}
        misses += wrong.values()
        for tier in dict.fromkeys(tier for tier, _ in said):
            own = [text for kind, text in said if kind == tier]
            scores.append(Score(ear, tier, sum(text not in wrong for text in own), len(own)))
    return scores, misses


def _missed(ear: str, tier: str, text: str) -> Iterator[Miss]:
    for state, attributes in STATES.items():
        got = answered(text, attributes, ear)
        if not is_right(tier, got):
            yield Miss(ear, tier, text, state, got)
            return


_MODEL = InteractionModel.load(LOCALE)
_SKILL = create()


@cache
def _opened(ear: str) -> Hearing | AlexaEar:
    return EARS[ear].opened(_MODEL)


@lru_cache(maxsize=1)
def _heard(words: str, ear: str) -> Heard:
    """Remembered while the same words are said in every state."""
    return _opened(ear).hear(words)


def answered(text: str, attributes: dict[str, Any], ear: str = OUR_EAR) -> str:
    """The tier of the answer to a sentence in a state: by whom it sends to, and calm where it stays with the cramp."""
    words = spoken(text)
    heard = _heard(words, ear)
    transcript = words if EARS[ear].transcribes else ""
    request = request_envelope.intent(heard, _MODEL.slots.get(heard.intent, {}), transcript)
    state = State.from_json(attributes)
    session = Session(new=False, attributes=state.to_json() if state else {})
    response = _SKILL(request_envelope.envelope(Device(locale=LOCALE), session, request, NOW), None)["response"]
    words = re.sub(r"<[^>]+>", " ", response.get("outputSpeech", {}).get("ssml", ""))
    words = " ".join(words.split())
    if not response.get("shouldEndSession"):
        return CALM
    advice = open_advice(LOCALE)
    calls = {"poison": "{poison_call}", "crisis": "{crisis_call}", "emergency": "{emergency_call}"}
    tier = next((tier for tier, call in calls.items() if words.startswith(advice.say(call).rstrip("."))), None)
    return tier or ("same_day" if advice.say("{same_day}") in words else CALM)
