"""Every prompt that the conversation names exists, and every prompt that exists is named."""

from __future__ import annotations

import re
from pathlib import Path

from skill.advice import open_advice
from skill.dialog import Awaiting
from skill.dialog.offers import ANSWERS
from skill.dialog.topic import LISTS
from skill.screen.directive import _OTHER_SIGNS, _STEP_SIGNS

ADVICE = open_advice("en-US")
ROOMS = [Path(__file__).parents[2] / "skill" / room for room in ("dialog", "handlers", "screen")]
SOURCE = "\n".join(path.read_text(encoding="utf-8") for room in ROOMS for path in sorted(room.rglob("*.py")))
_CALL = re.compile(r'(?:prompt|line)\(\s*(?:moment|advice|moment\.advice),\s*"(\w+)"|\.prompt\(\s*["\'](\w+)["\']')
_SAID = re.compile(r"\bsaid\(([^()]*)\)")
BUILT = {
    *(f"list_{topic}" for topic in LISTS),
    *(f"{topic}_card_title" for topic in LISTS),
    *(f"fallback_{waiting}" for waiting in Awaiting),
    *(f"touch_{sign}" for sign in (*_STEP_SIGNS, *_OTHER_SIGNS)),
    *(f"{waiting}_question" for waiting in (Awaiting.MORE, Awaiting.START, Awaiting.OFFER, Awaiting.SIGNS)),
    f"{Awaiting.EVENING_TIME}_question",
    *(f"offer_{answer}" for answer in ANSWERS),
}
"""Names that the conversation puts together."""


def test_every_prompt_that_is_named_exists() -> None:
    named = {first or second for first, second in _CALL.findall(SOURCE)} | BUILT
    topics = {name for call in _SAID.findall(SOURCE) for name in re.findall(r'"(\w+)"', call)}
    assert len(topics) > 10
    named |= topics
    assert len(named) > 40
    assert named <= set(ADVICE.facts("prompts"))


def test_every_prompt_that_exists_is_named() -> None:
    known = set(re.findall(r"\w+", SOURCE)) | BUILT
    unnamed = [name for name in ADVICE.facts("prompts") if name not in known]
    assert not unnamed


def test_every_prompt_can_be_said_in_every_country() -> None:
    for name, fact in ADVICE.facts("prompts").items():
        values = dict.fromkeys(fact.get("uses", ()), "x")
        for locale in ("en-US", "en-GB", "en-IN", "nowhere"):
            assert all("{" not in text for text in open_advice(locale).prompt(name, **values))
