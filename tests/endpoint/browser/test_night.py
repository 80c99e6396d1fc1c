from __future__ import annotations

import re
import socket

from playwright.sync_api import Browser, expect

from tests.endpoint.browser.night import SLOW, Night
from tests.endpoint.running import coach, running

QUESTION = "Has it let go?"


def spoken_hold(night: Night) -> int:
    """The seconds that the last instruction named."""
    return next(int(found[1]) for line in reversed(night.lines) if (found := re.search(r"(\d+) seconds", line)))


def test_from_launch_to_goodnight(night: Night) -> None:
    night.launch()
    night.until("holding")
    night.until("listening", QUESTION)
    night.tap("Yes")
    night.until("closed")
    assert night.lines[-2:] == ["Goodnight.", "The session is over."]
    assert "Yes" in night.lines


def test_silence_goes_on_and_then_closes(night: Night) -> None:
    night.launch()
    night.until("listening", QUESTION)
    before = len(night.lines)
    night.pass_time(8.5)
    night.sees("speaking")
    assert night.lines[before] == "I'll keep going."
    night.until("holding")
    night.until("listening", QUESTION)
    night.pass_time(8.5)
    night.sees("closed")
    assert "EXCEEDED_MAX_REPROMPTS" in night.lines[-1]


def test_a_hold_lasts_what_it_says_and_the_ring_counts_all_of_it_down(night: Night) -> None:
    night.launch()
    night.until("holding")
    began, first = night.now, night.count
    asked = spoken_hold(night)
    assert first is not None and asked - 1 <= first <= asked
    counts = [first]
    while night.count is not None:
        counts.append(night.count)
        night.pass_time(0.5)
    # Half a second of looking at either end, and what the test itself takes.
    assert asked - 1.5 <= night.now - began <= asked + 1.5
    assert counts == sorted(counts, reverse=True) and counts[-1] <= 1
    assert len(set(counts)) >= asked - 2, "a second at a time, cues or no cues"


def test_a_tap_interrupts_in_the_middle_of_a_hold(night: Night) -> None:
    night.launch()
    night.until("holding")
    night.pass_time(5)
    told = len(night.lines)
    night.tap("Next")
    night.sees("speaking")
    assert night.count is None
    said = night.sent[-1]
    # Three instructions, five seconds of the hold: somewhere in the middle, and nowhere near the end.
    assert said["text"] == "Next" and 8 < said["after"] < 30
    night.until("listening", QUESTION)
    assert night.lines[told] == "Next"
    assert night.lines.count("Halfway.") == 1, "the first hold was not played on"


def test_typing_interrupts_too(night: Night) -> None:
    night.launch()
    night.until("holding")
    night.type("hold longer")
    night.sees("speaking")
    assert night.sent[-1]["text"] == "hold longer"
    assert night.sent[-1]["after"] > 0
    night.until("holding")


def test_an_interruption_while_the_speaker_thinks_is_the_one_that_counts(night: Night) -> None:
    night.page.evaluate(
        "for (const words of ['Alexa, open cramp coach', 'my foot']) {"
        "  document.getElementById('text').value = words; document.getElementById('form').requestSubmit(); }"
    )
    night.until("holding")
    assert [sent.get("text") for sent in night.sent[-2:]] == ["Alexa, open cramp coach", "my foot"]
    assert night.lines[:2] == ["Alexa, open cramp coach", "my foot"]
    assert not any("heel" in line and "Straighten" in line for line in night.lines), "the first answer was not played"


def test_whoever_is_typing_is_not_silent(night: Night) -> None:
    night.launch()
    night.until("listening", QUESTION)
    night.page.get_by_label("What you say").fill("it is")
    night.pass_time(30)
    assert night.light == "listening"
    night.page.get_by_label("What you say").fill("")
    night.pass_time(8.5)
    night.sees("speaking")


def test_an_emergency_is_answered_first_and_firmly_and_ends_it(night: Night) -> None:
    night.launch()
    night.until("holding")
    told = len(night.lines)
    night.type("my chest hurts and I can't breathe")
    night.sees("speaking")
    assert "911" in night.lines[told + 1]
    expect(night.page.locator("body")).to_have_attribute("data-voice", "firm")
    night.until("closed")
    assert "Halfway." not in night.lines[told:], "no hold goes on"
    expect(night.page.get_by_role("button", name="Yes", exact=True)).to_have_count(0)


def test_a_closed_speaker_does_not_listen(night: Night) -> None:
    night.type("my foot")
    expect(night.page.locator("#note")).to_contain_text("did not listen")
    assert night.light == "closed"
    assert not night.page.locator("#log .coach").count()


