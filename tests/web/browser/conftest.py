"""A real browser: Debian's Chromium, driven by Playwright. Missing, it fails a run that must not skip (CI=true)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.web.browser.night import Night
from tests.web.running import coach, running

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


def missing(what: str) -> None:
    """Skips with a message, or fails where nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        missing(f"expected Chromium at {CHROMIUM}, found none. Hint: apt install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        missing(f"expected axe-core at {AXE}, found none. Hint: npm --prefix {AXE.parents[2]} ci --ignore-scripts")
    return AXE.read_text(encoding="utf-8")


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
