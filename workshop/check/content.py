"""All rules over all files, and the report of what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from skill.advice.store import CONTENT
from workshop.check.cross_references import id_faults, source_faults
from workshop.check.evidence import SHAPES, evidence_faults
from workshop.check.facts_schema import FACTS, REGIONS
from workshop.check.number_ranges import number_faults
from workshop.check.style_guide import grade_faults, style_faults
from workshop.check.synonyms import heard_faults
from workshop.check.verdicts import verdict_faults
from workshop.check.words_schema import words_schema
from workshop.linting.fault import Fault
from workshop.linting.schema_report import shape_faults
from workshop.linting.yaml_files import EVIDENCE, Content, read_content

_RULES = {
    "ids": id_faults,
    "sources": source_faults,
    "numbers": number_faults,
    "bounds": evidence_faults,
    "heard": heard_faults,
    "style": style_faults,
    "grade": grade_faults,
    "verdict": verdict_faults,
}
"""Each rule by the kind of fault it reports. `reading` and `shape` faults come first."""


def check_content(root: Path = CONTENT, evidence: Path = EVIDENCE) -> list[Fault]:
    """Every fault of the content under `root`, sorted by file and place.

    Needs `jsonschema` and `textstat`, which the running skill does not.

    Raises:
        NotADirectoryError: there is no content at `root`.
        ImportError: one of those packages is not installed.
    """
    return sorted(set(content_steps(root, evidence)))


def content_steps(root: Path = CONTENT, evidence: Path = EVIDENCE) -> Iterator[Fault]:
    """The faults as they are found, with duplicates, so that a rule that raises hides no earlier one."""
    if not root.is_dir():
        raise NotADirectoryError(f"expected a folder of content, found none at {root}")
    content = read_content(root, evidence)
    yield from _of("reading", content.faults)
    yield from _of("shape", _shapes(content))
    # A missing file is treated like an unreadable one: no other rule reports it again.
    content = replace(content, facts={**dict.fromkeys(FACTS), **content.facts})
    for kind, rule in _RULES.items():
        yield from _of(kind, rule(content))


def _of(kind: str, faults: Iterable[Fault]) -> Iterator[Fault]:
    return (replace(fault, kind=kind) for fault in faults)


def report(root: Path = CONTENT) -> tuple[str, int]:
    """The faults as text, one a line, and the exit code: 0 for none, 1 for some, 2 if nothing could be checked."""
    try:
        faults = check_content(root)
    except NotADirectoryError as error:
        return str(error), 2
    except ImportError as error:
        return f"expected the package {error.name}, found none. Hint: pip install jsonschema textstat==0.7.8", 2
    if not faults:
        return "The content has no faults.", 0
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return "\n".join([*map(str, faults), f"{count} in the content."]), 1


def _shapes(content: Content) -> Iterator[Fault]:
    for name in (*FACTS, *content.facts):
        file = f"facts/{name}.yaml"
        if name not in content.facts:
            yield Fault(file, "", "a file of facts", "no such file", "restore it from git")
        elif name not in FACTS:
            yield Fault(file, "", "one of the known facts files", "another", "move its entries into one of them")
        elif content.facts[name] is not None:
            yield from shape_faults(file, content.facts[name], FACTS[name])
    for language, files in content.words.items():
        for name, tree in files.items():
            schema = words_schema(name, content.fact(name))
            if tree is not None and schema is not None:
                yield from shape_faults(f"{language}/{name}.yaml", tree, schema)
    for name, schema in SHAPES.items():
        if name not in content.evidence:
            yield Fault(f"evidence/{name}.yaml", "", "a file of evidence", "no such file", "restore it from git")
        elif content.evidence[name] is not None:
            yield from shape_faults(f"evidence/{name}.yaml", content.evidence[name], schema)
    if content.regions is not None:
        yield from shape_faults("regions.yaml", content.regions, REGIONS)
