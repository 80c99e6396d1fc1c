"""Where content is read from: YAML files in the source tree, compiled files in a bundle. Both are read on first use."""

from __future__ import annotations

import marshal
from pathlib import Path
from typing import Any

from skill.advice.compiled import COMPILED, CompiledStore, Store, Tree

__all__ = ["COMPILED", "CONTENT", "CompiledStore", "Store", "Tree", "YamlStore", "compile_content"]

CONTENT = Path(__file__).parents[1] / "content"


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
                self._read[name] = yaml.load(file, Loader=loader) or {}  # noqa: S506 - a safe loader, both of them
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
        entries = {str(key): marshal.dumps(_plain(entry), 2) for key, entry in store.read(name).items()}
        out.write_bytes(marshal.dumps(entries, 2))
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
