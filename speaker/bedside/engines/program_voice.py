"""Voices that are programs of their own: flite and espeak-ng. Each is asked for sound and kept apart from us."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from speaker.bedside.protocols import EngineMissing
from speaker.bedside.sound import NotSound, Samples, from_wav

_SECONDS = 30.0
"""A sentence that takes longer than this to make is a program that hangs."""


def _run(command: list[str], text: str, out: int | None = None) -> bytes:
    """What the program prints; `out` is a file descriptor that it inherits.

    Raises:
        EngineMissing: it failed, or hangs; the message has its last line.
    """
    program = Path(command[0]).name
    try:
        done = subprocess.run(  # noqa: S603 - our own program and arguments; the text goes in by standard input
            command,
            input=text.encode(),
            capture_output=True,
            pass_fds=() if out is None else (out,),
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EngineMissing(f"voice: expected {program} to speak, found it silent for {_SECONDS:g} s") from None
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["nothing said"])[-1]
        raise EngineMissing(f"voice: expected {program} to speak, found it failing: {last[:200]}")
    return done.stdout


class FliteVoice:
    """Flite of Carnegie Mellon University (free, like BSD): small, clear, everywhere in Debian."""

    def __init__(self, name: str = "slt", pace: float = 1.05) -> None:
        """Finds the program.

        Args:
            name: one of `flite -lv`.
            pace: how much slower than the voice's own, 1 = as it is.

        Raises:
            EngineMissing: it is not installed.
        """
        program = shutil.which("flite")
        if program is None:
            raise EngineMissing("voice: expected the program flite, found none. Hint: apt install flite")
        self._command = [program, "-voice", name, "--setf", f"duration_stretch={pace}"]

    def render(self, text: str, style: str = "") -> Samples:
        """The sentence. Flite writes to a file only: one in memory, where there is such a thing."""
        if not hasattr(os, "memfd_create"):
            raise EngineMissing("voice: flite needs Linux here. Hint: install espeak-ng, or --model VOICE.onnx")
        file = os.memfd_create("sentence")
        try:
            _run([*self._command, "-f", "/dev/stdin", "-o", f"/proc/self/fd/{file}"], text, file)
            os.lseek(file, 0, os.SEEK_SET)
            with os.fdopen(file, "rb", closefd=False) as sound:
                return _sound(sound.read(), "flite")
        finally:
            os.close(file)


class EspeakVoice:
    """espeak-ng (GPL-3, hence a program of its own): sounds like a machine, speaks everything."""

    def __init__(self, name: str = "en-us", pace: int = 150) -> None:
        """Finds the program. Raises EngineMissing where it is not installed."""
        program = shutil.which("espeak-ng")
        if program is None:
            raise EngineMissing("voice: expected the program espeak-ng, found none. Hint: apt install espeak-ng")
        self._program, self._name, self._pace = program, name, pace

    def render(self, text: str, style: str = "") -> Samples:
        """The sentence."""
        variant = f"{self._name}+whisper" if style == "whispered" else self._name
        command = [self._program, "--stdout", "--stdin", "-v", variant, "-s", str(self._pace)]
        return _sound(_run(command, text), "espeak-ng")


def _sound(data: bytes, name: str) -> Samples:
    # A program that prints cannot know the length beforehand, and writes a guess into the header.
    if data[:4] == b"RIFF" and (at := data.find(b"data")) > 0:
        size = len(data) - at - 8
        sizes = (size + at).to_bytes(4, "little"), size.to_bytes(4, "little")
        data = data[:4] + sizes[0] + data[8 : at + 4] + sizes[1] + data[at + 8 :]
    samples = from_wav(data, name)
    if not len(samples):
        raise NotSound(f"{name}: expected sound, found none")
    return samples
