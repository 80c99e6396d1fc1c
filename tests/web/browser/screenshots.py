"""The pictures in the documents: `python -m tests.web.browser.screenshots` writes docs/screenshots/."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.web.browser.conftest import ARGUMENTS, CHROMIUM
from tests.web.browser.night import Night
from tests.web.browser.test_for_everybody import SIZES, bring
from tests.web.running import coach, running

FOLDER = Path(__file__).parents[3] / "docs" / "screenshots"
PICTURES = (
    ("phone", "holding"),
    ("phone", "listening"),
    ("laptop", "closed"),
    ("laptop", "holding"),
    ("laptop", "listening"),
    ("laptop", "emergency"),
    ("laptop", "drawer"),
    ("4K", "holding"),
)


def main() -> None:
    """Takes them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running(coach(None, page=True)) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for size, state in PICTURES:
            with Night.begin(browser, f"http://127.0.0.1:{port}", *SIZES[size], reduced_motion="reduce") as night:
                bring(night, state)
                if state == "holding":
                    night.pass_time(6)
                path = FOLDER / f"{size}-{state}.png".lower()
                night.page.screenshot(path=path)
                night.was_quiet()
                sys.stdout.write(f"{path}\n")
        browser.close()


if __name__ == "__main__":
    main()
