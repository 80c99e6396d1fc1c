"""A recogniser in a process of its own: one that keeps Python to itself while it thinks would stop the sound."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

import numpy as np

from speaker.bedside.protocols import EngineMissing, Recognizer, Transcript
from speaker.bedside.sound import Samples


class Apart:
    """Has the work done elsewhere; waiting for it leaves this process free."""

    def __init__(self, make: Callable[[], Recognizer]) -> None:
        """Starts the process and waits until it is ready.

        Args:
            make: makes the recogniser over there; it has to be picklable.

        Raises:
            EngineMissing: the recogniser cannot be had, or the process has ended.
        """
        context = get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, make), daemon=True)
        self._process.start()
        there.close()
        failed = self._told()
        if failed:
            raise EngineMissing(str(failed))

    def transcribe(self, samples: Samples) -> Transcript:
        """The words of one utterance. Raises EngineMissing where the process has ended."""
        try:
            self._here.send_bytes(samples.tobytes())
        except OSError as error:
            raise EngineMissing("recogniser: expected its process to hear, found it gone") from error
        text, confidence = self._told()
        return Transcript(text, confidence)

    def _told(self) -> tuple[str, float]:
        try:
            answer: tuple[str, float] = self._here.recv()
        except (EOFError, OSError) as error:
            raise EngineMissing("recogniser: expected its process to answer, found it gone") from error
        return answer


def _serve(pipe: Connection, make: Callable[[], Recognizer]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that listens
    try:
        recognizer = make()
    except EngineMissing as error:
        pipe.send(str(error))
        return
    pipe.send("")
    with contextlib.suppress(EOFError, OSError):
        while True:
            heard = recognizer.transcribe(np.frombuffer(pipe.recv_bytes(), dtype=np.int16))
            pipe.send((heard.text, heard.confidence))
