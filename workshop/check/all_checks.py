"""`cramp-coach check`: everything that people edit by hand, every fault at once."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from skill.advice.store import CONTENT
from speaker.nlu.interaction_model import MODELS
from workshop.check import Fault, content_steps
from workshop.check.confirmed_numbers import unconfirmed
from workshop.check.named_prompts import prompt_faults
from workshop.check.stale_documents import Documents, stale_faults
from workshop.linting.long_lines import long_line_faults
from workshop.linting.places import ROOT, located
from workshop.linting.yaml_files import EVIDENCE
from workshop.models.lint import lint_steps
from workshop.models.manifest import check_manifest
from workshop.review import LOCK, review_faults

Steps = Callable[[], Iterator[Fault]]
_OF_CONTENT = ("content", "lines", "prompts", "review")
"""Parts whose faults name files under the content folder."""


def report(
    release: bool = False,
    root: Path = CONTENT,
    models: Path = MODELS,
    lock: Path = LOCK,
    documents: Documents | None = None,
) -> tuple[str, int]:
    """What is wrong, as text, and how many faults there are. `release` also insists on what only a release needs;
    `documents` are those that must be what the content makes of them.

    Every fault has its path from the project's root and its line, and is told once. A part that cannot be checked
    because another is broken says so; where nothing else is broken, that counts as a fault. Whatever happens, what was
    found before it is told.
    """
    content_first, models_first = (root, EVIDENCE.parent, ROOT), (models.parent, ROOT)
    parts: dict[str, Steps] = {
        "content": lambda: content_steps(root),
        "sentences and models": lambda: lint_steps(models, root),
        "lines": lambda: long_line_faults(root),
        "prompts": lambda: prompt_faults(root),
        "review": lambda: review_faults(root, lock),
        "documents": lambda: stale_faults(documents or {}, root),
        "manifest": lambda: iter(check_manifest(release, models)),
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
            lines.append(f"{name}: not all of it could be checked. Hint: mend the faults above and run this again")
            continue
        hint = "if no file was changed, this check is at fault"
        lines.append(f"{name}: expected to check all of it, found {_why(stopped)}. Hint: {hint}")
        count += 1
    lines += [f"not a fault: nobody has confirmed {number}" for number in unconfirmed(root)]
    return "\n".join(lines), count


def _gathered(steps: Steps) -> tuple[list[Fault], Exception | None]:
    """The faults in order, each once, and what stopped the search for more."""
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
    """An error in one line, with the place in the code that somebody would look at."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {said} ({Path(last.filename).name}, line {last.lineno})"


def _count(faults: int) -> str:
    return "no faults" if not faults else f"{faults} fault{'s' if faults > 1 else ''}"
