"""Telephone numbers that nobody has looked up: told to whoever checks, and no fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from workshop.linting.yaml_files import blocks
from workshop.linting.yaml_reader import read_tree

_PAGE = re.compile(r"20\d\d-\d\d-\d\d https?://\S+")


def unconfirmed(content: Path) -> Iterator[str]:
    """Every number of `regions.yaml` without a day and a page on which it was confirmed, with its locale."""
    regions = blocks(read_tree(content / "regions.yaml", "regions.yaml")[0])
    for locale, region in regions.items():
        for number, page in blocks(blocks(region).get("confirmed")).items():
            if not _PAGE.fullmatch(str(page)):
                yield f"{number} ({locale})"
