"""How well the models are understood: two stand-ins for Alexa, scored on utterances that neither has seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from speaker.nlu.interaction_model import MODELS, InteractionModel
from speaker.nlu.recognizer import NEAR, Hearing
from speaker.nlu.slot_values import HeardSlot
from workshop.models.build import FALLBACK_SENSITIVITY
from workshop.models.classifier import Classifier
from workshop.models.held_out import FALLBACK, HELD_OUT, Utterance, read_held_out

LEAST_INTENTS = 0.93
"""Share of in-domain utterances whose intent the classifier must hear."""
LEAST_SLOTS = 0.90
"""Share of slots that must resolve to the right id where the intent was heard, found by telling words too."""
SENSITIVITIES = {"LOW": (-0.55, 0.45), "MEDIUM": (-0.35, NEAR), "HIGH": (-0.15, 0.65)}
"""Alexa's settings, to the classifier's margin and the ear's sureness below which an utterance would be let fall."""
SINCE = {
    "AboutIntent": "SourcesIntent",
    "AgainIntent": "AMAZON.RepeatIntent",
    "AgreeIntent": "AMAZON.YesIntent",
    "ContinueIntent": "AMAZON.ResumeIntent",
    "LeaveIntent": "AMAZON.StopIntent",
    "SkipIntent": "AMAZON.NextIntent",
    "WaitIntent": "AMAZON.PauseIntent",
}
"""Intents that the held-out file could not know, and what it calls the same wish. Amazon's own take no samples of ours,
and the skill answers either name with the same function; "who made you" was one intent with the sources."""
DOCUMENT = Path(__file__).parents[2] / "docs" / "understanding.md"
_LOCALE = "en-US"
_BEGIN, _END = "<!-- figures: written by `make understand` -->", "<!-- end of figures -->"
_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """What one stand-in made of one utterance. `sure` has the stand-in's own unit."""

    utterance: Utterance
    intent: str
    slots: dict[str, HeardSlot]
    sure: float
    exact: dict[str, HeardSlot] | None = None
    """The slots by values named in so many words alone; None where the stand-in has no such way."""

    @property
    def right(self) -> bool:
        """Whether the intent is the one expected, by its present name or by that of the held-out file."""
        return self.utterance.intent in (self.intent, SINCE.get(self.intent))

    @property
    def named(self) -> bool:
        """Whether it is right by the held-out file's own name."""
        return self.intent == self.utterance.intent

    def falls(self, least: float) -> bool:
        """Whether it falls to FallbackIntent where sureness must be `least`, or was heard as that."""
        return self.intent == FALLBACK or self.sure < least

    @property
    def slots_right(self) -> int:
        """How many of the expected slots resolve to the right id."""
        return sum(_id(self.slots.get(name)) == id_ for name, id_ in self.utterance.slots.items())


@dataclass(frozen=True)
class Score:
    """The figures of one stand-in."""

    name: str
    answers: tuple[Answer, ...]
    """To every utterance, the out-of-domain ones included."""

    @property
    def in_domain(self) -> list[Answer]:
        """The answers to what the skill is meant to know."""
        return [answer for answer in self.answers if answer.utterance.in_domain]

    @property
    def intents(self) -> float:
        """Share of in-domain utterances whose intent is right."""
        return sum(answer.right for answer in self.in_domain) / len(self.in_domain)

    @property
    def intents_named(self) -> float:
        """As `intents`, with an intent that is newer than the held-out file counted as misheard."""
        return sum(answer.named for answer in self.in_domain) / len(self.in_domain)

    @property
    def slots(self) -> float:
        """Share of expected slots that are right, where the intent is."""
        return _slot_share([answer for answer in self.in_domain if answer.right])

    @property
    def exact_slots(self) -> float | None:
        """As `slots`, by values named in so many words alone."""
        answers = [answer for answer in self.in_domain if answer.right]
        if any(answer.exact is None for answer in answers):
            return None
        return _slot_share([replace(answer, slots=answer.exact or {}) for answer in answers])

    @property
    def slots_of_all(self) -> float:
        """Share of expected slots that are right; every slot of a misheard intent counts as wrong."""
        right = sum(answer.slots_right for answer in self.in_domain if answer.right)
        return right / sum(len(answer.utterance.slots) for answer in self.in_domain)

    def lost(self, least: float) -> int:
        """In-domain utterances that fall to FallbackIntent where sureness must be `least`."""
        return sum(answer.falls(least) for answer in self.in_domain)

    def caught(self, least: float) -> int:
        """Out-of-domain utterances that fall to FallbackIntent, as they should."""
        return sum(answer.falls(least) for answer in self.answers if not answer.utterance.in_domain)

    def confusions(self) -> list[tuple[tuple[str, str], int]]:
        """Expected and heard intent, the commonest first."""
        wrong = Counter((a.utterance.intent, a.intent) for a in self.in_domain if not a.right)
        return sorted(wrong.items(), key=lambda pair: (-pair[1], pair[0]))


