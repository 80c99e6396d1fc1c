"""The nouns of the content. Facts and words of one id meet here; texts still carry their `{placeholders}`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What the references say of a claim."""

    SUPPORTED = "supported"
    PLAUSIBLE = "plausible"
    UNPROVEN = "unproven"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from, and how to find it."""

    id: str
    kind: str
    publisher: str
    title: str
    find: str
    """A web address, PMID, PMC, DOI or Cochrane number."""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, then a hold. Times are seconds."""

    id: str
    kind: str
    hold: int
    longest: int
    do: tuple[str, ...]
    """The instruction, one action a sentence; `{hold}` is the seconds really held."""
    first: tuple[str, ...] = ()
    """The warning said before the instruction."""
    release: tuple[str, ...] = ()
    helper: tuple[str, ...] = ()
    """The instruction as told to somebody who is helping, where the technique differs."""
    rounds: int = 1
    """How often the step is asked again before the next one."""
    times: int = 1
    """Holds in a row within one turn."""
    rest: int = 0
    """Seconds between those holds."""
    numbers: Mapping[str, object] = field(default_factory=dict)
    verdict: Verdict = Verdict.PLAUSIBLE
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Routine:
    """The steps for one place that cramps, in their order."""

    id: str
    name: str
    steps: tuple[Step, ...]

    def index(self, step: str | None) -> int:
        """Position of a step id; 0 where the id is not one of ours."""
        return next((at for at, own in enumerate(self.steps) if own.id == step), 0)

    def step(self, step: str | None) -> Step:
        """The step of that id, or the first."""
        return self.steps[self.index(step)]


@dataclass(frozen=True, slots=True)
class Muscle:
    """A place that a person can name, and the routine that answers it."""

    id: str
    routine: str
    name: str
    note: str = ""
    """Said after the first instruction where the name leaves a doubt."""


@dataclass(frozen=True, slots=True)
class Symptom:
    """A bodily sign that somebody may volunteer."""

    id: str
    tier: str
    sign: str
    because: str
    sources: tuple[str, ...] = ()
    first: str = ""
    """Which first words follow an emergency's reason (`en/triage.yaml: first`)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One piece of advice or knowledge, its verdict and the sentences that suit it."""

    topic: str
    """The content file it comes from."""
    id: str
    verdict: Verdict
    name: str
    sentences: tuple[str, ...]
    short: str = ""
    numbers: Mapping[str, object] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    sources_read: str = ""
    """The day on which the words were last compared with the sources; no clinician's review."""
    rows: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    """Those of the sentences that only explain: they alone may make room for a condition's warning."""
    always: tuple[str, ...] = ()
    """Those that stay true and needed where a condition leaves the thing out."""
    offers_no_stretch: bool = False
    """The answer is about something that no stretch may follow, so it ends in the warning signs instead."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a condition does to steps or claims."""

    id: str
    on: tuple[str, ...]
    """`step.<kind>`, `step.*`, `routine.<id>` or `<claim file>.<id>`; a whole claim file is written out."""
    do: str
    """leave_out, warn or replace."""
    because: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """Something about the person that changes what later steps and answers say."""

    id: str
    name: str
    noted: str
    rules: tuple[Rule, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that applies, and the condition it belongs to."""

    condition: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class CueRule:
    """When a cue is spoken inside a hold; exactly one of the three times is set."""

    id: str
    text: str
    shortest: int
    """Seconds: a shorter hold goes without this cue."""
    after: int | None = None
    half: bool = False
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """Numbers of the guided part that are not a step's own. Seconds unless the name says minutes."""

    shortest: int
    longest: int
    change: int
    reassess_minutes: int
    resume_minutes: int
    list_size: int
    bedtime_weeks: int


@dataclass(frozen=True, slots=True)
class Region:
    """What changes with the country."""

    locale: str
    language: str
    emergency: str | None
    emergency_call: str
    emergency_name: str
    same_day_call: str
    crisis_call: str
    crisis_then: str
    """When it is the emergency number after all."""
    poison_call: str
    poison_then: str
    lines: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number that is read digit by digit."""
        return (*((self.emergency,) if self.emergency else ()), *self.lines)
