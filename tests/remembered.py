"""Makes the checks fast to repeat: what depends on one file alone is worked out once for each text of it.

A test changes one file of a copy; the others are as they were in the copy before. Reading is remembered by the text,
the comparing with a shape by the tree and the schema, and the committed sentences are read and expanded once.
Everything that compares files with each other runs each time.
"""

from __future__ import annotations

import importlib
import pickle
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from workshop.check import content
from workshop.linting import schema_report, yaml_files, yaml_reader
from workshop.linting.fault import Fault
from workshop.models import lint, manifest
from workshop.models.sentences import SENTENCES, Sentences, read_sentences

Read = tuple[dict[str, Any] | None, list[Fault]]


@pytest.fixture(scope="session", autouse=True)
def remembered() -> Iterator[None]:
    """In every test of a folder whose conftest imports this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_files, "read_tree", _reading(yaml_reader.read_tree))
        patch.setattr(content, "shape_faults", _comparing(schema_report.shape_faults))
        for module in (lint, manifest):
            patch.setattr(module, "read_sentences", _sentences(module.read_sentences))
        yield


@cache
def sentences() -> Sentences:
    """The committed sentences, the same for all tests."""
    return read_sentences()


def _sentences(read: Any) -> Any:
    def again(language: str = "en", root: Path = SENTENCES) -> Sentences:
        found: Sentences = sentences() if root == SENTENCES else read(language, root)
        return found

    return again


def _reading(read: Any) -> Any:
    kept: dict[tuple[str, str], Read] = {}

    def again(path: Path, file: str) -> Read:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            text = ""  # what is wrong with the file itself is for the reader to say
        if not 0 < len(text) <= yaml_reader.MOST_BYTES:
            found: Read = read(path, file)
            return found
        if (file, text) not in kept:
            kept[file, text] = read(path, file)
        tree, faults = kept[file, text]
        return tree, list(faults)

    return again


def _comparing(compare: Any) -> Any:
    kept: dict[tuple[str, bytes, bytes], list[Fault]] = {}

    def again(file: str, tree: object, schema: object) -> list[Fault]:
        importlib.import_module("jsonschema")  # whose absence is a fault of its own
        key = (file, pickle.dumps(tree), pickle.dumps(schema))
        if key not in kept:
            kept[key] = list(compare(file, tree, schema))
        return kept[key]

    return again
