"""The facts held against the evidence: tiers, contraindications, numbers and rows that no single edit may change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from skill.advice.advice import CLAIM_FILES
from workshop.check.cross_references import unknown
from workshop.check.schema_dsl import NUMBER, SOURCES, block, by_id, text
from workshop.linting.fault import Fault, place, shown
from workshop.linting.schema_report import Schema
from workshop.linting.yaml_files import Content, blocks, texts
from workshop.linting.yaml_reader import Tree

_LIST: Schema = {"type": "array", "minItems": 1, "items": text("an id"), "expected": "a list of ids"}
_DEEDS = ("leave_out", "replace", "warn")
_TWO_EDITS = "with the source that says so, in the same commit"
SHAPES: dict[str, Schema] = {
    "bounds": by_id(by_id(block({"from": NUMBER, "to": NUMBER, "sources": SOURCES}), "bounds by number")),
    "do_not": block(
        {
            "things": by_id(_LIST),
            "conditions": by_id(block({"sources": SOURCES}, {"leave_out": _LIST, "warn": _LIST}), "conditions by id"),
        }
    ),
    "rows": by_id(_LIST),
    "signs": block({tier: by_id(block({"signs": _LIST, "sources": SOURCES})) for tier in ("emergency", "same_day")}),
}
"""By file name under evidence/."""


def evidence_faults(content: Content) -> Iterator[Fault]:
    """Facts that say less, or more, than the evidence allows."""
    yield from _tiers(content)
    yield from _do_not(content)
    yield from _bounds(content)
    yield from _rows(content)


def _tiers(content: Content) -> Iterator[Fault]:
    file, facts, tiers = "facts/symptoms.yaml", content.fact("symptoms"), list(content.fact("tiers"))
    for least, groups in content.proof("signs").items():
        for sign in (sign for group in blocks(groups).values() for sign in texts(blocks(group).get("signs"))):
            fact = blocks(facts.get(sign))
            tier = fact.get("tier")
            hint = f"to lower it, change evidence/signs.yaml as well, {_TWO_EDITS}"
            tier_or = least if least == "emergency" else f"{least} or emergency"
            expected = f"{tier_or}, by evidence/signs.yaml"
            if facts and sign not in facts:
                yield Fault(file, sign, f"a sign of tier {expected}", "nothing", hint)
            elif tier in tiers and least in tiers and tiers.index(tier) > tiers.index(least):
                yield Fault(file, place(sign, "tier"), expected, shown(tier), hint)


def _do_not(content: Content) -> Iterator[Fault]:
    file, facts = "facts/conditions.yaml", content.fact("conditions")
    for name, strength, selectors in contraindications(content.proof("do_not")):
        if not facts:
            continue
        hint = f"to take it out, change evidence/do_not.yaml as well, {_TWO_EDITS}"
        if name not in facts:
            yield Fault(file, name, "a condition of evidence/do_not.yaml", "nothing", hint)
            continue
        rules = {rule: blocks(own) for rule, own in blocks(blocks(facts[name]).get("rules")).items()}
        enough = ("leave_out",) if strength == "leave_out" else _DEEDS
        for selector in selectors:
            does = {rule: own.get("do") for rule, own in rules.items() if _reaches(texts(own.get("on")), selector)}
            expected = f"{strength} for {selector}, by evidence/do_not.yaml"
            if not does:
                yield Fault(file, place(name, "rules"), expected, "no rule", hint)
            elif not any(deed in enough or deed not in _DEEDS for deed in does.values()):
                rule, deed = next(iter(does.items()))
                yield Fault(file, place(name, "rules", rule, "do"), expected, shown(deed), hint)


def contraindications(table: Tree) -> Iterator[tuple[str, str, list[str]]]:
    """Of each condition what it must do, leave_out or warn, and to which steps, routines and answers."""
    things = blocks(table.get("things"))
    for name, own in blocks(table.get("conditions")).items():
        for strength in ("leave_out", "warn"):
            named = texts(blocks(own).get(strength) or [])
            selectors = [one for thing in named for one in (texts(things[thing]) if thing in things else [thing])]
            yield name, strength, list(dict.fromkeys(selectors))


def _reaches(selectors: list[str], selector: str) -> bool:
    return selector in selectors or (selector.startswith("step.") and "step.*" in selectors)


def _bounds(content: Content) -> Iterator[Fault]:
    for name in ("routines", "timing", *CLAIM_FILES):
        bounds = {
            tuple(str(path).split(".")): blocks(own) for path, own in blocks(content.proof("bounds").get(name)).items()
        }
        if not bounds:
            continue
        for path, value in _numbers(name, content.fact(name)):
            own = next((own for pattern, own in bounds.items() if _meets(pattern, path)), None)
            least, most = (own or {}).get("from"), (own or {}).get("to")
            key, home = place(*path), "evidence/bounds.yaml"
            if own is None:
                hint = f"write the least and the most that it may be there, {_TWO_EDITS}"
                yield Fault(
                    f"facts/{name}.yaml", key, f"a number that has bounds in {home}", f"`{value}` without", hint
                )
            elif isinstance(least, int | float) and isinstance(most, int | float) and not least <= value <= most:
                expected = f"{least}" if least == most else f"{least} to {most}"
                hint = f"to go beyond, change {home} as well, {_TWO_EDITS}"
                yield Fault(f"facts/{name}.yaml", key, f"{expected}, by {home}", f"`{value}`", hint)


def _numbers(name: str, facts: Tree) -> Iterator[tuple[tuple[str, ...], int | float]]:
    """The numbers of a facts file that say something of the body, with their places."""
    held = {"timing": ("minutes", "bedtime_weeks")}.get(name)
    for key, value in facts.items():
        if held is None or key in held:
            yield from _leaves(value, (str(key),))


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int | float]]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield path, value
    for key, inner in blocks(value).items():
        yield from _leaves(inner, (*path, str(key)))


def _meets(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return len(pattern) == len(path) and all(own in ("*", part) for own, part in zip(pattern, path, strict=True))


def _rows(content: Content) -> Iterator[Fault]:
    rows = [row for group in content.proof("rows").values() for row in texts(group)]
    if not rows:
        return
    named: set[str] = set()
    for file in CLAIM_FILES:
        for name, fact in content.fact(file).items():
            for row in texts(blocks(fact).get("rows") or []):
                named.add(row)
                if row not in rows:
                    yield unknown(f"facts/{file}.yaml", place(name, "rows"), "a row of evidence/rows.yaml", row, rows)
    if content.whole:
        for row in rows:
            if row not in named:
                hint = "name it under `rows` of the claim that answers it"
                yield Fault("evidence/rows.yaml", row, "a row that a claim answers", "one that none does", hint)
