"""The whole bedside speaker in rooms: its name, false alarms, delay, memory, and its own voice in an echo."""

from __future__ import annotations

import resource
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Process
from os import getloadavg
from typing import Any

import numpy as np

from skill.app import create
from speaker.bedside.engines.choose import Wishes, engines, voice_named
from speaker.bedside.exchange import Exchange
from speaker.bedside.night import Night
from speaker.bedside.protocols import Engines
from speaker.bedside.sound import FRAME_SECONDS, RATE, Samples, at_level, frames_of, louder, quiet, samples_of
from speaker.bedside.utterances import ENDS_SECONDS
from speaker.device import Speaker
from speaker.nlu.interaction_model import InteractionModel
from speaker.nlu.recognizer import FALLBACK
from workshop.bench.listen_corpus import SPEECH_DB, TEXTS, clips, mixed, pink, voices

_SAID = (
    "my foot",
    "is it because of my statins",
    "say that again",
    "my thigh",
    "it won't stop",
    "how long do I hold it",
)
_OVER = (*_SAID, "I have chest pain", "stop now please", "does magnesium help", "my leg is swollen and hot")
_ECHO_DB, _ECHO_FRAMES = -12.0, 4
_HOUR = {"silence": 1200, "hum": 1080, "snore": 1080, "television": 240}
"""Seconds of each in an hour."""


class Bedroom:
    """A microphone that hears a recording, and perhaps the loudspeaker; nobody listens to the latter."""

    def __init__(self, heard: Samples, echo: bool = False) -> None:
        self._frames = frames_of(heard)
        self._echo = echo
        self._played: list[Samples] = []

    def frame(self) -> Samples | None:
        """The next 20 ms of both."""
        at = len(self._played)
        if at >= len(self._frames):
            return None
        if not self._echo or at < _ECHO_FRAMES:
            return self._frames[at]
        return mixed(self._frames[at], louder(self._played[-_ECHO_FRAMES], _ECHO_DB))

    @property
    def loud(self) -> bool:
        """The last frame that was played is sound."""
        return bool(self._played) and bool(self._played[-1].any())

    def play(self, frame: Samples) -> None:
        """Keeps it, for the echo."""
        self._played.append(frame)

    def close(self) -> None:
        """Nothing to give back."""


def measured() -> dict[str, Any]:
    """Everything, by name; see `listen_bench`."""
    model = InteractionModel.load("en-US")
    started = time.perf_counter()
    parts = engines(model, Wishes())
    ready = time.perf_counter() - started
    found: dict[str, Any] = {"ready": ready, "ends": ENDS_SECONDS, "calls": _calls(model, parts)}
    # Before the hour, whose recordings are larger than what hears them.
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    talk = _television(180.0, SPEECH_DB - 6)
    used = time.process_time()
    opened = [turn for turn in _live(model, parts, talk) if turn.turn.heard.startswith("open ")]
    found["television"] = len(opened)
    found["load_talk"] = (time.process_time() - used) / (len(talk) / RATE)
    found["television_minutes"] = len(talk) / RATE / 60
    found["hour"], found["load"] = _hour(model, parts)
    found["delays"] = _delays(model, parts)
    found["busy"] = getloadavg()[0]
    found["over"], found["over_of"] = _over(model), len(_OVER)
    alone = _call(model, quiet(samples_of(150.0)))
    turns = _live(model, engines(model, Wishes(duplex="full")), alone, True)
    found["own"] = len([own for own in turns[1:] if own.turn.heard])
    found["own_minutes"] = len(alone) / RATE / 60
    return found


def _live(model: InteractionModel, parts: Engines, heard: Samples, echo: bool = False) -> list[Exchange]:
    room = Bedroom(heard, echo)
    turns: list[Exchange] = []
    Night(Speaker(create(), model), parts, room, room, report=turns.append).run()
    return turns


def _calls(model: InteractionModel, parts: Engines) -> dict[str, tuple[int, int]]:
    hits: dict[str, list[bool]] = {}
    for clip in clips(TEXTS["calls"], voices(None)):
        air = _air(clip.noise)
        turns = _live(model, parts, np.concatenate([air, clip.samples, air, air]))
        hits.setdefault("quiet" if clip.noise is None else f"{clip.noise:g} dB", []).append(bool(turns))
    return {name: (sum(own), len(own)) for name, own in hits.items()}


