"""`cramp-coach check`: everything that people edit by hand, every fault at once."""

from __future__ import annotations

from collections.abc import Callable

from skill.advice.check import Fault, check_content
from skill.interaction.lint import lint_all
from skill.interaction.manifest import check_manifest

PARTS: dict[str, Callable[[bool], list[Fault]]] = {
    "content": lambda release: check_content(),
    "sentences and models": lambda release: lint_all(),
    "manifest": lambda release: check_manifest(release=release),
}


def report(release: bool = False) -> tuple[str, int]:
    """What is wrong, as text, and how many faults there are. `release` also insists on what only a release needs.

    A part that cannot be read at all because another is broken says so, and counts as a fault: it was not checked.
    """
    lines: list[str] = []
    count = 0
    for name, faults_of in PARTS.items():
        try:
            faults = faults_of(release)
        except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
            if not count:
                raise  # nothing told so far explains it: this is our fault, not the editor's
            lines.append(
                f"{name}: not checked ({type(error).__name__}). Hint: mend the faults above and run this again"
            )
            count += 1
            continue
        count += len(faults)
        lines += [str(fault) for fault in faults]
        lines.append(f"{name}: {_count(len(faults))}")
    return "\n".join(lines), count


def _count(faults: int) -> str:
    return "no faults" if not faults else f"{faults} fault{'s' if faults > 1 else ''}"
