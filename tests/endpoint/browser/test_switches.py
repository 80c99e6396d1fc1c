from __future__ import annotations

import json

from playwright.sync_api import Browser, expect

from tests.endpoint.browser.night import SLOW, Night

# A voice that says a word every tenth of a second on the page's clock, and writes down what it is given.
VOICE = """
window.uttered = [];
class Utterance { constructor(text) { this.text = text; } }
const synthesis = {
  current: null,
  getVoices: () => ['en-US', 'en-GB'].map((lang) => ({ lang, name: lang, localService: true })),
  speak(utterance) {
    window.uttered.push({ text: utterance.text, volume: utterance.volume, rate: utterance.rate, lang: utterance.lang });
    this.current = utterance;
    let index = 0;
    const words = [...utterance.text.matchAll(/\\S+/g)];
    const next = () => {
      if (this.current !== utterance) return;
      if (index === words.length) { this.current = null; utterance.onend(); return; }
      utterance.onboundary({ charIndex: words[index].index, charLength: words[index][0].length });
      index++;
      setTimeout(next, 100);
    };
    setTimeout(next, 50);
  },
  cancel() { this.current = null; window.cancelled = (window.cancelled ?? 0) + 1; },
};
Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
window.SpeechSynthesisUtterance = Utterance;
"""

LIGHTS = """
window.lights = [];
new MutationObserver(() => window.lights.push(document.body.dataset.light))
  .observe(document.body, { attributeFilter: ["data-light"] });
"""


def test_it_speaks_softly_through_the_browsers_voice_and_mute_hushes_it(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, script=VOICE) as night:
        night.launch()
        night.until("holding")
        uttered = night.page.evaluate("window.uttered")
        assert [own["text"] for own in uttered] == night.lines[1 : 1 + len(uttered)]
        assert all(own["volume"] < 0.8 and own["lang"] == "en-US" for own in uttered)
        night.page.get_by_role("button", name="Mute").click()
        expect(night.page.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")
        night.until("listening")
        assert night.page.evaluate("window.uttered") == uttered, "nothing more was said aloud"
        assert len(night.lines) > 1 + len(uttered), "but it went on"
        night.was_quiet()


def test_an_emergency_is_said_at_full_volume(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, script=VOICE) as night:
        night.launch()
        night.type("my chest hurts")
        night.until("closed")
        said = [own for own in night.page.evaluate("window.uttered") if "9 1 1" in own["text"]]
        assert said and all(own["volume"] == 1 for own in said)
        assert any("Call 911" in line for line in night.lines), "what is to be read is the number as it is dialled"


def test_an_interruption_stops_the_voice_at_once(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, script=VOICE) as night:
        night.launch()
        cancelled = night.page.evaluate("window.cancelled ?? 0")
        night.tap("Stop")
        assert night.page.evaluate("window.cancelled") > cancelled


def test_words_appear_one_by_one(night: Night) -> None:
    night.launch()
    seen = []
    while night.light == "speaking" and len(night.lines) == 2:
        seen.append(night.page.locator("#now .spoken").count())
        night.pass_time(0.1)
    words = len(night.lines[1].split())
    assert seen == sorted(seen) and set(seen) >= set(range(2, words + 1))


def test_skipping_the_wait_skips_it_even_in_the_middle(night: Night) -> None:
    night.launch()
    night.until("holding")
    began = night.now
    night.page.get_by_role("button", name="Skip the wait").click()
    night.until("listening")
    assert night.now - began < 12, "a hold of half a minute and more"


def test_the_skipped_wait_still_leaves_time_to_answer(night: Night) -> None:
    night.page.get_by_role("button", name="Skip the wait").click()
    night.launch()
    night.until("listening")
    night.pass_time(6)
    assert night.light == "listening"


def test_british_emergencies_have_a_british_number(night: Night) -> None:
    night.page.get_by_label("Whose English").select_option("en-GB")
    night.tap("Alexa, open cramp coach")
    night.sees("speaking")
    night.type("my chest hurts")
    night.until("closed")
    assert any("999" in line for line in night.lines) and not any("911" in line for line in night.lines)


def test_a_slow_answer_is_waited_for_and_a_switch_takes_no_word_back(browser: Browser, address: str) -> None:
    with Night.begin(browser, address, script=SLOW) as night:
        night.page.evaluate(LIGHTS)
        night.page.get_by_label("Whose English").select_option("en-GB")
        night.launch()
        assert night.page.evaluate("window.lights") == ["thinking", "speaking"], "it did not look closed meanwhile"
        night.type("my chest hurts")
        night.until("closed")
        assert any("999" in line for line in night.lines)
        night.was_quiet()


def test_switches_are_remembered_and_nothing_that_was_said_is(night: Night) -> None:
    night.page.get_by_role("button", name="Mute").click()
    night.launch()
    night.type("my chest hurts")
    night.until("closed")
    kept = night.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert json.loads(json.loads(kept)["cramp-coach"]) == {"locale": "en-US", "muted": True, "skip": False}
    assert "chest" not in kept
    night.page.reload()
    expect(night.page.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")


def test_the_drawer_shows_what_passed_and_gives_the_focus_back(night: Night) -> None:
    night.launch()
    opener = night.page.get_by_role("button", name="JSON")
    opener.focus()
    night.page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(night.page.get_by_role("button", name="Close")).to_be_focused()
    night.page.locator("#turns summary").first.click()
    request = json.loads(night.page.locator("#turns pre").nth(0).text_content() or "")
    response = json.loads(night.page.locator("#turns pre").nth(1).text_content() or "")
    assert request["request"]["type"] == "LaunchRequest"
    assert night.lines[1] in response["response"]["outputSpeech"]["ssml"]
    night.page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(night.page.locator("#drawer")).to_be_hidden()
