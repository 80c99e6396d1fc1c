"""Where the conversation stands: ids and numbers only, carried as JSON in the session attributes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import Flag, StrEnum, auto
from operator import attrgetter
from typing import Any

from skill.dialog.topic import MARK, About, Line, Page, Said, Signs, Topic, read_topic, said

VERSION = 2

MISSED = said(Line(MARK, "missed"))
"""Something not understood cut the step short. Silence plays it again."""
ASKED_AGAIN = Line(MARK, "asked_again")
"""First line of a topic that came after the step, whose question was asked again. Silence goes on to the next one."""
LOOKED_FOR = (said("place_unreachable"), said("no_place"))
"""Topics of a first step: an earlier place was looked for, and was said not to be there; it is not looked for again."""


def asked_again(topic: Topic | None) -> bool:
    """Whether the step's own question is the open one, after whatever was said of it."""
    return isinstance(topic, Said) and topic.lines[:1] == (ASKED_AGAIN,)


class Trait(Flag):
    """What is true of a kind of question wherever it is asked."""

    NONE = 0
    IN_ROUTINE = auto()
    """It is only ever asked in the middle of a routine."""
    GOES_ON = auto()
    """Silence takes the listener to the next step; after any other question, back to the step itself."""
    WHEN_STOPPED = auto()
    """It may be asked once nothing is stretched any more."""


class Awaiting(StrEnum):
    """What the last question was. What each answer to it means is one entry of `dialog.questions.QUESTIONS`."""

    traits: Trait

    def __new__(cls, value: str, traits: Trait = Trait.NONE) -> Awaiting:
        """The kind of question with its traits; its value is what the session attributes hold."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.traits = traits
        return made

    EASED = "eased", Trait.IN_ROUTINE | Trait.GOES_ON
    """Has it let go?"""
    BEDTIME = "bedtime", Trait.IN_ROUTINE | Trait.GOES_ON
    """Ready for the next side?"""
    BACK = "back", Trait.IN_ROUTINE
    """Back to the stretch?"""
    MORE = "more", Trait.WHEN_STOPPED
    """More of the list?"""
    START = "start"
    """Shall I take you through the stretch?"""
    OFFER = "offer"
    """No cramp now: the bedtime stretches?"""
    SIGNS = "signs", Trait.WHEN_STOPPED
    """The stretch is stopped: hear the warning signs?"""
    PAUSED = "paused", Trait.IN_ROUTINE
    """Say "continue" when ready."""
    MUSCLE = "muscle", Trait.IN_ROUTINE
    """Which place is it?"""


@dataclass(frozen=True, slots=True)
class State:
    """Where one conversation stands. Nothing here identifies a person; `conditions` lives for the session only."""

    version: int = VERSION
    routine: str | None = None
    step: str | None = None
    round: int = 1
    """Which time the step is played, from 1."""
    awaiting: Awaiting = Awaiting.EASED
    topic: Topic | None = None
    """What the last answer was about, from which it is said again; none for a step."""
    hold_seconds: int = 0
    """Seconds a person asked each hold to last; 0 for the facts' own."""
    voice: str = "soft"
    conditions: tuple[str, ...] = ()
    started_at: int = 0
    """Epoch seconds at which stretching began; 0 before that. Time spent paused is taken out of it."""
    answered_at: int = 0
    """Epoch seconds of the request that this state answered."""
    step_offsets: tuple[int, ...] = ()
    """Seconds after `answered_at` at which the listener, if silent, has been taken to each following step."""
    routine_ends: bool = False
    """The last of the offsets is not a step but the end of the routine: silence has heard the last word on it."""
    helper: bool = False
    """The listener is helping another person. "My foot" may be said of either of them, so this lasts the session."""
    played: int = 0
    """Seconds of the step's script that had been played when the last answer went on with the rest of it; below 0, how
    long the answer spoke before the step's own script began."""
    obstacle: str | None = None
    """What keeps the listener from a step as it is told (facts/obstacles.yaml). Steps have other words then."""
    eased_off: bool = False
    """It got worse once, and the hold was eased. The next time, or past the ten minutes, the stretch stops."""
    stopped: bool = False
    """It got worse: nothing is stretched again in this session."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for the session attributes; values that are their default are left out."""
        values = zip(_DEFAULTS.items(), _values(self), strict=True)
        plain = {key: value for (key, default), value in values if value != default}
        for key in ("conditions", "step_offsets"):
            if key in plain:
                plain[key] = list(plain[key])
        words = {key: str(value) if isinstance(value, _WORDS) else value for key, value in plain.items()}
        return {"version": self.version, **words}

    @staticmethod
    def from_json(raw: object) -> State | None:
        """The state in these session attributes; None for none, or for nothing that we understand.

        One attribute out of shape costs that attribute alone. What makes a turn safer survives even another version's
        attributes: that it got worse, whatever says so, and each condition that can be read.
        """
        if not isinstance(raw, Mapping):
            return None
        ours = raw.get("version") == VERSION
        names = [name for name in (_DEFAULTS if ours else _SAFER) if name in raw and name != "topic"]
        values: dict[str, Any] = {name: raw[name] for name in names if _SHAPES[name](raw[name])}
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        if "stopped" in raw and "stopped" not in values:
            values["stopped"] = bool(raw["stopped"])
        if "conditions" in raw and "conditions" not in values:
            values["conditions"] = _readable_ids(raw["conditions"])
        if not ours:
            return State(**values) if any(values.values()) else None
        values["topic"] = read_topic(raw.get("topic"))
        values["awaiting"] = _awaiting(values.get("awaiting"))
        if "started_at" in raw and "started_at" not in values:
            values["started_at"] = values.get("answered_at", 0)  # ten minutes at the most from now, rather than never
        if "answered_at" not in values:
            values.pop("step_offsets", None)  # reckoned from then
        return State(**values)

    @property
    def in_routine(self) -> bool:
        """A relief or bedtime routine is under way."""
        return self.routine is not None

    @property
    def is_stopped(self) -> bool:
        """The stretch has been stopped for safety and may not be taken up again in this breath."""
        return self.stopped or (self.awaiting is Awaiting.SIGNS and self.routine is None)

    def with_(self, **changes: Any) -> State:
        """A copy with these fields changed."""
        # What `dataclasses.replace` does, in half the time: a turn makes half a dozen of these.
        values = list(_values(self))
        for name, value in changes.items():
            values[_AT[name]] = value
        return State(*values)


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _is_id(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= 100)


