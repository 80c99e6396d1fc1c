"""Held-out utterances: what people might say, never a source of templates, which are not edited to match a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from skill.advice import open_advice
from speaker.nlu.interaction_model import MODELS
from speaker.nlu.slot_values import FINDINGS, HeardSlot

FOLDER = MODELS / "tests" / "en"
HELD_OUT = FOLDER / "heldout.yaml"
"""Lines with the one intent and the ids that are expected."""
BEDSIDE = FOLDER / "bedside.yaml"
"""Lines with every intent that would serve the person."""
SECOND = FOLDER / "second_night.yaml"
"""The same, written after the models were last reworked."""
WILD = FOLDER / "words_in_the_wild.tsv"
"""A third of a larger collection, in the words of public threads; the rest is kept elsewhere, for measuring."""
FALLBACK = "AMAZON.FallbackIntent"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line of a file."""

    say: str
    intents: tuple[str, ...]
    """Any of these serves the person; the first is what is meant."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Slot name to the id that it must resolve to; for a duration, to its ISO 8601 form."""
    pattern: str = ""
    """What the id or the value of one of the slots must match; empty: not checked."""
    locale: str | None = None
    """None: said anywhere."""

    @property
    def intent(self) -> str:
        """The intent that is meant."""
        return self.intents[0]

    @property
    def in_domain(self) -> bool:
        """Whether the skill is meant to know what to do with it."""
        return FALLBACK not in self.intents

    @property
    def foreign(self) -> bool:
        """Whether nothing but FallbackIntent serves."""
        return self.intents == (FALLBACK,)

    @property
    def expects_slots(self) -> int:
        """How many slots are checked."""
        return len(self.slots) + bool(self.pattern)

    def slots_right(self, heard: Mapping[str, HeardSlot]) -> int:
        """How many of them are right."""
        right = sum(_id(heard.get(name)) == id_ or _means(heard, id_) for name, id_ in self.slots.items())
        if self.pattern:
            named = [text for slot in heard.values() for text in (slot.id, slot.name, slot.value) if text]
            right += any(re.search(self.pattern, text) for text in named) or re.fullmatch(self.pattern, "") is not None
        return right


def _means(heard: Mapping[str, HeardSlot], sign: str) -> bool:
    """Whether what was heard of the body is that sign: a sign may come whole, or as what of what."""
    body = {slot.type: slot.value for slot in heard.values() if slot.type in FINDINGS}
    place, state = body.get("PLACE", ""), body.get("STATE", "")
    texts = [
        f"{place} {state}",
        f"{state} {place}",
        f"my {place} is {state}",
        f"it's {state}",
        f"{body.get('ACTION')} {place}",
    ]
    texts += [own for kind, own in body.items() if kind in ("ACTION", "EVENT")]
    found = (open_advice("en-US").overheard(text) for text in texts if body)
    return any(symptom is not None and symptom.id == sign for symptom in found)


def _id(slot: HeardSlot | None) -> str | None:
    return None if slot is None else slot.id or slot.value


def read_held_out(path: Path = HELD_OUT) -> list[Utterance]:
    """The utterances of a file, YAML or tab-separated.

    Raises:
        FileNotFoundError: no such file.
        KeyError: a line without `say` or `intent`.
        ValueError: a tab-separated line of another shape.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".tsv":
        return [_row(path, row) for row in text.splitlines() if row.strip() and not row.startswith("#")]
    return [
        Utterance(
            say=line["say"],
            intents=tuple(line["intent"].split("|")),
            slots={name: _expected(value) for name, value in (line.get("slots") or {}).items()},
            pattern=line.get("slot", ""),
            locale=line.get("locale"),
        )
        for line in yaml.safe_load(text)["utterances"]
    ]


def _row(path: Path, row: str) -> Utterance:
    columns = row.split("\t")
    if not 2 <= len(columns) <= 3:
        raise ValueError(
            f"{path.name}: expected an utterance, intents and a pattern, tabs between, found {row!r}. Hint: mend it"
        )
    return Utterance(columns[0], tuple(columns[1].split("|")), pattern=columns[2] if len(columns) == 3 else "")


def _expected(value: object) -> str:
    """A duration is written in seconds."""
    if not isinstance(value, int):
        return str(value)
    minutes, seconds = divmod(value, 60)
    return "PT" + (f"{minutes}M" if minutes else "") + (f"{seconds}S" if seconds or not minutes else "")
