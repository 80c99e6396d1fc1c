"""Lists every spoken text together with the limits and placeholders that apply to it, for all style rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skill.advice.advice import CLAIM_FILES
from skill.advice.model import Step
from skill.advice.shape import fact_keys
from skill.advice.text import PLACEHOLDER, fill
from workshop.linting.fault import place
from workshop.linting.yaml_files import Content, blocks, texts
from workshop.linting.yaml_reader import Tree

_STEP_KEYS = fact_keys(Step)
EVERYWHERE = (
    "emergency",
    "emergency_call",
    "same_day",
    "crisis_call",
    "crisis_then",
    "poison_call",
    "poison_then",
    "reassess_minutes",
    "resume_minutes",
    "weeks",
)
"""Placeholders that any sentence may use without declaring them."""
WHOLE = ("emergency_call", "same_day", "crisis_call", "crisis_then", "poison_call", "poison_then")
"""Placeholders that expand to whole sentences."""
REGIONAL = ("emergency_call", "same_day_call", "crisis_call", "crisis_then", "poison_call", "poison_then")
"""Keys of regions.yaml that hold whole sentences."""
_CLAIM_TEXTS = ("answer", "refuse", "because", "instead")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence or phrase."""

    file: str
    key: str
    text: str
    length: str = "other"
    """The limit of facts/style.yaml that applies: guided, reason, other, name, short or sign; empty for none."""
    uses: tuple[str, ...] = ()
    """Allowed placeholders in addition to `EVERYWHERE`."""
    entry: str = ""
    """The entry it belongs to, for grading."""
    declare: str = ""
    """Where its numbers are declared."""

    @property
    def is_sentence(self) -> bool:
        """False for names and other parts of sentences."""
        return self.length in ("guided", "reason", "other")

    @property
    def placeholders(self) -> list[str]:
        """Names of the placeholders in it."""
        return PLACEHOLDER.findall(self.text)

    @property
    def bare(self) -> str:
        """The text without its placeholders."""
        return PLACEHOLDER.sub(" ", self.text)


def spoken(content: Content, language: str) -> Iterator[Spoken]:
    """Every spoken text of one language."""
    yield from _prompts(content, language)
    yield from _routines(content, language)
    yield from _obstacles(content, language)
    yield from _signs(content, language)
    yield from _urgency(content, language)
    yield from _conditions(content, language)
    for name in CLAIM_FILES:
        yield from _claims(content, language, name)


def regional(content: Content) -> Iterator[Spoken]:
    """The sentences of every region."""
    for name, region in blocks(content.regions).items():
        own = blocks(region)
        for key in REGIONAL:
            for text in texts(own.get(key)):
                yield Spoken("regions.yaml", place(name, key), text, uses=("emergency",), entry=f"regions {name}")


def sounding(content: Content, text: str) -> str:
    """The text with each placeholder replaced by its longest value."""
    return fill(text, {name: content.longest.get(name) or "30" for name in PLACEHOLDER.findall(text)})


def step_numbers(fact: object) -> tuple[str, ...]:
    """The numbers a step declares in addition to the standard fields."""
    return tuple(str(name) for name in blocks(fact) if name not in _STEP_KEYS)


def step_fact(facts: Tree, routine: str, step: str) -> Tree:
    """The facts of a step, from its routine or from the shared steps."""
    own = blocks(blocks(facts.get(routine)).get("steps"))
    return blocks(own.get(step)) or blocks(blocks(facts.get("shared")).get(step))


def _urgency(content: Content, language: str) -> Iterator[Spoken]:
    """Reasons and first words of the urgency rules."""
    words = content.word(language, "triage")
    for part, length in (("because", "reason"), ("first", "other")):
        for name, value in blocks(words.get(part)).items():
            for text in texts(value):
                yield Spoken(f"{language}/triage.yaml", place(part, name), text, length, entry=f"triage {name}")


