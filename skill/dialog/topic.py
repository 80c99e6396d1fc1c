"""What the last answer was about: a value of ids and numbers, from which it can be said again word for word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from skill.advice import CLAIM_FILES, Advice

LISTS = ("causes", "remedies", "habits")
"""The claim files that are also read out as lists."""
LONGEST = 1000
"""Characters that a topic takes in the session attributes at most."""
PROMPT, NOTED, SIGN, RULE, REASON, UNKNOWN, MARK = "prompt", "noted", "sign", "rule", "reason", "unknown", "mark"
SHORT_ANSWERS = ("signs_lead", "signs_stopped")
"""The prompts that say when to see a doctor, in one breath."""
_MAY_BE_MEDICINE = ("causes", "habits", "lookalikes")


@dataclass(frozen=True, slots=True)
class About:
    """One entry of a claim file."""

    file: str
    id: str

    def __str__(self) -> str:
        """As the session attributes carry it."""
        return f"claim/{self.file}/{self.id}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list of claims, from the item `start` on, counted from 0."""

    file: str
    start: int = 0

    def __str__(self) -> str:
        """As the session attributes carry it."""
        return f"list/{self.file}/{self.start}"


@dataclass(frozen=True, slots=True)
class Signs:
    """A page of the warning signs, and the prompt that introduced it, if one did."""

    start: int = 0
    lead: str = ""

    def __str__(self) -> str:
        """As the session attributes carry it."""
        return f"signs/{self.start}/{self.lead}".rstrip("/")


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of the content says. `kind` is a key of `_WORDS`."""

    kind: str
    id: str

    def sentences(self, advice: Advice) -> tuple[str, ...]:
        """What it says; nothing where the content does not hold it."""
        words = _WORDS.get(self.kind)
        return words(advice, self.id) if words else ()

    def __str__(self) -> str:
        """As the session attributes carry it: a prompt, by far the commonest, by its name alone."""
        return self.id if self.kind == PROMPT else f"{self.kind}.{self.id}"


@dataclass(frozen=True, slots=True)
class Said:
    """Lines that were the whole of an answer, in their order."""

    lines: tuple[Line, ...] = ()

    def sentences(self, advice: Advice) -> tuple[str, ...]:
        """What was said, each sentence once."""
        return tuple(dict.fromkeys(text for line in self.lines for text in line.sentences(advice)))

    def __str__(self) -> str:
        """As the session attributes carry it."""
        return "/".join(("say", *map(str, self.lines)))


Topic = About | Page | Signs | Said


def said(*parts: str | Line) -> Said:
    """An answer of these prompts and lines."""
    return Said(tuple(Line(PROMPT, part) if isinstance(part, str) else part for part in parts))


def read_topic(raw: object) -> Topic | None:
    """The topic in these session attributes; None for none, and for whatever is out of shape."""
    if not isinstance(raw, str) or len(raw) > LONGEST or not raw.isascii():
        return None
    kind, *rest = raw.split("/")
    match kind, rest:
        case "claim", [file, name] if file in CLAIM_FILES and name:
            return About(file, name)
        case "list", [file] if file in LISTS:
            return Page(file)
        case "list", [file, start] if file in LISTS and _is_number(start):
            return Page(file, int(start))
        case "signs", []:
            return Signs()
        case "signs", [start] if _is_number(start):
            return Signs(int(start))
        case "signs", [start, lead] if _is_number(start) and lead in (*SHORT_ANSWERS, "unknown_sign"):
            return Signs(int(start), lead)
        case "say", _ if all(rest):
            return Said(tuple(map(_line, rest)))
    return None


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= 4 and str(int(text)) == text


def _line(raw: str) -> Line:
    kind, dot, name = raw.partition(".")
    return Line(kind, name) if dot and kind in _WORDS and kind != PROMPT else Line(PROMPT, raw)


# ---- what a line says ----------------------------------------------------------------------------


def _prompt(advice: Advice, name: str) -> tuple[str, ...]:
    fact = advice.facts("prompts").get(name)
    # One that needs a value is no whole answer, whatever the attributes say.
    return () if fact is None or fact.get("uses") else advice.prompt(name)


def _noted(advice: Advice, name: str) -> tuple[str, ...]:
    condition = advice.condition(name)
    return (advice.say(condition.noted),) if condition else ()


def _sign(advice: Advice, name: str) -> tuple[str, ...]:
    symptom = advice.symptom(name)
    return (advice.say(symptom.because),) if symptom else ()


def _rule(advice: Advice, name: str) -> tuple[str, ...]:
    """Why a rule over findings speaks, and what follows from it."""
    words, rule = advice.words("triage"), advice.facts("triage")["rules"].get(name)
    texts = (words["because"][name], *words["first"].get(rule.get("first"), ())) if rule else ()
    return tuple(advice.say(text) for text in texts)


def _reason(advice: Advice, name: str) -> tuple[str, ...]:
    """Why a step was left out, by `<condition>.<rule>`."""
    owner, _, rule = name.partition(".")
    condition = advice.condition(owner)
    rules = condition.rules if condition else ()
    return tuple(advice.say(own.because) for own in rules if own.id == rule and own.do == "leave_out")


def _unknown(advice: Advice, file: str) -> tuple[str, ...]:
    """What is said of a thing that a claim file does not hold, and a few things that it does."""
    if file not in CLAIM_FILES:
        return ()
    listed = advice.listed(file)[: advice.timing.list_size]
    names = [claim.name for name in listed if (claim := advice.claim(file, name))]
    known = advice.prompt("unknown_thing", known=joined(advice, names, "and"))
    # Many a thing that people blame, or would change, is a medicine whose name we do not know.
    return (*known, *advice.prompt("unknown_medicine")) if file in _MAY_BE_MEDICINE else known


def joined(advice: Advice, items: list[str], word: str) -> str:
    """ "a, b, or c": `word` is the prompt that holds the last joining word, "and" or "or"."""
    if len(items) < 2:
        return "".join(items)
    comma = "," if len(items) > 2 else ""
    return f"{', '.join(items[:-1])}{comma} {' '.join(advice.prompt(word))} {items[-1]}"


_WORDS: Mapping[str, Callable[[Advice, str], tuple[str, ...]]] = {
    PROMPT: _prompt,
    NOTED: _noted,
    SIGN: _sign,
    RULE: _rule,
    REASON: _reason,
    UNKNOWN: _unknown,
    MARK: lambda advice, name: (),  # says nothing, and tells one state from another
}
