"""The shape of every content file, with the words for whoever gets it wrong."""

from __future__ import annotations

from typing import Any

from skill.advice.advice import CLAIM_FILES
from skill.advice.check.shape import Schema
from skill.advice.model import Verdict

KINDS = ("stretch", "massage", "warmth", "stand", "bedtime")
"""What a step can be; conditions.yaml names steps by these."""
SOURCE_KINDS = ("guidance", "review", "trial", "study", "safety", "case", "synthesis")

# ---- the smallest parts ---------------------------------------------------------------------------


def _text(expected: str, hint: str = "write it as text; put quotation marks around it if it starts with a sign") -> Schema:
    return {"type": "string", "pattern": r"\S", "expected": expected, "hint": hint}


def _whole(expected: str, least: int = 1, most: int = 100_000, hint: str = "digits only, without a unit") -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "expected": expected, "hint": hint}


def _sentences(expected: str, least: int = 1, most: int = 100) -> Schema:
    whole = f"{expected}: a list of {least} to {most} sentences" if most < 100 else f"{expected}: a list of sentences"
    hint = "one sentence a line, each after `- `"
    return {
        "type": "array",
        "minItems": least,
        "maxItems": most,
        "expected": whole,
        "hint": hint,
        "items": _text("a sentence"),
    }


def _block(required: dict[str, Schema], optional: dict[str, Schema] | None = None, expected: str = "") -> Schema:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
        "expected": expected or "a block of keys",
    }


def _by_id(entry: Schema, expected: str = "entries by id") -> Schema:
    return {"type": "object", "minProperties": 1, "additionalProperties": entry, "expected": expected}


def _choice(*choices: str) -> Schema:
    return {"enum": list(choices), "hint": "choose one of these, spelled exactly so"}


def _flag() -> Schema:
    return {"type": "boolean", "expected": "true or false", "hint": "write true or false"}


SOURCES: Schema = {
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": _text("a source id"),
    "expected": "at least one source, each named once",
    "hint": "name where this comes from by its id in facts/sources.yaml, such as [nhs-leg-cramps]",
}
_REVIEWED = _text("the day it was last reviewed", "write year, month and day, such as 2026-11-21")
_VERDICT = _choice(*Verdict)
_HEARD: Schema = {
    "type": "array",
    "items": _text("a phrase that people say"),
    "expected": "a list of phrases that people say",
    "hint": 'write [a phrase, another phrase], or [] where nobody names it; words such as yes, no, on and off need "…"',
}
_NUMBER: Schema = {
    "type": ["integer", "number"],
    "expected": "a number",
    "hint": "only numbers stand here: the words use them as {name}",
}
_NAME = _text("a name")

# ---- facts ----------------------------------------------------------------------------------------

_HELD = "a whole number of seconds"
_STEP: Schema = {
    **_block(
        {
            "kind": _choice(*KINDS),
            "hold": _whole(f"{_HELD} that one hold lasts"),
            "longest": _whole(f'{_HELD} that "hold longer" may reach'),
            "verdict": _VERDICT,
            "sources": SOURCES,
        },
        {
            "rounds": _whole("how often the step is asked again", most=5),
            "times": _whole("how many holds follow each other", most=5),
            "rest": _whole(f"{_HELD} between two holds"),
        },
    ),
    "additionalProperties": _NUMBER,
}
STEP_FACTS = tuple(_STEP["properties"])
"""What every step has; any other key of a step is a number for its words."""
_ORDER: Schema = {
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": _text("a step id"),
    "expected": "the step ids in their order, each once",
    "hint": "name steps of this routine or of `shared`, such as [stretch, massage]",
}
_ROUTINE = _block({"order": _ORDER, "steps": _by_id(_STEP, "the steps by id")})
_CLAIM = _block(
    {
        "verdict": _VERDICT,
        "sources": SOURCES,
        "reviewed": _REVIEWED,
        "rows": {
            "type": "array",
            "minItems": 1,
            "items": _text("a row id"),
            "expected": "at least one row of the evidence table that this answers",
            "hint": "name the rows as the other entries do",
        },
    },
    {
        "listed": _flag(),
        "kind": _choice("medicine"),
        "numbers": _by_id(_NUMBER, "numbers by name"),
    },
)
_RULE = _block(
    {
        "on": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": _text("what the rule is about"),
            "expected": "a list of what the rule is about, each once",
            "hint": "name steps or answers, such as [step.massage, remedies.heat]",
        },
        "do": _choice("leave_out", "warn", "replace"),
    }
)
_PROMPT = _block(
    {},
    {
        "uses": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": _text("a placeholder's name"),
            "expected": "the placeholders that the prompt may use, each once",
            "hint": "such as [hold]; leave `uses` out where there are none",
        },
        "phrase": _flag(),
        "closes": _flag(),
    },
    expected="{} or what the prompt may use",
)
_CUE = _block(
    {"from": _whole(f"{_HELD}: a shorter hold goes without the cue", least=5)},
    {
        "after": _whole(f"{_HELD} after the start of the hold"),
        "at": _choice("half"),
        "left": _whole(f"{_HELD} before the end of the hold"),
    },
)
_STYLE_LENGTHS = _block({name: _whole("words in one sentence", least=5, most=40) for name in ("guided", "reason", "other")})

