"""Closed slot types of what a body shows, made of the words by which the skill finds signs in what is said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

Tree = Mapping[str, Any]
ACTION = "ACTION"
"""What somebody cannot do: known by how its phrase begins."""
_LONGEST = 6
"""Words of the longest phrase that becomes a value."""


class UnknownWords(LookupError):
    """`_findings.yaml` names words, or stems, that the content does not have."""


def finding_types(
    settings: Tree, words: Tree, variants: Mapping[str, list[str]], taken: Mapping[str, Collection[str]]
) -> dict[str, dict[str, dict[str, Any]]]:
    """Slot type to value id to its entry with `heard_as`; every phrase in one value of a type.

    Args:
        settings: `findings` of `sentences/<language>/_findings.yaml`.
        words: the content's file of words for findings.
        variants: the usual form of a first word, to its other spellings; both become values.
        taken: slot type to phrases that another type has, under which they are heard.

    Raises:
        UnknownWords: a name or a stem that one of the two files has not.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in settings["types"]}
    owners: dict[str, dict[str, str]] = {kind: {} for kind in settings["types"]}
    phrases = words["words"]
    for kind, names in settings["types"].items():
        unknown = [name for name in names if name not in phrases]
        if unknown:
            raise UnknownWords(f"_findings.yaml: {kind}: expected names in en/findings.yaml `words`, found {unknown}")
        # The narrowest group of words names a phrase: a toe is of the foot before it is a limb.
        for name in sorted(names, key=lambda own: len(phrases[own])):
            for phrase in _whole(phrases[name], settings, variants):
                own = ACTION if _cannot(phrase, settings["action"]) else kind
                if phrase not in taken.get(own, ()):
                    owners[own].setdefault(phrase, name)
    for kind, own_phrases in owners.items():
        for phrase, name in own_phrases.items():
            found[kind].setdefault(name, {"heard_as": []})["heard_as"].append(phrase)
    return found


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
    before, stem, after = phrase.rpartition(" ")
    name = after.removesuffix("*")
    if name not in forms:
        raise UnknownWords(f"_findings.yaml: forms: expected whole words for {phrase!r}, found none. Hint: add {name}")
    return [f"{before}{stem}{form}" for form in forms[name]]


def _cannot(phrase: str, beginnings: list[str]) -> bool:
    return any(phrase.startswith(f"{beginning} ") for beginning in beginnings)
