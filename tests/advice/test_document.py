"""docs/advice.md is what the content says today, and complete."""

from pathlib import Path

from skill.advice import CLAIM_FILES, locales, open_advice
from workshop.advice_document import document

FILE = Path(__file__).parents[2] / "docs" / "advice.md"
ADVICE = open_advice("en-US")
TEXT = document(ADVICE)


def test_the_document_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == TEXT, (
        "expected docs/advice.md to be what the content says, found another text; "
        "write it again with `python -m workshop.advice_document > docs/advice.md`"
    )


def test_it_says_at_the_top_and_in_place_what_no_clinician_has_reviewed() -> None:
    top = TEXT[: TEXT.index("## 1.")]
    assert "No clinician has reviewed" in top
    assert "tiering" in top
    assert "in-bed adaptation" in top
    relief = [name for name in ADVICE.routines() if not name.startswith("bedtime")]
    assert TEXT.count("Not reviewed by a clinician: doing it in bed") == len(relief)
    assert TEXT.count("Not reviewed by a clinician: which signs belong here") == len(ADVICE.tiers)


def test_every_claim_stands_with_its_verdict_words_sources_and_date() -> None:
    for file in CLAIM_FILES:
        for name in ADVICE.facts(file):
            claim = ADVICE.claim(file, name)
            assert claim is not None
            words = " ".join(ADVICE.say(text, **claim.numbers) for text in claim.sentences)
            at = TEXT.index(f"- **{claim.name}** `{name}` · **{claim.verdict}")
            entry = TEXT[at : TEXT.find("\n- ", at + 1)]
            assert words in entry
            assert claim.sources_read in entry
            assert all(f"(#{source})" in entry for source in claim.sources)


def test_every_step_sign_condition_source_and_country_stands_in_it() -> None:
    for name in ADVICE.routines():
        routine = ADVICE.routine(name)
        assert routine is not None
        for step in routine.steps:
            assert f"**{step.id}** · {step.kind} · hold {step.hold} s" in TEXT
    for name in ADVICE.symptoms():
        sign = ADVICE.symptom(name)
        assert sign is not None
        assert f"| `{name}` {sign.sign} | {ADVICE.say(sign.because)} |" in TEXT
    for name in ADVICE.facts("conditions"):
        condition = ADVICE.condition(name)
        assert condition is not None
        assert ADVICE.say(condition.noted) in TEXT
        assert all(rule.because in TEXT for rule in condition.rules)
    for name in ADVICE.facts("sources"):
        source = ADVICE.source(name)
        assert source is not None
        assert f"\n### {name}\n" in TEXT
        assert source.find in TEXT
    for locale in locales():
        assert f"| {locale} | {open_advice(locale).say('{emergency_call}')}" in TEXT


def test_no_placeholder_is_left_open() -> None:
    assert "{" not in TEXT
