"""The package as people install it, and a Home Assistant with a bed in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .house import AGENT, SATELLITE, VOICE, House

ROOT = Path(__file__).parents[2]
COMPONENTS = ROOT / "home_assistant" / "custom_components"
SOURCES = ("skill", "speaker", "endpoint", "workshop", "interaction_models", "pyproject.toml", "setup.py",
           "MANIFEST.in", "README.md", "LICENSE")  # fmt: skip
PROGRAMS = {"ffmpeg": "ffmpeg", "ffprobe": "ffmpeg", "espeak-ng": "espeak-ng"}


def pytest_sessionstart() -> None:
    """What is missing is an error, never a skipped test."""
    missing = sorted({package for program, package in PROGRAMS.items() if shutil.which(program) is None})
    if missing:
        pytest.exit(f"expected {', '.join(missing)}, found none. Hint: apt install {' '.join(missing)}", 1)


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installed wheel of this tree, and nothing else of the tree: what the integration may use."""
    clone, out = tmp_path_factory.mktemp("clone"), tmp_path_factory.mktemp("package")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignore = shutil.ignore_patterns("__pycache__", "node_modules")
            shutil.copytree(ROOT / name, clone / name, ignore=ignore)
        else:
            shutil.copy(ROOT / name, clone)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    install = ["install", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(out), str(clone)]
    done = subprocess.run([*pip, *install], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    sys.path[:0] = [str(out), str(COMPONENTS.parent)]
    return out


@pytest.fixture(scope="module")
def bare(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with a satellite, a voice and an ear, and no coach yet."""
    house = House(tmp_path_factory.mktemp("house"), package)
    try:
        house.build()
        yield house
    finally:
        house.close()


@pytest.fixture(scope="module")
def house(bare: House) -> House:
    """A house with the coach set up, in the assistant of the bedside satellite."""
    made = bare.flow("cramp_coach", {"voice": VOICE})
    assert made["type"] == "create_entry", made
    bare.wait(lambda: bare.state("tts.cramp_coach"), 20, "the voice of the coach")
    bare.assistant("Bed", agent=AGENT, voice="tts.cramp_coach")
    bare.wait(lambda: bare.state(SATELLITE) == "idle", 20, "the satellite")
    return bare
