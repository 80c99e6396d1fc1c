"""The bedside page in a real browser, and the tools that look at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.endpoint.browser.night import Night
from tests.endpoint.running import coach, running


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    memory = f"sqlite:{tmp_path_factory.mktemp('memory')}/places.sqlite"
    with running(coach(None, page=True, memory=memory)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def night(browser: Browser, address: str) -> Iterator[Night]:
    """A fresh tab in which nothing may go wrong unseen."""
    with Night.begin(browser, address) as own:
        yield own
        own.was_quiet()
