"""The schema of an entry, derived from the dataclass that declares it (`skill.advice.shape`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from skill.advice.model import sourced
from skill.advice.shape import BOTH, FACTS, WORDS, path_of, shape
from workshop.check.schema_dsl import NUMBER, block, by_id, choice, flag, listing, sentences, text, whole
from workshop.linting.schema_report import Schema

_KNOWN = frozenset("half expected at make rest each shared when bare least most choices pattern item hint".split())
"""The metadata a field may have; see `skill.advice.shape.fact`."""


def schema(cls: Any, half: str, facts: object = None) -> Schema:
    """The schema of one entry of `cls` in its `half`: `FACTS` or `WORDS`.

    The words that belong to an entry may depend on its own `facts`.

    Raises:
        TypeError: the declaration has a type or metadata without a schema.
    """
    known = facts if isinstance(facts, Mapping) else {}
    made = block({})
    bare = None
    kinds = get_type_hints(cls)
    for own in fields(cls):
        if own.metadata.get("half") not in (half, BOTH):
            continue
        if unknown := own.metadata.keys() - _KNOWN:
            raise TypeError(f"{cls.__name__}.{own.name}: expected one of {sorted(_KNOWN)}, found {sorted(unknown)}")
        if own.metadata.get("rest"):
            made["additionalProperties"] = NUMBER
            continue
        when = own.metadata.get("when")
        if when is not None and not when(known):
            continue
        path = path_of(own.name, own.metadata)
        needed = when is not None or (own.default is MISSING and own.default_factory is MISSING)
        if "each" not in own.metadata:
            part = _value(kinds[own.name], own, half)
        elif half == FACTS:
            part = by_id(schema(own.metadata["each"], FACTS), own.metadata["expected"])
        elif not follows_facts(own.metadata["each"]):
            part = by_id(schema(own.metadata["each"], WORDS), own.metadata["expected"])
            needed = needed and not own.metadata.get("shared")
        elif inner := known.get(path[0]):
            part = {**per_entry(own.metadata["each"], inner), "expected": "the words of every one, by id"}
            part["required"] = list(part["properties"])
            needed = True
        else:
            continue
        _put(made, path, part, needed)
        if own.metadata.get("bare"):
            bare = part
    return bare if bare is not None and len(made["properties"]) == 1 else made


def per_entry(cls: Any, facts: object) -> Schema:
    """The schema of a block of words in which each entry follows its own facts.

    Entries without facts are reported by `id_faults`.
    """
    named = facts if isinstance(facts, Mapping) else {}
    return {
        "type": "object",
        "properties": {name: schema(cls, WORDS, own) for name, own in named.items() if isinstance(own, Mapping)},
        "additionalProperties": True,
        "expected": "entries by id",
    }


def follows_facts(cls: Any) -> bool:
    """Whether the words of an entry depend on its facts."""
    return any(
        "when" in own.metadata or ("each" in own.metadata and follows_facts(own.metadata["each"]))
        for own in fields(cls)
    )


def choices(cls: Any, name: str) -> tuple[str, ...]:
    """The values allowed for a field."""
    return tuple(next(own for own in fields(cls) if own.name == name).metadata["choices"])


def _put(made: Schema, path: list[str], part: Schema, needed: bool) -> None:
    """Inserts the schema of a value at its path, creating the blocks above it."""
    *groups, key = path
    for group in groups:
        inner = made["properties"].setdefault(group, block({}))
        inner.setdefault("properties", {})
        if needed and group not in made["required"]:
            made["required"].append(group)
        made = inner
    made["properties"][key] = part
    if needed:
        made.setdefault("required", []).append(key)


def _value(kind: Any, own: Field[Any], half: str) -> Schema:
    """The schema of one value, derived from the type of its field."""
    said = own.metadata
    expected = str(said["expected"])
    bounds = {name: said[name] for name in ("least", "most") if name in said}
    hint = {"hint": said["hint"]} if "hint" in said else {}
    if NoneType in get_args(kind):
        (inner,) = (one for one in get_args(kind) if one is not NoneType)
        made = _value(inner, own, half)
        # An optional value is left out rather than written as null.
        return {**made, "type": [made["type"], "null"]} if own.default is MISSING else made
    if "choices" in said or (isinstance(kind, type) and issubclass(kind, Enum)):
        return {**choice(*(said.get("choices") or kind)), **({"expected": expected} if expected else {}), **hint}
    if kind is bool:
        return flag()
    if kind is int:
        return whole(expected, **bounds, **hint)
    if kind is str:
        return _text(expected, said, hint)
    if get_origin(kind) in (tuple, frozenset):
        if half == WORDS and "item" not in said:
            return sentences(expected, most=bounds.get("most", 100))
        once = half == FACTS and said.get("least") != 0
        item = _item(get_args(kind)[0], said, hint)
        return listing(expected, item, said.get("least", 1), once, **({} if "pattern" in said else hint))
    if get_origin(kind) is Mapping and get_args(kind)[1] is str:
        return {"type": "object", "additionalProperties": text(str(said["item"])), "expected": expected}
    if get_origin(kind) is Mapping:
        return by_id(NUMBER, expected)
    raise TypeError(f"{own.name}: expected a type that content can have, found {kind}. Hint: teach it to {__name__}")


def _item(kind: Any, said: Mapping[str, Any], hint: dict[str, str]) -> Schema:
    """The schema of one item of a list."""
    expected = str(said.get("item", ""))
    if kind is int:
        return whole(expected, most=said["most"])
    if kind is str:
        return _text(expected, said, hint if "pattern" in said else {})
    # A nested list, or a name in its place if the field says nothing of items.
    return listing(expected, text("a name")) if expected else {}


def _text(expected: str, said: Mapping[str, Any], hint: dict[str, str]) -> Schema:
    made = text(expected, **hint)
    return {**made, "pattern": said["pattern"]} if "pattern" in said else made


@shape
class _Sourced:
    sources: tuple[str, ...] = sourced()


SOURCES: Schema = schema(_Sourced, FACTS)["properties"]["sources"]
"""For entries that the skill reads as plain data."""
