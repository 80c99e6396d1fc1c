"""Building blocks of the content schemas, with the texts that faults quote."""

from __future__ import annotations

from workshop.linting.schema_report import Schema


def text(
    expected: str, hint: str = "write it as text; put quotation marks around it if it starts with a sign"
) -> Schema:
    """A non-blank string."""
    return {"type": "string", "pattern": r"\S", "expected": expected, "hint": hint}


def whole(expected: str, least: int = 1, most: int = 100_000, hint: str = "digits only, without a unit") -> Schema:
    """An integer within bounds."""
    return {"type": "integer", "minimum": least, "maximum": most, "expected": expected, "hint": hint}


def sentences(expected: str, least: int = 1, most: int = 100) -> Schema:
    """A list of sentences."""
    whole = f"{expected}: a list of {least} to {most} sentences" if most < 100 else f"{expected}: a list of sentences"
    hint = "one sentence a line, each after `- `"
    return {
        "type": "array",
        "minItems": least,
        "maxItems": most,
        "expected": whole,
        "hint": hint,
        "items": text("a sentence"),
    }


def listing(
    expected: str, item: Schema, least: int = 1, once: bool = False, hint: str = "write [one, another]"
) -> Schema:
    """A list of at least so many items, each of them `once` only where that is asked."""
    made: Schema = {"type": "array", "items": item, "expected": expected, "hint": hint}
    if least:
        made["minItems"] = least
    if once:
        made["uniqueItems"] = True
    return made


def block(required: dict[str, Schema], optional: dict[str, Schema] | None = None, expected: str = "") -> Schema:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
        "expected": expected or "a block of keys",
    }


def by_id(entry: Schema, expected: str = "entries by id") -> Schema:
    """An object of entries of one shape, by id."""
    return {"type": "object", "minProperties": 1, "additionalProperties": entry, "expected": expected}


def choice(*choices: str) -> Schema:
    """One of these strings."""
    return {"enum": list(choices), "hint": "choose one of these, spelled exactly so"}


def flag() -> Schema:
    """True or false."""
    return {"type": "boolean", "expected": "true or false", "hint": "write true or false"}


NUMBER: Schema = {
    "type": ["integer", "number"],
    "expected": "a number",
    "hint": "only numbers stand here: the words use them as {name}",
}
NAME = text("a name")
