"""A voice that is a program of its own, and that fails or hangs."""

from __future__ import annotations

from pathlib import Path

import pytest

from speaker.bedside.engines import program_voice
from speaker.bedside.protocols import EngineMissing


@pytest.mark.parametrize(
    ("does", "found"),
    [("echo out of memory >&2; exit 3", "found it failing: out of memory"), ("exec sleep 600", "found it silent for")],
)
def test_a_program_that_does_not_speak_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, found: str
) -> None:
    program = tmp_path / "flite"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    if "sleep" in does:
        monkeypatch.setattr(program_voice, "_SECONDS", 0.5)
    with pytest.raises(EngineMissing, match=f"expected flite to speak, {found}"):
        program_voice.FliteVoice().render("Straighten your leg.")
