"""Numbers: holds stay within their bounds, and placeholders match between facts and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePath
from typing import TypeGuard

from skill.advice.advice import CLAIM_FILES
from skill.advice.text import PLACEHOLDER
from workshop.check.spoken_text import EVERYWHERE, regional, spoken, step_numbers
from workshop.linting.fault import Fault, listed, place
from workshop.linting.yaml_files import Content, blocks, texts
from workshop.linting.yaml_reader import Tree


def number_faults(content: Content) -> Iterator[Fault]:
    """Numbers out of bounds, and numbers that occur only in the facts or only in the words."""
    yield from _holds(content)
    yield from _cues(content)
    for language in content.words:
        yield from _undeclared(content, language)
        yield from _unused(content, language)
        yield from _required(content, language)
    for part in regional(content):
        for name in part.placeholders:
            if name != "emergency":
                yield Fault(
                    "regions.yaml", part.key, "no placeholder but {emergency}", f"{{{name}}}", "write the words out"
                )


def _holds(content: Content) -> Iterator[Fault]:
    bounds = blocks(content.fact("timing").get("hold"))
    shortest, longest = bounds.get("shortest"), bounds.get("longest")
    file = "facts/routines.yaml"
    for path, step in _steps(content.fact("routines")):
        hold, most = step.get("hold"), step.get("longest")
        if _is_number(shortest) and _is_number(longest):
            for name in ("hold", "longest", "rest"):
                value = step.get(name)
                if _is_number(value) and not shortest <= value <= longest:
                    hint = "facts/timing.yaml has the bounds"
                    expected = f"a whole number of seconds from {shortest} to {longest}"
                    yield Fault(file, place(*path, name), expected, f"`{value}`", hint)
        if _is_number(hold) and _is_number(most) and hold > most:
            hint = "`hold` is how long it lasts, `longest` how far it may be lengthened"
            yield Fault(file, place(*path, "hold"), f"at most `longest`, which is {most}", f"`{hold}`", hint)
        if _is_number(step.get("times")) and step["times"] > 1 and "rest" not in step:
            hint = "add `rest:`, the seconds between two holds"
            yield Fault(file, place(*path, "rest"), "a rest between the holds that `times` repeats", "nothing", hint)


def _cues(content: Content) -> Iterator[Fault]:
    timing = content.fact("timing")
    bounds = blocks(timing.get("hold"))
    if (
        _is_number(bounds.get("shortest"))
        and _is_number(bounds.get("longest"))
        and bounds["shortest"] >= bounds["longest"]
    ):
        expected = f"less than `longest`, which is {bounds['longest']}"
        yield Fault("facts/timing.yaml", "hold.shortest", expected, f"`{bounds['shortest']}`", "change one of the two")
    most, size = content.fact("style").get("list_items"), timing.get("list_size")
    if _is_number(most) and _is_number(size) and size > most:
        hint = "a listener keeps no more in mind; facts/style.yaml has the limit"
        yield Fault("facts/timing.yaml", "list_size", f"at most {most} items before more", f"`{size}`", hint)
    for name, cue in blocks(timing.get("cues")).items():
        own = blocks(cue)
        when = [key for key in ("after", "at", "left") if key in own]
        if own and len(when) != 1:
            hint = "keep the one that says when the words are spoken"
            expected = "one of after, at and left"
            yield Fault("facts/timing.yaml", place("cues", name), expected, listed(when) if when else "none", hint)
        for key in ("after", "left"):
            if _is_number(own.get(key)) and _is_number(own.get("from")) and own[key] >= own["from"]:
                hint = "the cue must fall inside the shortest hold that has it"
                expected = f"less than `from`, which is {own['from']}"
                yield Fault("facts/timing.yaml", place("cues", name, key), expected, f"`{own[key]}`", hint)


def _undeclared(content: Content, language: str) -> Iterator[Fault]:
    for part in spoken(content, language):
        if content.facts.get(PurePath(part.file).stem, {}) is None:
            continue  # that file could not be read, so its numbers are unknown
        known = (*part.uses, *EVERYWHERE)
        for name in dict.fromkeys(part.placeholders):
            if name not in known:
                where = part.declare or "the facts"
                near = f"; declared here: {listed(f'{{{own}}}' for own in part.uses)}" if part.uses else ""
                hint = f"declare it under {where}, or take it out{near}"
                yield Fault(part.file, part.key, "only placeholders that the facts declare", f"{{{name}}}", hint)


def _unused(content: Content, language: str) -> Iterator[Fault]:
    said: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for part in spoken(content, language):
        said[part.file, part.entry].update(part.placeholders)

    def missing(file: str, key: str, entry: str, name: str) -> Iterator[Fault]:
        words = f"{language}/{file}.yaml"
        if content.words[language].get(file) is not None and name not in said[words, entry]:
            hint = f"write {{{name}}} in {words} where the number belongs, or remove it here"
            yield Fault(
                f"facts/{file}.yaml",
                key,
                f"a number that the words use as {{{name}}}",
                "one that no sentence uses",
                hint,
            )

    for file in CLAIM_FILES:
        for name, fact in content.fact(file).items():
            for number in blocks(blocks(fact).get("numbers")):
                if name in content.word(language, file):
                    yield from missing(file, place(name, "numbers", number), f"{file} {name}", str(number))
    for name, fact in content.fact("prompts").items():
        for number in texts(blocks(fact).get("uses") or []):
            if name in content.word(language, "prompts"):
                yield from missing("prompts", place(name, "uses"), f"prompt {name}", number)
    facts = content.fact("routines")
    users = _wordings(content, language)
    for path, step in _steps(facts):
        for number in step_numbers(step):
            entries = users[path[-1]] if path[0] == "shared" else [f"{path[0]} {path[-1]}"]
            if not any(number in said[f"{language}/routines.yaml", entry] for entry in entries):
                yield from missing("routines", place(*path, number), entries[0] if entries else "", number)


def _wordings(content: Content, language: str) -> dict[str, list[str]]:
    """For each shared step, the entries that have words for it."""
    users: dict[str, list[str]] = defaultdict(list)
    facts = content.fact("routines")
    for step in blocks(facts.get("shared")):
        users[step].append(f"shared {step}")
    for routine, words in content.word(language, "routines").items():
        for step in blocks(blocks(words).get("steps")) if routine != "shared" else ():
            if step not in blocks(blocks(facts.get(routine)).get("steps")):
                users[step].append(f"{routine} {step}")
    return users


def _required(content: Content, language: str) -> Iterator[Fault]:
    """Sentences that need a certain placeholder to make sense."""
    file = f"{language}/routines.yaml"
    hint = "say how long the hold lasts: the seconds come from facts/routines.yaml"
    for routine, words in content.word(language, "routines").items():
        steps = blocks(words) if routine == "shared" else blocks(blocks(words).get("steps"))
        for step, parts in steps.items():
            path = (routine, step) if routine == "shared" else (routine, "steps", step)
            for part in ("do", "helper"):
                own = blocks(parts).get(part)
                if own and not any("hold" in PLACEHOLDER.findall(text) for text in texts(own)):
                    yield Fault(file, place(*path, part), "{hold} in one of the sentences", "none", hint)
    file = f"{language}/conditions.yaml"
    for name, words in content.word(language, "conditions").items():
        for rule, own in blocks(blocks(words).get("rules")).items():
            instead = blocks(own).get("instead")
            if instead and not any("hold" in PLACEHOLDER.findall(text) for text in texts(instead)):
                yield Fault(file, place(name, "rules", rule, "instead"), "{hold} in one of the sentences", "none", hint)
    for tier, words in content.word(language, "tiers").items():
        text = blocks(words).get("list")
        if isinstance(text, str) and "signs" not in PLACEHOLDER.findall(text):
            hint = "the signs of the tier are read out there"
            yield Fault(f"{language}/tiers.yaml", place(tier, "list"), "{signs} in the sentence", f'"{text}"', hint)


def _steps(facts: Tree) -> Iterator[tuple[tuple[str, ...], Tree]]:
    for routine, own in facts.items():
        path = ("shared",) if routine == "shared" else (routine, "steps")
        steps = blocks(own) if routine == "shared" else blocks(blocks(own).get("steps"))
        for step, fact in steps.items():
            yield (*path, step), blocks(fact)


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
