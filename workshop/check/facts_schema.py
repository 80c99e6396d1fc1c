"""The shape of every facts file and of the regions, with the words for whoever gets it wrong."""

from __future__ import annotations

from skill.advice.advice import CLAIM_FILES
from workshop.check.schema_dsl import (
    NUMBER,
    SOURCES,
    SOURCES_READ,
    VERDICT,
    block,
    by_id,
    choice,
    flag,
    text,
    whole,
)
from workshop.linting.schema_report import Schema

KINDS = ("stretch", "massage", "warmth", "stand", "bedtime")
"""What a step can be; conditions.yaml names steps by these."""
SOURCE_KINDS = ("guidance", "review", "trial", "study", "safety", "case", "synthesis")

_HELD = "a whole number of seconds"
_STEP: Schema = {
    **block(
        {
            "kind": choice(*KINDS),
            "hold": whole(f"{_HELD} that one hold lasts"),
            "longest": whole(f'{_HELD} that "hold longer" may reach'),
            "verdict": VERDICT,
            "sources": SOURCES,
        },
        {
            "rounds": whole("how often the step is asked again", most=5),
            "times": whole("how many holds follow each other", most=5),
            "rest": whole(f"{_HELD} between two holds"),
        },
    ),
    "additionalProperties": NUMBER,
}
STEP_FACTS = tuple(_STEP["properties"])
"""What every step has; any other key of a step is a number for its words."""
_ORDER: Schema = {
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": text("a step id"),
    "expected": "the step ids in their order, each once",
    "hint": "name steps of this routine or of `shared`, such as [stretch, massage]",
}
_NAMES: Schema = {
    "type": "array",
    "minItems": 1,
    "items": text("a name"),
    "expected": "a list of names",
    "hint": "write [one, another]",
}
_ROUTINE = block({"order": _ORDER, "steps": by_id(_STEP, "the steps by id")})
_WHICH: Schema = {
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": whole("the number of a sentence, from 1 to 3", most=3),
    "expected": "the numbers of some of its sentences, each once",
    "hint": "count the sentences of the answer from 1, such as [2]",
}
_CLAIM = block(
    {
        "verdict": VERDICT,
        "sources": SOURCES,
        "sources_read": SOURCES_READ,
        "rows": {
            "type": "array",
            "minItems": 1,
            "items": text("a row id"),
            "expected": "at least one row of the evidence table that this answers",
            "hint": "name the rows as the other entries do",
        },
    },
    {
        "listed": flag(),
        "kind": choice("medicine"),
        "numbers": by_id(NUMBER, "numbers by name"),
        "explains": _WHICH,
        "always": _WHICH,
        "offers_no_stretch": flag(),
    },
)
_RULE = block(
    {
        "on": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": text("what the rule is about"),
            "expected": "a list of what the rule is about, each once",
            "hint": "name steps or answers, such as [step.massage, remedies.heat]",
        },
        "do": choice("leave_out", "warn", "replace"),
    },
    {
        "unless": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": text("an answer that the rule leaves alone"),
            "expected": "a list of answers that the rule leaves alone, each once",
            "hint": "name answers of a file that `on` names whole, such as [remedies.lemon]",
        }
    },
)
_PROMPT = block(
    {},
    {
        "uses": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": text("a placeholder's name"),
            "expected": "the placeholders that the prompt may use, each once",
            "hint": "such as [hold]; leave `uses` out where there are none",
        },
        "phrase": flag(),
        "closes": flag(),
    },
    expected="{} or what the prompt may use",
)
_CUE = block(
    {"from": whole(f"{_HELD}: a shorter hold goes without the cue", least=5)},
    {
        "after": whole(f"{_HELD} after the start of the hold"),
        "at": choice("half"),
        "left": whole(f"{_HELD} before the end of the hold"),
    },
)
_ENDS: Schema = {
    "const": True,
    "expected": "true",
    "hint": "nothing goes on after a sign that is seen today or at once",
}
_CONFIRMED: Schema = {
    **block({"on": {"type": "string", "pattern": r"^20\d\d-\d\d-\d\d$", "expected": "a date as 2026-11-25"}, "page": text("the page that has the number")}),
    "type": ["object", "null"],
    "expected": "null, or the day and the page on which it was confirmed",
}
_STYLE_LENGTHS = block(
    {name: whole("words in one sentence", least=5, most=40) for name in ("guided", "reason", "other")}
)

