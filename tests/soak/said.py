"""What people say of danger and of a plain cramp, with how urgent it is: the sentences of the bench of urgency."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

TUNING = Path(__file__).parents[1] / "triage" / "tuning.yaml"
NOW = ("emergency", "poison", "crisis")
"""Tiers that are answered with the number to call, first of all."""


@cache
def sentences() -> dict[str, tuple[str, ...]]:
    """By tier: what somebody says."""
    read = yaml.safe_load(TUNING.read_text(encoding="utf-8"))
    return {tier: tuple(str(own) for own in said) for tier, said in read.items()}
