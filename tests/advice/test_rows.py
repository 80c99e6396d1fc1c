"""Every row of advice that the sources give is asked for by voice in some night, and its answer held."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from skill.advice import CLAIM_FILES, open_advice
from tests.nights import NIGHTS


def rows_of_claims() -> dict[str, str]:
    """Row to the claim that answers it."""
    advice = open_advice("en-US")
    return {
        row: f"{file}.{name}"
        for file in CLAIM_FILES
        for name, fact in advice.facts(file).items()
        for row in fact["rows"]
    }


@lru_cache(maxsize=1)
def turns() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Every turn of every night, with the name of its file."""
    nights = ((path.name, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(NIGHTS.rglob("*.yaml")))
    return tuple((name, turn) for name, night in nights for turn in night["turns"])


def asserted() -> dict[str, list[str]]:
    """Row to the turns that assert it: a turn that hears nothing asserts nothing."""
    found: dict[str, list[str]] = {}
    for name, turn in turns():
        for row in turn.get("rows", ()):
            assert turn.get("hear"), f"{name}: the turn {turn.get('say')!r} asserts {row} but hears nothing"
            found.setdefault(row, []).append(name)
    return found


def test_every_row_is_asked_for() -> None:
    held = asserted()
    assert not {row: claim for row, claim in rows_of_claims().items() if row not in held}


def test_every_row_asked_for_is_known() -> None:
    # The warning signs of the sources are symptoms, whose facts name no row; each has its night all the same.
    known = rows_of_claims()
    assert not {row for row in asserted() if row not in known and not row.startswith("red-flag-")}


def test_every_symptom_is_said_in_a_night() -> None:
    said = {value for _, turn in turns() for value in (turn.get("slots") or {}).values()}
    assert not set(open_advice("en-US").symptoms()) - said
