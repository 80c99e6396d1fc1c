"""Moonshine, tiny-en: the default recogniser. The package of its makers carries the model (MIT licence)."""

from __future__ import annotations

import os
from pathlib import Path

from speaker.bedside.protocols import UNTOLD, EngineMissing, Transcript
from speaker.bedside.sound import FULL_SCALE, RATE, Samples


class Moonshine:
    """A small transformer for short English utterances; about a third of a second for a sentence."""

    def __init__(self, folder: Path) -> None:
        """Loads the model.

        Args:
            folder: encoder_model.ort, decoder_model_merged.ort and tokenizer.bin.

        Raises:
            EngineMissing: the package is not installed, or does not take the model.
        """
        try:
            from moonshine_voice import ModelArch, Transcriber
            from moonshine_voice.errors import MoonshineError
        except ImportError as error:
            raise EngineMissing(
                f"recogniser: expected the package moonshine-voice, found {error}. Hint: make listen (pip: '.[listen]')"
            ) from error
        # Ours finds where speech begins and ends; a second opinion would cut the first word.
        options = {"vad_threshold": "0", "identify_speakers": "false", "return_audio_data": "false"}
        kind = ModelArch.BASE if (folder / "encoder_model.ort").stat().st_size > 16_000_000 else ModelArch.TINY
        try:
            self._model = Transcriber(str(folder), kind, options=options)
        except MoonshineError as error:
            raise EngineMissing(f"{folder}: expected a Moonshine model, found {error}") from error

    def transcribe(self, samples: Samples) -> Transcript:
        """The words of one utterance."""
        lines = self._model.transcribe_without_streaming((samples / FULL_SCALE).tolist(), RATE).lines
        return Transcript(" ".join(line.text for line in lines).strip(), UNTOLD)


def packaged() -> Path:
    """Where the package keeps its model. Raises EngineMissing where it is not installed."""
    from importlib.util import find_spec

    found = find_spec("moonshine_voice")
    if found is None or not found.submodule_search_locations:
        raise EngineMissing(
            "recogniser: expected the package moonshine-voice, found none. Hint: make listen (pip: '.[listen]')"
        )
    return Path(os.fspath(next(iter(found.submodule_search_locations)))) / "assets" / "tiny-en"
