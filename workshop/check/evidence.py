"""Checks the numbers of the facts against the range that the references allow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from skill.advice.advice import CLAIM_FILES
from workshop.check.derived_schema import SOURCES
from workshop.check.schema_dsl import NUMBER, block, by_id
from workshop.linting.fault import Fault, place
from workshop.linting.schema_report import Schema
from workshop.linting.yaml_files import Content, blocks

SHAPES: dict[str, Schema] = {
    "bounds": by_id(by_id(block({"from": NUMBER, "to": NUMBER, "sources": SOURCES}), "bounds by number")),
}
"""By file name under evidence/."""


def evidence_faults(content: Content) -> Iterator[Fault]:
    """Numbers outside the range the references allow. A number without bounds may only be changed through a review."""
    for name in ("routines", "timing", *CLAIM_FILES):
        bounds = {
            tuple(str(path).split(".")): blocks(own) for path, own in blocks(content.proof("bounds").get(name)).items()
        }
        for path, value in leaves(content.fact(name)) if bounds else ():
            own = next((own for pattern, own in bounds.items() if meets(pattern, path)), {})
            least, most = own.get("from"), own.get("to")
            if isinstance(least, int | float) and isinstance(most, int | float) and not least <= value <= most:
                home = "evidence/bounds.yaml"
                hint = f"to go beyond, change {home} as well, with the source that says so, in the same commit"
                expected = f"{least} to {most}, by {home}"
                yield Fault(f"facts/{name}.yaml", place(*path), expected, f"`{value}`", hint)


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int | float]]:
    """Every number in a tree, with its path."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield path, value
    for key, inner in blocks(value).items():
        yield from leaves(inner, (*path, str(key)))


def meets(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether a path matches a pattern in which `*` stands for any one part."""
    return len(pattern) == len(path) and all(own in ("*", part) for own, part in zip(pattern, path, strict=True))
