"""The screen beside the speaker: Amazon's renderer in a frame, in real time, since its engine keeps its own clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from speaker.page import screen_renderer
from tests.conftest import lacking

PATIENCE = 20_000
"""Milliseconds that a busy machine may take to start the screen_renderer."""


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(address + "/")
    expect(page.get_by_role("button", name="Alexa, open cramp coach")).to_be_visible(timeout=PATIENCE)
    yield page
    context.close()


@pytest.fixture
def installed() -> None:
    if not (screen_renderer.SCREENS / screen_renderer.LIBRARY).is_file():
        lacking(f"expected Amazon's renderer in screens/, found none. Hint: {screen_renderer.HINT}")


@pytest.mark.usefixtures("installed")
def test_the_screen_shows_the_step_and_a_touch_moves_on(page: Page) -> None:
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    page.get_by_role("button", name="Screen").click()
    frame = page.frame_locator("#screen iframe")
    expect(page.get_by_role("button", name="Alexa, open cramp coach")).to_be_enabled()
    page.get_by_role("button", name="Alexa, open cramp coach").click()
    expect(frame.get_by_text("Straighten your leg and push your heel away.").first).to_be_visible(timeout=PATIENCE)

    # The second of the three signs at the bottom right: repeat, next, stop.
    box = page.locator("#screen iframe").bounding_box()
    assert box is not None
    for _ in range(8):  # the renderer takes no touch in the moment in which it first paints
        try:
            with page.expect_response("**/bedside/touch", timeout=2_500):
                page.mouse.click(box["x"] + box["width"] * (0.58 + 0.39 * 3 / 6), box["y"] + box["height"] * 0.9)
            break
        except TimeoutError:
            continue

    expect(frame.get_by_text("Put your sole against the footboard or the wall.").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#now")).to_contain_text("Put your sole", timeout=PATIENCE)
    page.get_by_role("button", name="Screen").click()
    expect(page.locator("#screen")).to_be_hidden()
    # The renderer asks for Amazon's typefaces, which its frame does not let it have: docs/bedside.md says so.
    assert [own for own in troubles if not (own.startswith("Loading the font") and "font-src" in own)] == []


def test_where_it_is_not_installed_the_page_says_how_to_get_it(
    page: Page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(screen_renderer, "SCREENS", tmp_path)
    page.get_by_role("button", name="Screen").click()
    expect(page.locator("#screen")).to_contain_text("npm --prefix workshop/screens ci --ignore-scripts")
    page.get_by_role("button", name="Alexa, open cramp coach").click()
    expect(page.locator("#now")).to_contain_text("Straighten your leg", timeout=PATIENCE)
