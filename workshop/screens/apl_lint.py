"""Amazon's linter for APL documents."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent


def missing() -> str:
    """What is not installed and how to get it; empty if nothing is missing."""
    if shutil.which("node") is None:
        return "expected Node.js, found none. Hint: apt install nodejs npm"
    if not (_HERE / "node_modules" / "apl-suggester").is_dir():
        return "expected apl-suggester, found none. Hint: npm ci --ignore-scripts --prefix workshop/screens"
    return ""


def findings(documents: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The linter's findings for each document; empty if there are none."""
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    command = [shutil.which("node") or "node", str(_HERE / "lint.cjs")]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=_HERE)
    return [json.loads(line) for line in done.stdout.splitlines()]
