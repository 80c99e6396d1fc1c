"""The sentence files: what people say for each intent, as templates with their own tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from speaker.nlu.interaction_model import MODELS

SENTENCES = MODELS / "sentences"
BUILT_IN = tuple(
    f"AMAZON.{name}Intent"
    for name in (
        "Cancel",
        "Fallback",
        "Help",
        "NavigateHome",
        "Next",
        "No",
        "Pause",
        "Previous",
        "Repeat",
        "Resume",
        "StartOver",
        "Stop",
        "Yes",
    )
)
"""Amazon's own intents that we take, without samples: adding some makes the built-in phrases match worse."""
ALL_UP_TO = 4
"""Words up to which a sample is kept though its pairs of words are known."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One sentence file."""

    name: str
    about: str
    slots: Mapping[str, str]
    """Slot name to slot type."""
    templates: tuple[str, ...]
    regional: Mapping[str, tuple[str, ...]]
    """Templates of one locale only."""
    tests: tuple[Mapping[str, Any], ...] = ()
    near_misses: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Sentences:
    """All sentence files of a language."""

    intents: tuple[Intent, ...]
    rules: Mapping[str, str] = field(default_factory=dict)
    """Parts shared by templates, written `<name>` in them."""
    types: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Slot types whose values are no piece of advice."""
    findings: Mapping[str, Any] = field(default_factory=dict)
    """How closed slot types are made of the words of findings (`workshop.models.finding_types`)."""
    things: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    """Slot type to the things it has beyond the content's own: what people name and nobody here knows."""

    @property
    def own_types(self) -> tuple[str, ...]:
        """The slot types that no file of content fills."""
        return (*self.types, *self.findings.get("types", {}))

    @cached_property
    def _parsed_rules(self) -> dict[str, Any]:
        from hassil.parse_expression import parse_sentence

        return {name: parse_sentence(body) for name, body in self.rules.items()}

    @cached_property
    def _expanded(self) -> dict[str, list[str]]:
        """By template: every locale builds its model of the same ones."""
        return {}

    def expand(self, template: str) -> list[str]:
        """Every sample that a template stands for, slots left as `{slot}`.

        Raises:
            ValueError: the template cannot be read, or names a rule that does not exist.
        """
        if template not in self._expanded:
            self._expanded[template] = self._expand(template)
        return self._expanded[template]

    def _expand(self, template: str) -> list[str]:
        # hassil is the library of Home Assistant's own sentence templates; only building and checking need it.
        from hassil.errors import HassilError
        from hassil.parse_expression import parse_sentence
        from hassil.parser import ParseError
        from hassil.sample import sample_sentence

        try:
            parsed = parse_sentence(template)
            found = sample_sentence(parsed, {}, self._parsed_rules, expand_lists=False)
            return [" ".join(text.split()) for text in found]
        except (AssertionError, RecursionError) as error:
            # hassil's own way to say that a template is empty, and that a rule goes round in a circle.
            why = "it is empty" if isinstance(error, AssertionError) else "one of its rules contains itself"
            raise ValueError(f"expected a template such as 'ow my {{muscle}}', found {template!r}: {why}") from None
        except (ParseError, HassilError, LookupError, ValueError) as error:
            raise ValueError(f"expected a template such as 'ow my {{muscle}}', found {template!r}: {error}") from error

    def samples(self, intent: Intent, locale: str) -> list[str]:
        """The samples of an intent in a locale, sorted: those of its templates that say something new.

        Alternatives multiply, and what a model learns of them are words and their neighbours. So of the samples of one
        template as many are kept as have a pair of neighbouring words that no sample of the intent had before; short
        ones are kept all.
        """
        kept: set[str] = set()
        known: set[tuple[str, str]] = set()
        for template in (*intent.templates, *intent.regional.get(locale, ())):
            for sample in self.expand(template):
                words = sample.split()
                pairs = set(pairwise(("", *words, "")))
                if words and (len(words) <= ALL_UP_TO or not pairs <= known):
                    kept.add(sample)
                    known |= pairs
        return sorted(kept)


def read_sentences(language: str = "en", root: Path = SENTENCES) -> Sentences:
    """The sentence files of a language.

    Raises:
        FileNotFoundError: no such folder.
        yaml.YAMLError: a file that does not parse.
    """
    folder = root / language
    intents = []
    shared: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        if path.name.startswith("_"):
            shared |= raw
            continue
        intents.append(
            Intent(
                name=raw["intent"],
                about=raw.get("about", ""),
                slots=raw.get("slots") or {},
                templates=tuple(raw["templates"]),
                regional={locale: tuple(own) for locale, own in (raw.get("regional") or {}).items()},
                tests=tuple(raw.get("tests") or ()),
                near_misses=tuple(raw.get("near_misses") or ()),
            )
        )
    own = {name: shared.get(name, {}) for name in ("rules", "types", "findings", "things")}
    return Sentences(tuple(intents), **own)
