"""The location of a fault: its path from the project root and its line number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from workshop.linting.fault import Fault

ROOT = Path(__file__).parents[2]
"""The project root."""
_LINE = re.compile(r"line (\d+)(?:, (column \d+))?")


def located(fault: Fault, folders: Sequence[Path]) -> str:
    """The fault as one line, `path:line: key: expected …`. Its file is looked up in `folders`, in order."""
    path = next((folder / fault.file for folder in folders if (folder / fault.file).exists()), folders[0] / fault.file)
    shown = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
    typed = _LINE.fullmatch(fault.key)
    number, inside = (int(typed[1]), typed[2] or "") if typed else (line_of(path, fault.key), fault.key)
    where = f"{shown}:{number}" + (f": {inside}" if inside else "")
    return f"{where}: expected {fault.expected}, found {fault.found}. Hint: {fault.hint}"


def line_of(path: Path, key: str) -> int:
    """The line of a dotted path in a file, or of the nearest enclosing block; 1 if unknown."""
    text, root = _read(path, path.stat().st_mtime_ns if path.is_file() else 0)
    return _in_yaml(root, key) if root is not None else _in_text(text, key)


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> tuple[str, yaml.Node | None]:
    """The text and the YAML nodes of a file. `changed` is its modification time, which invalidates the cache."""
    try:
        text = path.read_text(encoding="utf-8")
        return text, yaml.compose(text, yaml.CSafeLoader) if path.suffix == ".yaml" else None
    except (OSError, UnicodeDecodeError):
        return "", None
    except (yaml.YAMLError, RecursionError):
        return text, None


def _in_yaml(node: yaml.Node, key: str) -> int:
    line, rest = 1, key
    while rest:
        if isinstance(node, yaml.MappingNode):
            names = [(str(own.value), own, value) for own, value in node.value]
            near = [name for name in names if f"{rest}.".startswith(f"{name[0]}.")]
            if not near:
                return line
            name, own, node = max(near, key=lambda name: len(name[0]))
            line, rest = own.start_mark.line + 1, rest[len(name) + 1 :]
        elif isinstance(node, yaml.SequenceNode) and rest.split(".")[0].isdigit():
            first, _, rest = rest.partition(".")
            if not 0 < int(first) <= len(node.value):
                return line
            node = node.value[int(first) - 1]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _in_text(text: str, key: str) -> int:
    """For JSON and unreadable YAML: the line where the quoted keys of the path occur in order."""
    at = 0
    for name in key.split("."):
        found = text.find(f'"{name}"', at)
        at = found if found > 0 else at
    return text.count("\n", 0, at) + 1
