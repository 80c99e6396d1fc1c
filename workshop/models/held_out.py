"""Held-out utterances: what people might say, written before the templates, which are never edited to match a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from speaker.nlu.interaction_model import MODELS

HELD_OUT = MODELS / "tests" / "en" / "heldout.yaml"
FALLBACK = "AMAZON.FallbackIntent"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line of the file."""

    say: str
    intent: str
    slots: Mapping[str, str] = field(default_factory=dict)
    """Slot name to the id that it must resolve to; for a duration, to its ISO 8601 form."""
    locale: str | None = None
    """None: said anywhere."""

    @property
    def in_domain(self) -> bool:
        """Whether the skill is meant to know what to do with it."""
        return self.intent != FALLBACK


def read_held_out(path: Path = HELD_OUT) -> list[Utterance]:
    """The utterances of the file.

    Raises:
        FileNotFoundError: no such file.
        KeyError: a line without `say` or `intent`.
    """
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))["utterances"]
    return [
        Utterance(
            say=line["say"],
            intent=line["intent"],
            slots={name: _expected(value) for name, value in (line.get("slots") or {}).items()},
            locale=line.get("locale"),
        )
        for line in raw
    ]


def _expected(value: object) -> str:
    """A duration is written in seconds."""
    if not isinstance(value, int):
        return str(value)
    minutes, seconds = divmod(value, 60)
    return "PT" + (f"{minutes}M" if minutes else "") + (f"{seconds}S" if seconds or not minutes else "")
