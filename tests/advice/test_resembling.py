"""What is asked about in words that no entry has: found where it says the same, and nowhere else."""

from __future__ import annotations

import pytest

from skill.advice import open_advice

ADVICE = open_advice("en-US")


@pytest.mark.parametrize(
    ("file", "text", "entry"),
    [
        ("remedies", "elevating", "elevation"),
        ("remedies", "propping my feet up", "elevation"),
        ("remedies", "pressing on the upper lip", "lip_pressure"),
    ],
)
def test_other_words_for_the_same_are_found(file: str, text: str, entry: str) -> None:
    assert ADVICE.named_in(file, text) is None
    assert ADVICE.resembling(file, text) == entry


@pytest.mark.parametrize("text", ["snake oil", "goose fat", "a full moon", "unicorn dust", "the", "", "x" * 600])
def test_one_word_in_common_is_no_likeness(text: str) -> None:
    assert ADVICE.resembling("remedies", text) is None
