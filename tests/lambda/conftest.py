"""One bundle for all of these tests, built without a network: its packages are those that are installed here."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from types import ModuleType

import ask_sdk_core
import pytest

from workshop.bundle import ask_project, lambda_zip

PACKAGES = ("ask_sdk_core", "ask_sdk_model", "ask_sdk_runtime", "six.py")


@pytest.fixture(scope="session")
def making() -> ModuleType:
    return lambda_zip


@pytest.fixture(scope="session")
def project() -> ModuleType:
    return ask_project


@pytest.fixture(scope="session")
def build(making: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole `build/`."""
    patch = pytest.MonkeyPatch()
    patch.setattr(making, "install", install_from_here)
    out = tmp_path_factory.mktemp("build")
    making.bundle(making.Interpreter.find(sys.executable), out)
    patch.undo()
    return out


def install_from_here(code: Path) -> None:
    """What pip would install, from where pip has installed it for the tests."""
    for name in PACKAGES:
        source = Path(ask_sdk_core.__file__).parent.parent / name
        if source.is_dir():
            shutil.copytree(source, code / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, code / name)
