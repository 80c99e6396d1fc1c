"""Every row of advice that the sources give is asked for by voice in some night, and its answer held."""

from __future__ import annotations

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


def asserted() -> dict[str, list[str]]:
    """Row to the turns that assert it: a turn that hears nothing asserts nothing."""
    found: dict[str, list[str]] = {}
    for path in sorted(NIGHTS.rglob("*.yaml")):
        for turn in yaml.safe_load(path.read_text(encoding="utf-8"))["turns"]:
            for row in turn.get("rows", ()):
                assert turn.get("hear"), f"{path.name}: the turn {turn.get('say')!r} asserts {row} but hears nothing"
                found.setdefault(row, []).append(path.name)
    return found


def test_every_row_is_asked_for() -> None:
    missing = {row: claim for row, claim in rows_of_claims().items() if row not in asserted()}
    assert not missing


def test_every_row_asked_for_is_known() -> None:
    # The warning signs of the sources are symptoms, whose facts name no row; each has its night all the same.
    strange = {row for row in asserted() if row not in rows_of_claims() and not row.startswith("red-flag-")}
    assert not strange


def test_every_symptom_is_said_in_a_night() -> None:
    said = set()
    for path in NIGHTS.rglob("*.yaml"):
        for turn in yaml.safe_load(path.read_text(encoding="utf-8"))["turns"]:
            said.update((turn.get("slots") or {}).values())
    assert not set(open_advice("en-US").symptoms()) - said
