"""Vosk, for those who have a model: Kaldi's networks (Apache-2.0), with a grammar of our own samples."""

from __future__ import annotations

import json
from pathlib import Path

from speaker.bedside.language_model import sentences
from speaker.bedside.protocols import EngineMissing, Transcript
from speaker.bedside.sound import RATE, Samples
from speaker.nlu.interaction_model import InteractionModel

_PHRASES = 4000
"""Phrases of the grammar: those that count most. `[unk]` stands for anything else."""


class Vosk:
    """A Vosk model in its folder, such as `vosk-model-small-en-us`."""

    def __init__(self, folder: Path, model: InteractionModel) -> None:
        """Loads it. Raises EngineMissing where the package is missing or does not take the model."""
        try:
            from vosk import KaldiRecognizer, Model, SetLogLevel
        except ImportError as error:
            raise EngineMissing(f"{folder}: expected the package vosk, found none. Hint: pip install vosk") from error
        SetLogLevel(-1)
        try:
            loaded = Model(str(folder))
        except Exception as error:
            raise EngineMissing(f"{folder}: expected a Vosk model, found {error}") from error
        often = sorted(sentences(model), key=lambda own: -own[1])
        grammar = list(dict.fromkeys(text for text, _ in often))[:_PHRASES]
        self._recognizer = KaldiRecognizer(loaded, RATE, json.dumps([*grammar, "[unk]"]))
        self._recognizer.SetWords(True)

    def transcribe(self, samples: Samples) -> Transcript:
        """The words of one utterance; the confidence is the mean of theirs."""
        self._recognizer.Reset()
        self._recognizer.AcceptWaveform(samples.tobytes())
        found = json.loads(self._recognizer.FinalResult())
        sure = [float(word["conf"]) for word in found.get("result", ())]
        text = str(found.get("text", "")).replace("[unk]", "").strip()
        return Transcript(text, sum(sure) / len(sure) if sure else 0.0)
