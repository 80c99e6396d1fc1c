"""The table of rules, and the most urgent one that the findings fulfil."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from skill.advice.compiled import Tree
from skill.advice.model import sourced
from skill.advice.shape import build, fact, shape

URGENT = ("emergency", "poison", "crisis", "same_day")
"""The tiers that win over everything, from every state."""
CALM = "cramp"
"""The tier of what a plain cramp feels like: the night goes on."""


@shape
class Rule:
    """One row: which findings together, for whom, mean how much haste."""

    id: str
    tier: str = fact(choices=("emergency", "poison", "crisis", "same_day", "book", "cramp"))
    every: tuple[frozenset[str], ...] = fact("findings, or lists of them", at="all")
    """Of each of these, one finding at least."""
    conditions: frozenset[str] = fact("a list of names", at="with", item="a name", make=frozenset, default=frozenset())
    """With one of these conditions; empty for everybody."""
    unless: frozenset[str] = fact("findings", item="a finding", default=frozenset())
    first: str = fact("the name of first words", default="")
    """Which first words follow the reason."""
    calms: tuple[str, ...] = fact("a list of names", item="a name", default=())
    """The signs that are no signs where this rule holds."""
    sources: tuple[str, ...] = sourced()

    @property
    def depth(self) -> int:
        """How particular it is: how many things must come together."""
        return len(self.every) + bool(self.conditions)

    def holds(self, found: Collection[str], conditions: Iterable[str]) -> bool:
        """Whether these findings in somebody with these conditions fulfil the rule."""
        if self.unless.intersection(found) or not all(group.intersection(found) for group in self.every):
            return False
        return not self.conditions or bool(self.conditions.intersection(conditions))


@dataclass(frozen=True, slots=True)
class Assessment:
    """How urgent it is, and why."""

    tier: str
    rule: str
    because: str
    """One sentence, its placeholders not filled."""
    first: str
    """The name of the first words (`en/triage.yaml: first`)."""
    findings: tuple[str, ...]
    calms: tuple[str, ...] = ()
    other: bool = False
    """It is somebody else who is in trouble."""
    depth: int = 1
    """How many things came together for it."""


class Rules:
    """All rows, the most urgent tier first, as written within a tier."""

    def __init__(self, facts: Tree, groups: Tree) -> None:
        """`facts` is `facts/triage.yaml`; `groups` are names for several findings at once."""
        order = list(facts["tiers"])
        self.tiers = tuple(order)
        rows = [_rule(name, raw, groups) for name, raw in facts["rules"].items()]
        self.rows = tuple(sorted(rows, key=lambda rule: order.index(rule.tier)))

    def first(self, found: Collection[str], conditions: Collection[str]) -> Rule | None:
        """The most urgent rule that holds; None where none does."""
        return next((rule for rule in self.rows if rule.holds(found, conditions)), None)

    def calmed(self, found: Collection[str], conditions: Collection[str]) -> tuple[str, ...]:
        """The signs that are none, by all rules that hold together."""
        holding = (rule for rule in self.rows if rule.calms and rule.holds(found, conditions))
        return tuple(dict.fromkeys(name for rule in holding for name in rule.calms))


def _rule(name: str, raw: Tree, groups: Tree) -> Rule:
    every = tuple(_group(one, groups) for one in raw["all"])
    unless = frozenset(own for one in raw.get("unless", ()) for own in _group(one, groups))
    return build(Rule, raw, id=name, every=every, unless=unless)


def _group(one: str | list[str], groups: Tree) -> frozenset[str]:
    names = [one] if isinstance(one, str) else one
    return frozenset(own for name in names for own in groups.get(name, (name,)))
