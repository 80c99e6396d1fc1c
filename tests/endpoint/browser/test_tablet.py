"""The page on a tablet by the bed: the code, the number to call, the display, the microphone, browsers of every age."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from speaker.page.pass_code import PassCode
from speaker.page.visitors import Visitors
from tests.endpoint.browser.night import Night
from tests.endpoint.running import coach, running

PATIENCE = 20_000
WORDLESS = "Object.defineProperty(window, 'speechSynthesis', {value: undefined});"
AWAKE = """
window.locks = 0;
Object.defineProperty(navigator, 'wakeLock', {value: {request: async () => {
  window.locks++;
  return {addEventListener: () => {}, release: async () => { window.locks--; }};
}}});
"""
EARS = """
window.ears = [];
window.SpeechRecognition = undefined;
window.webkitSpeechRecognition = class {
  constructor() { window.ears.push(this); }
  start() { this.started = true; }
  abort() { this.aborted = true; }
};
"""
"""A browser that hears what a test has it hear."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    yield context.new_page()
    context.close()


def becomes(page: Page, true: str) -> None:
    """Waits until this is true in the page, which lets no script be made of a string by itself."""
    for _ in range(PATIENCE // 50):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"expected {true}")


def test_the_code_opens_the_page_and_a_wrong_one_says_so(page: Page) -> None:
    code = PassCode()
    with running(coach(None, page=True, visitors=Visitors(code))) as port:
        page.goto(f"http://127.0.0.1:{port}/")
        page.get_by_label("Pass code").fill("wrong-one")
        page.get_by_role("button", name="Open").click()
        expect(page.get_by_role("status")).to_have_text("That is not the code of this start.")
        page.get_by_label("Pass code").fill(code.shown)
        page.get_by_role("button", name="Open").click()
        expect(page.get_by_role("button", name="Alexa, open cramp coach")).to_be_visible(timeout=PATIENCE)


def test_the_number_to_call_stays_until_it_is_left(night: Night) -> None:
    night.launch()
    night.type("I have chest pain")
    link = night.page.locator("#urgent-numbers a").first
    expect(link).to_be_visible(timeout=PATIENCE)
    assert (link.text_content(), link.get_attribute("href")) == ("911", "tel:911")
    size = float(
        night.page.evaluate("parseFloat(getComputedStyle(document.querySelector('#urgent-numbers a')).fontSize)")
    )
    assert size >= 64
    expect(night.page.locator("#urgent-words")).to_contain_text("Sit down and rest, and don't walk.")
    night.until("closed")
    night.pass_time(600)
    expect(link).to_be_visible()
    night.page.get_by_role("button", name="Leave this").click()
    expect(link).to_be_hidden()
    night.launch()
    expect(link).to_be_hidden()


def test_an_answer_that_only_mentions_the_number_shows_none(night: Night) -> None:
    night.launch()
    night.type("my calf is swollen")
    night.until("closed")
    expect(night.page.locator("#urgent")).to_be_hidden()


def test_the_display_stays_on_while_a_session_is_open(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, script=AWAKE) as night:
        assert night.page.evaluate("window.locks") == 0
        night.launch()
        becomes(night.page, "window.locks === 1")
        night.type("stop")
        becomes(night.page, "window.locks === 0")


def test_the_page_fills_the_display(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Fill display").click()
    becomes(page, "document.fullscreenElement !== null")
    expect(page.get_by_role("button", name="Fill display")).to_have_attribute("aria-pressed", "true")


def test_the_microphone_is_off_until_it_is_switched_on_and_shut_while_the_speaker_speaks(
    browser: Browser, address: str
) -> None:
    with Night.begin(browser, address, script=EARS) as night:
        night.launch()
        night.until("listening")
        assert night.page.evaluate("window.ears.length") == 0
        night.page.get_by_role("button", name="Microphone").click()
        becomes(night.page, "window.ears.some((ear) => ear.started)")
        assert "may send what it hears to its maker" in night.lines[-1]
        night.page.evaluate("window.ears.at(-1).onresult({results: [[{transcript: 'next'}]]})")
        night.sees("speaking")
        assert "next" in night.lines
        assert night.page.evaluate("window.ears.every((ear) => ear.aborted)")


def test_a_microphone_that_is_refused_is_switched_off_and_said(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, script=EARS) as night:
        night.page.get_by_role("button", name="Microphone").click()
        night.launch()
        night.until("listening")
        becomes(night.page, "window.ears.length > 0")
        night.page.evaluate("window.ears.at(-1).onerror({error: 'not-allowed'})")
        expect(night.page.get_by_role("button", name="Microphone")).to_have_attribute("aria-pressed", "false")
        assert "does not let this page use the microphone" in night.lines[-1]


def test_a_browser_without_ears_has_no_button_for_them(browser: Browser, address: str) -> None:
    deaf = "window.SpeechRecognition = window.webkitSpeechRecognition = undefined;"
    with Night.begin(browser, address, script=deaf) as night:
        expect(night.page.locator("#microphone")).to_be_hidden()


def test_a_browser_without_a_voice_says_so(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, script=WORDLESS) as night:
        night.pass_time(4)
        expect(night.page.get_by_text("This browser has no voice.")).to_be_visible()


def test_an_old_browser_gets_one_clear_line(page: Page, address: str) -> None:
    """One that cannot run the page's script: here its file never comes."""
    page.route("**/static/main.js", lambda route: route.abort())
    page.goto(address)
    expect(page.locator("#note")).to_contain_text("This browser is too old for this page", timeout=PATIENCE)


def test_the_screens_frame_reaches_nothing_of_the_page(page: Page, address: str) -> None:
    from speaker.page import screen_renderer
    from tests.conftest import lacking

    if not (screen_renderer.SCREENS / screen_renderer.LIBRARY).is_file():
        lacking(f"expected Amazon's renderer in screens/, found none. Hint: {screen_renderer.HINT}")
    page.goto(address)
    page.get_by_role("button", name="Screen", exact=True).click()
    frame = page.locator("#screen iframe")
    expect(frame).to_have_attribute("sandbox", "allow-scripts", timeout=PATIENCE)
    handle = frame.element_handle()
    inner = handle.content_frame() if handle else None
    assert inner is not None
    inner.wait_for_load_state()
    assert inner.evaluate("window.origin") == "null"
    reached = "() => { try { return parent.document.title } catch (error) { return error.name } }"
    assert inner.evaluate(reached) == "SecurityError"
    assert page.request.get(f"{address}/screen/viewhost.html").status == 404, "nor does anybody without its address"
