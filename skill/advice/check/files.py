"""The content files as plain data, each read on its own, so that a broken one hides nothing in the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from skill.advice.check.fault import Fault, place
from skill.advice.words import PLACEHOLDER

Tree = dict[str, Any]


class _Loader(yaml.CSafeLoader):
    """YAML as the store reads it, but a date stays the text that was typed: a bad one must not stop the reading."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Content:
    """Everything under the content folder. A file that could not be read is None and is left out of comparisons."""

    facts: dict[str, Tree | None]
    words: dict[str, dict[str, Tree | None]]
    """By language, then by file."""
    regions: Tree | None
    faults: tuple[Fault, ...]
    """What was found while reading."""

    def fact(self, name: str) -> Tree:
        """The blocks of one facts file; empty where it is missing or broken."""
        return blocks(self.facts.get(name))

    def word(self, language: str, name: str) -> Tree:
        """The blocks of one file of words; empty where it is missing or broken."""
        return blocks(self.words.get(language, {}).get(name))

    @cached_property
    def longest(self) -> dict[str, str]:
        """What the placeholders of a region stand for, where that takes the most words to say."""
        regions = [blocks(region) for region in blocks(self.regions).values()]
        keys = {
            "emergency": "emergency_name",
            "emergency_call": "emergency_call",
            "same_day": "same_day_call",
            "crisis_call": "crisis_call",
            "poison_call": "poison_call",
        }
        return {
            name: max((_with_number(region, key) for region in regions), key=lambda text: len(text.split()), default="")
            for name, key in keys.items()
        }

    @property
    def whole(self) -> bool:
        """Every file could be read."""
        files = [*self.facts.values(), *(tree for own in self.words.values() for tree in own.values()), self.regions]
        return all(tree is not None for tree in files)


def read_content(root: Path) -> Content:
    """Reads `facts/`, `regions.yaml` and every folder of words under `root`."""
    faults: list[Fault] = []

    def folder(name: str) -> dict[str, Tree | None]:
        return {path.stem: _read(root, path, faults) for path in sorted((root / name).glob("*.yaml"))}

    languages = sorted(path.name for path in root.iterdir() if path.is_dir() and path.name != "facts")
    regions_file = root / "regions.yaml"
    if not regions_file.is_file():
        faults.append(
            Fault("regions.yaml", "", "a file of regions", "no such file", "restore it from the last version")
        )
    return Content(
        facts=folder("facts"),
        words={language: folder(language) for language in languages},
        regions=_read(root, regions_file, faults) if regions_file.is_file() else None,
        faults=tuple(faults),
    )


def blocks(value: object) -> Tree:
    """`value` if it is a block of keys, else an empty one: the shape check has told of it already."""
    return value if isinstance(value, dict) else {}


def texts(value: object) -> list[str]:
    """The texts in `value`: one, or a list of them."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def _with_number(region: Tree, key: str) -> str:
    text = region.get(key)
    return PLACEHOLDER.sub(str(region.get("emergency") or ""), text) if isinstance(text, str) else ""


def _read(root: Path, path: Path, faults: list[Fault]) -> Tree | None:
    file = path.relative_to(root).as_posix()
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        if node is None:
            faults.append(Fault(file, "", "at least one entry", "an empty file", "restore it from the last version"))
            return None
        faults.extend(_bad_keys(file, node))
        data = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        hint = "look at that line and the one above it for spaces, a colon or a quotation mark that is missing"
        faults.append(Fault(file, at, "YAML that can be read", f'what YAML calls "{error.problem}"', hint))
        return None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        why = " ".join(str(error).split())
        faults.append(Fault(file, "", "YAML that can be read", why, "save the file as plain text in UTF-8"))
        return None
    if not isinstance(data, dict):
        found = "a list" if isinstance(data, list) else "loose text"
        faults.append(
            Fault(file, "", "entries, each with its id and a colon", found, "see the other files of this folder")
        )
        return None
    return data


def _bad_keys(file: str, root: yaml.Node) -> Iterator[Fault]:
    """Keys written twice, of which YAML silently keeps the last, and keys that YAML does not read as text."""
    waiting: list[tuple[yaml.Node, tuple[object, ...]]] = [(root, ())]
    done: set[int] = set()
    while waiting:
        node, path = waiting.pop()
        if id(node) in done:
            continue  # an alias of a block that has been looked at
        done.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend((item, (*path, index)) for index, item in enumerate(node.value))
        elif isinstance(node, yaml.MappingNode):
            first: dict[str, int] = {}
            for key, value in node.value:
                name, line = str(key.value), key.start_mark.line + 1
                here = place(*path, name)
                if name in first:
                    found = f"`{name}` on line {first[name]} and again on line {line}"
                    yield Fault(
                        file, here, "each key once", found, "keep one, or rename one; only the last would count"
                    )
                first.setdefault(name, line)
                if key.tag != "tag:yaml.org,2002:str" and name != "<<":
                    found = f"`{name}` on line {line}, which YAML takes for something else"
                    yield Fault(file, here, "a key that is text", found, f'put it in quotation marks: "{name}"')
                waiting.append((value, (*path, name)))
