"""What more than one folder of tests uses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from screens import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def lacking(what: str) -> None:
    """Skips with a message, or fails where nothing may be skipped (CI=true)."""
    if os.environ.get("CI") == "true":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, the same one for pages and screens."""
    if chromium.program() is None:
        lacking(chromium.MISSING)
    with chromium.launched() as running:
        yield running
