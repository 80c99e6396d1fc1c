"""Barriers, darkness, movement, sizes, and what a page from this machine may do."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.endpoint.browser.night import Night
from workshop.screens import visual_rules

SIZES = {"phone": (320, 568), "laptop": (1366, 768), "4K": (3840, 2160)}
STATES = ("closed", "holding", "listening", "emergency", "drawer")


def bring(night: Night, state: str) -> None:
    """Brings the page into a state."""
    if state == "closed":
        return
    night.launch()
    if state == "holding":
        night.until("holding")
    elif state == "listening":
        night.until("listening")
    elif state == "emergency":
        night.type("my chest hurts")
        night.sees("speaking")
        night.pass_time(1)
    elif state == "drawer":
        night.page.get_by_role("button", name="JSON").click()
        night.page.locator("#turns summary").first.click()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("size", SIZES)
def test_it_has_no_barrier_does_not_light_up_a_bedroom_and_fits(
    browser: Browser, address: str, axe: str, size: str, state: str
) -> None:
    # Without movement nothing is halfway there when it is looked at.
    with Night.begin(browser, address, *SIZES[size], reduced_motion="reduce") as night:
        bring(night, state)
        picture = Image.open(io.BytesIO(night.page.screenshot())).convert("RGB")
        assert visual_rules.mean_luminance(picture) < 0.05
        wide = night.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], "nobody scrolls sideways in the dark"
        night.page.evaluate(axe)
        found = night.page.evaluate(
            "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })"
        )
        assert [told(violation) for violation in found["violations"]] == []
        assert len(found["passes"]) > 15, "axe looked at something"


def told(violation: dict[str, Any]) -> str:
    """A violation in a line."""
    return f"{violation['id']}: {[node['html'][:120] for node in violation['nodes']]}"


def test_who_asks_for_less_movement_gets_none(browser: Browser, address: str) -> None:
    def moving(night: Night) -> int:
        return int(night.page.evaluate("document.getAnimations().length"))

    with Night.begin(browser, address, reduced_motion="reduce") as still, Night.begin(browser, address) as lively:
        for night in (still, lively):
            night.launch()
            night.until("listening")
        assert moving(still) == 0
        assert moving(lively) > 0, "so that the test can fail"
        still.was_quiet()


def test_it_works_from_the_keyboard_alone(night: Night) -> None:
    reached = []
    expect(night.page.get_by_label("What you say")).to_be_focused()
    for _ in range(17):
        night.page.keyboard.press("Tab")
        reached.append(night.page.evaluate("document.activeElement.id || document.activeElement.textContent"))
    for name in ("locale", "mute", "skip", "open-drawer", "log", "Alexa, open cramp coach", "text"):
        assert name in reached, f"{name} cannot be reached: {reached}"
    night.page.get_by_label("What you say").focus()
    night.page.keyboard.type("alexa open cramp coach")
    night.page.keyboard.press("Enter")
    night.sees("speaking")
    night.until("listening")
    night.page.keyboard.press("Enter")  # nothing typed: silence
    night.sees("speaking")
    assert "I'll keep going." in night.lines


def test_a_screen_reader_is_told_what_was_said_and_not_every_second(night: Night) -> None:
    night.launch()
    night.until("holding")
    log = night.page.get_by_role("log")
    expect(log).to_contain_text("Speaker: ")
    told = night.page.get_by_role("status").text_content()
    night.pass_time(5)
    assert night.page.get_by_role("status").text_content() == told
    expect(night.page.locator(".speaker")).to_have_attribute("aria-hidden", "true")
    night.until("listening")
    expect(night.page.get_by_role("status")).to_have_text("Listening.")


def test_the_picker_is_big_enough_for_a_finger(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, *SIZES["phone"]) as night:
        night.launch()
        for button in night.page.get_by_role("button").all():
            box = button.bounding_box()
            assert box is not None and box["height"] >= 44, button.text_content()


def test_on_a_phone_one_can_always_type_and_nothing_moves_under_the_finger(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, *SIZES["phone"]) as night:

        def place(of: str) -> tuple[float, float]:
            box = night.page.locator(of).first.bounding_box()
            assert box is not None
            return box["y"], box["y"] + box["height"]

        noted = place("#phrases button")
        night.page.evaluate("document.getElementById('note').textContent = ''")
        assert place("#phrases button") == noted
        for light in ("speaking", "listening"):
            if night.light == "closed":
                night.launch()
            night.until(light)
            assert 0 < place("#text")[0] < place("#text")[1] <= SIZES["phone"][1]
        night.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert place("#log")[1] <= place("#form")[0], "nothing stays under it"


def test_a_long_word_scrolls_nothing_sideways(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, *SIZES["phone"]) as night:
        night.type("a" * 250)
        expect(night.page.locator("#log .you")).to_be_visible()
        night.page.evaluate("document.getElementById('note').textContent = 'a'.repeat(250)")
        for part in ("#log", "#note"):
            assert night.page.locator(part).evaluate("(own) => own.scrollWidth <= own.clientWidth"), part


def test_what_is_said_is_never_markup(night: Night) -> None:
    night.launch()
    night.type("<img src=x onerror=alert(1)>")
    night.sees("speaking")
    assert "<img src=x onerror=alert(1)>" in night.lines
    assert night.page.locator("#log img").count() == 0


@pytest.mark.parametrize(
    "attempt",
    [
        "document.body.append(Object.assign(document.createElement('script'), { src: 'https://example.com/x.js' }))",
        "document.body.append(Object.assign(document.createElement('img'), { src: 'https://example.com/x.png' }))",
        "fetch('https://example.com/').catch(() => {})",
        "document.body.setAttribute('style', 'color: red')",
        "document.body.append(Object.assign(document.createElement('iframe'), { src: '/' }))",
    ],
)
def test_the_page_may_do_nothing_but_talk_to_its_speaker(browser: Browser, address: str, attempt: str) -> None:
    watch = (
        "window.refused = []; addEventListener('securitypolicyviolation', (e) => refused.push(e.effectiveDirective))"
    )
    with Night.begin(browser, address, script=watch) as night:
        assert night.page.evaluate("refused") == [], "the page itself is within its own rules"
        # From inside the page, as a script smuggled into it would.
        night.page.evaluate(f"try {{ {attempt} }} catch (error) {{ refused.push(error.name) }}")
        expect(night.page.locator("body")).to_be_visible()
        night.page.wait_for_function("refused.length > 0")
