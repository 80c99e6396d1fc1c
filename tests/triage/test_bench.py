"""The bench through the whole skill: its targets, and that docs/triage.md has the rules as they are."""

from __future__ import annotations

import pytest

from workshop.triage.bench import CALM, Miss, Score, by_rules, is_right, measure
from workshop.triage.document import FIGURES, REPORT, read_published, rules_text, summary_text
from workshop.triage.surroundings import KEEPING, ORDER, TURNING, Row, forms, rules_alone

TARGETS = {"emergency": 98, "poison": 98, "crisis": 98, "same_day": 95, CALM: 95}


@pytest.mark.parametrize("name", ["heldout", "fresh", "unseen", "tuning"])
def test_our_own_ear_reaches_the_targets_in_every_state(name: str) -> None:
    scores, misses = measure(name, ["our own ear"])
    low = [score for score in scores if score.share < TARGETS[score.tier]]
    assert not low, misses


@pytest.mark.parametrize("name", ["heldout", "fresh", "tuning"])
def test_nothing_said_round_a_danger_lowers_its_tier(name: str) -> None:
    said = [own for group in (*KEEPING, ORDER) for own in forms(group, [name]) if own[0] != CALM]
    lowered = [text for tier, text in said if not is_right(tier, by_rules(text))]
    assert len(lowered) <= len(said) / 100, lowered


def test_what_is_denied_asked_or_past_sends_nobody() -> None:
    assert not [text for group in TURNING for text in rules_alone(group, ())]


def test_the_document_has_the_rules_as_they_are() -> None:
    written = REPORT.read_text(encoding="utf-8")
    assert rules_text() in written, "expected the rules of today. Hint: run `make triage`"
    assert written.index("## How well it works") < written.index("## The rules") < written.index(FIGURES)


def test_the_first_figures_are_those_of_the_tables() -> None:
    scores = [
        Score("our own ear", "emergency", 8, 10),
        Score("our own ear", "poison", 2, 2),
        Score("other", CALM, 1, 3),
    ]
    misses = [Miss("our own ear", "emergency", "my heart stopped", "paused", CALM)]
    text = summary_text((scores, misses), [Row("minimiser", "emergency", 7, 9, ()), Row("denied", CALM, 0, 5, ())])
    assert "| needs help at once | 10 of 12 | 0 of 0 |" in text
    assert "| is a cramp, a worry or a story | 0 of 0 | 1 of 3 |" in text
    assert "less urgent 2 times of 9." in text
    assert "- “my heart stopped” (emergency, got calm)" in text
    assert "not the same test" in text


def test_each_published_figure_says_whose_it_is_and_how_much_was_read() -> None:
    for own in read_published():
        assert set(own) == {"who", "measured", "found", "source", "read"}
        assert all(own.values())
