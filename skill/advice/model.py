"""The nouns of the content, each declared once with its words: its builder and its schema follow from what stands here.

Facts and words of one id meet in one value; texts still carry their `{placeholders}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from skill.advice.shape import entries, fact, shape, word

_SECONDS = "a whole number of seconds"
_DIGITS = r"^[0-9][0-9 ]*$"
_QUOTED = 'write it in quotation marks: "{found}"'


class Verdict(StrEnum):
    """What the references say of a claim."""

    SUPPORTED = "supported"
    PLAUSIBLE = "plausible"
    UNPROVEN = "unproven"
    UNSAFE = "unsafe"


def sourced(at: str = "") -> Any:
    """The references of an entry, or of the block at the path `at`."""
    hint = "name where this comes from by its id in facts/sources.yaml, such as [nhs-leg-cramps]"
    return fact("at least one source, each named once", at=at, item="a source id", hint=hint)


def _sources_read() -> Any:
    """The day of the last reading against the sources."""
    hint = "write year, month and day, such as 2026-11-21"
    return fact("the day on which it was last read against its sources", make=str, hint=hint)


def _heard_as() -> Any:
    """What people call an entry."""
    hint = 'write [a phrase, another phrase], or [] where nobody names it; words such as yes, no, on and off need "…"'
    return word("a list of phrases that people say", item="a phrase that people say", least=0, hint=hint)


def _some_sentences(at: str) -> Any:
    """Sentences of an answer, by number."""
    item, hint = "the number of a sentence, from 1 to 3", "count the sentences of the answer from 1, such as [2]"
    expected = "the numbers of some of its sentences, each once"
    return fact(expected, at=at, item=item, most=3, default=(), hint=hint)


def _is_refused(facts: Mapping[str, Any]) -> bool:
    return facts.get("verdict") == Verdict.UNSAFE


def _is_answered(facts: Mapping[str, Any]) -> bool:
    return not _is_refused(facts)


def _replaces(facts: Mapping[str, Any]) -> bool:
    return facts.get("do") == "replace"


@shape
class Source:
    """Where a claim comes from, and how to find it."""

    id: str
    kind: str = fact(choices=("guidance", "review", "trial", "study", "safety", "case", "synthesis"))
    publisher: str = fact("who published it")
    title: str = fact("its title")
    find: str = fact("how to find it", hint="a web address, PMID, PMC, DOI or Cochrane number")
    year: int | None = fact("the year it was published", least=1900, most=2100, default=None)


@shape
class Step:
    """One thing to do, then a hold. Times are seconds."""

    id: str
    kind: str = fact(choices=("stretch", "massage", "warmth", "stand", "bedtime"))
    """`facts/conditions.yaml` names steps by this."""
    hold: int = fact(f"{_SECONDS} that one hold lasts")
    longest: int = fact(f'{_SECONDS} that "hold longer" may reach')
    verdict: Verdict = fact(make=Verdict)
    sources: tuple[str, ...] = sourced()
    rounds: int = fact("how often the step is asked again", most=5, default=1)
    """How often the step is asked again before the next one."""
    times: int = fact("how many holds follow each other", most=5, default=1)
    """Holds in a row within one turn."""
    rest: int = fact(f"{_SECONDS} between two holds", default=0)
    """Seconds between those holds."""
    numbers: Mapping[str, int | float] = fact(rest=True, default_factory=dict)
    """What the words of the step name as placeholders."""
    do: tuple[str, ...] = word("the instruction")
    """The instruction, one action a sentence; `{hold}` is the seconds really held."""
    first: tuple[str, ...] = word("the warning before the instruction", default=())
    """The warning said before the instruction."""
    release: tuple[str, ...] = word("what is said after the hold", default=())
    helper: tuple[str, ...] = word("the instruction for somebody who helps", default=())
    """The instruction for a helper, where the technique differs."""


@shape
class Routine:
    """The steps for one place that cramps, in their order."""

    id: str
    name: str = word("a name")
    order: tuple[str, ...] = fact(
        "the step ids in their order, each once",
        item="a step id",
        hint="name steps of this routine or of `shared`, such as [stretch, massage]",
    )
    steps: tuple[Step, ...] = entries(Step, "the steps by id", shared=True)

    def index(self, step: str | None) -> int:
        """Position of a step id; 0 for an unknown id."""
        return next((at for at, own in enumerate(self.steps) if own.id == step), 0)

    def step(self, step: str | None) -> Step:
        """The step of that id, or the first."""
        return self.steps[self.index(step)]


@shape
class Muscle:
    """A place that a person can name, and the routine that answers it."""

    id: str
    routine: str = fact("the routine that answers it")
    alone: bool = fact(default=False)
    """It counts only where nothing else was said."""
    name: str = word("a name")
    heard_as: tuple[str, ...] = _heard_as()
    note: str = word("one sentence, said after the first instruction", default="")
    """Said after the first instruction where the name leaves a doubt."""


@shape
class Symptom:
    """A bodily sign that a person may volunteer."""

    id: str
    tier: str = fact("a tier of facts/tiers.yaml")
    sources: tuple[str, ...] = sourced()
    listed: bool = fact(default=True)
    """The spoken list of warning signs names it."""
    first: str = fact("the name of first words", default="")
    """Which first words follow an emergency's reason (`en/triage.yaml: first`)."""
    sign: str = word("the sign in a few words")
    heard_as: tuple[str, ...] = _heard_as()
    because: str = word("one sentence: why it matters")


