"""Closed slot types of what a body shows, made of the words by which the skill finds signs in what is said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import product
from typing import Any

from workshop.linting.fault import Fault, place, shown

Tree = Mapping[str, Any]
FILE = "interaction_models/sentences/en/_findings.yaml"
ACTION = "ACTION"
"""What somebody cannot do: known by how its phrase begins."""
_LONGEST = 6
"""Words of the longest phrase that becomes a value."""


def finding_types(
    settings: Tree, words: Tree, variants: Mapping[str, list[str]], taken: Mapping[str, Collection[str]]
) -> dict[str, dict[str, dict[str, Any]]]:
    """Slot type to value id to its entry with `heard_as`; every phrase in one value of a type.

    Args:
        settings: `findings` of `sentences/<language>/_findings.yaml`.
        words: the content's file of words for findings.
        variants: the usual form of a first word, to its other spellings; both become values.
        taken: slot type to phrases that another type has, under which they are heard.

    A name or a stem that one of the two files has not is left out; `setting_faults` tells of it.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in settings["types"]}
    owners: dict[str, dict[str, str]] = {kind: {} for kind in settings["types"]}
    phrases = words["words"]
    for kind, names in settings["types"].items():
        # The narrowest group of words names a phrase: a toe is of the foot before it is a limb.
        for name in sorted(filter(phrases.__contains__, names), key=lambda own: len(phrases[own])):
            for phrase in _whole(phrases[name], settings, variants):
                own = ACTION if _cannot(phrase, settings["action"]) else kind
                if phrase not in taken.get(own, ()):
                    owners[own].setdefault(phrase, name)
    for kind, own_phrases in owners.items():
        for phrase, name in own_phrases.items():
            found[kind].setdefault(name, {"heard_as": []})["heard_as"].append(phrase)
    return found


def named_phrases(words: Tree, facts: Tree) -> Tree:
    """The file of words with what else the content names: the numbers from a least one on, and names said in a row.

    Args:
        words: the content's file of words for findings.
        facts: the content's file of facts for findings, with `counts` and `compounds`.
    """
    numbers: Mapping[str, int] = words["numbers"]
    own: dict[str, list[str]] = dict(words["words"])
    for name, least in facts["counts"].items():
        own[name] = [word for word, number in numbers.items() if number >= least]
    for name, row in facts["compounds"].items():
        rows = product(*(words["words"][part] for part in row))
        own[name] = [*words["words"].get(name, ()), *map(" ".join, rows)]
    return {**words, "words": own}


def setting_faults(settings: Tree, words: Tree) -> Iterator[Fault]:
    """Names in the settings that the content has not, and stems of the content that have no whole words here."""
    phrases = words["words"]
    for kind, names in settings["types"].items():
        for name in names:
            if name not in phrases:
                hint = "names are those under `words:` in skill/content/en/findings.yaml"
                yield Fault(FILE, place("findings", "types", kind), "the name of words", shown(name), hint)
                continue
            for phrase in phrases[name]:
                stem = phrase.rpartition(" ")[2]
                if stem.endswith("*") and phrase not in settings["left_out"] and stem[:-1] not in settings["forms"]:
                    hint = f"add `{stem[:-1]}: [...]` with the words that people say"
                    yield Fault(FILE, place("findings", "forms"), f"whole words for {shown(phrase)}", "none", hint)


def _whole(phrases: list[str], settings: Tree, variants: Mapping[str, list[str]]) -> Iterator[str]:
    """The phrases as a model can hold them: stems as whole words, and every usual spelling."""
    left_out = set(settings["left_out"])
    for phrase in phrases:
        if phrase in left_out or len(phrase.split()) > _LONGEST or any(letter.isdigit() for letter in phrase):
            continue
        for whole in _forms(phrase, settings["forms"]):
            if whole not in left_out:
                yield whole
                first, _, rest = whole.partition(" ")
                yield from (f"{other} {rest}".strip() for other in variants.get(first, ()))


def _forms(phrase: str, forms: Tree) -> list[str]:
    if "*" not in phrase:
        return [phrase]
    before, gap, stem = phrase.rpartition(" ")
    return [f"{before}{gap}{form}" for form in forms.get(stem.removesuffix("*"), ())]


def _cannot(phrase: str, beginnings: list[str]) -> bool:
    return any(phrase.startswith(f"{beginning} ") for beginning in beginnings)
