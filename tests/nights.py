"""Plays a night written in YAML through the stand-in speaker, and holds what a person would hear against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from skill.advice import locales
from skill.app import create
from skill.memory.choose import choose
from skill.speech import Event, Silence
from speaker import Speaker, Turn
from speaker.device import Ear
from speaker.request_envelope import Device
from speaker.routines import ANSWERS as OFFERS
from speaker.routines import START as STARTS
from tests.ears import ear as own_ear
from tests.ears import model
from workshop.models.alexa_ear import AlexaEar

NIGHTS = Path(__file__).parent / "conversations"
START = 1_800_000_000.0
Fits = Callable[[object], bool]


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _pieces(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_text(own) or _number(own) for own in value)


def _one_of(*values: object) -> tuple[Fits, str]:
    return lambda value: any(value is own or (isinstance(own, str) and value == own) for own in values), " or ".join(
        map(str, values)
    )


TEXT = _text, "text, in quotation marks where it is yes, no or a number"
NUMBER = _number, "a number of seconds"
PIECES = _pieces, "a list of pieces of text: [a, b]"
SLOTS = (
    lambda value: isinstance(value, dict) and bool(value) and all(_text(own) for own in value.values()),
    "slots to ids: {muscle: arch}",
)
TASK = (
    lambda value: isinstance(value, dict) and _text(value.get("name")) and all(map(_text, value.values())),
    "a task and what it is given: {name: StretchNow, place: foot}",
)
SAYS: dict[str, tuple[Fits, str]] = {
    "say": TEXT,  # what the person says
    "silent": _one_of(True),  # or: nothing
    "drop": _one_of(True),  # or: the session breaks off
    "touch": PIECES,  # or: a touch on the screen, its arguments
    "offer": _one_of(*OFFERS),  # or: answers Alexa's own question about the routine that was offered
    "evening": _one_of(True),  # or: says nothing; the time of the routine of every evening has come
    "task": TASK,  # or: a routine, a quick link or another skill starts this task
}
"""What a person does: exactly one of these in a turn."""
WHEN: dict[str, tuple[Fits, str]] = {
    "after": NUMBER,  # interrupts so many seconds into what is playing
    "wait": NUMBER,  # seconds that go by first
}
EXPECTS: dict[str, tuple[Fits, str]] = {
    "intent": TEXT,
    "slots": SLOTS,
    "begins": TEXT,  # the first words heard
    "hear": PIECES,  # pieces of what is heard, case aside
    "not_hear": PIECES,
    "reprompt": PIECES,  # pieces of what silence would play
    "hold": NUMBER,  # seconds from the first to the last pause, cues included
    "silence": NUMBER,  # seconds of pure silence
    "voice": TEXT,  # volume or effect of the first sentence
    "session": _one_of("open", "closed"),
    "completes": _one_of(True, False),  # whether whoever started the task is told that it is done
    "offers": _one_of(True, False),  # whether Alexa is handed a routine to offer
    "ended": _one_of("EXCEEDED_MAX_REPROMPTS", "USER_INITIATED", "ERROR"),  # reason of a session that ended
    "rows": PIECES,  # rows of docs/advice.md that this turn asserts
}
NIGHT: dict[str, tuple[Fits, str]] = {
    "title": (_text, "what happens in this night, as text"),
    "turns": (lambda value: isinstance(value, list) and bool(value), "a list of at least one turn"),
    "locale": _one_of(*locales()),
    "screen": _one_of(True, False),
    "routines": _one_of(True, False),  # Alexa keeps routines for the speaker
    "memory": _one_of(True, False),
    "ear": _one_of("own"),  # the one ear that it may hold under; `because` says why
    "because": (_text, "why no ear like Alexa can hear it, as text"),
}
NEEDED = ("title", "turns")


EARS = ("own", "alexa")
"""Under which every night is played: our own ear, and one no cleverer than Alexa, which tells slots alone."""


@lru_cache
def ear(name: str, locale: str) -> Ear:
    """An ear for a locale, made once."""
    return own_ear(locale) if name == "own" else AlexaEar(model(locale))


@dataclass
class Night:
    """One file."""

    path: Path
    title: str
    turns: list[dict[str, Any]]
    locale: str = "en-US"
    screen: bool = False
    routines: bool = False
    memory: bool = True
    ear: str = ""
    because: str = ""
    faults: list[str] = field(default_factory=list)
    interrupted: list[Event | None] = field(default_factory=list)
    """What was playing at each `after` of the turns played so far."""

    @classmethod
    def read(cls, path: Path) -> Night:
        """The night of a file.

        Raises:
            ValueError: whatever in it nobody would look at, or could not fail, all of it at once.
        """
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        faults = list(_faults(raw))
        if faults:
            raise ValueError("\n".join(f"{path.name}: {fault}" for fault in faults))
        return cls(path, **raw)

    def play(self, store: Path, hears: str = "own") -> list[str]:
        """Everything that was not as written; empty for a good night. `hears` is one of `EARS`."""
        memory = choose(f"sqlite:{store}" if self.memory else "none")
        device = Device(locale=self.locale, screen=self.screen, routines=self.routines)
        skill, transcribes, own = create(memory=memory), hears == "own", ear(hears, self.locale)
        speaker = Speaker(skill, model(self.locale), device, now=START, transcribes=transcribes, ear=own)
        playing: tuple[Event, ...] = ()
        for number, expected in enumerate(self.turns, start=1):
            if "after" in expected:
                self.interrupted.append(playing_at(playing, expected["after"]))
            turn = _do(speaker, expected)
            playing = turn.plays
            said = expected.get("say") or ("(silence)" if expected.get("silent") else "(no words)")
            # Which intent a wording is put under is the ear's own affair; what a person hears for it must hold.
            found = list(_differences(expected, turn, told_apart=hears == "own"))
            if "after" in expected and self.interrupted[-1] is None:
                found.append(f"expected something to interrupt after {expected['after']} s, found that it had ended")
            self.faults += [f"{self.path.name} turn {number} “{said}”: {fault}" for fault in found]
        return self.faults


def _faults(raw: object) -> Iterator[str]:
    """What is wrong with a night as it is written."""
    yield from _misfits("the night", raw, NIGHT)
    if not isinstance(raw, dict):
        return
    yield from (f"expected `{key}`, {NIGHT[key][1]}; found none" for key in NEEDED if key not in raw)
    if ("ear" in raw) != ("because" in raw):
        yield "expected `ear` and `because` together, found one of them: say why it holds under one ear only"
    turns = raw.get("turns")
    for number, turn in enumerate(turns if isinstance(turns, list) else (), start=1):
        yield from _misfits(f"turn {number}", turn, SAYS | WHEN | EXPECTS)
        done = [key for key in SAYS if isinstance(turn, dict) and key in turn]
        if isinstance(turn, dict) and len(done) != 1:
            yield f"turn {number}: expected one of {', '.join(SAYS)}, found {', '.join(done) or 'none'}"
    if isinstance(turns, list) and not any(isinstance(turn, dict) and EXPECTS.keys() & turn.keys() for turn in turns):
        yield f"expected a turn with something to hear or to see ({', '.join(EXPECTS)}), found none: it could not fail"


def _misfits(where: str, tree: object, keys: Mapping[str, tuple[Fits, str]]) -> Iterator[str]:
    if not isinstance(tree, dict):
        yield f"{where}: expected keys and values, found {tree!r}"
        return
    for key, value in tree.items():
        if key not in keys:
            yield f"{where}: expected one of {', '.join(keys)}, found `{key}`"
        elif not keys[key][0](value):
            yield f"{where}: `{key}`: expected {keys[key][1]}, found {value!r}"


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
    if "offer" in expected:
        return speaker.answer_offer(expected["offer"])
    if expected.get("evening"):
        return speaker.start_evening()
    if "task" in expected:
        given = {key: value for key, value in expected["task"].items() if key not in ("name", "version")}
        return speaker.start_task(expected["task"]["name"], given, expected["task"].get("version", "1"))
    return speaker.say(str(expected["say"]), expected.get("after"))


def _differences(expected: dict[str, Any], turn: Turn, told_apart: bool) -> Iterator[str]:
    """What is not as written. `told_apart`: the intent and the slots are looked at too, not only what is heard."""
    words = " ".join(turn.words.split())
    heard = words.casefold()
    yield from (f"Amazon would refuse it: {fault}" for fault in turn.faults)
    understood = turn.understood
    if "intent" in expected and told_apart and (understood is None or understood.intent != expected["intent"]):
        yield f"expected {expected['intent']}, understood {understood.intent if understood else None} ({words[:90]})"
    for name, value in (expected.get("slots") or {}).items() if told_apart else ():
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
    if "completes" in expected and (COMPLETE in directives(turn)) is not expected["completes"]:
        yield f"expected {COMPLETE} {expected['completes']}, found the directives {directives(turn)}"
    if "offers" in expected and (STARTS in directives(turn)) is not expected["offers"]:
        yield f"expected {STARTS} {expected['offers']}, found the directives {directives(turn)}"
    if "ended" in expected and expected["ended"] not in turn.note:
        yield f"expected the session to end by {expected['ended']}, found {turn.note!r}"


COMPLETE = "Tasks.CompleteTask"


def directives(turn: Turn) -> list[str]:
    """The types of the directives of a turn's response."""
    return [own["type"] for own in ((turn.response or {}).get("response") or {}).get("directives") or ()]


def _missing(pieces: list[str] | None, text: str) -> list[str]:
    return [piece for piece in pieces or () if str(piece).casefold() not in text]


def playing_at(events: tuple[Event, ...], seconds: float) -> Event | None:
    """What plays so many seconds in; None after the end."""
    for event in events:
        seconds -= event.seconds
        if seconds < 0:
            return event
    return None


def hold_of(events: tuple[Event, ...]) -> float:
    """Seconds from the beginning of the first pause to the end of the last, the cues between them included."""
    pauses = [at for at, event in enumerate(events) if isinstance(event, Silence)]
    return sum(event.seconds for event in events[pauses[0] : pauses[-1] + 1]) if pauses else 0.0
