"""What of the project's own metadata has to be filled in before it is published."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from workshop.linting.fault import Fault, shown
from workshop.linting.places import ROOT

FILE = "pyproject.toml"
PLACEHOLDER = re.compile(r"https://(?:[\w-]+\.)*example\.(?:com|org|net)(?:/|$)")
"""An address that is nobody's."""


def metadata_faults(release: bool) -> Iterator[Fault]:
    """The addresses in pyproject.toml that are still placeholders; none that does not go out."""
    if not release:
        return
    urls = tomllib.loads((ROOT / FILE).read_text(encoding="utf-8"))["project"]["urls"]
    for name, url in urls.items():
        if PLACEHOLDER.match(url):
            hint = "put the address where the project is published"
            yield Fault(FILE, f"project.urls.{name}", "an address that people can open", shown(url), hint)