@shape
class Claim:
    """One piece of advice or knowledge, its verdict and the sentences that suit it."""

    topic: str
    """The content file it comes from."""
    id: str
    verdict: Verdict = fact(make=Verdict)
    sources: tuple[str, ...] = sourced()
    sources_read: str = _sources_read()
    """The day on which the words were last compared with the sources; no clinician's review."""
    rows: tuple[str, ...] = fact(
        "at least one row of the evidence table that this answers",
        item="a row id",
        hint="name the rows as the other entries do",
    )
    listed: bool = fact(default=False)
    """It belongs to the spoken list of its file."""
    kind: str = fact(choices=("medicine",), default="")
    numbers: Mapping[str, int | float] = fact("numbers by name", default_factory=dict)
    explaining: tuple[int, ...] = _some_sentences(at="explains")
    lasting: tuple[int, ...] = _some_sentences(at="always")
    offers_no_stretch: bool = fact(default=False)
    """The answer is about something that no stretch may follow, so it ends in the warning signs instead."""
    name: str = word("a name")
    heard_as: tuple[str, ...] = _heard_as()
    short: str = word("a few words for the list", default="")
    """What a spoken list calls it."""
    answer: tuple[str, ...] = word("the answer", most=3, default=(), when=_is_answered)
    refuse: str = word("one sentence that refuses it", default="", when=_is_refused)
    because: str = word("one sentence with the reason", default="", when=_is_refused)
    instead: str = word("one sentence with the safer thing to do", default="", when=_is_refused)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that is said of it; what is unsafe is refused, with the reason and the safer thing."""
        return self.answer or (self.refuse, self.because, self.instead)

    @property
    def explains(self) -> tuple[str, ...]:
        """Those of the sentences that only explain: they alone may make room for a condition's warning."""
        return self._numbered(self.explaining)

    @property
    def always(self) -> tuple[str, ...]:
        """Those that stay true and needed where a condition leaves the thing out."""
        return self._numbered(self.lasting)

    def _numbered(self, numbers: tuple[int, ...]) -> tuple[str, ...]:
        """The sentences of these numbers, which count from 1."""
        said = self.sentences
        return tuple(said[number - 1] for number in numbers if number <= len(said))


@shape
class Rule:
    """What a condition does to steps or claims."""

    id: str
    on: tuple[str, ...] = fact(
        "a list of what the rule is about, each once",
        item="what the rule is about",
        hint="name steps or answers, such as [step.massage, remedies.heat]",
    )
    """`step.<kind>`, `step.*`, `routine.<id>` or `<claim file>.<id>`; once read, a whole claim file is written out."""
    do: str = fact(choices=("leave_out", "warn", "replace"))
    unless: tuple[str, ...] = fact(
        "a list of answers that the rule leaves alone, each once",
        item="an answer that the rule leaves alone",
        hint="name answers of a file that `on` names whole, such as [remedies.lemon]",
        default=(),
    )
    because: str = word("one sentence with the reason", bare=True)
    instead: tuple[str, ...] = word("the other instruction", default=(), when=_replaces)


