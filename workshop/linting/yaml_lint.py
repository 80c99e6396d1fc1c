"""Runs yamllint with `yamllint.yaml` and reports its problems as faults."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from workshop.linting.fault import Fault

if TYPE_CHECKING:
    from yamllint.config import YamlLintConfig

CONFIG = Path(__file__).with_name("yamllint.yaml")
_HINTS = {
    "indentation": "indent by two spaces a level",
    "key-duplicates": "keep one, or rename one; only the last would count",
    "line-length": "break it after a comma, or run `make fold`",
    "octal-values": "put it in quotation marks",
    "trailing-spaces": "delete the spaces",
    "truthy": "write true or false; put quotation marks around a word such as yes, no, on or off",
}


def lint_faults(folder: Path, name: str = "") -> Iterator[Fault]:
    """Every problem in the YAML files under `folder`, which faults call `name`.

    Unreadable files and syntax errors are skipped: `yaml_reader` reports them.
    """
    # Imported lazily, so that a missing package can be reported by name.
    from yamllint import linter

    for path in sorted(folder.rglob("*.yaml")):
        inside = path.relative_to(folder)
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        for problem in linter.run(text, _config(), Path(folder.name, inside).as_posix()):
            if problem.rule is not None:
                at = f"line {problem.line}, column {problem.column}"
                hint = _HINTS.get(problem.rule, f"see yamllint's rule `{problem.rule}`")
                file = Path(name, inside).as_posix()
                yield Fault(file, at, f"YAML that yamllint passes ({problem.rule})", problem.desc, hint, "yaml")


@cache
def _config() -> YamlLintConfig:
    from yamllint.config import YamlLintConfig

    return YamlLintConfig(CONFIG.read_text(encoding="utf-8"))
