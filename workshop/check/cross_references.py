"""Cross-references: ids of facts and words, routines and steps, tiers, conditions and sources must agree."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from skill.advice.advice import CLAIM_FILES
from skill.advice.model import Step
from workshop.check.derived_schema import choices
from workshop.linting.fault import Fault, listed, place, shown
from workshop.linting.yaml_files import Content, blocks, texts
from workshop.linting.yaml_reader import Tree

_ID = re.compile(r"[a-z][a-z0-9_]*")
FIRST_READING = datetime.date(2026, 11, 21)
WITHOUT_WORDS = ("sources",)
"""Facts files without a file of words."""
_OWN_PARITY = ("routines", "timing", "style", "findings", "triage")


def id_faults(content: Content) -> Iterator[Fault]:
    """Ids that are unknown, missing on one side, or malformed."""
    for name, tree in content.facts.items():
        for key in blocks(tree):
            if name != "sources" and not _ID.fullmatch(str(key)):
                hint = "small letters, digits and _ only"
                yield Fault(f"facts/{name}.yaml", str(key), "an id such as `heel_walking`", shown(key), hint)
    for language in content.words:
        yield from _parity(content, language)
        yield from _step_words(content, language)
    yield from _tiers(content)
    yield from _routines(content)
    yield from _muscles(content)
    yield from _obstacles(content)
    yield from _conditions(content)


def unknown(file: str, key: str, what: str, name: object, known: Iterable[str]) -> Fault:
    """A fault for an id that refers to nothing."""
    names = [str(one) for one in known]
    near = get_close_matches(str(name), names, 1)
    few = f"; known are {listed(names)}" if 0 < len(names) <= 8 else ""
    hint = f"did you mean `{near[0]}`?" if near else f"add it there, or take it out here{few}"
    return Fault(file, key, what, shown(name), hint)


def _parity(content: Content, language: str) -> Iterator[Fault]:
    own = content.words[language]
    for name, tree in content.facts.items():
        if name in WITHOUT_WORDS or tree is None:
            continue
        file = f"{language}/{name}.yaml"
        if name not in own:
            yield Fault(file, "", f"the words for facts/{name}.yaml", "no such file", "restore it from git")
        elif own[name] is not None and name not in _OWN_PARITY:
            yield from _both_ways(file, f"facts/{name}.yaml", (), blocks(tree), content.word(language, name))
    for name in own:
        if name not in content.facts:
            hint = f"add facts/{name}.yaml with the same ids, or remove this file"
            yield Fault(f"{language}/{name}.yaml", "", "a facts file of the same name", "none", hint)
    cues = blocks(content.fact("timing").get("cues"))
    said = blocks(content.word(language, "timing").get("cues"))
    if content.facts.get("timing") and own.get("timing"):
        ids = [cue for cue in cues if cue != "sources"]
        yield from _both_ways(f"{language}/timing.yaml", "facts/timing.yaml", ("cues",), ids, said)
    for name, fact in content.fact("conditions").items():
        rules = blocks(blocks(fact).get("rules"))
        for rule in blocks(blocks(content.word(language, "conditions").get(name)).get("rules")):
            if rule not in rules and name in content.word(language, "conditions"):
                key = place(name, "rules", rule)
                yield unknown(
                    f"{language}/conditions.yaml", key, f"a rule of {name} in facts/conditions.yaml", rule, rules
                )


def _both_ways(file: str, facts_file: str, path: tuple[str, ...], facts: Iterable[str], words: Tree) -> Iterator[Fault]:
    ids = list(facts)
    for name in ids:
        if name not in words:
            hint = f"write its words here, or remove `{name}` from {facts_file}"
            yield Fault(file, place(*path, name), f"the words of `{name}`, which {facts_file} has", "nothing", hint)
    for name in words:
        if name not in ids:
            yield unknown(file, place(*path, name), f"an id of {facts_file}", name, ids)


def _step_words(content: Content, language: str) -> Iterator[Fault]:
    facts, words, file = content.fact("routines"), content.word(language, "routines"), f"{language}/routines.yaml"
    if not facts or not words:
        return
    shared_words = blocks(words.get("shared"))
    yield from _both_ways(file, "facts/routines.yaml", ("shared",), blocks(facts.get("shared")), shared_words)
    yield from _both_ways(
        file, "facts/routines.yaml", (), (n for n in facts if n != "shared"), _without(words, "shared")
    )
    for name, routine in _without(facts, "shared").items():
        if name not in words:
            continue
        own = blocks(blocks(words.get(name)).get("steps"))
        order = texts(blocks(routine).get("order"))
        for step in blocks(blocks(routine).get("steps")):
            if step not in own:
                hint = "write what is said in this step, or remove it from facts/routines.yaml"
                key = place(name, "steps", step)
                yield Fault(file, key, f"the words of step `{step}`, which facts/routines.yaml has", "nothing", hint)
        for step in own:
            if step not in order:
                yield unknown(file, place(name, "steps", step), f"a step of {name} in facts/routines.yaml", step, order)


def _routines(content: Content) -> Iterator[Fault]:
    facts, file = content.fact("routines"), "facts/routines.yaml"
    shared = blocks(facts.get("shared"))
    used: set[str] = set()
    for name, routine in _without(facts, "shared").items():
        own = blocks(blocks(routine).get("steps"))
        order = texts(blocks(routine).get("order"))
        used.update(order)
        for step in order:
            if step not in own and step not in shared:
                key = place(name, "order")
                yield unknown(file, key, f"steps of {name} or of shared", step, [*own, *shared])
        for step in own:
            if step not in order:
                hint = f"add `{step}` to `order`, or remove the step"
                yield Fault(file, place(name, "steps", step), "a step that `order` names", "one that it does not", hint)
    for step in shared:
        if used and step not in used:
            hint = "add it to the `order` of a routine, or remove the step"
            yield Fault(file, place("shared", step), "a step that a routine uses", "one that none uses", hint)


def _muscles(content: Content) -> Iterator[Fault]:
    routines = [name for name in content.fact("routines") if name != "shared"]
    for name, fact in content.fact("muscles").items():
        routine = blocks(fact).get("routine")
        if routines and isinstance(routine, str) and routine not in routines:
            key = place(name, "routine")
            yield unknown("facts/muscles.yaml", key, "a routine of facts/routines.yaml", routine, routines)


def _obstacles(content: Content) -> Iterator[Fault]:
    routines = [name for name in content.fact("routines") if name != "shared"]
    for language in content.words:
        for name, words in content.word(language, "obstacles").items():
            for routine in blocks(blocks(words).get("ways")):
                if routines and routine not in routines:
                    key = place(name, "ways", routine)
                    wanted = "a routine of facts/routines.yaml"
                    yield unknown(f"{language}/obstacles.yaml", key, wanted, routine, routines)


def _tiers(content: Content) -> Iterator[Fault]:
    tiers = list(content.fact("tiers"))
    right = [tier for tier in ("emergency", "same_day", "book") if tier in tiers]
    if [tier for tier in tiers if tier in right] != right:
        hint = "the order decides which of two signs wins"
        yield Fault(
            "facts/tiers.yaml", "", "the most urgent tier first: emergency, same_day, book", listed(tiers), hint
        )
    for name, fact in content.fact("symptoms").items():
        tier = blocks(fact).get("tier")
        if tiers and isinstance(tier, str) and tier not in tiers:
            yield unknown("facts/symptoms.yaml", place(name, "tier"), "a tier of facts/tiers.yaml", tier, tiers)


def _conditions(content: Content) -> Iterator[Fault]:
    file = "facts/conditions.yaml"
    known = {
        "step": [*choices(Step, "kind"), "*"],
        "routine": [name for name in content.fact("routines") if name != "shared"],
        **{name: [*content.fact(name), "*"] if content.fact(name) else [] for name in CLAIM_FILES},
    }
    for name, fact in content.fact("conditions").items():
        for rule, own in blocks(blocks(fact).get("rules")).items():
            yield from _spared(file, place(name, "rules", rule, "unless"), blocks(own), known)
            key = place(name, "rules", rule, "on")
            for selector in texts(blocks(own).get("on")):
                kind, _, target = selector.partition(".")
                if kind not in known:
                    what = "step.…, routine.… or the name of an answers file and an id"
                    yield unknown(file, key, what, selector, [f"{group}." for group in known])
                elif known[kind] and target not in known[kind]:
                    full = [f"{kind}.{one}" for one in known[kind]]
                    yield unknown(file, key, f"something of facts/{_home(kind)}.yaml", selector, full)
                elif kind not in ("step", "routine") and blocks(own).get("do") == "replace":
                    hint = "an answer is left out with its reason, or gets a warning"
                    yield Fault(
                        file, place(name, "rules", rule, "do"), f"leave_out or warn for {selector}", '"replace"', hint
                    )


def _spared(file: str, key: str, rule: Tree, known: dict[str, list[str]]) -> Iterator[Fault]:
    """Exceptions (`unless`) from files that the rule does not name as a whole, or that do not exist."""
    whole = [selector.removesuffix("*") for selector in texts(rule.get("on")) if selector.endswith(".*")]
    for name in texts(rule.get("unless") or []):
        topic, _, target = name.partition(".")
        if f"{topic}." not in whole or topic not in CLAIM_FILES:
            hint = "take it out: a rule spares nothing that it does not name"
            yield Fault(file, key, "an answer of a file that `on` names whole", shown(name), hint)
        elif known[topic] and target not in known[topic]:
            yield unknown(
                file, key, f"something of facts/{topic}.yaml", name, (f"{topic}.{own}" for own in known[topic])
            )


def _home(kind: str) -> str:
    return "routines" if kind in ("step", "routine") else kind


def _without(tree: Tree, name: str) -> Tree:
    return {key: value for key, value in tree.items() if key != name}


# ---- where claims come from -----------------------------------------------------------------------


def source_faults(content: Content) -> Iterator[Fault]:
    """Unknown source ids, unused sources, and invalid dates of reading."""
    known = content.fact("sources")
    used: set[str] = set()
    files = {
        f"facts/{name}.yaml": tree
        for name, tree in content.facts.items()
        if name not in ("sources", "prompts", "style")
    }
    evidence = {f"evidence/{name}.yaml": tree for name, tree in content.evidence.items()}
    for file, tree in {**files, "regions.yaml": content.regions, **evidence}.items():
        for key, value in _walk(tree, ()):
            if key[-1] in ("sources", "bedtime_sources"):
                for source in texts(value) if isinstance(value, list) else ():
                    if file not in evidence:
                        used.add(source)
                    if known and source not in known:
                        yield unknown(file, place(*key), "a source of facts/sources.yaml", source, known)
            elif key[-1] == "sources_read" and isinstance(value, str):
                day, latest = _day(value), _latest()
                if day is None:
                    hint = "write year, month and day, such as 2026-11-21"
                    yield Fault(
                        file, place(*key), "the day on which it was last read against its sources", shown(value), hint
                    )
                elif day > latest:
                    hint = "write the day on which it was read against its sources"
                    yield Fault(file, place(*key), "a day that has come", shown(value), hint)
    if content.whole:
        for source in known:
            if source not in used:
                hint = "name it under `sources` of what rests on it, or remove it"
                yield Fault(
                    "facts/sources.yaml",
                    str(source),
                    "a source that something rests on",
                    "one that nothing names",
                    hint,
                )


def _walk(tree: object, path: tuple[object, ...]) -> Iterator[tuple[tuple[object, ...], object]]:
    for key, value in blocks(tree).items():
        # A claim may have the id `sources`; only a list under that key is a list of sources.
        if not (key in ("sources", "sources_read") and isinstance(value, dict)):
            yield (*path, key), value
        yield from _walk(value, (*path, key))


def _day(text: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if len(text) == len("2026-11-21") else None


def _latest() -> datetime.date:
    """The latest calendar day anywhere on Earth. A clock that is behind the first reading is wrong and is ignored."""
    return max(FIRST_READING, datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=14))).date())
