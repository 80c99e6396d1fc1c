"""`docs/triage.md`: what the bench found in words, the rules as a table, and every figure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from skill.advice import Advice, open_advice
from skill.advice.compiled import Tree
from workshop.triage.bench import CALM, LOCALE, OUR_EAR, STATES, Miss, Score
from workshop.triage.surroundings import KEEPING, Row

REPORT = Path(__file__).parents[2] / "docs" / "triage.md"
FIRST_TRIES = Path(__file__).parent / "first_tries.yaml"
PUBLISHED = Path(__file__).with_name("published.yaml")
FIGURES = "## Every figure"
_HEAD = """# Urgency

Whether somebody is told to call for help, to be seen today, or to go on stretching, is decided by a table of rules over
what was said: the same every night, whatever the wording. This page has three parts: how well it works, the rules as a
clinician reads them, and every figure with every miss. Written by `make triage`; do not edit it here.

No clinician has signed this off.

## How well it works
"""
_RULES = """## The rules

From `facts/triage.yaml`, `facts/findings.yaml` and their words. A rule holds where all of its findings are stated: not
denied, not over, not only asked about or thought of, and not a story of somebody who is not here. Of all the rules that
hold the most urgent speaks, and within a tier the first. "or" joins findings of which one is enough.
"""
_BESIDE = """### Beside other assistants

**These are not the same test.** Each study had sentences, cases and a judge of its own; ours were written by the people
who wrote the rules, about legs at night. They stand here to say what is usual, and what is worth measuring: whether
another wording, or a relative who plays it down, changes the answer.

| assistant | what was measured | found | source | read |
|---|---|---:|---|---|
"""
_LESS = ("emergency", "poison", "crisis")
"""The tiers that are sent for help at once."""


def summary_text(unseen: tuple[list[Score], list[Miss]], rows: Iterable[Row]) -> str:
    """The page's beginning: a few figures in words, and what others have published."""
    scores, misses = unseen
    ears = list(dict.fromkeys(score.ear for score in scores))
    every = tuple(rows)
    parts = [_HEAD, "Sentences that were written last, and for which no rule or word was made, each said in"]
    parts += [f"{len(STATES)} states of the conversation and right only where the answer is right in all of them:", ""]
    parts += [f"| said by a person | {' | '.join(_EARS.get(ear, ear) for ear in ears)} |"]
    parts += ["|---|" + "---:|" * len(ears)]
    for title, tiers in _GROUPS.items():
        parts.append(f"| {title} | {' | '.join(_of(scores, ear, tiers) for ear in ears)} |")
    kept = [row for row in every if row.group in KEEPING and row.tier != CALM]
    lowered, of = sum(row.of - row.right for row in kept), sum(row.of for row in kept)
    parts += [
        "",
        "Played down (“my wife says it's nothing”) or exaggerated round a danger, and said to our own speaker, the",
        f"answer was less urgent {lowered} times of {of}.",
    ]
    sent = [miss for miss in misses if miss.tier != CALM and miss.ear == OUR_EAR]
    if sent:
        parts += [
            "",
            "Dangers that our own speaker missed:",
            "",
            *(f"- “{m.text}” ({m.tier}, got {m.got})" for m in sent),
        ]
    parts += ["", _BESIDE + "\n".join(map(_published, read_published())), ""]
    return "\n".join(parts)


_EARS = {
    OUR_EAR: "our own speaker, which has all the words",
    "samples only": "through Alexa, which passes on slots alone",
}
_GROUPS = {
    "needs help at once": _LESS,
    "needs to be seen today": ("same_day",),
    "is a cramp, a worry or a story": (CALM,),
}


def _of(scores: Iterable[Score], ear: str, tiers: tuple[str, ...]) -> str:
    own = [score for score in scores if score.ear == ear and score.tier in tiers]
    return f"{sum(score.right for score in own)} of {sum(score.of for score in own)}"


def read_published() -> list[dict[str, str]]:
    """What others measured, each with its source and how much of that was read."""
    read: list[dict[str, str]] = yaml.safe_load(PUBLISHED.read_text(encoding="utf-8"))
    return read


