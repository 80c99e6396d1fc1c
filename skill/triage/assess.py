"""The one question of this package: how urgent is what was said, in somebody with these conditions?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.triage.findings import Finding, Reading, Table, read
from skill.triage.rules import Assessment, Rules

if TYPE_CHECKING:
    from skill.advice import Advice
    from skill.advice.compiled import Store

_TABLES: dict[tuple[int, str], tuple[Store, Table, Rules]] = {}
_KEPT = 8
"""Tables that are kept: one for each language of a content. Tests open many."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said, read once: how urgent it is, and whether a sign in it is meant at all."""

    assessment: Assessment | None = None
    """The most urgent rule that it fulfils; None where no rule speaks."""
    only_spoken_of: bool = False
    """It states no finding, and either speaks of one, asks something or is a manner of speaking.

    One that is denied, over, asked about, thought of or told as a story is only spoken of.
    """
    only_denied: bool = False
    """Whatever it speaks of is denied or over."""


def hear(texts: Iterable[str], conditions: Collection[str], advice: Advice) -> Heard:
    """What `texts` say together of somebody with these conditions.

    `texts` may be whole sentences, fragments or values of slots. `conditions` are ids of `facts/conditions.yaml`.
    """
    table, rules = tables(advice)
    readings = [_read(text, advice, table) for text in texts]
    findings = [own for reading in readings for own in reading.findings]
    plain = advice.facts("findings")["plain"]
    telling = [own for own in findings if own.id not in plain]
    spoken_of = not any(own.stated for own in telling) and (bool(telling) or any(own.aside for own in readings))
    denied = bool(findings) and all(own.denied or own.over for own in findings)
    return Heard(_assessed(findings, conditions, advice, rules), spoken_of, denied)


def assess(texts: Iterable[str], conditions: Collection[str], advice: Advice) -> Assessment | None:
    """The most urgent rule that the findings in `texts` fulfil; None where no rule speaks."""
    return hear(texts, conditions, advice).assessment


def _assessed(
    findings: Iterable[Finding], conditions: Collection[str], advice: Advice, rules: Rules
) -> Assessment | None:
    stated = [own for own in findings if own.stated]
    found = {own.id for own in stated}
    rule = rules.first(found, conditions) if found else None
    if rule is None:
        return None
    because = advice.words("triage")["because"][rule.id]
    return Assessment(
        rule.tier,
        rule.id,
        because,
        rule.first,
        tuple(sorted(found)),
        rules.calmed(found, conditions),
        other=any(own.other for own in stated),
        depth=rule.depth,
    )


def _read(text: str, advice: Advice, table: Table) -> Reading:
    """One text. A medicine that the content knows counts as one, by whatever name it is known."""
    reading = read(text, table)
    dose = advice.facts("findings")["dose"]
    ids = {own.id for own in reading.findings}
    if dose["finding"] in ids and dose["becomes"] not in ids:
        named = any(advice.named_in(file, text) in known for file, known in dose["known"].items())
        if named:
            return read(text, table, (dose["thing"],))
    return reading


def tables(advice: Advice) -> tuple[Table, Rules]:
    """The compiled words and rules of this content; built when first asked for."""
    key = (id(advice.store), advice.region.language)
    known = _TABLES.get(key)
    # The store is held, so that no other one can come by its id.
    if known is None or known[0] is not advice.store:
        facts = advice.facts("triage")
        known = (advice.store, Table(advice.facts("findings"), advice.words("findings")), Rules(facts, facts["groups"]))
        if len(_TABLES) >= _KEPT:
            _TABLES.clear()
        _TABLES[key] = known
    return known[1], known[2]
