"""The content in the order in which a clinician reads it: what can do most harm first, an hour at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skill.advice import Advice
from workshop.review.entries import LEFT_OUT, Part
from workshop.review.lock import Accepted

WORDS_A_MINUTE = 200
"""Of somebody who weighs each sentence against what they know."""
SITTING = 60
"""Minutes."""
_CITED = "sources"
_BESIDE = frozenset({"verdict", "tier", _CITED, "phrase"})
"""Facts that have a place of their own."""
_LETTER = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences of an entry, and what they are there."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry, as it is read and accepted."""

    id: str
    hash: str
    name: str
    mark: str
    """Verdict or tier; empty for an entry that has neither."""
    said: tuple[Said, ...]
    rules: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    accepted: Accepted | None

    @property
    def words(self) -> int:
        """How many there are to read."""
        texts = (*(said.text for said in self.said), *(value for _, value in self.rules), self.name)
        return sum(len(text.split()) for text in texts)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Items that are read together."""

    id: str
    title: str
    about: str
    items: tuple[Item, ...]

    @property
    def minutes(self) -> int:
        """At a careful pace; at least one."""
        return max(1, round(sum(item.words for item in self.items) / WORDS_A_MINUTE))


# Title, what to look for, and the ids that begin so. An entry belongs to the first that takes it.
_CHAPTERS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("urgency", "How urgent it is", "A rule holds where all of its findings are stated. Is the tier right, and is what "
     "is said first the right thing to do first?", ("triage.",)),
    ("signs", "Warning signs", "A person who names one hears its reason, and what its tier says.",
     ("symptoms.", "tiers.")),
    ("stretches", "The stretches", "In bed, in the dark, alone or with a helper. Are place, order and seconds safe?",
     ("routines.", "obstacles.", "muscles.", "timing.")),
    ("conditions", "Conditions, and what they change", "Said at once to a person who names the condition; the rules "
     "hold for the rest of that session.", ("conditions.",)),
    ("remedies", "Remedies, good and bad", "Does each verdict say what its sources say?", ("remedies.",)),
    ("causes", "Why cramps come", "Does each verdict say what its sources say?", ("causes.", "lookalikes.")),
    ("habits", "Habits and plain questions", "Does each verdict say what its sources say?", ("habits.", "answers.")),
    ("between", "What is said in between", "Questions, replies and the rest of a conversation.", ("prompts.",)),
    ("countries", "What changes with the country", "The numbers to call, and the sentences round them.", ("regions.",)),
)  # fmt: skip
NOT_READ = ("findings.", "sources.")
"""Entries without a sentence: what people say for a finding, and the list of sources."""


def chapters(advice: Advice, parts: Iterable[Part], accepted: Mapping[str, Accepted]) -> list[Chapter]:
    """Every entry that has something to say or to decide, in reading order.

    Raises:
        LookupError: an entry belongs to no chapter.
    """
    items: dict[str, list[Item]] = {id_: [] for id_, *_ in _CHAPTERS}
    for part in parts:
        name = part.entry.id
        if name.startswith(NOT_READ):
            continue
        home = next((id_ for id_, _, _, begins in _CHAPTERS if name.startswith(begins)), None)
        if home is None:
            raise LookupError(f"expected a chapter for the entry {name}, found none. Hint: add it to {__name__}")
        items[home].append(_item(advice, part, accepted.get(name)))
    order = list(advice.facts("triage")["tiers"])
    for home in ("urgency", "signs"):
        items[home].sort(key=lambda item: order.index(item.mark) if item.mark in order else len(order))
    return [Chapter(id_, title, about, tuple(items[id_])) for id_, title, about, _ in _CHAPTERS]


def sittings(every: Sequence[Chapter]) -> list[list[Chapter]]:
    """The chapters in sittings of an hour at most; a longer chapter has a sitting of its own."""
    parts: list[list[Chapter]] = []
    for chapter in every:
        if parts and sum(own.minutes for own in parts[-1]) + chapter.minutes <= SITTING:
            parts[-1].append(chapter)
        else:
            parts.append([chapter])
    return parts


def _item(advice: Advice, part: Part, accepted: Accepted | None) -> Item:
    facts = part.facts if isinstance(part.facts, Mapping) else {"value": part.facts} if part.facts is not None else {}
    name = part.entry.id
    words = part.words.get(advice.region.language)
    said = [Said(label, _spoken(advice, text, _numbers(facts))) for label, text in _sentences(words)]
    said += [Said(label, _spoken(advice, text, _region(facts))) for label, text in _of_country(name, facts)]
    said += list(_of_rule(advice, name, facts))
    if name == "triage.because":
        said = [Said("", "The reasons, each of which stands above with its rule.")]
    title = words.get("name", words.get("sign", "")) if isinstance(words, Mapping) else ""
    return Item(
        id=name,
        hash=part.entry.hash,
        name=str(title),
        mark=str(facts.get("verdict") or facts.get("tier") or ""),
        said=tuple(said),
        rules=tuple((key.replace("_", " "), _shown(value)) for key, value in facts.items() if _is_rule(name, key)),
        sources=tuple(facts.get(_CITED, ())),
        accepted=accepted,
    )


def _is_rule(name: str, key: str) -> bool:
    return key not in _BESIDE and not (name.startswith("regions.") and (key.endswith(("_call", "_then"))))


def _sentences(words: Any, label: str = "") -> Iterator[tuple[str, str]]:
    """Label and text of everything in a block of words that somebody hears; sentences of one list together."""
    if isinstance(words, str):
        yield label, words
    elif isinstance(words, list):
        yield label, " ".join(map(str, words))
    elif isinstance(words, Mapping):
        for key, value in words.items():
            if key not in LEFT_OUT and key not in ("name", "sign"):
                yield from _sentences(value, f"{label}, {key}" if label else str(key).replace("_", " "))


def _of_country(name: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if name.startswith("regions."):
        yield from ((key.replace("_", " "), value) for key, value in facts.items() if key.endswith(("_call", "_then")))


def _of_rule(advice: Advice, name: str, facts: Mapping[str, Any]) -> Iterator[Said]:
    """The reason that a rule of urgency gives, and what it says to do first."""
    if name.startswith("triage.rules."):
        words = advice.words("triage")
        yield Said("reason", _spoken(advice, words["because"][name.removeprefix("triage.rules.")], {}))
        if first := facts.get("first"):
            yield Said("first", " ".join(_spoken(advice, text, {}) for text in words["first"][first]))


def _numbers(facts: Mapping[str, Any]) -> dict[str, object]:
    own = facts.get("numbers")
    return {**{key: value for key, value in facts.items() if isinstance(value, int)}, **(own or {})}


def _region(facts: Mapping[str, Any]) -> dict[str, object]:
    number = str(facts.get("emergency") or "")
    return {"emergency": str(facts.get("emergency_name", "")).replace("{emergency}", number) or number}


def _spoken(advice: Advice, text: str, values: Mapping[str, object]) -> str:
    """The sentence as it is said; a value that only a conversation has stands in brackets."""
    known = dict(values)
    while True:
        try:
            return advice.say(text, **known)
        except KeyError as missing:
            known[missing.args[0]] = f"[{missing.args[0].replace('_', ' ')}]"


def _shown(value: Any) -> str:
    """A fact in words: `all of not breathing; one of …`."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_shown(own)}" for key, own in value.items())
    if isinstance(value, list):
        return ", ".join(f"({' or '.join(map(str, own))})" if isinstance(own, list) else str(own) for own in value)
    return str(value)
