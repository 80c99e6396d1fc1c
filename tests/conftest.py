"""What more than one folder of tests uses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import pytest

from workshop.screens import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def lacking(what: str, module: bool = False) -> NoReturn:
    """Skips with a message, or fails where nothing may be skipped (CI=true). `module`: skips the whole file."""
    if os.environ.get("CI") == "true":
        pytest.fail(what, pytrace=False)
    pytest.skip(what, allow_module_level=module)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, the same one for pages and screens."""
    if chromium.program() is None:
        lacking(chromium.MISSING)
    with chromium.launched() as running:
        yield running
