"""The shape of what a store keeps. Whatever is not named here cannot be stored."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypedDict

_LARGEST = 2**53
_LONGEST_ID = 100


class Record(TypedDict):
    """A place: ids, a step and times."""

    routine: str
    step: str
    round: int
    """Which time the step was played, from 1."""
    helper: bool
    """The steps are told to somebody who helps another person."""
    spent: int
    """Seconds of stretching until then."""
    left_at: int
    """Epoch seconds."""
    expires_at: int
    """Epoch seconds; DynamoDB's time-to-live attribute."""


FIELDS = tuple(Record.__annotations__)


def checked(raw: object) -> Record:
    """A record from whatever a store returns or is given: exactly these fields, each of its own kind and size.

    DynamoDB returns numbers as Decimal, other hosts as float; both are whole numbers here.

    Raises:
        ValueError: names the field, never its value.
    """
    if not isinstance(raw, Mapping):
        raise ValueError(f"expected the record of a place, found {type(raw).__name__}")
    if set(raw) != set(FIELDS):
        raise ValueError(f"expected exactly the fields {', '.join(FIELDS)}, found {len(raw)} others or too few")
    return Record(
        routine=_id(raw, "routine"),
        step=_id(raw, "step"),
        round=_whole(raw, "round", least=1),
        helper=_flag(raw, "helper"),
        spent=_whole(raw, "spent"),
        left_at=_whole(raw, "left_at"),
        expires_at=_whole(raw, "expires_at"),
    )


def _id(raw: Mapping[str, object], name: str) -> str:
    value = raw[name]
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID:
        raise ValueError(f"{name}: expected an id of at most {_LONGEST_ID} characters, found {type(value).__name__}")
    return value


def _flag(raw: Mapping[str, object], name: str) -> bool:
    value = raw[name]
    if not isinstance(value, bool):
        raise ValueError(f"{name}: expected true or false, found {type(value).__name__}")
    return value


def _whole(raw: Mapping[str, object], name: str, least: int = 0) -> int:
    value = raw[name]
    # Compared before it is converted: int(Decimal("1E+999999999")) would fill the machine's memory.
    fits = (
        isinstance(value, int | float | Decimal)
        and not isinstance(value, bool)
        and not (isinstance(value, Decimal) and not value.is_finite())
        and least <= value < _LARGEST
    )
    if not fits or int(value) != value:  # type: ignore[call-overload]
        raise ValueError(f"{name}: expected a whole number from {least}, found {type(value).__name__}")
    return int(value)  # type: ignore[call-overload]
