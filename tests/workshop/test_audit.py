"""The audit finds a hole where there is one, and none where it has been mended."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("requirements_audit", ROOT / "requirements" / "audit.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def database(tmp_path: Path) -> Path:
    folder = tmp_path / "vulns" / "leaky-pipe"
    folder.mkdir(parents=True)
    events = [{"introduced": "1.2"}, {"fixed": "1.4.1"}, {"introduced": "2.0"}, {"last_affected": "2.0.3"}]
    package = {"name": "Leaky_Pipe", "ecosystem": "PyPI"}
    affected = {"package": package, "ranges": [{"type": "ECOSYSTEM", "events": events}], "versions": ["0.9"]}
    (folder / "one.yaml").write_text(yaml.safe_dump({"id": "X-1", "affected": [affected]}))
    (folder / "two.yaml").write_text(yaml.safe_dump({"id": "X-2", "withdrawn": "2020", "affected": [affected]}))
    return tmp_path


@pytest.mark.parametrize(
    ("version", "is_known"),
    [
        ("0.9", True), ("1.1", False), ("1.2", True), ("1.4", True), ("1.4.1", False), ("1.10", False), ("2.0", True),
        ("2.0.3", True), ("2.0.4", False),
    ],
)  # fmt: skip
def test_a_version_is_known_or_not(audit: ModuleType, database: Path, version: str, is_known: bool) -> None:
    found = [str(hole) for hole in audit.holes(database, {("leaky-pipe", version)})]
    assert found == ([f"leaky-pipe {version}: X-1"] if is_known else [])


def test_all_pins_are_looked_at(audit: ModuleType) -> None:
    names = {name for name, _ in audit.pinned()}
    assert {"flask", "cryptography", "ask-sdk-core", "waitress", "pytest", "boto3"} <= names


def test_what_is_no_database_is_said(audit: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="git clone"):
        list(audit.holes(tmp_path, {("flask", "3.0")}))
