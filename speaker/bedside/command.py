"""`cramp-coach listen`: a night with this machine's microphone and loudspeaker, or with a recording and a file."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from speaker.bedside.engines.choose import Wishes, engines
from speaker.bedside.exchange import Exchange
from speaker.bedside.light import Light
from speaker.bedside.night import Night
from speaker.bedside.protocols import DeviceLost, Engines
from speaker.bedside.recording import Recording, SpokenFile, Unheard
from speaker.bedside.steady import SteadyLoudspeaker, SteadyMicrophone
from speaker.bedside.volume import BEDROOM, Volume
from speaker.device import Speaker


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for."""

    wishes: Wishes = field(default_factory=Wishes)
    mic: Path | None = None
    """A recording in place of the microphone; time is simulated then."""
    out: Path | None = None
    """A file in place of the loudspeaker."""
    as_json: bool = False
    light: bool = False
    volume: int = BEDROOM
    input: int | str | None = None
    output: int | str | None = None


def listen(options: Options, speaker: Speaker, out: TextIO, told: TextIO) -> None:
    """Lives through one night.

    Args:
        options: what was asked for.
        speaker: the speaker, closed.
        out: where turns go.
        told: where a person is told what happens to devices.

    Raises:
        EngineMissing: something is not installed.
        DeviceLost: there is no microphone or loudspeaker to begin with.
        NotSound: the recording is none.
        OSError: the file cannot be written.
    """
    parts = engines(speaker.model, options.wishes, apart=options.mic is None)
    # Without being asked, a night that is lived leaves no word of it behind: a service's output is kept in a journal.
    teller = _Teller(out, options.as_json, options.as_json or options.mic is not None)
    if options.mic is not None:
        _play_recording(options.mic, options, speaker, parts, teller)
    else:
        _stay_awake(options, speaker, parts, teller, told)


def _play_recording(mic: Path, options: Options, speaker: Speaker, parts: Engines, teller: _Teller) -> None:
    microphone = Recording(mic)
    loudspeaker = SpokenFile(options.out) if options.out else Unheard()
    night = Night(speaker, parts, microphone, loudspeaker, Volume(options.volume), teller.tell)
    microphone.wanted = lambda: night.busy
    night.run()


def _stay_awake(options: Options, speaker: Speaker, parts: Engines, teller: _Teller, told: TextIO) -> None:
    from speaker.bedside.devices import LATENCY_SECONDS, SystemLoudspeaker, SystemMicrophone

    def say(text: str) -> None:
        told.write(f"cramp-coach: {text}\n")
        told.flush()

    def open_microphone() -> SystemMicrophone:
        return SystemMicrophone(options.input)

    def open_loudspeaker() -> SystemLoudspeaker:
        return SystemLoudspeaker(options.output)

    loudspeaker = (
        SpokenFile(options.out) if options.out else SteadyLoudspeaker(open_loudspeaker(), open_loudspeaker, say)
    )
    light = Light(told) if options.light else None
    with ThreadPoolExecutor(1) as recognizing, ThreadPoolExecutor(1) as speaking:
        try:
            microphone = SteadyMicrophone(open_microphone(), open_microphone, say)
            night = Night(speaker, parts, microphone, loudspeaker, Volume(options.volume), teller.tell)
            night.watch = light.show if light else night.watch
            night.recognizing, night.speaking = recognizing, speaking
            night.echo_seconds = 2 * LATENCY_SECONDS
            night.get_ready()
            say(f"listening for “{speaker.model.invocation}”. Nothing leaves this machine. Ctrl-C ends it.")
            night.run()
        except DeviceLost:
            loudspeaker.close()
            raise
        finally:
            if light:
                light.off()


class _Teller:
    """Prints turns: objects, or what was heard and said."""

    def __init__(self, out: TextIO, as_json: bool, tells: bool) -> None:
        self._out, self._as_json, self._tells = out, as_json, tells

    def tell(self, exchange: Exchange) -> None:
        if not self._tells:
            return
        turn = exchange.turn
        if self._as_json:
            self._out.write(json.dumps(as_object(exchange), ensure_ascii=False) + "\n")
        else:
            lines = [
                f"{exchange.at:8.1f}  > {turn.heard or '(silence)'}",
                f"{'':12}{turn.words}",
                f"{'':12}[{turn.note}]",
            ]
            self._out.writelines(f"{line}\n" for line in lines if line.strip(" []"))
        self._out.flush()


def as_object(exchange: Exchange) -> dict[str, object]:
    """A turn as one JSON object. Seconds count from the first sound of the microphone."""
    turn = exchange.turn
    return {
        "at": round(exchange.at, 2),
        "ended": round(exchange.ended, 2),
        "answered": round(exchange.answered, 2),
        "heard": turn.heard,
        "confidence": round(exchange.confidence, 3),
        "intent": turn.understood.intent if turn.understood else None,
        "speaks": turn.words,
        "seconds": round(turn.seconds, 1),
        "waited": round(exchange.waited, 2),
        "light": str(turn.light),
        "note": turn.note,
    }


def devices() -> str:
    """Every microphone and loudspeaker, one a line. Raises EngineMissing without PortAudio."""
    from speaker.bedside.devices import listing

    return listing()