def understand(folder: Path = MODELS, held_out: Path = HELD_OUT, document: Path | None = DOCUMENT) -> tuple[str, bool]:
    """The report, and whether every floor is met; the figures also go into the document.

    Raises:
        NoModel: a locale of the held-out file has no model.
    """
    utterances = read_held_out(held_out)
    classifier, ear = classifier_score(utterances, folder), ear_score(utterances, folder)
    faults = [
        f"{what}: expected at least {least:.0%}, found {found:.1%}"
        for what, least, found in (
            ("intents", LEAST_INTENTS, classifier.intents),
            ("slots", LEAST_SLOTS, classifier.slots),
        )
        if found < least
    ]
    figures = table(classifier, ear)
    if document is not None and document.is_file():
        document.write_text(with_figures(document.read_text(encoding="utf-8"), figures), encoding="utf-8")
    pairs = "\n".join(f"  {n:2}  {wanted} heard as {heard}" for (wanted, heard), n in classifier.confusions())
    verdict = "\n".join(faults) or "Both floors are met."
    return f"{figures}\n\nConfusions of the classifier:\n{pairs}\n\n{verdict}", not faults


def classifier_score(utterances: Iterable[Utterance], folder: Path = MODELS) -> Score:
    """The classifier's answers, each locale's lines by a classifier of that locale's samples."""
    classifiers: dict[str, Classifier] = {}
    answers = []
    for utterance in utterances:
        locale = utterance.locale or _LOCALE
        if locale not in classifiers:
            classifiers[locale] = Classifier(InteractionModel.load(locale, folder))
        classifier = classifiers[locale]
        intent, slots, sure = classifier.hear(utterance.say)
        exact = classifier.slots(intent, utterance.say, loose=False)
        answers.append(Answer(utterance, intent, slots, sure, exact))
    return Score("classifier", tuple(answers))


def ear_score(utterances: Iterable[Utterance], folder: Path = MODELS, near: float = 0.0) -> Score:
    """The stand-in speaker's answers; sureness below `near` falls to FallbackIntent."""
    ears: dict[str, Hearing] = {}
    answers = []
    for utterance in utterances:
        locale = utterance.locale or _LOCALE
        if locale not in ears:
            ears[locale] = Hearing(InteractionModel.load(locale, folder), near)
        heard = ears[locale].hear(utterance.say)
        answers.append(Answer(utterance, heard.intent, heard.slots, heard.sure))
    return Score("stand-in speaker", tuple(answers))


def table(classifier: Score, ear: Score) -> str:
    """The figures as Markdown."""
    scores = (classifier, ear)
    inside = len(classifier.in_domain)
    outside = len(classifier.answers) - inside
    rows = [
        "| measured on the held-out utterances | classifier | stand-in speaker |",
        "|---|---|---|",
        f"| intents right, of {inside} in domain | {' | '.join(f'{s.intents:.1%}' for s in scores)} |",
        f"| … an intent newer than these as misheard | {' | '.join(f'{s.intents_named:.1%}' for s in scores)} |",
        f"| slots right, where the intent is, by telling words too | {' | '.join(f'{s.slots:.1%}' for s in scores)} |",
        f"| … by values said in so many words alone | {' | '.join(_share(s.exact_slots) for s in scores)} |",
        f"| slots right, of all | {' | '.join(f'{s.slots_of_all:.1%}' for s in scores)} |",
    ]
    for level, cuts in SENSITIVITIES.items():
        chosen = " (ours)" if level == FALLBACK_SENSITIVITY else ""
        rows.append(
            f"| fallback {level}{chosen}: in domain lost; out of domain caught, of {outside} | "
            + " | ".join(f"{s.lost(cut)}; {s.caught(cut)}" for s, cut in zip(scores, cuts, strict=True))
            + " |"
        )
    worst = [f"| {wanted} | {heard} | {n} |" for (wanted, heard), n in classifier.confusions()[:_PAIRS]]
    return "\n".join([*rows, "", "| expected | the classifier heard | times |", "|---|---|---|", *worst])


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


def _id(slot: HeardSlot | None) -> str | None:
    return None if slot is None else slot.id or slot.value


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _slot_share(answers: list[Answer]) -> float:
    expected = sum(len(answer.utterance.slots) for answer in answers)
    return sum(answer.slots_right for answer in answers) / expected if expected else 1.0
