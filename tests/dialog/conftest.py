"""The same few sentences are said here in thousands of states; the findings in each are looked for once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache

import pytest

from skill.triage import findings


@pytest.fixture(scope="session", autouse=True)
def remembered_findings() -> Iterator[None]:
    """A text has the findings that it has, by the table of its language, whatever state it is said in."""
    # By its name in sys.modules: in its package the function of the same name hides the module.
    assessing = sys.modules["skill.triage.assess"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assessing, "read", lru_cache(maxsize=20_000)(findings.read))
        yield
