"""The shape of every file of words; that of a claim follows its verdict, that of a rule what it does."""

from __future__ import annotations

from typing import Any

from skill.advice.advice import CLAIM_FILES
from skill.advice.model import Verdict
from workshop.check.schema_dsl import (
    HEARD,
    NAME,
    block,
    by_id,
    sentences,
    text,
    whole,
)
from workshop.linting.schema_report import Schema

_STEP_WORDS = block(
    {"do": sentences("the instruction")},
    {
        "first": sentences("the warning before the instruction"),
        "release": sentences("what is said after the hold"),
        "helper": sentences("the instruction for somebody who helps"),
    },
)
_ROUTINE_WORDS = block({"name": NAME}, {"steps": by_id(_STEP_WORDS, "the steps by id")})
_TITLED = {"name": NAME, "heard_as": HEARD}
_ANSWER = block({**_TITLED, "answer": sentences("the answer", most=3)}, {"short": text("a few words for the list")})
_REFUSAL = block(
    {
        **_TITLED,
        "refuse": text("one sentence that refuses it"),
        "because": text("one sentence with the reason"),
        "instead": text("one sentence with the safer thing to do"),
    },
    {"short": text("a few words for the list")},
)
_REASON = text("the rule's sentence")
_REPLACED = block({"because": text("one sentence with the reason"), "instead": sentences("the other instruction")})
_SAID: Schema = {
    "type": ["string", "array"],
    "minLength": 1,
    "minItems": 1,
    "items": text("a sentence"),
    "expected": "a sentence, or a list of sentences",
    "hint": "one sentence, or one a line, each after `- `",
}


def _lexicon(expected: str) -> Schema:
    """Words that are listened for, as many as it takes; one may stand alone or be given as a list."""
    return {"type": "array", "minItems": 1, "items": text(expected), "expected": f"a list: {expected}"}


def _phrases(expected: str) -> Schema:
    return {
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": text(expected),
        "expected": f"a list: {expected}",
    }


WORDS: dict[str, Schema] = {
    "muscles": by_id(block(_TITLED, {"note": text("one sentence, said after the first instruction")})),
    "routines": {**by_id(_ROUTINE_WORDS), "properties": {"shared": by_id(_STEP_WORDS)}, "required": ["shared"]},
    "symptoms": by_id(
        block(
            {
                "sign": text("the sign in a few words"),
                "heard_as": HEARD,
                "because": text("one sentence: why it matters"),
            }
        )
    ),
    "tiers": by_id(block({"name": NAME, "list": text("one sentence with {signs}")})),
    "timing": block({"cues": by_id(text("the quiet words inside a hold"))}),
    "prompts": by_id(_SAID),
    "findings": block(
        {
            "spellings": by_id(text("the usual form")),
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
            "keeps_medicine": _phrases("words that tell nobody to stop a medicine"),
        }
    ),
}
"""By file name under a language's folder; for claims and conditions see `words_entry`."""


def words_schema(file: str, facts: dict[str, Any]) -> Schema | None:
    """The shape of a file of words; that of a claim follows its verdict, that of a rule what it does."""
    if file in WORDS:
        return WORDS[file]
    if file in CLAIM_FILES:
        own = {name: _REFUSAL if fact.get("verdict") == Verdict.UNSAFE else _ANSWER for name, fact in _dicts(facts)}
        return {"type": "object", "properties": own, "additionalProperties": True, "expected": "entries by id"}
    if file == "conditions":
        return {
            "type": "object",
            "properties": {name: _condition(fact) for name, fact in _dicts(facts)},
            "additionalProperties": True,
            "expected": "entries by id",
        }
    return None


def _condition(fact: dict[str, Any]) -> Schema:
    noted = {**_TITLED, "noted": text("one sentence: what it changes tonight")}
    rules = fact.get("rules")
    if not isinstance(rules, dict) or not rules:
        return block(noted)
    own = {name: _REPLACED if rule.get("do") == "replace" else _REASON for name, rule in _dicts(rules)}
    return block(
        {**noted, "rules": {**block(own), "expected": "the words of every rule", "additionalProperties": True}}
    )


def _dicts(tree: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(name, value) for name, value in tree.items() if isinstance(value, dict)]