def _air(noise: float | None) -> Samples:
    """A second of the room without the words."""
    return pink(samples_of(1.0), -70.0 if noise is None else SPEECH_DB - noise, np.random.default_rng(2))


def _television(seconds: float, decibels: float) -> Samples:
    """The news, by every voice, without an end."""
    said = [voice.render(line) for voice in voices(None).values() for line in TEXTS["television"]]
    parts = [own for line in said for own in (line, quiet(6000))]
    return np.resize(at_level(np.concatenate(parts), decibels), samples_of(seconds))


def _hour(model: InteractionModel, parts: Engines) -> tuple[int, float]:
    """An hour of silence, hum, snoring and a low television: turns taken; what of a processor silence takes."""
    random = np.random.default_rng(5)
    times = np.arange(samples_of(4.0)) / RATE
    tones = [np.sin(2 * np.pi * tone * times) / (at + 1) for at, tone in enumerate((50, 100, 150, 300))]
    rattle = np.where((times < 1.6) & (times > 0), 1.0 + np.sign(np.sin(2 * np.pi * 28 * times)), 0.0)
    snore = pink(len(times), -30.0, random) * rattle * np.sin(np.pi * np.minimum(times / 1.6, 1.0))
    rooms = {
        "silence": pink(samples_of(60.0), -68.0, random),
        "hum": at_level((np.sum(tones, axis=0) * 5000).astype(np.int16), -38.0),
        "snore": at_level(snore.astype(np.int16), -30.0),
        "television": _television(float(_HOUR["television"]), -50.0),
    }
    turns, used = 0, 0.0
    for name, sound in rooms.items():
        begun = time.process_time()
        turns += len(_live(model, parts, np.resize(sound, samples_of(_HOUR[name]))))
        used += time.process_time() - begun if name == "silence" else 0.0
    return turns, used / _HOUR["silence"]


def _call(model: InteractionModel, rest: Samples) -> Samples:
    said = at_level(voice_named("flite:rms").render(model.invocation), SPEECH_DB)
    return np.concatenate([quiet(RATE), said, rest])


def _delays(model: InteractionModel, parts: Engines) -> list[float]:
    """Seconds from the end of speech to sound: the wait that shows it, and what the answer takes by the wall clock."""
    working = [Process(target=_busy, daemon=True) for _ in range(2)]
    for own in working:
        own.start()
    try:
        return [delay for text in _SAID for delay in _answer_times(model, parts, text)]
    finally:
        for own in working:
            own.terminate()


def _answer_times(model: InteractionModel, parts: Engines, text: str) -> list[float]:
    said = at_level(voice_named("flite:rms").render(text), SPEECH_DB)
    heard = _call(model, np.concatenate([quiet(samples_of(15.0)), said, quiet(samples_of(4.0))]))
    room = Bedroom(heard)
    found: list[float] = []
    turns: list[Exchange] = []
    with ThreadPoolExecutor(1) as speaking:
        night = Night(Speaker(create(), model), parts, room, room, report=turns.append, speaking=speaking)
        night.get_ready()
        begun = time.perf_counter()
        while (frame := room.frame()) is not None:
            if len(found) == len(turns):
                begun = time.perf_counter()
            night.step(frame)
            if len(turns) > len(found):
                time.sleep(FRAME_SECONDS)  # from here on time is real: the first sentence is being made
            if len(turns) > len(found) and room.loud:
                found.append(turns[-1].answered - turns[-1].ended + time.perf_counter() - begun)
    return found


def _over(model: InteractionModel) -> int:
    """Utterances in the middle of the coach's first sentences that are understood as if typed."""
    parts = engines(model, Wishes(duplex="full"))
    good = 0
    for text in _OVER:
        said = at_level(voice_named("flite:rms").render(text), SPEECH_DB)
        night = _call(model, np.concatenate([quiet(samples_of(4.0)), said, quiet(samples_of(5.0))]))
        turns = _live(model, parts, mixed(night, pink(len(night), -68.0, np.random.default_rng(6))), True)
        wanted = Speaker(create(), model).hear(text).intent
        heard = [own.turn.understood.intent for own in turns[1:] if own.turn.understood]
        good += wanted in heard and wanted != FALLBACK
    return good


def _busy() -> None:
    while True:
        np.sort(np.random.default_rng(1).random(100_000))
