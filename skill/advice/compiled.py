"""Content as a bundle carries it: one compiled file each, loaded when first asked for. Imports next to nothing."""

from __future__ import annotations

import marshal
import os
from functools import lru_cache
from typing import Any, Protocol

COMPILED = "content.bin"
"""What a compiled file ends in. A compiled file is the YAML's plain data, written by `marshal`:
the same interpreter version writes and reads it, and nothing loads faster."""

Tree = dict[str, Any]

_FOLDER = os.path.join(os.path.dirname(__file__), "content")  # noqa: PTH118, PTH120 - pathlib takes a cold start 2 ms


class Store(Protocol):
    """A folder of content. `name` is a file without its ending, such as `facts/routines`."""

    def read(self, name: str) -> Tree:
        """The file as plain data. Raises FileNotFoundError where there is none."""


class CompiledStore:
    """The bundle's."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = root
        self._read: dict[str, Tree] = {}

    def read(self, name: str) -> Tree:
        """The file as plain data. Raises FileNotFoundError where there is none."""
        if name not in self._read:
            with open(f"{os.fspath(self.root)}/{name}.{COMPILED}", "rb") as file:  # noqa: PTH123
                self._read[name] = marshal.load(file)  # noqa: S302 - written by our own bundle
        return self._read[name]


@lru_cache(maxsize=1)
def default_store() -> Store:
    """Compiled content where it lies beside the code (a bundle), else the YAML source."""
    if os.path.isfile(f"{_FOLDER}/regions.{COMPILED}"):  # noqa: PTH113
        return CompiledStore(_FOLDER)
    from skill.advice.store import YamlStore

    return YamlStore()