def test_nothing_but_its_name_silences_the_last_words_of_a_closed_speaker(browser: Browser, address: str) -> None:
    told = []
    for interrupts in (False, True):
        with Night.begin(browser, address) as night:
            night.launch()
            night.type("my chest hurts")
            night.sees("speaking")
            if interrupts:
                night.pass_time(1)
                for words in ("hello", "is anybody there"):
                    night.type(words)
                    expect(night.page.locator("#log .you").last).to_have_text(f"You: {words}")
                    expect(night.page.locator("#note")).to_contain_text("did not listen")
                assert night.light == "speaking"
                expect(night.page.locator("#now .spoken").first).to_be_visible()
            night.until("closed")
            expect(night.page.locator("#note")).to_have_text("The session is over.")
            coach = night.page.locator("#log .coach").all_text_contents()
            told.append(coach[next(place for place, line in enumerate(coach) if "911" in line) :])
            night.was_quiet()
    assert told[0] == told[1] and len(told[0]) > 1


def test_its_name_does(night: Night) -> None:
    night.launch()
    night.type("my chest hurts")
    night.sees("speaking")
    night.until("speaking")
    night.page.get_by_role("button", name="Leave this").click()
    night.tap("Alexa, open cramp coach")
    expect(night.page.get_by_role("button", name="Yes", exact=True)).to_be_visible()
    night.until("holding")


def test_an_emergency_is_told_though_more_was_said_before_its_answer_came(night: Night) -> None:
    night.launch()
    night.page.evaluate(
        "for (const words of ['my chest hurts', 'help']) {"
        "  document.getElementById('text').value = words; document.getElementById('form').requestSubmit(); }"
    )
    night.until("closed", "The session is over.")
    assert any("911" in line for line in night.lines)


def said_so_far(night: Night) -> list[str]:
    return [sent["text"] for sent in night.sent if "text" in sent]


def test_a_double_tap_says_one_thing(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, 320, 568) as night:
        opener = night.page.get_by_role("button", name="Alexa, open cramp coach")
        opener.evaluate("(button) => { button.click(); button.click(); }")  # before the answer
        night.sees("speaking")
        night.page.locator("#phrases button").first.evaluate("(button) => button.click()")  # just after it
        night.pass_time(1)
        assert said_so_far(night) == ["Alexa, open cramp coach"]
        night.tap("Next")
        night.sees("speaking")
        assert said_so_far(night)[1:] == ["Next"]


EARLY = """
addEventListener("load", () => {
  document.getElementById("text").value = "Alexa, open cramp coach";
  document.getElementById("form").requestSubmit();
});
"""


def test_what_is_said_before_the_page_is_ready_is_answered(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, script=SLOW) as night:
        night.page.evaluate("sessionStorage.clear()")
        night.page.add_init_script(EARLY)
        night.page.reload()
        night.sees("speaking")
        assert night.lines[0] == "Alexa, open cramp coach" and not any("null" in line for line in night.lines)
        night.was_quiet()


def test_a_page_that_is_loaded_again_goes_on_with_its_speaker(night: Night) -> None:
    night.launch()
    night.until("listening", QUESTION)
    night.tap("No")
    night.until("listening", QUESTION)
    night.page.reload()
    expect(night.page.get_by_role("button", name="Alexa, open cramp coach")).to_be_visible()
    assert night.light == "closed"
    night.tap("Alexa, ask cramp coach to continue")
    night.until("listening")
    assert "Straighten your leg and push your heel away." not in night.lines


def test_what_was_broken_off_goes_on(night: Night) -> None:
    night.launch()
    night.until("listening", QUESTION)
    night.tap("No")
    night.until("listening", QUESTION)
    second = night.lines[-8:]
    night.pass_time(8.5)
    night.sees("speaking")
    night.until("listening")
    night.pass_time(8.5)
    night.sees("closed")
    night.tap("Alexa, ask cramp coach to continue")
    night.until("listening")
    assert second != night.lines[-8:], "it goes on from the place that was reached, not from the start"
    assert "Straighten your leg and push your heel away." not in night.lines[-10:]


def test_a_server_that_goes_away_and_comes_back(browser: Browser) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    with running(coach(None, page=True), port=port):
        opened = Night.begin(browser, f"http://127.0.0.1:{port}")
        night = opened.__enter__()
        night.launch()
        night.until("holding")
    try:
        night.tap("Next")
        night.sees("lost")
        expect(night.page.locator("#note")).to_contain_text("lost its connection")
        expect(night.page.get_by_role("button", name="Say", exact=True)).to_be_disabled()
        night.pass_time(5)
        assert night.light == "lost"
        with running(coach(None, page=True), port=port):
            night.pass_time(3)
            night.sees("closed")
            expect(night.page.locator("#note")).to_contain_text("is back")
            night.launch()
            night.until("listening", QUESTION)
        assert all("ERR_CONNECTION_REFUSED" in trouble or "404" in trouble for trouble in night.troubles), (
            night.troubles
        )
    finally:
        opened.__exit__(None, None, None)


def test_a_speaker_that_was_forgotten_is_made_anew(browser: Browser) -> None:
    app = coach(None, page=True)
    with running(app) as port, Night.begin(browser, f"http://127.0.0.1:{port}") as night:
        for other in range(40):  # more than there is room for
            answer = night.page.request.post(
                f"{night.address}/bedside/open", data={"locale": "en-US"}, headers={"Origin": night.address}
            )
            assert answer.status == 200, other
        night.launch()
        night.until("listening", QUESTION)
