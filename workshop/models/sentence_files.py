"""The shape of the sentence files, checked before anything is built from them, so that one bad file hides no other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from workshop.linting.fault import Fault, either, place, shown
from workshop.linting.schema_report import shape_faults
from workshop.linting.yaml_reader import read_tree
from workshop.models.sentences import SENTENCES

_TEXTS = {"type": "array", "items": {"type": "string", "expected": "a sentence in quotation marks"}}
_TEST: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "say": {"type": "string", "minLength": 1, "expected": "what a person says"},
        "slots": {"type": "object", "additionalProperties": {"type": "string", "expected": "the id of a value"}},
        "locale": {"type": "string"},
    },
    "required": ["say"],
}
_MISS = {
    **_TEST,
    "properties": {**_TEST["properties"], "intent": {"type": "string", "expected": "the intent that it must reach"}},
    "required": ["say", "intent"],
}
_INTENT = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "intent": {"type": "string", "expected": "the intent's name, the same as the file's"},
        "about": {"type": "string", "expected": "one sentence on when people say this"},
        "slots": {"type": "object", "additionalProperties": {"type": "string", "expected": "a type such as MUSCLE"}},
        "templates": {**_TEXTS, "minItems": 1, "expected": "a list of at least one template"},
        "regional": {"type": "object", "additionalProperties": _TEXTS},
        "tests": {"type": "array", "minItems": 1, "items": _TEST, "expected": "a list of what must reach it"},
        "near_misses": {"type": "array", "items": _MISS, "expected": "a list of what must not"},
    },
    "required": ["intent", "about", "templates", "tests"],
}
_VALUE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "heard_as": {**_TEXTS, "minItems": 1, "expected": "a list of what people call it"},
    },
    "required": ["heard_as"],
}
_SHARED = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "rules": {"type": "object", "additionalProperties": {"type": "string", "expected": "a template in quotes"}},
        "types": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _VALUE}},
        "things": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _TEXTS}},
        "findings": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "types": {"type": "object", "additionalProperties": _TEXTS},
                "action": _TEXTS,
                "left_out": _TEXTS,
                "left_to": {"type": "object", "additionalProperties": {"type": "string", "expected": "a content file"}},
                "forms": {"type": "object", "additionalProperties": _TEXTS},
            },
            "required": ["types", "action", "left_out", "left_to", "forms"],
        },
    },
}


def file_faults(locales: Collection[str], language: str = "en", root: Path = SENTENCES) -> Iterator[Fault]:
    """What is wrong with a language's sentence files as files: unreadable, unknown keys, names that do not meet.

    No `locales` means that nobody knows them just now: then nothing is held against them.
    """
    folder = root / language
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".yaml")
    except OSError as error:
        hint = "restore the folder from the last version"
        yield Fault(named(root, folder), "", "a folder of sentence files", f'"{error.strerror}"', hint)
        return
    if not paths:
        yield Fault(named(root, folder), "", "sentence files", "none", "restore the folder from the last version")
    trees: dict[Path, Mapping[str, Any]] = {}
    for path in paths:
        file = named(root, path)
        tree, unread = read_tree(path, file)
        yield from unread
        if tree is None:
            continue
        faults = list(shape_faults(file, tree, _SHARED if path.name.startswith("_") else _INTENT))
        yield from faults
        if not faults:
            trees[path] = tree
    intents = {path.stem for path in paths if not path.name.startswith("_")}
    for path, own in trees.items():
        if not path.name.startswith("_"):
            yield from _names(named(root, path), path.stem, own, intents, locales)


def named(root: Path, path: Path) -> str:
    """A path as faults tell it: from the folder of models on."""
    return (Path("interaction_models") / root.name / path.relative_to(root)).as_posix()


def _names(
    file: str, stem: str, tree: Mapping[str, Any], intents: Collection[str], locales: Collection[str]
) -> Iterator[Fault]:
    if tree["intent"] != stem:
        yield Fault(file, "intent", f"`{stem}`, as the file is called", shown(tree["intent"]), "rename one of the two")
    for locale in tree.get("regional") or {}:
        if locales and locale not in locales:
            hint = "add the locale to regions.yaml first, or move these templates to one that exists"
            yield Fault(file, place("regional", locale), f"a locale: {either(locales)}", shown(locale), hint)
    slots = tree.get("slots") or {}
    for key in ("tests", "near_misses"):
        for at, test in enumerate(tree.get(key) or ()):
            here = place(key, at)
            if locales and "locale" in test and test["locale"] not in locales:
                found, expected = shown(test["locale"]), f"a locale: {either(locales)}"
                yield Fault(file, place(key, at, "locale"), expected, found, "drop it, or mend it")
            if key == "near_misses":
                reached = test["intent"]
                if reached == stem:
                    hint = "a near miss reaches another intent; what reaches this one is a test"
                    yield Fault(file, place(here, "intent"), f"an intent other than `{stem}`", shown(reached), hint)
                elif not reached.startswith("AMAZON.") and reached not in intents:
                    hint = "near misses name the intent that must be reached instead"
                    yield Fault(file, place(here, "intent"), "the name of a sentence file", shown(reached), hint)
                continue
            for slot in test.get("slots") or {}:
                if slot not in slots:
                    expected = f"a slot of this intent: {either(slots)}"
                    yield Fault(file, place(here, "slots", slot), expected, shown(slot), "declare it under `slots:`")
