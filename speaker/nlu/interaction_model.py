"""The interaction model as a speaker uses it: phrases, values and built-ins, indexed for looking up."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from speaker.nlu.language import language
from speaker.nlu.normalize import plain_sample, spoken

MODELS = Path(__file__).parents[2] / "interaction_models"
"""The models of every locale, beside the rooms in the clone and in an installed package alike."""
DURATION, TIME = "AMAZON.DURATION", "AMAZON.TIME"
_SLOT = re.compile(r"\{(\w+)\}")


@lru_cache
def built_in_phrases(name: str, section: str) -> dict[str, str]:
    """Spoken phrase to the Amazon intent that it reaches without a sample.

    Args:
        name: the language, such as `en`.
        section: `published` by Amazon, or `also` taken for the same by our own speaker.
    """
    raw = language(name).files["built_in"][section]
    return {spoken(phrase, name): intent for intent, phrases in raw.items() for phrase in phrases}


class NoModel(FileNotFoundError):
    """There is no interaction model for a locale."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a slot type."""

    id: str
    name: str


@dataclass(frozen=True)
class InteractionModel:
    """The model of one locale."""

    locale: str
    invocation: str
    slots: dict[str, dict[str, str]]
    """Intent to slot name to slot type."""
    patterns: dict[str, list[tuple[str, tuple[str, ...]]]]
    """A sample with its slots written as `{TYPE}`, to the intents that have it and their slot names in order."""
    values: dict[str, dict[str, Value]]
    """Slot type to spoken phrase to value."""
    published: dict[str, str] = field(default_factory=dict)
    """Amazon's published phrases to the built-in intent that each reaches."""
    also: dict[str, str] = field(default_factory=dict)
    """What our own speaker takes for the same intents besides."""

    @property
    def language(self) -> str:
        """Such as `en`."""
        return self.locale.partition("-")[0]

    @cached_property
    def built_in(self) -> dict[str, str]:
        """Phrase to Amazon intent, as our own speaker hears it."""
        return {**self.also, **self.published}

    @classmethod
    def load(cls, locale: str, folder: Path = MODELS) -> InteractionModel:
        """The model in `<folder>/<locale>.json`.

        Raises:
            NoModel: no such file; names those that exist.
        """
        path = folder / f"{locale}.json"
        if not path.is_file():
            have = ", ".join(sorted(own.stem for own in folder.glob("??-??.json"))) or "none"
            raise NoModel(f"locale: expected one of {have}, found {locale!r}. Hint: `make models` writes the models")
        return cls.read(locale, json.loads(path.read_text(encoding="utf-8")))

    @classmethod
    def read(cls, locale: str, raw: dict[str, Any]) -> InteractionModel:
        """The model as Amazon's JSON has it."""
        own = locale.partition("-")[0]
        spoken_model = raw["interactionModel"]["languageModel"]
        slots = {i["name"]: {s["name"]: s["type"] for s in i.get("slots", ())} for i in spoken_model["intents"]}
        patterns: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for intent in spoken_model["intents"]:
            for sample in intent.get("samples", ()):
                types = slots[intent["name"]]
                pattern = "".join(
                    f"{{{types[part]}}}" if at % 2 else part for at, part in enumerate(_SLOT.split(sample))
                )
                patterns[plain_sample(pattern, own)].append((intent["name"], tuple(_SLOT.findall(sample))))
        values: dict[str, dict[str, Value]] = {}
        for kind in spoken_model.get("types", ()):
            own_values = values.setdefault(kind["name"], {})
            for value in kind["values"]:
                named = Value(value.get("id", value["name"]["value"]), value["name"]["value"])
                for phrase in (value["name"]["value"], *value["name"].get("synonyms", ())):
                    own_values.setdefault(spoken(phrase, own), named)
        shipped = {intent["name"] for intent in spoken_model["intents"]}
        published, also = (
            {phrase: name for phrase, name in built_in_phrases(own, section).items() if name in shipped}
            for section in ("published", "also")
        )
        return cls(locale, spoken_model["invocationName"], slots, dict(patterns), values, published, also)