FACTS: dict[str, Schema] = {
    "sources": by_id(
        block(
            {
                "kind": choice(*SOURCE_KINDS),
                "publisher": text("who published it"),
                "title": text("its title"),
                "find": text("how to find it", "a web address, PMID, PMC, DOI or Cochrane number"),
            },
            {"year": whole("the year it was published", least=1900, most=2100)},
        )
    ),
    "tiers": block(
        {
            tier: block({"stops": ends, "closes": ends, "sources": SOURCES})
            for tier, ends in (("emergency", _ENDS), ("same_day", _ENDS), ("book", flag()))
        }
    ),
    "timing": block(
        {
            "hold": block(
                {
                    "shortest": whole(f"{_HELD} from 5 to 60", 5, 60, "a stretch shorter than 5 seconds does nothing"),
                    "longest": whole(f"{_HELD} from 5 to 60", 5, 60, "no reference holds a cramped muscle longer"),
                    "change": whole(f"{_HELD}", most=60),
                    "sources": SOURCES,
                }
            ),
            "cues": {**by_id(_CUE), "properties": {"sources": SOURCES}, "required": ["sources"]},
            "minutes": block(
                {
                    "reassess": whole("minutes of stretching after which a cramp is seen today", most=60),
                    "resume": whole("minutes that a place in a routine is kept", most=120),
                    "sources": SOURCES,
                }
            ),
            "list_size": whole("how many items are spoken before more", most=20),
            "bedtime_weeks": whole("weeks that the bedtime routine is kept up", most=52),
            "bedtime_sources": SOURCES,
        }
    ),
    "muscles": by_id(block({"routine": text("the routine that answers it")}, {"alone": flag()})),
    "routines": {
        **by_id(_ROUTINE),
        "properties": {"shared": by_id(_STEP, "the steps that routines share")},
        "required": ["shared", "calf", "bedtime", "bedtime_seated"],
    },
    "symptoms": by_id(
        block({"tier": text("a tier of facts/tiers.yaml"), "sources": SOURCES}, {"listed": flag(), "first": text("the name of first words")})
    ),
    "conditions": {
        **by_id(block({"sources": SOURCES, "sources_read": SOURCES_READ}, {"rules": by_id(_RULE, "rules by id")})),
        "required": ["child"],
    },
    "prompts": by_id(_PROMPT),
    "style": block(
        {
            "words_in_sentence": _STYLE_LENGTHS,
            "words_in_phrase": block({name: whole("words", most=20) for name in ("name", "short", "sign")}),
            "sentences_before_question": whole("sentences", most=5),
            "list_items": whole("items spoken before more", most=10),
            "grade": block({name: whole("a school grade", most=16) for name in ("whole", "entry")}),
            "heard_as": block({"words": whole("words"), "characters": whole("characters", most=140)}),
        }
    ),
    **{file: by_id(_CLAIM) for file in CLAIM_FILES},
    "findings": block(
        {
            "idiom": text("the name of manners of speaking"),
            "literal": _NAMES,
            "pronoun": text("the name of what stands for a place"),
            "parts": _NAMES,
            "counts": by_id(whole("the least number that has this name")),
            "dose": block(
                {
                    "finding": text("a finding"),
                    "thing": text("a name of en/findings.yaml"),
                    "becomes": text("a finding"),
                    "known": by_id(_NAMES, "ids by the file that they stand in"),
                }
            ),
            "findings": by_id(
                block(
                    {"of": {"type": "array", "minItems": 1, "items": _NAMES, "expected": "lists of names"}},
                    {"stays": flag(), "named": flag(), "always": flag()},
                )
            ),
        }
    ),
    "triage": block(
        {
            "tiers": _NAMES,
            "groups": by_id(_NAMES, "several findings under one name"),
            "rules": by_id(
                block(
                    {
                        "tier": choice("emergency", "poison", "crisis", "same_day", "book", "cramp"),
                        "all": {"type": "array", "minItems": 1, "expected": "findings, or lists of them"},
                        "sources": SOURCES,
                    },
                    {
                        "with": _NAMES,
                        "unless": {"type": "array", "expected": "findings"},
                        "first": text("the name of first words"),
                        "calms": _NAMES,
                    },
                )
            ),
        }
    ),
}
"""By file name under facts/."""
# The entries that the conversation asks for by name, without a slot.
FACTS["causes"] = {**FACTS["causes"], "required": ["why"]}
FACTS["lookalikes"] = {**FACTS["lookalikes"], "required": ["kinds"]}
FACTS["answers"] = {
    **FACTS["answers"],
    "required": ["definition", "duration", "prevalence", "soreness", "doctor_visit", "sources", "who"],
}

# ---- regions --------------------------------------------------------------------------------------

_DIGITS = {"type": "string", "pattern": r"^[0-9][0-9 ]*$", "hint": 'write it in quotation marks: "{found}"'}
REGIONS: Schema = {
    **by_id(
        block(
            {
                "language": text("the folder of words"),
                "emergency": {
                    **_DIGITS,
                    "type": ["string", "null"],
                    "expected": "the number to call in digits, or null",
                },
                "emergency_call": text("a whole sentence"),
                "emergency_name": text("how the number is called inside a sentence"),
                "same_day_call": text("a whole sentence"),
                "crisis_call": text("a whole sentence"),
                "crisis_then": text("a whole sentence"),
                "poison_call": text("a whole sentence"),
                "poison_then": text("a whole sentence"),
                "numbers": {
                    "type": "object",
                    "additionalProperties": block({"confirmed": _CONFIRMED}),
                    "expected": "telephone numbers in digits, or {}",
                },
                "words": {
                    "type": "object",
                    "additionalProperties": text("the local word"),
                    "expected": "American words with the local ones, or {}",
                },
                "sources": SOURCES,
            }
        )
    ),
    "required": ["default", "en-US", "en-CA", "en-GB", "en-AU", "en-IN"],
}
