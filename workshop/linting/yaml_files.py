"""The content files as plain data, read one by one, so that a broken file hides no fault in the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from skill.advice.text import PLACEHOLDER
from workshop.linting.fault import Fault
from workshop.linting.yaml_reader import Tree, read_tree

EVIDENCE = Path(__file__).parents[1] / "check" / "evidence"
"""The ranges that the references allow for the numbers of the content."""


@dataclass(frozen=True)
class Content:
    """Everything under the content folder. A file that could not be read is None and is skipped by the rules."""

    facts: dict[str, Tree | None]
    words: dict[str, dict[str, Tree | None]]
    """By language, then by file."""
    regions: Tree | None
    evidence: dict[str, Tree | None]
    faults: tuple[Fault, ...]
    """The faults found while reading."""

    def fact(self, name: str) -> Tree:
        """The blocks of one facts file; empty where it is missing or broken."""
        return blocks(self.facts.get(name))

    def word(self, language: str, name: str) -> Tree:
        """The blocks of one file of words; empty where it is missing or broken."""
        return blocks(self.words.get(language, {}).get(name))

    def proof(self, name: str) -> Tree:
        """The blocks of one file of evidence; empty where it is missing or broken."""
        return blocks(self.evidence.get(name))

    @cached_property
    def longest(self) -> dict[str, str]:
        """For each regional placeholder, its longest value in any region."""
        regions = [blocks(region) for region in blocks(self.regions).values()]
        keys = {
            "emergency": "emergency_name",
            "emergency_call": "emergency_call",
            "same_day": "same_day_call",
            "crisis_call": "crisis_call",
            "crisis_then": "crisis_then",
            "poison_call": "poison_call",
            "poison_then": "poison_then",
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


def read_content(root: Path, evidence: Path = EVIDENCE) -> Content:
    """Reads `facts/`, `regions.yaml` and every folder of words under `root`, and the evidence."""
    faults: list[Fault] = []

    def folder(path: Path) -> dict[str, Tree | None]:
        return {
            own.stem: read(own, f"{path.name}/{own.name}") for own in _inside(path, faults) if own.suffix == ".yaml"
        }

    def read(path: Path, file: str) -> Tree | None:
        tree, found = read_tree(path, file)
        faults.extend(found)
        return tree

    languages = [path for path in _inside(root, faults) if path.is_dir() and path.name not in ("facts", "regions.yaml")]
    if not languages:
        faults.append(Fault("en/", "", "a folder of words", "none", "restore it from git"))
    return Content(
        facts=folder(root / "facts"),
        words={path.name: folder(path) for path in languages},
        regions=read(root / "regions.yaml", "regions.yaml"),
        evidence=folder(evidence),
        faults=tuple(faults),
    )


def blocks(value: object) -> Tree:
    """`value` if it is a mapping, else an empty one: the schema check reports it."""
    return value if isinstance(value, dict) else {}


def texts(value: object) -> list[str]:
    """The strings in `value`, which may be one string or a list."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def _with_number(region: Tree, key: str) -> str:
    text = region.get(key)
    return PLACEHOLDER.sub(str(region.get("emergency") or ""), text) if isinstance(text, str) else ""


def _inside(folder: Path, faults: list[Fault]) -> list[Path]:
    """The entries of a folder, sorted; empty if it cannot be read."""
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []  # each missing file is reported by its own rule
    except OSError as error:
        found = f'what the system calls "{error.strerror}"'
        faults.append(Fault(f"{folder.name}/", "", "a folder that can be read", found, "restore it from git"))
        return []
