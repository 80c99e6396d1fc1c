"""Urgency in people's own words: the sentences of the two files beside this one, and what may never change a tier."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from skill.advice import open_advice
from skill.triage import URGENT, assess, hear
from skill.triage.assess import tables
from skill.triage.findings import read

ADVICE = open_advice("en-US")
SENTENCES = [
    (tier, text)
    for tier, texts in yaml.safe_load((Path(__file__).parent / "tuning.yaml").read_text(encoding="utf-8")).items()
    for text in texts
]
MINIMISERS = (
    "my wife says it's nothing but {}",
    "it's probably nothing but {}",
    "don't laugh but {}",
    "{} it's no big deal",
)


def tier_of(text: str, conditions: tuple[str, ...] = ()) -> str:
    found = assess([text], conditions, ADVICE)
    return found.tier if found and found.tier in URGENT else "calm"


@pytest.mark.parametrize(("tier", "text"), SENTENCES)
def test_sentence(tier: str, text: str) -> None:
    assert tier_of(text) == tier


@pytest.mark.parametrize("minimiser", MINIMISERS)
def test_no_minimiser_lowers_a_tier(minimiser: str) -> None:
    lower = [text for tier, text in SENTENCES if tier != "calm" and tier_of(minimiser.format(text)) == "calm"]
    assert not lower


ATTRIBUTES = [
    ("no chest pain", "chest_pain", "denied"),
    ("i don't have any swelling in my leg", "limb_swollen", "denied"),
    ("the swelling in my leg has gone down", "limb_swollen", "over"),
    ("years ago my leg was swollen", "limb_swollen", "past"),
    ("can low potassium cause a racing heart", "heart_racing", "asked"),
    ("what if my leg swells", "limb_swollen", "supposed"),
    ("my dad had a stroke", "stroke", "told"),
]


@pytest.mark.parametrize(("text", "finding", "attribute"), ATTRIBUTES)
def test_attribute(text: str, finding: str, attribute: str) -> None:
    found = {own.id: own for own in read(text, tables(ADVICE)[0]).findings}
    assert getattr(found[finding], attribute) and not found[finding].stated


def test_findings_of_several_texts_meet_in_one_rule() -> None:
    assert (found := assess(["my foot is cold", "my foot is numb"], (), ADVICE)) and found.tier == "emergency"


def test_the_more_particular_of_two_reasons_is_known_by_its_depth() -> None:
    pregnant, swollen = (
        assess([text], (), ADVICE) for text in ("i'm pregnant and my face is swollen", "my leg is swollen")
    )
    assert pregnant and swollen and pregnant.depth > swollen.depth == 1


@pytest.mark.parametrize(
    ("text", "spoken_of", "denied"),
    [
        ("my leg isn't swollen", True, True),
        ("is a swollen leg a bad sign", True, False),
        ("my leg is swollen", False, False),
        ("put the kettle on", False, False),
    ],
)
def test_what_is_only_spoken_of(text: str, spoken_of: bool, denied: bool) -> None:
    heard = hear([text], (), ADVICE)
    assert (heard.only_spoken_of, heard.only_denied) == (spoken_of, denied)


def test_a_condition_changes_the_tier() -> None:
    assert tier_of("i have a headache") == "calm"
    assert tier_of("i have a headache", ("pregnancy",)) == "same_day"


def test_a_medicine_of_the_content_counts_by_any_of_its_names() -> None:
    assert tier_of("i took nine frusemide") == "poison"
    assert tier_of("i took nine minutes") == "calm"


def test_every_rule_is_whole() -> None:
    rules, facts = ADVICE.facts("triage"), ADVICE.facts("findings")["findings"]
    known = set(facts) | set(rules["groups"])
    first, because = ADVICE.words("triage")["first"], ADVICE.words("triage")["because"]
    for name, rule in rules["rules"].items():
        wanted = [
            one
            for part in (*rule["all"], rule.get("unless", []))
            for one in ([part] if isinstance(part, str) else part)
        ]
        assert known.issuperset(wanted), name
        assert name in because and rule.get("first", "no_call") in first, name
        assert all(ADVICE.source(source) for source in rule["sources"]), name
        assert all(ADVICE.symptom(sign) for sign in rule.get("calms", ())), name
        assert all(ADVICE.condition(condition) for condition in rule.get("with", ())), name
    own = ADVICE.facts("findings")
    words = {*ADVICE.words("findings")["words"], *own["counts"], *own["compounds"]}
    assert words.issuperset(name for row in own["compounds"].values() for name in row)
    assert words.issuperset(name for kind in facts.values() for one in kind["of"] for name in one)


@pytest.mark.parametrize("text", ["", " ", "'''", "é" * 900, "no " * 400, "{limb}", "9" * 600])
def test_any_text_is_taken(text: str) -> None:
    assert assess([text], (), ADVICE) is None
