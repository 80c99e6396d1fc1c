"""The schema of every facts file and of the regions.

What the skill reads as a dataclass is declared there; what it reads as plain data, here.
"""

from __future__ import annotations

from skill.advice.advice import CLAIM_FILES
from skill.advice.model import Claim, Condition, Muscle, Region, Routine, Source, Step, Symptom, Timing
from skill.advice.shape import FACTS as FACTS_HALF
from skill.triage.findings import Kind
from skill.triage.rules import Rule as TriageRule
from workshop.check.derived_schema import SOURCES, schema
from workshop.check.schema_dsl import block, by_id, flag, listing, text, whole
from workshop.linting.schema_report import Schema

_NAMES = listing("a list of names", text("a name"))
_PROMPT = block(
    {},
    {
        "uses": listing(
            "the placeholders that the prompt may use, each once",
            text("a placeholder's name"),
            once=True,
            hint="such as [hold]; leave `uses` out where there are none",
        ),
        "phrase": flag(),
        "closes": flag(),
    },
    expected="{} or what the prompt may use",
)
_ENDS: Schema = {
    "const": True,
    "expected": "true",
    "hint": "nothing goes on after a sign that is seen today or at once",
}
_STYLE_LENGTHS = block(
    {name: whole("words in one sentence", least=5, most=40) for name in ("guided", "reason", "other")}
)


def _facts(cls: type) -> Schema:
    return schema(cls, FACTS_HALF)


FACTS: dict[str, Schema] = {
    "sources": by_id(_facts(Source)),
    "tiers": block(
        {
            tier: block(
                {
                    "told": whole("its place in what is told of signs, from 1"),
                    "stops": ends,
                    "closes": ends,
                    "sources": SOURCES,
                }
            )
            for tier, ends in (("emergency", _ENDS), ("same_day", _ENDS), ("book", flag()))
        }
    ),
    "timing": _facts(Timing),
    "muscles": by_id(_facts(Muscle)),
    "routines": {
        **by_id(_facts(Routine)),
        "properties": {"shared": by_id(_facts(Step), "the steps that routines share")},
        "required": ["shared", "calf", "bedtime", "bedtime_seated"],
    },
    "symptoms": by_id(_facts(Symptom)),
    "conditions": {**by_id(_facts(Condition)), "required": ["child"]},
    "prompts": by_id(_PROMPT),
    "obstacles": by_id(block({"sources": SOURCES})),
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
    **{file: by_id(_facts(Claim)) for file in CLAIM_FILES},
    "findings": block(
        {
            "idiom": text("the name of manners of speaking"),
            "plain": _NAMES,
            "literal": _NAMES,
            "pronoun": text("the name of what stands for a place"),
            "parts": _NAMES,
            "who": _NAMES,
            "counts": by_id(whole("the least number that has this name")),
            "compounds": by_id(_NAMES, "names whose phrases are said in a row"),
            "dose": block(
                {
                    "finding": text("a finding"),
                    "thing": text("a name of en/findings.yaml"),
                    "becomes": text("a finding"),
                    "known": by_id(_NAMES, "ids by the file that they stand in"),
                }
            ),
            "findings": by_id(_facts(Kind)),
        }
    ),
    "triage": block(
        {
            "tiers": _NAMES,
            "groups": by_id(_NAMES, "several findings under one name"),
            "rules": by_id(_facts(TriageRule)),
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

REGIONS: Schema = {
    **by_id(_facts(Region)),
    "required": ["default", "en-US", "en-CA", "en-GB", "en-AU", "en-IN"],
}
