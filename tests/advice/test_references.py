"""`--sources` names the references of what was said, found in the words alone."""

from __future__ import annotations

from typing import Any

import pytest

from skill.advice import open_advice
from skill.app import create
from tests.ears import speaker_for
from workshop.citations import sources_of

ADVICE = open_advice("en-US")


def asked(words: str) -> tuple[dict[str, Any], list[str]]:
    speaker = speaker_for(create())
    response = speaker.say(f"alexa, ask {speaker.model.invocation} {words}").response or {}
    return response, sources_of(response, "en-US")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("i'm on simvastatin and my muscles feel weak", "Tier: emergency"),
        ("my pee is like cola", "Tier: same_day"),
        ("my leg is swollen", "Tier: same_day"),
        ("does magnesium help", "Verdict: unproven"),
        ("i am pregnant", "- HealthLink BC"),
    ],
)
def test_what_was_said_is_what_is_cited(words: str, first: str) -> None:
    response, lines = asked(words)
    assert lines[0].startswith(first)
    assert len(lines) > 1 or first.startswith("-")
    assert "simvastatin" not in str(response.get("sessionAttributes"))


def test_every_sign_and_condition_is_told_by_its_own_sentence() -> None:
    reasons = [sign.because for name in ADVICE.symptoms() if (sign := ADVICE.symptom(name))]
    assert len(set(reasons)) == len(reasons)
    assert not [(one, other) for one in reasons for other in reasons if one != other and one.rstrip(".") in other]


def test_a_reference_is_only_named_where_it_holds_the_claim() -> None:
    for topic, name in (
        ("remedies", "magnesium_dose"),
        ("remedies", "magnesium_mixing"),
        ("remedies", "magnesium_food"),
    ):
        claim = ADVICE.claim(topic, name)
        assert claim is not None
        assert "cochrane-magnesium-2020" not in claim.sources
    ankles, floor = ADVICE.symptom("evening_ankle_swelling"), ADVICE.claim("remedies", "floor_stretch")
    assert ankles is not None
    assert floor is not None
    assert "nhs-dvt" not in ankles.sources
    assert "nocturia-falls" not in floor.sources


def test_the_foods_agree() -> None:
    for topic, name in (
        ("habits", "food"),
        ("remedies", "magnesium_food"),
        ("remedies", "leafy_greens"),
        ("remedies", "nuts_and_seeds"),
        ("remedies", "beans_and_lentils"),
    ):
        claim = ADVICE.claim(topic, name)
        assert claim is not None
        said = " ".join(claim.sentences)
        assert "may help" in said
        assert "no food is proven" in said.lower()
