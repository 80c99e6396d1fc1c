"""A neural voice of Piper (GPL-3), from a model that you give. It runs as a program of its own, behind a pipe."""

from __future__ import annotations

import contextlib
import json
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import IO, cast

from speaker.bedside.protocols import EngineMissing
from speaker.bedside.sound import Samples, from_pcm

_WORKER = Path(__file__).with_name("piper_worker.py")


class PiperVoice:
    """Keeps the program running, for loading its model takes longer than speaking."""

    def __init__(self, model: Path, pace: float = 1.1) -> None:
        """Starts the program.

        Args:
            model: an `.onnx` file with its `.onnx.json` beside it.
            pace: how much slower than the voice's own, 1 = as it is.

        Raises:
            EngineMissing: Piper is not installed, or does not take the model.
        """
        if not Path(f"{model}.json").is_file():
            raise EngineMissing(f"{model}.json: expected the voice's description beside it, found none")
        self._model, self._pace = model, pace
        self._start()

    def render(self, text: str, style: str = "") -> Samples:
        """The sentence. Raises EngineMissing where the program has ended."""
        line = json.dumps({"text": text, "pace": self._pace * (1.1 if style == "whispered" else 1.0)})
        try:
            self._in.write(line.encode() + b"\n")
            self._in.flush()
            rate, size = struct.unpack("<II", _exactly(self._out, 8))
            return from_pcm(_exactly(self._out, size), rate)
        except OSError as error:
            raise EngineMissing(f"{self._model}: expected Piper to speak, found it gone") from error

    def _start(self) -> None:
        self._program = subprocess.Popen(  # noqa: S603 - our own worker and the path that was given
            [_interpreter(), str(_WORKER), str(self._model)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._in = cast("IO[bytes]", self._program.stdin)
        self._out = cast("IO[bytes]", self._program.stdout)
        try:
            _exactly(self._out, 1)
        except OSError as error:
            complaint = cast("IO[bytes]", self._program.stderr)
            said = (complaint.read().decode(errors="replace").strip().splitlines() or ["nothing"])[-1]
            hint = " Hint: pip install piper-tts" if "No module named 'piper'" in said else ""
            raise EngineMissing(f"{self._model}: expected Piper and a voice it takes, found {said}.{hint}") from error

    def close(self) -> None:
        """Ends the program."""
        with contextlib.suppress(OSError):
            self._in.close()
        self._program.wait(timeout=5)


def _interpreter() -> str:
    """The Python that Piper is installed in: that of the program `piper`, else ours."""
    program = shutil.which("piper")
    first = Path(program).read_bytes()[:200].splitlines()[0] if program else b""
    named = first.removeprefix(b"#!").decode(errors="replace").strip()
    return named if first.startswith(b"#!") and Path(named).is_file() else sys.executable


def _exactly(source: IO[bytes], count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = source.read(count - len(data))
        if not part:
            raise BrokenPipeError("the program has ended")
        data += part
    return data
