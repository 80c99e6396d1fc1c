"""Content as a bundle carries it: one compiled file each, loaded when first asked for. Imports next to nothing."""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

COMPILED = "content.bin"
"""What a compiled file ends in. It is written by `marshal`, which nothing outruns: each entry by itself, and the row of
them, so that what a turn does not say is never taken apart."""

Tree = Mapping[str, Any]


class Store(Protocol):
    """A folder of content. `name` is a file without its ending, such as `facts/routines`."""

    def read(self, name: str) -> Tree:
        """The file as plain data. Raises FileNotFoundError where there is none."""


class Entries(Mapping[str, Any]):
    """A compiled file: each entry is read when it is first asked for, and kept."""

    def __init__(self, packed: dict[str, bytes]) -> None:
        self._packed = packed
        self._read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._read:
            self._read[name] = marshal.loads(self._packed[name])  # noqa: S302 - written by our own bundle
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class CompiledStore:
    """The bundle's."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = root
        self._read: dict[str, Tree] = {}

    def read(self, name: str) -> Tree:
        """The file as plain data. Raises FileNotFoundError where there is none."""
        if name not in self._read:
            with open(f"{os.fspath(self.root)}/{name}.{COMPILED}", "rb") as file:  # noqa: PTH123
                self._read[name] = Entries(marshal.load(file))  # noqa: S302 - written by our own bundle
        return self._read[name]