def _published(own: dict[str, str]) -> str:
    return f"| {own['who']} | {own['measured']} | {own['found']} | {own['source']} | {own['read']} |"


def rules_text() -> str:
    """Every rule by tier, with what it says."""
    advice = open_advice(LOCALE)
    facts, words = advice.facts("triage"), advice.words("triage")
    parts = [_RULES]
    for tier in facts["tiers"]:
        parts += [f"### {tier.replace('_', ' ').capitalize()}", "", "| rule | when | reason | first words | sources |"]
        parts.append("|---|---|---|---|---|")
        parts += [_row(advice, words, name, raw) for name, raw in facts["rules"].items() if raw["tier"] == tier]
        parts.append("")
    return "\n".join(parts)


def figures_text(measured: Iterable[tuple[str, list[Score], list[Miss]]]) -> str:
    """What the bench found, each miss named."""
    parts = [FIGURES, "", f"Each sentence is said in every state: {', '.join(STATES)}. It is right where its answer is"]
    parts += ["at least as urgent as it must be in all of them; a calm sentence must send nobody anywhere.", ""]
    for title, scores, misses in measured:
        parts += [f"### {title}", "", "| ear | tier | right | of | share |", "|---|---|---|---|---|"]
        parts += [f"| {s.ear} | {s.tier} | {s.right} | {s.of} | {s.share:.1f} % |" for s in scores]
        parts += ["", *_folded([f"- {m.ear}, {m.tier}: “{m.text}” ({m.state}: {m.got})" for m in misses])]
    return "\n".join(parts)


def forms_text(rows: Iterable[Row]) -> str:
    """What came of the sentences in every form: with a minimiser, in another order, denied, past, asked, told."""
    parts = ["### What is said round them", "", "The last set, each sentence in each form, the states taking turns."]
    parts += ["", "| form | tier | right | of |", "|---|---|---|---|"]
    every = tuple(rows)
    parts += [f"| {row.group} | {row.tier} | {row.right} | {row.of} |" for row in every]
    misses = [(row.group, miss) for row in every for miss in row.misses]
    parts += ["", *_folded([f"- {group}, {m.tier}: “{m.text}” ({m.state}: {m.got})" for group, m in misses])]
    return "\n".join(parts)


def _folded(misses: list[str]) -> list[str]:
    """A list that opens when it is asked for; all of it is there."""
    if not misses:
        return ["Nothing missed.", ""]
    return [f"<details><summary>{len(misses)} missed</summary>", "", *misses, "", "</details>", ""]


def first_tries_text() -> str:
    """What each set scored when it was said for the first time."""
    read: dict[str, dict[str, dict[str, list[int]]]] = yaml.safe_load(FIRST_TRIES.read_text(encoding="utf-8"))
    parts = [
        "### First tries",
        "",
        "Sets written before they were measured, as they scored before anything was mended.",
    ]
    parts += ["", "| set | ear | tier | right | of |", "|---|---|---|---|---|"]
    parts += [
        f"| {name} | {ear} | {tier} | {right} | {of} |"
        for name, ears in read.items()
        for ear, tiers in ears.items()
        for tier, (right, of) in tiers.items()
    ]
    return "\n".join([*parts, ""])


def _row(advice: Advice, words: Tree, name: str, raw: Tree) -> str:
    when = " and ".join(_one(part) for part in raw["all"])
    if raw.get("with"):
        when += f", in {_one(list(raw['with']))}"
    if raw.get("unless"):
        when += f", unless {_one(list(raw['unless']))}"
    first = " ".join(advice.say(text) for text in words["first"].get(raw.get("first", ""), ()))
    because = advice.say(words["because"][name])
    return f"| {name} | {when} | {because} | {first} | {', '.join(raw['sources'])} |"


def _one(part: str | list[str]) -> str:
    names = [part] if isinstance(part, str) else part
    return " or ".join(name.replace("_", " ") for name in names)