def _ids(value: object) -> bool:
    fits = isinstance(value, list | tuple) and len(value) <= _MOST_IDS
    return fits and all(isinstance(v, str) and _is_id(v) for v in value)  # type: ignore[attr-defined]


def _readable_ids(value: object) -> tuple[str, ...]:
    """What can be read of a list of ids that is out of shape."""
    found = value if isinstance(value, list | tuple) else [value]
    return tuple(dict.fromkeys(own for own in found if isinstance(own, str) and _is_id(own)))[:_MOST_IDS]


def _awaiting(value: Any) -> Awaiting:
    try:
        return Awaiting(value)
    except ValueError:
        return Awaiting.EASED  # `position.validated` makes it what the routine asks


_MOST_IDS = 40
_SAFER = ("stopped", "conditions")
_SHAPES: dict[str, Callable[[Any], bool]] = {
    "version": _is_int,
    "routine": _is_id,
    "step": _is_id,
    "round": lambda value: _is_int(value) and value >= 1,
    "awaiting": lambda value: isinstance(value, str),
    "topic": lambda value: True,  # an unknown one is none
    "hold_seconds": _is_int,
    "voice": lambda value: value in ("soft", "whisper", "clear"),
    "conditions": _ids,
    "started_at": _is_int,
    "answered_at": _is_int,
    "step_offsets": lambda value: isinstance(value, list | tuple) and len(value) <= 8 and all(map(_is_int, value)),
    "routine_ends": lambda value: isinstance(value, bool),
    "helper": lambda value: isinstance(value, bool),
    "played": lambda value: isinstance(value, int) and not isinstance(value, bool) and abs(value) < 3600,
    "obstacle": _is_id,
    "eased_off": lambda value: isinstance(value, bool),
    "stopped": lambda value: isinstance(value, bool),
}
_WORDS = (StrEnum, About, Page, Signs, Said)
"""What is a string in the session attributes."""
_DEFAULTS = {field.name: getattr(State(), field.name) for field in fields(State)}
_values = attrgetter(*_DEFAULTS)
_AT = {name: at for at, name in enumerate(_DEFAULTS)}
