"""What is true: the content, typed. Knows no Alexa and no conversation."""

from skill.advice.advice import CLAIM_FILES, Advice, locales, open_advice
from skill.advice.model import (
    Claim,
    Condition,
    CueRule,
    Hit,
    Muscle,
    Region,
    Routine,
    Rule,
    Source,
    Step,
    Symptom,
    Timing,
    Verdict,
)
from skill.advice.text import plain

__all__ = [
    "CLAIM_FILES",
    "Advice",
    "Claim",
    "Condition",
    "CueRule",
    "Hit",
    "Muscle",
    "Region",
    "Routine",
    "Rule",
    "Source",
    "Step",
    "Symptom",
    "Timing",
    "Verdict",
    "locales",
    "open_advice",
    "plain",
]
