"""Which store the skill reads: the bundle's compiled content, or the YAML of a clone."""

from __future__ import annotations

import os
from functools import lru_cache

from skill.advice.compiled import COMPILED, CompiledStore, Store

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "content")  # noqa: PTH118, PTH120 - pathlib takes a cold start 2 ms


@lru_cache(maxsize=1)
def default_store() -> Store:
    """Compiled content where it lies beside the code (a bundle), else the YAML source."""
    if os.path.isfile(f"{_FOLDER}/regions.{COMPILED}"):  # noqa: PTH113
        return CompiledStore(_FOLDER)
    from skill.advice.store import YamlStore

    return YamlStore()
