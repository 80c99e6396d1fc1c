"""The schema of every file of words: those that the skill reads as a dataclass are declared there."""

from __future__ import annotations

from typing import Any

from skill.advice.advice import CLAIM_FILES
from skill.advice.model import Claim, Condition, Muscle, Routine, Step, Symptom, Timing
from skill.advice.shape import WORDS as WORDS_HALF
from workshop.check.derived_schema import per_entry, schema
from workshop.check.schema_dsl import NAME, block, by_id, listing, sentences, text, whole
from workshop.linting.schema_report import Schema

_SAID: Schema = {
    "type": ["string", "array"],
    "minLength": 1,
    "minItems": 1,
    "items": text("a sentence"),
    "expected": "a sentence, or a list of sentences",
    "hint": "one sentence, or one a line, each after `- `",
}


def _lexicon(expected: str) -> Schema:
    """A word list for recognition."""
    return listing(f"a list: {expected}", text(expected))


def _phrases(expected: str) -> Schema:
    return listing(f"a list: {expected}", text(expected), once=True)


WORDS: dict[str, Schema] = {
    "muscles": by_id(schema(Muscle, WORDS_HALF)),
    "routines": {
        **by_id(schema(Routine, WORDS_HALF)),
        "properties": {"shared": by_id(schema(Step, WORDS_HALF))},
        "required": ["shared"],
    },
    "symptoms": by_id(schema(Symptom, WORDS_HALF)),
    "tiers": by_id(block({"name": NAME, "list": text("one sentence with {signs}")})),
    "timing": schema(Timing, WORDS_HALF),
    "prompts": by_id(_SAID),
    "obstacles": by_id(
        block({"name": NAME, "heard_as": _phrases("what people call it"), "ways": by_id(sentences("another way"))})
    ),
    "findings": block(
        {
            "spellings": by_id(text("the usual form")),
            "rephrased": by_id(text("the usual words")),
            "endings": by_id(_lexicon("words that keep the ending")),
            "numbers": by_id(whole("the number", most=1000)),
            "articles": _lexicon("words that make no difference inside a phrase"),
            "passed_over": _lexicon("words that may stand inside a phrase"),
            "cues": by_id(_lexicon("words that say how something is meant")),
            "words": by_id(_lexicon("everyday words")),
        }
    ),
    "triage": block(
        {
            "because": by_id(text("one sentence: the reason")),
            "first": by_id(sentences("what to do first")),
        }
    ),
    "style": block(
        {
            "forbidden_characters": text("the signs that no sentence may have, in one row"),
            "forbidden_words": _phrases("words that are never said"),
            "number_words": _phrases("numbers written as words"),
            "not_proven": _phrases("words that say that a thing is not proven"),
            "recommends": _phrases("words that recommend"),
            "not_recommending_after": _phrases("words after which the ones above do not recommend"),
            "hedges": _phrases("words that leave a doubt"),
            "refuses": _phrases("words that a refusal begins with"),
            "permits": _phrases("words that allow something"),
            "never_permitted": _phrases("things that are never allowed"),
            "keeps_medicine": _phrases("words that say to keep taking a medicine"),
        }
    ),
}
"""By file name under a language's folder, but for those of `_BY_FACTS`."""
_BY_FACTS = {"conditions": Condition, **dict.fromkeys(CLAIM_FILES, Claim)}


def words_schema(file: str, facts: dict[str, Any]) -> Schema | None:
    """The schema of a file of words; that of a claim follows its verdict, that of a rule what it does."""
    return per_entry(_BY_FACTS[file], facts) if file in _BY_FACTS else WORDS.get(file)
