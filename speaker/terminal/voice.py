"""Speech synthesis with espeak-ng, if it is installed."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

from skill.speech import Speech

# Words per minute as espeak-ng counts them, with shorter words; this is a calm bedside pace.
_PACE = {"": "150", "soft": "140", "whispered": "140", "loud": "145", "x-loud": "160"}
_LOUDNESS = {"soft": "60", "whispered": "35", "loud": "130", "x-loud": "180"}


class NoVoice(RuntimeError):
    """No speech synthesiser is installed."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice for one locale."""

    program: str
    name: str

    @classmethod
    def find(cls, locale: str) -> Voice:
        """Finds the voice for a locale.

        Raises:
            NoVoice: espeak-ng is not installed; the message says how to install it.
        """
        program = shutil.which("espeak-ng")
        if program is None:
            raise NoVoice("--voice: expected the program espeak-ng, found none. Hint: apt install espeak-ng")
        return cls(program, {"en-GB": "en-gb", "en-US": "en-us"}.get(locale, "en"))

    def start(self, speech: Speech) -> subprocess.Popen[bytes]:
        """Starts speaking; the caller waits for the process or kills it."""
        variant = f"{self.name}+whisper" if speech.style == "whispered" else self.name
        command = [self.program, "-v", variant, "-s", _PACE.get(speech.style, "150")]
        command += ["-a", _LOUDNESS.get(speech.style, "100"), "--", speech.aloud or speech.text]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
