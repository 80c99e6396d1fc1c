"""`cramp-coach check`: checks every hand-edited file and reports every fault at once."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from skill.advice.store import CONTENT
from speaker.nlu.interaction_model import MODELS
from workshop.check import Fault, content_steps
from workshop.check.confirmed_numbers import unconfirmed
from workshop.check.named_prompts import prompt_faults
from workshop.check.project_metadata import metadata_faults
from workshop.check.stale_documents import Documents, stale_faults
from workshop.linting.places import ROOT, located
from workshop.linting.yaml_files import EVIDENCE
from workshop.linting.yaml_lint import lint_faults
from workshop.models.lint import lint_steps
from workshop.models.manifest import check_manifest
from workshop.review import LOCK, review_faults

Steps = Callable[[], Iterator[Fault]]
_OF_CONTENT = ("content", "yaml", "prompts", "review")
"""Parts whose faults may name files under the content folder."""


def report(
    release: bool = False,
    root: Path = CONTENT,
    models: Path = MODELS,
    lock: Path = LOCK,
    documents: Documents | None = None,
) -> tuple[str, int]:
    """The report as text, and the number of faults.

    Every fault is reported once, with its path from the project root and its line. A part that cannot be checked
    because another one is broken says so; if nothing else is broken, that counts as a fault. If a check raises, the
    faults found before it are still reported.

    Args:
        release: also check what only a release needs.
        documents: the generated documents that must be up to date.
    """
    content_first, models_first = (root, EVIDENCE.parent, models.parent, ROOT), (models.parent, ROOT)
    parts: dict[str, Steps] = {
        "content": lambda: content_steps(root),
        "sentences and models": lambda: lint_steps(models, root),
        "yaml": lambda: _yaml(root, models),
        "prompts": lambda: prompt_faults(root),
        "review": lambda: review_faults(root, lock),
        "documents": lambda: stale_faults(documents or {}, root),
        "manifest": lambda: iter(check_manifest(release, models)),
        "project": lambda: metadata_faults(release),
    }
    lines: list[str] = []
    count = 0
    for name, steps in parts.items():
        faults, stopped = _gathered(steps)
        count += len(faults)
        lines += [located(fault, content_first if name in _OF_CONTENT else models_first) for fault in faults]
        if stopped is None:
            lines.append(f"{name}: {_count(len(faults))}")
            continue
        if count:
            lines.append(f"{name}: not all of it could be checked. Hint: fix the faults above and run this again")
            continue
        hint = "if no file was changed, this is a bug in the check"
        lines.append(f"{name}: expected to check all of it, found {_why(stopped)}. Hint: {hint}")
        count += 1
    lines += [f"not a fault: nobody has confirmed {number}" for number in unconfirmed(root)]
    return "\n".join(lines), count


def _yaml(root: Path, models: Path) -> Iterator[Fault]:
    yield from lint_faults(root)
    yield from lint_faults(EVIDENCE, EVIDENCE.name)
    yield from lint_faults(models, models.name)


def _gathered(steps: Steps) -> tuple[list[Fault], Exception | None]:
    """The faults, sorted and without duplicates, and the error that ended the search, if any."""
    found: set[Fault] = set()
    try:
        for fault in steps():
            found.add(fault)
    except ImportError:
        raise  # the command line says which package to install
    except Exception as error:
        return sorted(found), error
    return sorted(found), None


def _why(error: Exception) -> str:
    """The error in one line, with the line of code that raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {said} ({Path(last.filename).name}, line {last.lineno})"


def _count(faults: int) -> str:
    return "no faults" if not faults else f"{faults} fault{'s' if faults > 1 else ''}"
