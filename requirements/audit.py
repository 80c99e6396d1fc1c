"""What is pinned, held against published advisories: `make audit ARGS=path/to/advisory-database`.

The Python pins are read against a clone of PyPA's advisory database, which needs no network once it is there. npm asks
its own registry about the lock files; where that cannot be reached it is said.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

HERE = Path(__file__).resolve().parent
PINS = (HERE / "dev.txt", HERE / "web.txt", HERE / "run.txt", HERE.parent / "lambda" / "requirements.txt")
LOCKS = tuple(
    HERE.parent / name for name in ("workshop/screens", "workshop/peers", "workshop/prose", "tests/endpoint/browser")
)
HINT = "Hint: git clone --depth 1 https://github.com/pypa/advisory-database, and make audit ARGS=advisory-database"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True)
class Hole:
    """An advisory that a pinned version falls under."""

    package: str
    version: str
    id: str

    def __str__(self) -> str:
        return f"{self.package} {self.version}: {self.id}"


def pinned(files: tuple[Path, ...] = PINS) -> set[tuple[str, str]]:
    """All names and versions that are pinned."""
    return {
        (canonicalize_name(name), version)
        for file in files
        for name, version in _PIN.findall(file.read_text(encoding="utf-8"))
    }


def holes(database: Path, pins: set[tuple[str, str]]) -> Iterator[Hole]:
    """The advisories of a database that name a pinned version.

    Raises:
        FileNotFoundError: it is no such database.
    """
    if not (database / "vulns").is_dir():
        raise FileNotFoundError(f"expected a folder with vulns/ in it at {database}, found none. {HINT}")
    for name, version in sorted(pins):
        for file in sorted((database / "vulns" / name).glob("*.yaml")):
            advisory = yaml.safe_load(file.read_text(encoding="utf-8"))
            if "withdrawn" not in advisory and any(_names(own, name, version) for own in advisory["affected"]):
                yield Hole(name, version, advisory["id"])


def _names(affected: dict[str, Any], name: str, version: str) -> bool:
    """Whether this part of an advisory is about this version."""
    if canonicalize_name(affected["package"]["name"]) != name:
        return False
    if version in map(str, affected.get("versions") or ()):
        return True
    return any(
        _within(own["events"], Version(version)) for own in affected.get("ranges") or () if own["type"] == "ECOSYSTEM"
    )


def _within(events: list[dict[str, str]], version: Version) -> bool:
    """Whether a version lies in a range of the OSV format: events in order, each switching it on or off."""
    inside = False
    for event in events:
        for kind, text in event.items():
            try:
                at = Version("0" if text == "0" else str(text))
            except InvalidVersion:
                return True  # cannot be ruled out
            if kind == "introduced" and version >= at:
                inside = True
            if (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
                inside = False
    return inside


def npm(folder: Path) -> str:
    """What npm says of a lock file, in one line."""
    command = ["npm", "audit", "--package-lock-only", "--json"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603
        found = json.loads(done.stdout)["metadata"]["vulnerabilities"]
    except (OSError, ValueError, KeyError, subprocess.TimeoutExpired):
        return "not checked: the registry answers no audit from here"
    return "no known hole" if not found["total"] else f"{found['total']} known holes. Hint: npm audit in {folder}"


def say(line: str) -> None:
    """Prints a line."""
    sys.stdout.write(line + "\n")


def main(arguments: list[str]) -> int:
    """Prints what it finds; 1 where anything is known."""
    pins = pinned()
    if not arguments:
        say(f"Python: {len(pins)} pins not checked. {HINT}")
        found = []
    else:
        try:
            found = list(holes(Path(arguments[0]), pins))
        except FileNotFoundError as error:
            sys.stderr.write(f"{error}\n")
            return 2
        for hole in found:
            say(f"Python: {hole}")
        say(f"Python: {len(pins)} pins, {len(found)} known holes")
    said = [(folder, npm(folder)) for folder in LOCKS]
    for folder, line in said:
        say(f"npm, {folder.relative_to(HERE.parent)}: {line}")
    return 1 if found or any("known holes" in line for _, line in said) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
