"""Reads a YAML file as plain data, or reports what is wrong with it. No file content raises."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from workshop.linting.fault import Fault, place

Tree = dict[str, Any]

MOST_BYTES = 200_000
"""Several times the largest content file."""
_DEEPEST = 30
_TEXT = "tag:yaml.org,2002:str"
_MERGE = "tag:yaml.org,2002:merge"
_LAST = "restore it from git"


class _Loader(yaml.CSafeLoader):
    """Reads YAML as the store does, except that dates stay text, so that an invalid date does not raise."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Typed(int):
    """An integer that is shown as typed: YAML reads 000 as 0, which an editor would not recognise."""

    typed: str

    def __str__(self) -> str:
        return self.typed


def _whole(loader: _Loader, node: yaml.ScalarNode) -> int:
    number = _Typed(yaml.CSafeLoader.construct_yaml_int(loader, node))
    number.typed = str(node.value)
    return number


_Loader.add_constructor("tag:yaml.org,2002:int", _whole)


def read_tree(path: Path, file: str) -> tuple[Tree | None, list[Fault]]:
    """The file at `path` as a block of entries, or None if it cannot be read. Faults call it `file`."""
    text = _text(path, file)
    if isinstance(text, Fault):
        return None, [text]
    faults: list[Fault] = []
    try:
        if _deep(text):
            found = "more, brackets in brackets"
            return None, [Fault(file, "", f"blocks at most {_DEEPEST} deep", found, _LAST)]
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return None, [Fault(file, "", "at least one entry", "an empty file", _LAST)]
        faults.extend(_bad_keys(file, node))
        if _grows(node):
            hint = "write the entries out; an `*alias` stands for a whole block"
            found = "an `*alias` inside its own block, or too many of them"
            return None, [*faults, Fault(file, "", "aliases of finished blocks", found, hint)]
        data = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        hint = "look at that line and the one above it for spaces, a colon or a quotation mark that is missing"
        if "\t" in text and "cannot start any token" in str(error.problem):
            hint = "indent with spaces: YAML takes no tab at the start of a line"
        return None, [*faults, Fault(file, at, "YAML that can be read", f'what YAML calls "{error.problem}"', hint)]
    except yaml.reader.ReaderError as error:
        at = f"line {text.count(chr(10), 0, error.position) + 1}"
        found = f"an unprintable character (U+{error.character:04X})"
        return None, [
            *faults,
            Fault(file, at, "plain text", found, "take it out; save the file as plain text in UTF-8"),
        ]
    except (ValueError, TypeError, AttributeError, LookupError, yaml.YAMLError) as error:
        why = " ".join(str(error).split())
        return None, [*faults, Fault(file, "", "YAML that can be read", why, "look for `!!`, and take it out")]
    if not isinstance(data, dict):
        found = "a list" if isinstance(data, list) else "loose text"
        hint = "see the other files of this folder"
        return None, [*faults, Fault(file, "", "entries, each with its id and a colon", found, hint)]
    return data, faults


def _text(path: Path, file: str) -> str | Fault:
    """The text of the file, or why it cannot be read."""
    if path.is_dir():
        return Fault(file, "", "a file", "a folder of that name", _LAST)
    if path.is_symlink() and not path.exists():
        return Fault(file, "", "a file", f"a link to `{os.readlink(path)}`, which is not there", _LAST)  # noqa: PTH115
    if not path.is_file():
        return Fault(file, "", "a file", "something else of that name" if path.exists() else "no such file", _LAST)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            expected = f"a file of at most {MOST_BYTES:,} bytes"
            return Fault(file, "", expected, f"{size:,}", f"{_LAST}, or move a part of it elsewhere")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return Fault(file, "", "YAML that can be read", str(error), "save the file as plain text in UTF-8")
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Fault(file, "", "a file that can be read", f'what the system calls "{why}"', "change who may read it")


def _deep(text: str) -> bool:
    """Whether the nesting is too deep for the parser's own recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            return True
    return False


def _grows(root: yaml.Node, most: int = MOST_BYTES) -> bool:
    """Whether an alias refers to its own block, or aliases expand to more than `most` nodes."""
    sizes: dict[int, int] = {}

    def size(node: yaml.Node) -> int:
        if id(node) not in sizes:
            sizes[id(node)] = most + 1  # found again by a node that contains itself
            parts = node.value if isinstance(node.value, list) else []
            sizes[id(node)] = 1 + sum(size(own) for part in parts for own in (part if type(part) is tuple else (part,)))
        return sizes[id(node)]

    return size(root) > most


def _bad_keys(file: str, root: yaml.Node) -> Iterator[Fault]:
    """Keys that YAML does not read as strings."""
    waiting: list[tuple[yaml.Node, tuple[object, ...]]] = [(root, ())]
    done: set[int] = set()
    while waiting:
        node, path = waiting.pop()
        if id(node) in done:
            continue  # an alias of a block that was checked already
        done.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend((item, (*path, index)) for index, item in enumerate(node.value))
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    continue  # unhashable: construction reports it
                if key.tag not in (_TEXT, _MERGE):
                    key.value = key.value or "null"
                    name, line = str(key.value), key.start_mark.line + 1
                    found = f"`{name}` on line {line}, which YAML takes for something else"
                    hint = f'put it in quotation marks: "{name}"'
                    yield Fault(file, place(*path, name), "a key that is text", found, hint)
                    key.tag = _TEXT  # later rules then see the key as typed
                waiting.append((value, (*path, str(key.value))))
