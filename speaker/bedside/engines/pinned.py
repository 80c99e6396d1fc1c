"""Models that come inside packages, each file held to the hash it had when it was measured."""

from __future__ import annotations

import hashlib
from pathlib import Path

import yaml

from speaker.bedside.protocols import EngineMissing

PINS: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("models.yaml").read_text(encoding="utf-8"))
"""A package and its version, to the files of its model and their SHA-256."""


def check(package: str, folder: Path) -> Path:
    """The folder, once every pinned file in it has been compared.

    Args:
        package: its name, as in `models.yaml`.
        folder: where the package keeps its model.

    Raises:
        EngineMissing: a file is missing or is not the one that was pinned; says which, and what to install.
    """
    pin = next(own for own in PINS if own.partition(" ")[0] == package)
    hint = f"Hint: pip install --force-reinstall {pin.replace(' ', '==')}"
    for name, wanted in PINS[pin].items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise EngineMissing(f"{folder / name}: expected a model file of {pin}, found none. {hint}") from error
        if found != wanted:
            raise EngineMissing(f"{folder / name}: expected SHA-256 {wanted[:12]}…, found {found[:12]}…. {hint}")
    return folder
