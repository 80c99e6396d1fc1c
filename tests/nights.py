"""Plays a night written in YAML through the stand-in speaker, and holds what a person would hear against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from skill.app import create
from skill.memory.choose import choose
from skill.speaker import InteractionModel, Speaker, Turn
from skill.speaker.envelope import Device
from skill.speech import Event, Silence

NIGHTS = Path(__file__).parent / "conversations"
START = 1_800_000_000.0
TURN_KEYS = {
    "say",  # what the person says
    "silent",  # or: nothing
    "drop",  # or: the session breaks off
    "touch",  # or: a touch on the screen, its arguments
    "after",  # interrupts so many seconds into what is playing
    "wait",  # seconds that go by first
    "intent",
    "slots",
    "begins",  # the first words heard
    "hear",  # pieces of what is heard, case aside
    "not_hear",
    "reprompt",  # pieces of what silence would play
    "hold",  # seconds from the first to the last pause, cues included
    "silence",  # seconds of pure silence
    "voice",  # volume or effect of the first sentence
    "session",  # open, closed
    "ended",  # reason of a session that ended
    "rows",  # rows of docs/advice.md that this turn asserts
}
NIGHT_KEYS = {"title", "locale", "screen", "memory", "turns"}


@lru_cache
def model(locale: str) -> InteractionModel:
    """The model of a locale, read once."""
    return InteractionModel.load(locale)


@dataclass
class Night:
    """One file."""

    path: Path
    title: str
    turns: list[dict[str, Any]]
    locale: str = "en-US"
    screen: bool = False
    memory: bool = True
    faults: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Night:
        """The night of a file. Raises ValueError for a key that nobody would look at."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        strange = set(raw) - NIGHT_KEYS | {key for turn in raw["turns"] for key in set(turn) - TURN_KEYS}
        if strange:
            raise ValueError(f"{path.name}: expected keys {sorted(NIGHT_KEYS | TURN_KEYS)}, found {sorted(strange)}")
        return cls(path, **raw)

    def play(self, store: Path) -> list[str]:
        """Everything that was not as written; empty for a good night."""
        memory = choose(f"sqlite:{store}" if self.memory else "none")
        device = Device(locale=self.locale, screen=self.screen)
        speaker = Speaker(create(memory=memory), model(self.locale), device, now=START)
        for number, expected in enumerate(self.turns, start=1):
            turn = _do(speaker, expected)
            said = expected.get("say") or ("(silence)" if expected.get("silent") else "(no words)")
            found = list(_differences(expected, turn))
            self.faults += [f"{self.path.name} turn {number} “{said}”: {fault}" for fault in found]
        return self.faults


def _do(speaker: Speaker, expected: dict[str, Any]) -> Turn:
    speaker.pass_time(float(expected.get("wait", 0)))
    if expected.get("silent"):
        return speaker.stay_silent()
    if expected.get("drop"):
        return speaker.drop()
    if "touch" in expected:
        # A name alone is touched on the screen as it is, which sends its stamp along.
        shown = [speaker.display.datasources["d"]["at"]] if speaker.display and len(expected["touch"]) == 1 else []
        return speaker.touch([*expected["touch"], *shown])
    return speaker.say(str(expected["say"]), expected.get("after"))


def _differences(expected: dict[str, Any], turn: Turn) -> Iterator[str]:
    words = " ".join(turn.words.split())
    heard = words.casefold()
    yield from (f"Amazon would refuse it: {fault}" for fault in turn.faults)
    understood = turn.understood
    if "intent" in expected and (understood is None or understood.intent != expected["intent"]):
        yield f"expected {expected['intent']}, understood {understood.intent if understood else None} ({words[:90]})"
    for name, value in (expected.get("slots") or {}).items():
        slot = understood.slots.get(name) if understood else None
        if slot is None or value not in (slot.id, slot.value):
            yield f"expected {name}={value}, found {slot}"
    if "begins" in expected and not heard.startswith(str(expected["begins"]).casefold()):
        yield f"expected it to begin with {expected['begins']!r}, heard {words[:120]!r}"
    yield from (f"expected to hear {piece!r} in {words!r}" for piece in _missing(expected.get("hear"), heard))
    for piece in expected.get("not_hear") or ():
        if str(piece).casefold() in heard:
            yield f"expected not to hear {piece!r} in {words!r}"
    if "reprompt" in expected:
        ssml = ((turn.response or {}).get("response") or {}).get("reprompt", {}).get("outputSpeech", {}).get("ssml", "")
        yield from (f"expected {p!r} in the reprompt {ssml!r}" for p in _missing(expected["reprompt"], ssml.casefold()))
    if "hold" in expected and abs(hold_of(turn.plays) - expected["hold"]) > 0.5:
        yield f"expected a hold of {expected['hold']} s, found {hold_of(turn.plays):.1f} s"
    quiet = sum(event.seconds for event in turn.plays if isinstance(event, Silence))
    if "silence" in expected and abs(quiet - expected["silence"]) > 0.5:
        yield f"expected {expected['silence']} s of silence, found {quiet:.1f} s"
    if "voice" in expected:
        style = next((event.style for event in turn.plays if not isinstance(event, Silence)), "")
        if style != expected["voice"]:
            yield f"expected the voice {expected['voice']}, found {style}"
    if "session" in expected and turn.open is not (expected["session"] == "open"):
        yield f"expected the session {expected['session']}, found it {'open' if turn.open else 'closed'} ({words[:90]})"
    if "ended" in expected and expected["ended"] not in turn.note:
        yield f"expected the session to end by {expected['ended']}, found {turn.note!r}"


def _missing(pieces: list[str] | None, text: str) -> list[str]:
    return [piece for piece in pieces or () if str(piece).casefold() not in text]


def hold_of(events: tuple[Event, ...]) -> float:
    """Seconds from the beginning of the first pause to the end of the last, the cues between them included."""
    pauses = [at for at, event in enumerate(events) if isinstance(event, Silence)]
    return sum(event.seconds for event in events[pauses[0] : pauses[-1] + 1]) if pauses else 0.0
