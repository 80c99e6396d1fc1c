"""The browser without a window in which screens and pages are looked at: this machine's Chromium, by Playwright."""

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
    """Where it is; `CHROMIUM` in the environment names another one."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """A running one. Playwright allows one a thread, so those who need it at the same time share it.

    Raises:
        FileNotFoundError: there is none; says how to get it.
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
