"""The one question of this package: how urgent is what was said, in somebody with these conditions?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from skill.triage.findings import Finding, Table, findings_in, is_aside
from skill.triage.rules import Assessment, Rules

if TYPE_CHECKING:
    from skill.advice import Advice
    from skill.advice.compiled import Store

_TABLES: dict[tuple[int, str], tuple[Store, Table, Rules]] = {}
_KEPT = 8
"""Tables that are kept: one for each language of a content. Tests open many."""


def assess(texts: Iterable[str], conditions: Collection[str], advice: Advice) -> Assessment | None:
    """The most urgent rule that the findings in `texts` fulfil; None where no rule speaks.

    `texts` may be whole sentences, fragments or values of slots. `conditions` are ids of `facts/conditions.yaml`.
    """
    table, rules = tables(advice)
    stated = [own for text in texts for own in findings_of(text, advice, table) if own.stated]
    if not stated:
        return None
    found = {own.id for own in stated}
    rule = rules.first(found, conditions)
    if rule is None:
        return None
    because = advice.words("triage")["because"][rule.id]
    other = any(own.other for own in stated)
    return Assessment(
        rule.tier, rule.id, because, rule.first, tuple(sorted(found)), rules.calmed(found, conditions), other
    )


def only_spoken_of(text: str, advice: Advice) -> bool:
    """Whether `text` states no finding, and either speaks of one, asks something or is a manner of speaking.

    One that is denied, over, asked about, thought of or told as a story is only spoken of.
    """
    table = tables(advice)[0]
    found = [own for own in findings_of(text, advice, table) if own.id not in advice.facts("findings")["plain"]]
    return not any(own.stated for own in found) and (bool(found) or is_aside(text, table))


def only_denied(text: str, advice: Advice) -> bool:
    """Whether whatever `text` speaks of is denied or over."""
    found = findings_of(text, advice, tables(advice)[0])
    return bool(found) and all(own.denied or own.over for own in found)


def findings_of(text: str, advice: Advice, table: Table) -> tuple[Finding, ...]:
    """The findings in one text. A medicine that the content knows counts as one, by whatever name it is known."""
    found = findings_in(text, table)
    dose = advice.facts("findings")["dose"]
    if dose["finding"] in {own.id for own in found} and dose["becomes"] not in {own.id for own in found}:
        named = any(advice.named_in(file, text) in ids for file, ids in dose["known"].items())
        if named:
            found = findings_in(text, table, (dose["thing"],))
    return found


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