FACTS: dict[str, Schema] = {
    "sources": _by_id(
        _block(
            {
                "kind": _choice(*SOURCE_KINDS),
                "publisher": _text("who published it"),
                "title": _text("its title"),
                "find": _text("how to find it", "a web address, PMID, PMC, DOI or Cochrane number"),
            },
            {"year": _whole("the year it was published", least=1900, most=2100)},
        )
    ),
    "tiers": _block(
        {
            tier: _block({"stops": _flag(), "closes": _flag(), "sources": SOURCES})
            for tier in ("emergency", "same_day", "book")
        }
    ),
    "timing": _block(
        {
            "hold": _block(
                {
                    "shortest": _whole(f"{_HELD} from 5 to 60", 5, 60, "a stretch shorter than 5 seconds does nothing"),
                    "longest": _whole(f"{_HELD} from 5 to 60", 5, 60, "no reference holds a cramped muscle longer"),
                    "change": _whole(f"{_HELD}", most=60),
                    "sources": SOURCES,
                }
            ),
            "cues": {**_by_id(_CUE), "properties": {"sources": SOURCES}, "required": ["sources"]},
            "minutes": _block(
                {
                    "reassess": _whole("minutes of stretching after which a cramp is seen today", most=60),
                    "resume": _whole("minutes that a place in a routine is kept", most=120),
                    "sources": SOURCES,
                }
            ),
            "list_size": _whole("how many items are spoken before more", most=20),
            "bedtime_weeks": _whole("weeks that the bedtime routine is kept up", most=52),
            "bedtime_sources": SOURCES,
        }
    ),
    "muscles": _by_id(_block({"routine": _text("the routine that answers it")})),
    "routines": {
        **_by_id(_ROUTINE),
        "properties": {"shared": _by_id(_STEP, "the steps that routines share")},
        "required": ["shared", "calf", "bedtime", "bedtime_seated"],
    },
    "symptoms": _by_id(_block({"tier": _text("a tier of facts/tiers.yaml"), "sources": SOURCES})),
    "conditions": {
        **_by_id(_block({"sources": SOURCES, "reviewed": _REVIEWED}, {"rules": _by_id(_RULE, "rules by id")})),
        "required": ["child"],
    },
    "prompts": _by_id(_PROMPT),
    "style": _block(
        {
            "words_in_sentence": _STYLE_LENGTHS,
            "words_in_phrase": _block({name: _whole("words", most=20) for name in ("name", "short", "sign")}),
            "sentences_before_question": _whole("sentences", most=5),
            "list_items": _whole("items spoken before more", most=10),
            "grade": _block({name: _whole("a school grade", most=16) for name in ("whole", "entry")}),
            "heard_as": _block({"words": _whole("words"), "characters": _whole("characters", most=140)}),
        }
    ),
    **{file: _by_id(_CLAIM) for file in CLAIM_FILES},
}
"""By file name under facts/."""
# The entries that the conversation asks for by name, without a slot.
FACTS["causes"] = {**FACTS["causes"], "required": ["why"]}
FACTS["lookalikes"] = {**FACTS["lookalikes"], "required": ["kinds"]}
FACTS["answers"] = {
    **FACTS["answers"],
    "required": ["definition", "duration", "prevalence", "soreness", "doctor_visit", "sources", "who"],
}