def _prompts(content: Content, language: str) -> Iterator[Spoken]:
    file, facts = f"{language}/prompts.yaml", content.fact("prompts")
    for name, value in content.word(language, "prompts").items():
        fact = blocks(facts.get(name))
        # Without the facts, sentences cannot be told from phrases.
        length = "" if fact.get("phrase") is True or not facts else "other"
        uses = tuple(texts(fact.get("uses") or []))
        for key, text in _numbered(value, name):
            yield Spoken(file, key, text, length, uses, f"prompt {name}", f"{name}.uses in facts/prompts.yaml")
    file = f"{language}/timing.yaml"
    for name, text in blocks(content.word(language, "timing").get("cues")).items():
        cue = blocks(blocks(content.fact("timing").get("cues")).get(name))
        if isinstance(text, str):
            yield Spoken(
                file, place("cues", name), text, "guided", ("left",) if "left" in cue else (), "", "facts/timing.yaml"
            )
    file = f"{language}/tiers.yaml"
    for name, words in content.word(language, "tiers").items():
        for text in texts(blocks(words).get("name")):
            yield Spoken(file, place(name, "name"), text, "name")
        for text in texts(blocks(words).get("list")):
            yield Spoken(file, place(name, "list"), text, "other", ("signs",), f"tier {name}")


def _routines(content: Content, language: str) -> Iterator[Spoken]:
    file, facts = f"{language}/routines.yaml", content.fact("routines")
    for routine, words in content.word(language, "routines").items():
        own = blocks(words)
        steps = own if routine == "shared" else blocks(own.get("steps"))
        if routine != "shared":
            for text in texts(own.get("name")):
                yield Spoken(file, place(routine, "name"), text, "name")
        for step, parts in steps.items():
            uses = ("hold", "muscle", *step_numbers(step_fact(facts, routine, step)))
            path = (routine, step) if routine == "shared" else (routine, "steps", step)
            for part, value in blocks(parts).items():
                for key, text in _numbered(value, *path, part):
                    yield Spoken(
                        file, key, text, "guided", uses, f"{routine} {step}", "the step in facts/routines.yaml"
                    )


def _obstacles(content: Content, language: str) -> Iterator[Spoken]:
    """Other ways of a step."""
    file = f"{language}/obstacles.yaml"
    for name, words in content.word(language, "obstacles").items():
        for text in texts(blocks(words).get("name")):
            yield Spoken(file, place(name, "name"), text, "name")
        for routine, value in blocks(blocks(words).get("ways")).items():
            for key, text in _numbered(value, name, "ways", routine):
                yield Spoken(file, key, text, "guided", ("hold",), f"obstacle {name}")


def _signs(content: Content, language: str) -> Iterator[Spoken]:
    for name, words in content.word(language, "symptoms").items():
        for key, length in (("sign", "sign"), ("because", "other")):
            for text in texts(blocks(words).get(key)):
                yield Spoken(f"{language}/symptoms.yaml", place(name, key), text, length, entry=f"symptom {name}")
    for name, words in content.word(language, "muscles").items():
        for key, length in (("name", "name"), ("note", "other")):
            for text in texts(blocks(words).get(key)):
                yield Spoken(f"{language}/muscles.yaml", place(name, key), text, length, entry=f"muscle {name}")


def _conditions(content: Content, language: str) -> Iterator[Spoken]:
    file = f"{language}/conditions.yaml"
    for name, words in content.word(language, "conditions").items():
        own = blocks(words)
        for key, length in (("name", "name"), ("noted", "other")):
            for text in texts(own.get(key)):
                yield Spoken(file, place(name, key), text, length, entry=f"condition {name}")
        for rule, value in blocks(own.get("rules")).items():
            reasons = value if isinstance(value, str) else blocks(value).get("because")
            for text in texts(reasons):
                key = place(name, "rules", rule) if isinstance(value, str) else place(name, "rules", rule, "because")
                yield Spoken(file, key, text, "reason", entry=f"condition {name}")
            for key, text in _numbered(blocks(value).get("instead"), name, "rules", rule, "instead"):
                yield Spoken(file, key, text, "guided", ("hold", "muscle"), f"condition {name}")


def _claims(content: Content, language: str, file_name: str) -> Iterator[Spoken]:
    file, facts = f"{language}/{file_name}.yaml", content.fact(file_name)
    for name, words in content.word(language, file_name).items():
        own = blocks(words)
        uses = tuple(str(number) for number in blocks(blocks(facts.get(name)).get("numbers")))
        entry, declare = f"{file_name} {name}", f"{name}.numbers in facts/{file_name}.yaml"
        for key in ("name", "short"):
            for text in texts(own.get(key)):
                yield Spoken(file, place(name, key), text, key, (), entry, declare)
        for key in _CLAIM_TEXTS:
            for at, text in _numbered(own.get(key), name, key):
                yield Spoken(file, at, text, "other", uses, entry, declare)


def _numbered(value: object, *path: object) -> Iterator[tuple[str, str]]:
    """Each text in `value` with its path; list items count from 1."""
    if isinstance(value, str):
        yield place(*path), value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield place(*path, index), item
