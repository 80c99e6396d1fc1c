"""A night in a browser: what a person does at the page, and what they see. The page's clock is ours to move."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, expect

STEP = 500
"""Step of the page's clock, in milliseconds."""
LONGEST = 300
"""Timeout of a wait, in seconds of the page's clock; no response lasts as long."""
NETWORK = 30_000
"""Timeout for the server, in milliseconds of real time; a loaded machine is slow."""

# The network's time is not ours to move: with the clock under our thumb, the page's patience with a server of eight
# seconds would be over in a moment of real time, and an answer that was on its way would count as lost.
KEEP_TIMEOUT = "window.realTimeout = AbortSignal.timeout.bind(AbortSignal);"
REAL_TIMEOUT = "AbortSignal.timeout = window.realTimeout;"

# A network that takes its time, on the real clock, for every answer.
SLOW = """
const wait = window.setTimeout, ask = window.fetch;
window.fetch = async (...what) => { await new Promise((done) => wait(done, 400)); return ask(...what); };
"""


@dataclass
class Night:
    """One tab."""

    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)
    """Console errors, uncaught exceptions, and requests to other hosts."""
    sent: list[dict[str, Any]] = field(default_factory=list)
    """What the page sent to the speaker."""

    @classmethod
    @contextmanager
    def begin(
        cls, browser: Browser, address: str, width: int = 1366, height: int = 768, script: str = "", **options: Any
    ) -> Iterator[Night]:
        """Opens the page in a new tab with a controlled clock."""
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        page = context.new_page()
        night = cls(page, address)
        page.on("console", lambda line: night._console(line.type, line.text))
        page.on("pageerror", lambda error: night.troubles.append(f"uncaught: {error}"))
        page.on("request", lambda request: night._request(request.url, request.post_data))
        if script:
            page.add_init_script(script)
        context.add_init_script(KEEP_TIMEOUT)
        page.clock.install()
        context.add_init_script(REAL_TIMEOUT)
        page.goto(address + "/")
        expect(page.get_by_role("button", name="Alexa, open cramp coach")).to_be_visible()
        try:
            yield night
        finally:
            context.close()

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.troubles.append(f"console: {text}")

    def _request(self, url: str, body: str | None) -> None:
        if not url.startswith(self.address + "/"):
            self.troubles.append(f"a request to {url}")
        if body:
            self.sent.append(json.loads(body))

    def was_quiet(self) -> None:
        """Asserts that there were no errors."""
        assert self.troubles == []

    # ---- what a person does ------------------------------------------------------------------------

    def tap(self, phrase: str) -> None:
        """Taps a phrase, once there is no taking it for the second tap of a double one."""
        while self.page.locator("#phrases").get_attribute("data-settling"):
            self.page.clock.run_for(100)
        self.page.get_by_role("button", name=phrase, exact=True).click()

    def type(self, text: str) -> None:
        """Types and sends."""
        self.page.get_by_label("What you say").fill(text)
        self.page.keyboard.press("Enter")

    def launch(self) -> None:
        """Opens the skill and waits for its first words."""
        self.tap("Alexa, open cramp coach")
        self.sees("speaking")

    # ---- what a person sees -------------------------------------------------------------------------

    @property
    def light(self) -> str:
        """The state of the light ring."""
        return str(self.page.locator("body").get_attribute("data-light"))

    @property
    def lines(self) -> list[str]:
        """The transcript, one line per utterance, without the labels for screen readers."""
        return [line.partition(": ")[2] for line in self.page.locator("#log p").all_text_contents()]

    @property
    def count(self) -> int | None:
        """The seconds left of a hold."""
        text = self.page.locator("#count").text_content()
        return int(text) if text else None

    @property
    def now(self) -> float:
        """Seconds on the page's clock."""
        return float(self.page.evaluate("performance.now()")) / 1000

    def pass_time(self, seconds: float) -> None:
        """Advances the page's clock."""
        self.page.clock.run_for(round(seconds * 1000))

    def sees(self, light: str) -> None:
        """Waits in real time for a change that depends on the network."""
        expect(self.page.locator("body")).to_have_attribute("data-light", light, timeout=NETWORK)

    def until(self, light: str, line: str = "") -> None:
        """Lets time go by until the ring shows this, and the last line is that if one is given."""
        for _ in range(LONGEST * 1000 // STEP):
            if self.light == light and (not line or self.lines[-1] == line):
                return
            if self.light == "thinking":
                expect(self.page.locator("body")).not_to_have_attribute("data-light", "thinking", timeout=NETWORK)
                continue
            self.page.clock.run_for(STEP)
        raise AssertionError(f"expected {light} {line!r}, found {self.light} after {self.lines[-3:]}")
