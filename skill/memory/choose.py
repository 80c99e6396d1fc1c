"""Which store a setting names: `CRAMP_COACH_MEMORY`, or a flag in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

CHOICES = "none, sqlite:PATH, dynamodb:TABLE"


def choose(setting: str, called: str = "CRAMP_COACH_MEMORY") -> AbstractPersistenceAdapter | None:
    """The store of a setting, which errors name as `called`. Nothing is opened before a place is kept or looked for.

    Raises:
        ValueError: not one of the choices, or one that cannot work here, with the choices and what to do.
    """
    setting = setting.strip()
    if setting in ("", "none"):
        return None
    kind, _, name = setting.partition(":")
    try:
        if kind == "sqlite" and name:
            from skill.memory.sqlite import open_at

            return open_at(name)
        if kind == "dynamodb" and name:
            from skill.memory.dynamodb import open_table

            return open_table(name)
    except ValueError as error:
        raise ValueError(f"{called}: {error}. Choices: {CHOICES}") from error
    raise ValueError(f"{called}: expected one of {CHOICES}, found {setting!r}")
