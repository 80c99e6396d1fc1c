"""How well the models are understood by two ears, our own and one no cleverer than Alexa, on lines that neither saw."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from speaker.nlu.interaction_model import MODELS, InteractionModel
from speaker.nlu.recognizer import Heard, Hearing
from workshop.models.alexa_ear import AlexaEar
from workshop.models.harm import Harm
from workshop.models.held_out import BEDSIDE, FALLBACK, HELD_OUT, SECOND, WILD, Utterance, read_held_out

FILES = {"held out": HELD_OUT, "bedside": BEDSIDE, "second night": SECOND, "in the wild": WILD}
EARS: Mapping[str, Callable[[InteractionModel], Hearing | AlexaEar]] = {"own": Hearing, "alexa": AlexaEar}
LEAST_INTENTS = {"own": 0.93, "alexa": 0.925}
"""Share of in-domain lines of the held-out file whose intent each ear must hear."""
LEAST_SLOTS = {"own": 0.90, "alexa": 0.78}
"""Share of its slots that must resolve to the right id where the intent was heard."""
SINCE = {
    "AboutIntent": "SourcesIntent",
    "AgainIntent": "AMAZON.RepeatIntent",
    "AgreeIntent": "AMAZON.YesIntent",
    "ContinueIntent": "AMAZON.ResumeIntent",
    "DeclineIntent": "AMAZON.NoIntent",
    "EarlierIntent": "AMAZON.PreviousIntent",
    "LeaveIntent": "AMAZON.StopIntent",
    "OptionsIntent": "AMAZON.HelpIntent",
    "RestartIntent": "AMAZON.StartOverIntent",
    "SkipIntent": "AMAZON.NextIntent",
    "WaitIntent": "AMAZON.PauseIntent",
}
"""Intents that a file of lines could not know, and what it calls the same wish. Amazon's own take no samples of ours,
and the skill answers either name with the same function; "who made you" was one intent with the sources."""
DOCUMENT = Path(__file__).parents[2] / "docs" / "understanding.md"
_LOCALE = "en-US"
_BEGIN, _END = "<!-- figures: written by `make understand` -->", "<!-- end of figures -->"
_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """What one ear made of one utterance."""

    utterance: Utterance
    heard: Heard
    seconds: float = 0.0
    harm: str = ""
    """What the skill did that a line which is none of its business must never bring about; empty: nothing."""

    @property
    def right(self) -> bool:
        """Whether the intent is one of those expected, by its present name or by an older one."""
        return not {self.heard.intent, SINCE.get(self.heard.intent)}.isdisjoint(self.utterance.intents)

    @property
    def slots_right(self) -> int:
        """How many of the expected slots resolve to the right id."""
        return self.utterance.slots_right(self.heard.slots)


@dataclass(frozen=True)
class Score:
    """The figures of one ear on one file."""

    ear: str
    file: str
    answers: tuple[Answer, ...]

    @property
    def intents(self) -> float:
        """Share of in-domain utterances whose intent is right."""
        own = [answer for answer in self.answers if answer.utterance.in_domain]
        return _share(sum(answer.right for answer in own), len(own))

    @property
    def slots(self) -> float:
        """Share of the expected slots that are right, where the intent is."""
        return _slots([answer for answer in self.answers if answer.right])

    @property
    def slots_of_all(self) -> float:
        """Share of the expected slots that are right; every slot of a misheard intent counts as wrong."""
        expected = sum(answer.utterance.expects_slots for answer in self.answers)
        return _share(sum(answer.slots_right for answer in self.answers if answer.right), expected)

    @property
    def foreign(self) -> list[Answer]:
        """The answers to what is none of the skill's business."""
        return [answer for answer in self.answers if answer.utterance.foreign]

    @property
    def fallen(self) -> float:
        """Share of those that fall to FallbackIntent, as they should."""
        return _share(sum(answer.heard.intent == FALLBACK for answer in self.foreign), len(self.foreign))

    @property
    def harmed(self) -> list[Answer]:
        """Those that bring about what they must not."""
        return [answer for answer in self.foreign if answer.harm]

    @property
    def milliseconds(self) -> float:
        """The median time to hear a line."""
        return 1000 * statistics.median(answer.seconds for answer in self.answers)

    def misses(self) -> list[Answer]:
        """Every line whose intent or slot is wrong."""
        return [a for a in self.answers if not a.right or a.slots_right < a.utterance.expects_slots]

    def confusions(self) -> list[tuple[tuple[str, str], int]]:
        """Expected and heard intent, the commonest first."""
        wrong = Counter((a.utterance.intent, a.heard.intent) for a in self.answers if not a.right)
        return sorted(wrong.items(), key=lambda pair: (-pair[1], pair[0]))