# ---- words ----------------------------------------------------------------------------------------

_STEP_WORDS = _block(
    {"do": _sentences("the instruction")},
    {
        "first": _sentences("the warning before the instruction"),
        "release": _sentences("what is said after the hold"),
        "helper": _sentences("the instruction for somebody who helps"),
    },
)
_ROUTINE_WORDS = _block({"name": _NAME}, {"steps": _by_id(_STEP_WORDS, "the steps by id")})
_TITLED = {"name": _NAME, "heard_as": _HEARD}
_ANSWER = _block({**_TITLED, "answer": _sentences("the answer", most=3)}, {"short": _text("a few words for the list")})
_REFUSAL = _block(
    {
        **_TITLED,
        "refuse": _text("one sentence that refuses it"),
        "because": _text("one sentence with the reason"),
        "instead": _text("one sentence with the safer thing to do"),
    },
    {"short": _text("a few words for the list")},
)
_REASON = _text("the rule's sentence")
_REPLACED = _block({"because": _text("one sentence with the reason"), "instead": _sentences("the other instruction")})
_SAID: Schema = {
    "type": ["string", "array"],
    "minLength": 1,
    "minItems": 1,
    "items": _text("a sentence"),
    "expected": "a sentence, or a list of sentences",
    "hint": "one sentence, or one a line, each after `- `",
}


def _phrases(expected: str) -> Schema:
    return {"type": "array", "minItems": 1, "uniqueItems": True, "items": _text(expected), "expected": f"a list: {expected}"}


WORDS: dict[str, Schema] = {
    "muscles": _by_id(_block(_TITLED, {"note": _text("one sentence, said after the first instruction")})),
    "routines": {**_by_id(_ROUTINE_WORDS), "properties": {"shared": _by_id(_STEP_WORDS)}, "required": ["shared"]},
    "symptoms": _by_id(
        _block({"sign": _text("the sign in a few words"), "heard_as": _HEARD, "because": _text("one sentence: why it matters")})
    ),
    "tiers": _by_id(_block({"name": _NAME, "list": _text("one sentence with {signs}")})),
    "timing": _block({"cues": _by_id(_text("the quiet words inside a hold"))}),
    "prompts": _by_id(_SAID),
    "style": _block(
        {
            "forbidden_characters": _text("the signs that no sentence may have, in one row"),
            "forbidden_words": _phrases("words that are never said"),
            "number_words": _phrases("numbers written as words"),
            "not_proven": _phrases("words that say that a thing is not proven"),
            "recommends": _phrases("words that recommend"),
            "not_recommending_after": _phrases("words after which the ones above do not recommend"),
            "hedges": _phrases("words that leave a doubt"),
            "refuses": _phrases("words that a refusal begins with"),
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
    noted = {**_TITLED, "noted": _text("one sentence: what it changes tonight")}
    rules = fact.get("rules")
    if not isinstance(rules, dict) or not rules:
        return _block(noted)
    own = {name: _REPLACED if rule.get("do") == "replace" else _REASON for name, rule in _dicts(rules)}
    return _block({**noted, "rules": {**_block(own), "expected": "the words of every rule", "additionalProperties": True}})


def _dicts(tree: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(name, value) for name, value in tree.items() if isinstance(value, dict)]


# ---- regions --------------------------------------------------------------------------------------

_DIGITS = {"type": "string", "pattern": r"^[0-9][0-9 ]*$", "hint": 'write it in quotation marks: "911"'}
REGIONS: Schema = {
    **_by_id(
        _block(
            {
                "language": _text("the folder of words"),
                "emergency": {**_DIGITS, "type": ["string", "null"], "expected": "the number to call in digits, or null"},
                "emergency_call": _text("a whole sentence"),
                "emergency_name": _text("how the number is called inside a sentence"),
                "same_day_call": _text("a whole sentence"),
                "lines": {
                    "type": "array",
                    "items": {**_DIGITS, "expected": "a telephone number in digits"},
                    "expected": "a list of telephone numbers, or []",
                },
                "words": {
                    "type": "object",
                    "additionalProperties": _text("the local word"),
                    "expected": "American words with the local ones, or {}",
                },
                "sources": SOURCES,
            }
        )
    ),
    "required": ["default", "en-US", "en-CA", "en-GB", "en-AU", "en-IN"],
}
