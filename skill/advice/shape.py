"""How the shape of content is declared: once, as a dataclass whose fields say where they stand and what belongs there.

`build` reads entries by that declaration; `workshop.check.derived_schema` makes the schemas of `make check` from it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from functools import cache, partial
from typing import Any, TypeVar, cast, dataclass_transform

FACTS = "facts"
WORDS = "words"
BOTH = "both"
"""The halves of an entry, each in a file of its own under the same id. A field of `BOTH` is a block of entries."""

Entry = TypeVar("Entry")
Tree = Mapping[str, Any]


def fact(expected: str = "", **how: Any) -> Any:
    """A field that stands in the facts. `expected` is what `make check` says where it finds something else.

    `how` takes what `dataclasses.field` takes for a default, and:

    - `at`: the path to the value within the entry, such as `hold.longest`; the field's name if left out
    - `make`: makes the field's value of what the file holds; a list becomes a tuple without it
    - `rest`: true for the one field that collects every key that no other field names
    - `shared`: true for a block of entries that may have their words elsewhere
    - `each`: the dataclass of the entries in a block; whoever builds the block passes them to `build`
    - `when`: of the words, the condition on the entry's facts under which the field is there, and must be
    - `bare`: true for the word that stands without its key where it is the only one
    - `least`, `most`: bounds of a number or of the length of a list
    - `choices`, `pattern`: what a text may be
    - `item`: what one item of a list is; without it, a list of words is a list of sentences
    - `hint`: what to do about a fault, where the usual hint of the type does not help
    """
    return _declared(FACTS, expected, how)


def word(expected: str = "", **how: Any) -> Any:
    """A field that stands in the words; as `fact`."""
    return _declared(WORDS, expected, how)


def entries(each: type, expected: str, **how: Any) -> Any:
    """A field that is a block of entries in both halves; as `fact`."""
    return _declared(BOTH, expected, {**how, "each": each})


def _declared(half: str, expected: str, how: dict[str, Any]) -> Any:
    default = {name: how.pop(name) for name in ("default", "default_factory") if name in how}
    return field(**default, metadata={"half": half, "expected": expected, **how})


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(fact, word, entries))
def shape(own: type[Entry]) -> type[Entry]:
    """A frozen dataclass built by keywords.

    Its `==`, hash and `repr` are shared: `dataclass` would compile them anew for every shape, at each cold start.
    """
    own.__eq__ = _equal  # type: ignore[method-assign]
    own.__hash__ = _hash  # type: ignore[assignment,method-assign]
    own.__repr__ = _shown  # type: ignore[method-assign]
    return dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(own)


def _values(entry: Any) -> tuple[Any, ...]:
    return tuple(getattr(entry, own.name) for own in fields(entry))


def _equal(entry: object, other: object) -> bool:
    return type(entry) is type(other) and _values(entry) == _values(other)


def _hash(entry: object) -> int:
    return hash(_values(entry))


def _shown(entry: Any) -> str:
    values = zip(fields(entry), _values(entry), strict=True)
    return f"{type(entry).__name__}({', '.join(f'{own.name}={value!r}' for own, value in values)})"


def build(cls: type[Entry], facts: Tree, words: Tree | str | Sequence[str] | None = None, **given: Any) -> Entry:
    """The entry of `cls` that `facts` and `words` declare. `given` are fields that no file holds, and those that the
    caller has worked out.

    Raises:
        KeyError: a field without a default is in neither; `cramp-coach check` finds these before a person does.
    """
    plan, bare = _plan(cast("Hashable", cls))
    if not isinstance(words, Mapping):
        words = {} if words is None else {bare: words}
    for name, in_words, groups, key, make, needed in plan:
        if name in given:
            continue
        tree = words if in_words else facts
        for group in groups:
            tree = tree[group]
        if not key:
            given[name] = make(tree)
        elif needed or key in tree:
            given[name] = make(tree[key])
    return cls(**given)


def path_of(name: str, declared: Mapping[str, Any]) -> list[str]:
    """The keys that lead to a field's value in its half of an entry."""
    return str(declared.get("at") or name).split(".")


def fact_keys(cls: type) -> frozenset[str]:
    """The keys of an entry's facts that have a field of their own."""
    return frozenset(
        path_of(own.name, own.metadata)[0]
        for own in fields(cls)
        if own.metadata and own.metadata["half"] != WORDS and not own.metadata.get("rest")
    )


_Plan = tuple[str, bool, tuple[str, ...], str, Callable[[Any], Any], bool]


@cache
def _plan(cls: Any) -> tuple[tuple[_Plan, ...], str]:
    """How to read each field that a file holds, and the key of the word that may stand bare."""
    found: list[_Plan] = []
    bare = ""
    for own in fields(cls):
        declared = own.metadata
        if not declared or "each" in declared:
            continue
        needed = own.default is MISSING and own.default_factory is MISSING
        if declared.get("rest"):
            found.append((own.name, False, (), "", partial(_without, known=fact_keys(cls)), needed))
            continue
        *groups, key = path_of(own.name, declared)
        if declared.get("bare"):
            bare = key
        found.append((own.name, declared["half"] == WORDS, tuple(groups), key, declared.get("make", _frozen), needed))
    return tuple(found), bare


def _without(tree: Tree, known: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in tree.items() if key not in known}


def _frozen(value: Any) -> Any:
    return tuple(value) if type(value) is list else value
