"""Reports generated documents that are out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from skill.advice import Advice
from skill.advice.store import YamlStore
from workshop.linting.fault import Fault, shown
from workshop.linting.places import ROOT

Documents = Mapping[str, tuple[Callable[[Advice], str], str]]
"""By path from the project root: the function that generates a document, and the command to run."""


def stale_faults(documents: Documents, content: Path, root: Path = ROOT) -> Iterator[Fault]:
    """The `documents` that differ from what the content under `root` generates.

    Raises:
        KeyError, TypeError, ValueError, AttributeError, OSError, YAMLError: a document cannot be generated.
    """
    advice = Advice(YamlStore(content), "en-US")
    for file, (write, command) in documents.items():
        hint = f"run `{command}` and commit what it writes"
        try:
            old = (root / file).read_text(encoding="utf-8").splitlines()
        except OSError as error:
            yield Fault(file, "", "a document that can be read", str(error.strerror), hint, "stale")
            continue
        for number, (is_, ought) in enumerate(zip_longest(old, write(advice).splitlines()), 1):
            if is_ != ought:
                expected = f"what the content says now, {shown(ought)}"
                yield Fault(file, f"line {number}", expected, shown(is_), hint, "stale")
                break
