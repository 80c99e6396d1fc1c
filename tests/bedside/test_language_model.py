"""What recognisers are told beforehand, made of our own samples."""

from __future__ import annotations

import math
import re

import pytest

from speaker.bedside import language_model
from tests.bedside.parts import MODEL

TEXTS = [("my foot", 2), ("my leg", 1), ("my left leg hurts", 1), ("stop", 3), ("my prolapse", 1)]
KNOWN = {"my", "foot", "leg", "left", "hurts", "stop"}


def grams(text: str) -> dict[tuple[str, ...], tuple[float, float]]:
    found = {}
    for line in text.splitlines():
        if match := re.fullmatch(r"(-[\d.]+) (\S+(?: \S+){0,2}?)(?: (-?\d+\.\d+))?", line):
            found[tuple(match[2].split())] = (float(match[1]), float(match[3] or 0.0))
    return found


def chance(model: dict[tuple[str, ...], tuple[float, float]], words: tuple[str, ...]) -> float:
    """Likelihood of the last word after the others, as a recogniser works it out."""
    if words in model:
        return float(10 ** model[words][0])
    weight = 10 ** model.get(words[:-1], (0.0, 0.0))[1]
    return float(weight * chance(model, words[1:])) if len(words) > 1 else 0.0


@pytest.mark.parametrize("history", [("<s>", "my"), ("my",), ("<s>",), ("my", "leg"), ("left", "leg")])
def test_after_any_words_the_chances_of_all_words_make_one(history: tuple[str, ...]) -> None:
    model = grams(language_model.arpa(TEXTS, KNOWN))
    total = sum(chance(model, (*history, word)) for word in (*KNOWN, "</s>"))
    assert total == pytest.approx(1.0, abs=0.01)


def test_words_that_cannot_be_heard_are_left_out() -> None:
    assert "prolapse" not in language_model.arpa(TEXTS, KNOWN)


def test_the_header_counts_what_follows() -> None:
    text = language_model.arpa(TEXTS, KNOWN)
    for n, count in re.findall(r"ngram (\d)=(\d+)", text):
        block = text.split(f"\\{n}-grams:\n")[1].split("\n\n")[0]
        assert len(block.splitlines()) == int(count)


def test_every_value_of_a_slot_can_be_heard() -> None:
    words = language_model.vocabulary(MODEL)
    for own in MODEL.values.values():
        for phrase in own:
            assert words.issuperset(phrase.replace(" 's", "'s").split())


def test_likely_words_are_likelier() -> None:
    model = grams(language_model.arpa(language_model.sentences(MODEL), language_model.vocabulary(MODEL)))
    assert chance(model, ("<s>", "my", "foot")) > chance(model, ("<s>", "my", "doctor"))
    assert all(not math.isnan(own) for own, _ in model.values())


def test_the_prompt_is_short_and_in_our_words() -> None:
    prompt = language_model.prompt(MODEL)
    assert prompt.endswith("Cramp Coach.")
    assert 20 < len(prompt.split()) <= 62
    assert "{" not in prompt
