"""Headless Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "expected a Chromium, found none. Hint: apt install chromium, or say where it is in CHROMIUM"
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-default-apps", "--disable-dev-shm-usage", "--disable-sync", "--no-default-browser-check",
    "--no-first-run",
)  # fmt: skip


def program() -> str | None:
    """The path of Chromium; the environment variable `CHROMIUM` overrides it."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """A running browser. Playwright allows one per thread, so concurrent users share it.

    Raises:
        FileNotFoundError: Chromium is not installed; the message says how to get it.
    """
    path = program()
    if path is None:
        raise FileNotFoundError(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
