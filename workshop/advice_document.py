"""Generates `docs/advice.md`, the content as a document that a clinician can review in an hour."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from skill.advice.advice import CLAIM_FILES, Advice, locales, open_advice
from skill.advice.model import Claim, Hit, Routine, Step, Symptom

_TOP = """# Everything that Cramp Coach says about night leg cramps, for review

Generated from the content in `skill/content` by `workshop.advice_document`; do not edit it here. The words are
those of the United States; the last table but one shows what other countries hear instead.

## What no clinician has reviewed

**No clinician has reviewed this document yet.** "Sources read" gives the day on which the words were last
compared with the references. Two parts rest on our own reading of the references, and on no reference that says it so:

1. **The tiering**: how urgent each warning sign is ({signs} signs in three tiers, section 2).
2. **The in-bed adaptation**: the references name the stretches. Doing them lying in bed, in the dark, in the order and
   for the seconds of section 1 is our adaptation of them. No trial sets how long an acute stretch is held.

Both are marked "not reviewed by a clinician" where they stand. Wherever the source `synthesis` is named, that entry
rests at least in part on our own reading as well.

How to review: a *verdict* is what we hold the references to say. *Supported*: said plainly. *Plausible*: said with a
doubt. *Unproven*: said to be unproven, and not recommended. *Unsafe*: refused, with the reason and something safer.
Please mark every entry whose verdict, words or urgency you would change. Ids in `this type` are the ones to quote.
"""
_UNREVIEWED = "*Not reviewed by a clinician: {what}.*"
_TITLES = {
    "causes": "Why cramps come",
    "remedies": "Remedies, good and bad",
    "habits": "Before the next night",
    "lookalikes": "What is mistaken for a cramp",
    "answers": "Plain questions",
}
_DOES = {"leave_out": "left out", "warn": "warning", "replace": "done another way"}


def document(advice: Advice) -> str:
    """The whole content in one locale as Markdown; deterministic."""
    parts = [
        _TOP.format(signs=len(advice.symptoms())),
        _guidance(advice),
        _signs(advice),
        _conditions(advice),
        _claims(advice),
        _countries(advice),
        _sources(advice),
    ]
    return "\n".join(parts).rstrip() + "\n"


# ---- steps ----------------------------------------------------------------------------------------


def _guidance(advice: Advice) -> str:
    timing, facts = advice.timing, advice.facts("routines")
    lines = [
        "## 1. What it guides",
        "",
        _UNREVIEWED.format(
            what="that these stretches may be done in bed, at night, in this order and for these seconds"
        ),
        "",
        'A hold is spoken and then really lasts its seconds. "Hold longer" and "hold shorter" keep it between '
        f"{timing.shortest} s and the longest given. After {timing.reassess_minutes} minutes of stretching, or the "
        "last step, the person is told to be seen today.",
        "",
    ]
    for name in advice.routines():
        routine = advice.routine(name)
        if routine is None:
            continue
        order = ", ".join(step.id for step in routine.steps)
        lines += [f"### `{name}`: {routine.name}", "", f"Order: {order}. {_where(routine)}", ""]
        own = [step for step in routine.steps if step.id in facts[name]["steps"]]
        lines += _lines(_step(advice, routine, step, routine.name) for step in own)
    lines += ["### Steps that all the places share", ""]
    seen: set[str] = set()
    for name in advice.routines():
        routine = advice.routine(name)
        for step in routine.steps if routine else ():
            own_words = step.id in advice.words("routines")[name]["steps"]
            if routine and step.id not in facts[name]["steps"] and (own_words or step.id not in seen):
                seen.add(step.id)
                lines += _step(advice, routine, step, f"[{routine.name}]" if own_words else "[place]")
    return "\n".join([*lines, ""])


def _where(routine: Routine) -> str:
    if any(step.kind == "bedtime" for step in routine.steps):
        return "Before sleep, as in the trial (`hallegraeff-2012`): standing, or sitting where that is hard."
    return _UNREVIEWED.format(what="doing it in bed")


def _step(advice: Advice, routine: Routine, step: Step, muscle: str) -> list[str]:
    values = {"hold": step.hold, "muscle": muscle, **step.numbers}

    def said(texts: Iterable[str]) -> str:
        return " ".join(advice.say(text, **values) for text in texts)

    times = f", {step.times} times with {step.rest} s of rest between" if step.times > 1 else ""
    rounds = f", asked again up to {step.rounds} times" if step.rounds > 1 else ""
    head = (
        f"- **{step.id}** · {step.kind} · hold {step.hold} s{times}{rounds}, at most {step.longest} s · {step.verdict}"
    )
    rows = [f"{head} · {_cite(step.sources)}"]
    if step.first:
        rows.append(f"  - First: {said(step.first)}")
    rows.append(f"  - Words: {said((*step.do, *step.release))}")
    if step.helper:
        rows.append(f"  - To a helper: {said(step.helper)}")
    changed = _changed(hit for name in _condition_ids(advice) for hit in advice.step_rules([name], routine.id, step))
    if changed:
        rows.append(f"  - Changed by: {changed}")
    return rows


# ---- signs, conditions ----------------------------------------------------------------------------


def _signs(advice: Advice) -> str:
    lines = [
        "## 2. Warning signs by tier",
        "",
        _UNREVIEWED.format(what="the tier of each sign"),
        "",
        "Nobody is asked for these; a person who names one hears its reason and the tier's sentences. Of two signs "
        "the more urgent one wins. The stretch stops for the first two tiers. A sign that nobody knows gets whom to "
        "ask today, and the list.",
        "",
    ]
    framing = {
        "emergency": ("{emergency_call} [reason]", ""),
        "same_day": ("[stop] [reason] {same_day}", "same_day"),
        "book": ("[reason]", "book"),
    }
    for tier in advice.tiers:
        template, prompt = framing.get(tier, ("[reason]", tier))
        stop = " ".join(advice.prompt("stop_stretching"))
        said = f"{advice.say(template).replace('[stop]', stop)} {' '.join(advice.prompt(prompt) if prompt else ())}"
        title = advice.words("tiers")[tier]["name"].capitalize()
        own = [sign for name in advice.symptoms() if (sign := advice.symptom(name)) and sign.tier == tier]
        lines += [
            f"### {title} (`{tier}`)",
            "",
            _UNREVIEWED.format(what="which signs belong here"),
            "",
            f"Said: {said}",
            "",
        ]
        for first in dict.fromkeys(s.first for s in own if s.first):
            names = ", ".join(s.sign for s in own if s.first == first)
            words = " ".join(advice.say(text) for text in advice.words("triage")["first"][first])
            lines += [f"After the reason for {names}: {words}", ""]
        lines += ["| Sign | Reason that is said | Sources |", "|---|---|---|"]
        lines += [_sign(advice, sign) for sign in own]
        lines.append("")
    return "\n".join(lines)


def _sign(advice: Advice, sign: Symptom) -> str:
    return _row(f"`{sign.id}` {sign.sign}", advice.say(sign.because), _cite(sign.sources))


def _conditions(advice: Advice) -> str:
    lines = [
        "## 3. Conditions, and what they change",
        "",
        "A person who says so of themselves hears the first sentence at once. For the rest of that session the rules "
        "hold; nothing is kept after it. *Left out*: the step is skipped, or the answer replaced, with the reason. "
        "*Warning*: the sentence is added; where that makes more than three, the sentences that section 4 marks as "
        "only explaining are left out, and no other. *Done another way*: the step has other words.",
        "",
        "| Condition | Rule | Steps and answers | Words |",
        "|---|---|---|---|",
    ]
    for name in _condition_ids(advice):
        condition = advice.condition(name)
        if condition is None:
            continue
        read_on = advice.facts("conditions")[name]["sources_read"]
        head = f"**{condition.name}** `{name}`, sources read {read_on}; {_cite(condition.sources)}"
        lines.append(_row(head, "said at once", "", advice.say(condition.noted)))
        for rule in condition.rules:
            words = " ".join(
                advice.say(text, hold="[hold]", muscle="[place]") for text in (rule.because, *rule.instead)
            )
            lines.append(_row("", f"`{rule.id}`: {_DOES[rule.do]}", _targets(advice, rule.on), words))
    return "\n".join([*lines, ""])


def _targets(advice: Advice, selectors: Iterable[str]) -> str:
    """`step: massage; remedies: heat, ice`; lists exceptions when most of a file is selected."""
    groups: dict[str, list[str]] = {}
    for selector in selectors:
        group, _, name = selector.partition(".")
        groups.setdefault(group, []).append("all" if name == "*" else name)
    told = []
    for group, names in groups.items():
        others = [name for name in advice.facts(group) if name not in names] if group in CLAIM_FILES else names
        if len(names) > 8 and len(others) < len(names):
            told.append(f"{group}: all" + (f" but {', '.join(others)}" if others else ""))
        else:
            told.append(f"{group}: {', '.join(names)}")
    return "; ".join(told)


# ---- claims ---------------------------------------------------------------------------------------


def _claims(advice: Advice) -> str:
    lines = ["## 4. What it answers", ""]
    lines.append(
        f'"Listed" entries are also read out in lists of {advice.timing.list_size}. '
        '"Changed by" names the conditions of section 3 that change an answer.'
    )
    lines.append("")
    changes = _claim_changes(advice)
    for file in CLAIM_FILES:
        lines += [f"### {_TITLES[file]} (`{file}`)", ""]
        listed = advice.listed(file)
        for name in advice.facts(file):
            claim = advice.claim(file, name)
            if claim is not None:
                lines += _claim(advice, claim, name in listed, changes.get(f"{file}.{name}", []))
        lines.append("")
    return "\n".join(lines)


def _claim(advice: Advice, claim: Claim, listed: bool, hits: Sequence[Hit]) -> list[str]:
    said = " ".join(advice.say(text, **claim.numbers) for text in claim.sentences)
    marks = f"{claim.verdict}{', listed' if listed else ''}"
    rows = [f"- **{claim.name}** `{claim.id}` · **{marks}** · {said}"]
    rows.append(f"  - {_cite(claim.sources)}; sources read {claim.sources_read}")
    for texts, label in (
        (claim.explains, "Only explains, and gives way to a warning"),
        (claim.always, "Said even where the thing is left out"),
    ):
        if texts:
            rows.append(f"  - {label}: {' '.join(advice.say(text, **claim.numbers) for text in texts)}")
    if claim.offers_no_stretch:
        rows.append("  - No stretch is offered or played after it: the warning signs are offered.")
    if hits:
        rows.append(f"  - Changed by: {_changed(hits)}")
    return rows


def _claim_changes(advice: Advice) -> dict[str, list[Hit]]:
    changes: dict[str, list[Hit]] = {}
    for name in _condition_ids(advice):
        condition = advice.condition(name)
        for rule in condition.rules if condition else ():
            for selector in rule.on:
                changes.setdefault(selector, []).append(Hit(name, rule))
    return changes


# ---- countries, sources ---------------------------------------------------------------------------


def _countries(advice: Advice) -> str:
    lines = ["## 5. What changes with the country", ""]
    lines += ["| Locale | Emergency | Same day | Crisis line | Overdose | Words |", "|---|---|---|---|---|---|"]
    for locale in ("default", *locales(advice.store)):
        own = Advice(advice.store, locale)
        words = ", ".join(f"{word}: {local}" for word, local in own.region.words.items())
        lines.append(
            _row(
                locale,
                own.say("{emergency_call}"),
                own.say("{same_day}"),
                own.say("{crisis_call} {crisis_then}"),
                own.say("{poison_call} {poison_then}"),
                words,
            )
        )
    return "\n".join([*lines, ""])


def _sources(advice: Advice) -> str:
    lines = ["## 6. Sources", ""]
    for name in advice.facts("sources"):
        source = advice.source(name)
        if source:
            year = f", {source.year}" if source.year else ""
            cited = f"{source.publisher}: {source.title}{year}."
            # A heading, so that whoever reads this page anywhere can be sent to it.
            lines += [f"### {name}", "", f"{source.kind.capitalize()}. {cited} {source.find}", ""]
    return "\n".join([*lines, ""])


# ---- small parts ----------------------------------------------------------------------------------


def _condition_ids(advice: Advice) -> tuple[str, ...]:
    return tuple(advice.facts("conditions"))


def _changed(hits: Iterable[Hit]) -> str:
    """`late_pregnancy (left out), older (warning)`; conditions with the same effect are grouped."""
    by_deed: dict[str, list[str]] = {}
    for hit in hits:
        by_deed.setdefault(_DOES[hit.rule.do], []).append(hit.condition)
    return "; ".join(f"{deed} with {', '.join(dict.fromkeys(names))}" for deed, names in by_deed.items())


def _cite(sources: Iterable[str]) -> str:
    return ", ".join(f"[{name}](#{name})" for name in sources)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _lines(groups: Iterable[list[str]]) -> Iterator[str]:
    for group in groups:
        yield from group
    yield ""


if __name__ == "__main__":
    # `python -m workshop.advice_document > docs/advice.md`
    sys.stdout.write(document(open_advice("en-US")))
