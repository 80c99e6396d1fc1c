"""The bench through the whole skill: its targets, and that docs/triage.md has the rules as they are."""

from __future__ import annotations

import pytest

from workshop.triage.bench import CALM, by_rules, is_right, measure
from workshop.triage.document import FIGURES, REPORT, rules_text
from workshop.triage.surroundings import KEEPING, ORDER, TURNING, forms, rules_alone

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
    assert written.startswith(rules_text()), "expected the rules of today. Hint: run `make triage`"
    assert FIGURES in written
