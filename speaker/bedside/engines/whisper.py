"""Whisper, for those who have a model: OpenAI's network, run by faster-whisper (both MIT)."""

from __future__ import annotations

import math
from pathlib import Path

from speaker.bedside.language_model import prompt
from speaker.bedside.protocols import EngineMissing, Transcript
from speaker.bedside.sound import FULL_SCALE, Samples
from speaker.nlu.interaction_model import InteractionModel

_SPEECH = 0.6
"""Likelihood of no speech at all from which the words are Whisper's own invention."""


class Whisper:
    """A Whisper model converted for CTranslate2, in a folder with `model.bin`."""

    def __init__(self, folder: Path, model: InteractionModel, threads: int = 1) -> None:
        """Loads it. Raises EngineMissing where the package is missing or does not take the model."""
        try:
            from faster_whisper import WhisperModel
        except ImportError as error:
            raise EngineMissing(
                f"{folder}: expected the package faster-whisper, found none. Hint: pip install faster-whisper"
            ) from error
        try:
            self._model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise EngineMissing(f"{folder}: expected a Whisper model for CTranslate2, found {error}") from error
        self._prompt = prompt(model)
        self._language = model.locale.partition("-")[0]

    def transcribe(self, samples: Samples) -> Transcript:
        """The words of one utterance; the confidence is the mean likelihood of its pieces."""
        found, _ = self._model.transcribe(
            samples.astype("float32") / FULL_SCALE,
            language=self._language,
            beam_size=1,
            initial_prompt=self._prompt,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        pieces = [piece for piece in found if piece.no_speech_prob < _SPEECH]
        text = " ".join(piece.text.strip() for piece in pieces)
        sure = math.exp(sum(piece.avg_logprob for piece in pieces) / len(pieces)) if pieces else 0.0
        return Transcript(text, min(1.0, sure))
