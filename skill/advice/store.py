"""Where content is read from: YAML files in the source tree, compiled files in a bundle. Both are read on first use."""

from __future__ import annotations

import marshal
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

CONTENT = Path(__file__).parent / "content"
COMPILED = "content.bin"
"""What a compiled file ends in. A compiled file is the YAML's plain data, written by `marshal`:
the same interpreter version writes and reads it, and nothing loads faster."""

Tree = dict[str, Any]


class Store(Protocol):
    """A folder of content. `name` is a file without its ending, such as `facts/routines`."""

    def read(self, name: str) -> Tree:
        """The file as plain data. Raises FileNotFoundError where there is none."""


class YamlStore:
    """The source: read with PyYAML, which a bundle does not carry."""

    def __init__(self, root: Path = CONTENT) -> None:
        self.root = root
        self._read: dict[str, Tree] = {}

    def read(self, name: str) -> Tree:
        """The file as plain data. Raises FileNotFoundError where there is none."""
        if name not in self._read:
            import yaml

            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            with (self.root / f"{name}.yaml").open(encoding="utf-8") as file:
                self._read[name] = yaml.load(file, Loader=loader) or {}
        return self._read[name]


class CompiledStore:
    """The bundle's: one file each, loaded when first asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: dict[str, Tree] = {}

    def read(self, name: str) -> Tree:
        """The file as plain data. Raises FileNotFoundError where there is none."""
        if name not in self._read:
            data = (self.root / f"{name}.{COMPILED}").read_bytes()
            self._read[name] = marshal.loads(data)
        return self._read[name]


def compile_content(source: Path, target: Path) -> list[Path]:
    """Writes every YAML file under `source` as a compiled file under `target`; returns what was written."""
    store = YamlStore(source)
    written = []
    for path in sorted(source.rglob("*.yaml")):
        name = path.relative_to(source).with_suffix("").as_posix()
        out = target / f"{name}.{COMPILED}"
        out.parent.mkdir(parents=True, exist_ok=True)
        # Version 2 has no references and no interning marks, so equal content gives equal bytes.
        out.write_bytes(marshal.dumps(_plain(store.read(name)), 2))
        written.append(out)
    return written


def _plain(value: Any) -> Any:
    """Only what marshal knows: a YAML date becomes its text."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    return str(value)


@lru_cache(maxsize=1)
def default_store() -> Store:
    """Compiled content where it lies beside the code (a bundle), else the YAML source."""
    return CompiledStore(CONTENT) if (CONTENT / f"regions.{COMPILED}").is_file() else YamlStore()
