"""Reports schema violations in plain words. Validation is done by jsonschema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from workshop.linting.fault import Fault, either, listed, place, shown
from workshop.linting.yaml_files import blocks

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

Schema = dict[str, Any]
"""A JSON schema whose parts carry `expected` and `hint`, the texts of a fault."""

_NAMES = {"object": "a block of keys", "array": "a list", "string": "text", "integer": "a whole number"}
_HINT = "write it like the other entries of this file"


def shape_faults(file: str, tree: object, schema: Schema) -> Iterator[Fault]:
    """Every place where `tree` differs from `schema`."""
    # Imported lazily, so that a missing package can be reported by name.
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(schema).iter_errors(tree):
        yield from _told(file, error)


def _told(file: str, error: ValidationError) -> Iterator[Fault]:
    path = tuple(error.absolute_path)
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    if error.validator == "required":
        for key in schema["required"]:
            if key not in blocks(error.instance):
                own = schema.get("properties", {}).get(key, {})
                expected = _expected(own) if own else "an entry of this name, which the conversation asks for"
                yield Fault(file, place(*path, key), expected, "nothing", _add(key, own))
    elif error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = list(schema.get("properties", {}))
        for key in error.instance:
            if key not in known:
                near = get_close_matches(str(key), known, 1)
                hint = f"did you mean `{near[0]}`?" if near else "remove it, or see the comment at the top of the file"
                yield Fault(file, place(*path, key), f"only the keys {listed(known)}", f"`{key}`", hint)
    else:
        hint = str(schema.get("hint", _HINT)).replace("{found}", _quotable(error.instance))
        yield Fault(file, place(*path), _expected(schema), shown(error.instance), hint)


def _quotable(value: object) -> str:
    """The example that a hint quotes: the number as typed, otherwise a sample value."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else "911"


def _add(key: str, schema: Mapping[str, Any]) -> str:
    return (
        f"add `{key}:` here; {schema['hint'].replace('{found}', _quotable(None))}"
        if "hint" in schema
        else f"add `{key}:` here"
    )


def _expected(schema: Mapping[str, Any]) -> str:
    if "expected" in schema:
        return str(schema["expected"])
    if "enum" in schema:
        return either(schema["enum"])
    kind = schema.get("type")
    return _NAMES.get(kind, "a value") if isinstance(kind, str) else "a value"