@shape
class Condition:
    """Something about the person that changes what later steps and answers say."""

    id: str
    sources: tuple[str, ...] = sourced()
    sources_read: str = _sources_read()
    rules: tuple[Rule, ...] = entries(Rule, "rules by id", default=())
    name: str = word("a name")
    heard_as: tuple[str, ...] = _heard_as()
    noted: str = word("one sentence: what it changes tonight")


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that applies, and the condition it belongs to."""

    condition: str
    rule: Rule


@shape
class CueRule:
    """When a cue is spoken inside a hold; exactly one of `after`, `at` and `left` is set."""

    id: str
    shortest: int = fact(f"{_SECONDS}: a shorter hold goes without the cue", at="from", least=5)
    """Seconds: a shorter hold goes without this cue."""
    after: int | None = fact(f"{_SECONDS} after the start of the hold", default=None)
    at: str = fact(choices=("half",), default="")
    left: int | None = fact(f"{_SECONDS} before the end of the hold", default=None)
    text: str = word("the quiet words inside a hold", bare=True)

    @property
    def half(self) -> bool:
        """It is spoken halfway through the hold."""
        return self.at == "half"


@shape
class Timing:
    """Numbers of the guided part that are not a step's own. Seconds unless the name says minutes or weeks."""

    shortest: int = fact(
        f"{_SECONDS} from 5 to 60",
        at="hold.shortest",
        least=5,
        most=60,
        hint="a stretch shorter than 5 seconds does nothing",
    )
    longest: int = fact(
        f"{_SECONDS} from 5 to 60",
        at="hold.longest",
        least=5,
        most=60,
        hint="no reference holds a cramped muscle longer",
    )
    change: int = fact(_SECONDS, at="hold.change", most=60)
    """What "hold longer" adds."""
    hold_sources: tuple[str, ...] = sourced("hold.sources")
    cues: tuple[CueRule, ...] = entries(CueRule, "entries by id")
    cue_sources: tuple[str, ...] = sourced("cues.sources")
    reassess_minutes: int = fact(
        "minutes of stretching after which a cramp is seen today", at="minutes.reassess", most=60
    )
    resume_minutes: int = fact("minutes that a place in a routine is kept", at="minutes.resume", most=120)
    minute_sources: tuple[str, ...] = sourced("minutes.sources")
    list_size: int = fact("how many items are spoken before more", most=20)
    bedtime_weeks: int = fact("weeks that the bedtime routine is kept up", most=52)
    bedtime_sources: tuple[str, ...] = sourced()


@shape
class Region:
    """What changes with the country."""

    locale: str
    language: str = fact("the folder of words")
    emergency: str | None = fact("the number to call in digits, or null", pattern=_DIGITS, hint=_QUOTED)
    emergency_call: str = fact("a whole sentence")
    emergency_name: str = fact("how the number is called inside a sentence")
    same_day_call: str = fact("a whole sentence")
    crisis_call: str = fact("a whole sentence")
    crisis_then: str = fact("a whole sentence")
    """When it is the emergency number after all."""
    poison_call: str = fact("a whole sentence")
    poison_then: str = fact("a whole sentence")
    confirmed: Mapping[str, str] = fact(
        "telephone numbers with the day and the page that confirmed each, or {}",
        item="a day and a page, or `unconfirmed`",
    )
    """Every telephone number of the region."""
    words: Mapping[str, str] = fact("American words with the local ones, or {}", item="the local word")
    own_words: tuple[str, ...] = fact("what may start the stretch by itself, or []", item="a phrase", least=0, most=5)
    """Phrases for a routine of Alexa, the best first; Amazon takes five, and offers the first that is free."""
    sources: tuple[str, ...] = sourced()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number that is read digit by digit."""
        return tuple(self.confirmed)
