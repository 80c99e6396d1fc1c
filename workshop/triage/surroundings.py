"""What is said round a sentence, and in which state: each sentence in each form, in one state after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workshop.triage.bench import CALM, OUR_EAR, STATES, Miss, answered, by_rules, is_right, sentences, variants

KEEPING = ("minimiser", "hyperbole")
"""Groups of forms round a whole sentence, which never lower its tier nor raise a calm one."""
TURNING = ("denied", "history", "question", "story")
"""Groups of forms round the name of a sign, which take the danger away."""
ORDER = "order"


@dataclass(frozen=True, slots=True)
class Row:
    """How many sentences of one tier were answered as they need in the forms of one group."""

    group: str
    tier: str
    right: int
    of: int
    misses: tuple[Miss, ...]


def swapped(text: str) -> str | None:
    """The two halves of a sentence in the other order; None for one that has no halves."""
    one, joined, two = text.partition(" and ")
    return f"{two} and {one}" if joined and len(one.split()) > 2 < len(two.split()) else None


def forms(group: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every sentence of these files in every form of a group, with its tier."""
    said = [own for name in names for own in sentences(name)]
    if group == ORDER:
        yield from ((tier, turned) for tier, text in said if (turned := swapped(text)))
    elif group in TURNING:
        yield from ((CALM, form.format(thing)) for form in variants()[group] for thing in variants()["things"])
    else:
        yield from ((tier, form.format(text)) for tier, text in said for form in variants()[group])


def measure_forms(names: Iterable[str]) -> list[Row]:
    """Our own ear over every group. The states of the dialogue take turns, so that each group meets all of them."""
    files, states = tuple(names), list(STATES.items())
    rows: list[Row] = []
    for group in (*KEEPING, ORDER, *TURNING):
        every = list(enumerate(forms(group, files)))
        for tier in dict.fromkeys(tier for _, (tier, _) in every):
            own = [(text, states[at % len(states)]) for at, (kind, text) in every if kind == tier]
            misses = tuple(
                Miss(OUR_EAR, tier, text, state, got)
                for text, (state, attributes) in own
                if not is_right(tier, got := answered(text, attributes))
            )
            rows.append(Row(group, tier, len(own) - len(misses), len(own), misses))
    return rows


def rules_alone(group: str, names: Iterable[str]) -> list[str]:
    """The sentences in a group's forms that the rules alone give another tier than they need."""
    return [text for tier, text in forms(group, names) if not is_right(tier, by_rules(text))]