def understand(folder: Path = MODELS, document: Path | None = DOCUMENT) -> tuple[str, bool]:
    """The report, and whether every floor is met; the figures also go into the document.

    Raises:
        NoModel: a locale of a file has no model.
    """
    scores = [
        score(ear, file, read_held_out(path), folder) for ear in EARS for file, path in FILES.items() if path.is_file()
    ]
    faults = list(_under_floor(scores))
    figures = table(scores)
    if document is not None and document.is_file():
        document.write_text(with_figures(document.read_text(encoding="utf-8"), figures), encoding="utf-8")
    missed = "\n".join(
        f"  {s.ear:5} {s.file}: “{a.utterance.say}” {'|'.join(a.utterance.intents)} heard as {a.heard.intent}"
        f" { ({n: v.id or v.value for n, v in a.heard.slots.items()}) }"
        for s in scores
        if s.file != "in the wild"  # whose lines are for measuring alone: nobody is shown what to tune
        for a in s.misses()
    )
    verdict = "\n".join(faults) or "Every floor is met."
    return f"{missed}\n\n{figures}\n\n{verdict}", not faults


def score(ear: str, file: str, utterances: Iterable[Utterance], folder: Path = MODELS) -> Score:
    """One ear over one file, each line by an ear of its locale."""
    answers = []
    for utterance in utterances:
        locale = utterance.locale or _LOCALE
        hearing = _ear(ear, locale, folder)
        begun = time.perf_counter()
        heard = hearing.hear(utterance.say)
        seconds = time.perf_counter() - begun
        harm = _harm(locale, folder).of(heard, utterance.say, ear == "own") if utterance.foreign else ""
        answers.append(Answer(utterance, heard, seconds, harm))
    return Score(ear, file, tuple(answers))


def table(scores: list[Score]) -> str:
    """The figures as Markdown."""
    rows = [
        "| lines | ear | intents right | slots right there | slots right, of all | foreign talk let fall "
        "| foreign talk that did harm | median to hear |",
        "|---|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {s.file}, {len(s.answers)} | {s.ear} | {s.intents:.1%} | {s.slots:.1%} | {s.slots_of_all:.1%} "
        f"| {s.fallen:.0%} of {len(s.foreign)} | {len(s.harmed)} | {s.milliseconds:.0f} ms |"
        for s in scores
    ]
    pairs: Counter[tuple[str, str]] = Counter()
    for own in scores:
        if own.ear == "alexa":
            pairs.update(dict(own.confusions()))
    worst = [f"| {wanted} | {heard} | {n} |" for (wanted, heard), n in pairs.most_common(_PAIRS)]
    return "\n".join([*rows, "", "| expected | the ear like Alexa heard | times |", "|---|---|---|", *worst])


def with_figures(text: str, figures: str) -> str:
    """The document with its figures replaced.

    Raises:
        ValueError: the document has no place for them.
    """
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(
            f"docs/understanding.md: expected the lines {_BEGIN!r} and {_END!r}, found none. Hint: add them"
        )
    return f"{before}{begin}\n{figures}\n{end}{after}"


def _under_floor(scores: list[Score]) -> Iterable[str]:
    for own in scores:
        if own.file != "held out":
            continue
        for what, least, found in (
            ("intents", LEAST_INTENTS[own.ear], own.intents),
            ("slots", LEAST_SLOTS[own.ear], own.slots),
        ):
            if found < least:
                yield f"{own.ear} ear, {what}: expected at least {least:.0%}, found {found:.1%}"


_EARS: dict[tuple[str, str, Path], Hearing | AlexaEar] = {}
_HARMS: dict[tuple[str, Path], Harm] = {}


def _ear(name: str, locale: str, folder: Path) -> Hearing | AlexaEar:
    key = (name, locale, folder)
    if key not in _EARS:
        _EARS[key] = EARS[name](InteractionModel.load(locale, folder))
    return _EARS[key]


def _harm(locale: str, folder: Path) -> Harm:
    key = (locale, folder)
    if key not in _HARMS:
        _HARMS[key] = Harm(InteractionModel.load(locale, folder))
    return _HARMS[key]


def _share(part: int, of: int) -> float:
    return part / of if of else 1.0


def _slots(answers: list[Answer]) -> float:
    return _share(sum(a.slots_right for a in answers), sum(a.utterance.expects_slots for a in answers))
