"""What is typed and asked in one real house: emergencies, countries, languages, other agents, faults, and leaving."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import time
from pathlib import Path

import pytest

from .house import AGENT, SATELLITE, House
from .measure import gaps, loudest


def speech(answer: dict[str, object]) -> str:
    return str(answer["response"]["speech"]["plain"]["speech"])  # type: ignore[index]


@pytest.fixture
def country(house: House) -> object:
    """Sets the country of the house, until the end of a test."""

    def moved(code: str) -> None:
        house.ask("config/core/update", country=code)
        house.wait(lambda: diagnostics(house)["locale"] == f"en-{code}", 20, "the coach to know the country")

    yield moved
    moved("US")


def diagnostics(house: House) -> dict[str, object]:
    entry = house.entry("cramp_coach")
    try:
        return dict(house.get(f"/api/diagnostics/config_entry/{entry}")["data"])
    except ValueError:  # while it loads again
        return {"locale": ""}


def quiet(house: House) -> None:
    house.act("cramp_coach.stop", entity_id=SATELLITE)
    assert house.state(SATELLITE) == "idle"


# ---- danger ------------------------------------------------------------------------------------------


def test_an_emergency_in_the_middle_of_a_stretch_says_the_number_first(house: House) -> None:
    began = house.type("open cramp coach")
    assert began["continue_conversation"]
    answer = house.type("my leg has gone cold and pale", began["conversation_id"])
    assert speech(answer).startswith("Call 911 now.")
    assert not answer["continue_conversation"]


def test_a_number_to_dial_is_spoken_digit_by_digit(house: House) -> None:
    """And a number of seconds is not."""
    words = speech(house.type("open cramp coach my leg has gone cold and pale"))
    before = len(house.asked())
    made = house.post("/api/tts_get_url", {"engine_id": "tts.cramp_coach", "message": words, "cache": False})
    house.sound(made["path"])
    assert "Call 9 1 1 now." in house.asked()[before:]
    words = speech(house.type("open cramp coach"))
    made = house.post("/api/tts_get_url", {"engine_id": "tts.cramp_coach", "message": words, "cache": False})
    house.sound(made["path"])
    assert any(re.search(r"\b30 seconds\b", line) for line in house.asked()[before:])


@pytest.mark.parametrize(("code", "first"), [("GB", "Call 999 now."), ("AU", "Call 000 now."), ("CA", "Call 911 now.")])
def test_the_number_is_that_of_the_country_of_the_house(house: House, country: object, code: str, first: str) -> None:
    country(code)  # type: ignore[operator]
    assert speech(house.type("open cramp coach my leg has gone cold and pale")).startswith(first)


def test_a_country_without_numbers_gets_none_of_another(house: House, country: object) -> None:
    country("DE")  # type: ignore[operator]
    answer = speech(house.type("open cramp coach my leg has gone cold and pale"))
    assert answer.startswith("Call your emergency number now.")
    assert not any(letter.isdigit() for letter in answer)
    assert diagnostics(house)["numbers_known"] is False


# ---- who is meant ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["i have a cramp in my foot", "quick, there's a horrible cramp in my foot again"])
def test_a_cramp_needs_no_name(house: House, words: str) -> None:
    answer = house.type(words)
    assert speech(answer) == speech(house.type("open cramp coach my foot"))
    assert answer["continue_conversation"]


@pytest.mark.parametrize("words", ["i have chest pain", "something is wrong, my chest hurts and i feel sick"])
def test_danger_needs_no_name(house: House, words: str) -> None:
    assert speech(house.type(words)).startswith("Call 911 now.")


def test_the_house_still_answers_for_itself(house: House) -> None:
    answer = house.type("what time is it")
    assert answer["response"]["response_type"] != "error"
    assert "cramp" not in speech(answer)
    assert not answer["continue_conversation"]


@pytest.mark.parametrize(
    "words", ["yes", "stop", "call my daughter", "sing me an opera", "put the fan on for twenty minutes"]
)
def test_what_nobody_asked_opens_nothing(house: House, words: str) -> None:
    answer = house.type(words)
    assert answer["response"]["response_type"] == "error"
    assert not answer["continue_conversation"]


def test_a_language_that_is_not_shipped_says_so(house: House) -> None:
    answer = house.type("öffne cramp coach", language="de")
    assert answer["response"]["response_type"] == "error"
    assert "English only" in speech(answer)
    assert not answer["continue_conversation"]


# ---- the sound ----------------------------------------------------------------------------------------


def test_the_sound_that_home_assistant_serves_has_the_hold_in_it(house: House, tmp_path: Path) -> None:
    """As a media player gets it: MP3, by the address that Home Assistant gives away."""
    words = speech(house.type("open cramp coach"))
    made = house.post("/api/tts_get_url", {"engine_id": "tts.cramp_coach", "message": words, "cache": False})
    data = house.sound(made["path"])
    assert made["path"].endswith(".mp3")
    served, decoded = tmp_path / "night.mp3", tmp_path / "night.wav"
    served.write_bytes(data)
    subprocess.run(["ffmpeg", "-loglevel", "error", "-i", str(served), "-ac", "1", str(decoded)], check=True)
    pauses = gaps(decoded, 3.0)
    assert pauses[-1].end - pauses[0].start == pytest.approx(30.0, abs=0.5), pauses


def test_other_words_are_spoken_as_they_stand(house: House) -> None:
    asked = {"engine_id": "tts.cramp_coach", "message": "The light is off.", "cache": False}
    made = house.post("/api/tts_get_url", asked)
    assert len(house.sound(made["path"])) > 4000


# ---- the bed ------------------------------------------------------------------------------------------


def test_the_bedtime_stretches_begin_by_themselves(house: House) -> None:
    before = len(house.plays())
    house.act("cramp_coach.bedtime", entity_id=SATELLITE)
    turn = house.next_play(before, 30)
    assert "left foot back" in turn["says"]
    quiet(house)


def test_the_same_words_whispered_are_not_the_sound_of_before(house: House) -> None:
    aloud = house.speak("open cramp coach")
    time.sleep(2)
    whispered = house.speak("whisper")
    assert whispered["says"] == aloud["says"]
    assert loudest(house.recording(whispered)) < 0.75 * loudest(house.recording(aloud))
    quiet(house)


def test_the_stop_word_of_the_satellite_itself_ends_it(house: House) -> None:
    """It falls silent in the middle of a hold and tells nobody why: nothing more is said."""
    before = len(house.plays())
    house.act("cramp_coach.start", entity_id=SATELLITE, words="my thigh")
    house.next_play(before)
    time.sleep(3)
    house.act("bed_satellite.cut_off", entity_id=SATELLITE)
    time.sleep(20)
    assert len(house.plays()) == before + 1
    assert house.state(SATELLITE) == "idle"
    # They may still change their mind.
    assert "spread them" in house.speak("my foot")["says"]
    quiet(house)


def test_stop_calls_off_what_would_be_said_next(house: House) -> None:
    before = len(house.plays())
    house.act("cramp_coach.start", entity_id=SATELLITE, words="it's gone")
    house.next_play(before)
    before = len(house.plays())
    house.act("cramp_coach.start", entity_id=SATELLITE, words="what can you do")
    house.next_play(before)
    house.act("cramp_coach.stop", entity_id=SATELLITE)
    time.sleep(2)
    played = len(house.plays())
    time.sleep(25)
    assert len(house.plays()) == played


@pytest.mark.parametrize("action", ["start", "bedtime", "stop"])
def test_what_is_no_satellite_is_refused_with_a_hint(house: House, action: str) -> None:
    with pytest.raises(RuntimeError, match="assist_satellite"):
        house.act(f"cramp_coach.{action}", entity_id="assist_satellite.nowhere")


def test_a_satellite_with_another_assistant_is_refused_with_a_hint(house: House) -> None:
    preferred = house.ask("assist_pipeline/pipeline/list")["preferred_pipeline"]
    other = house.assistant("Kitchen", agent="conversation.home_assistant", voice="tts.espeak")
    try:
        with pytest.raises(RuntimeError, match="would answer in place of Cramp Coach"):
            house.act("cramp_coach.start", entity_id=SATELLITE)
    finally:
        house.ask("assist_pipeline/pipeline/set_preferred", pipeline_id=preferred)
        house.ask("assist_pipeline/pipeline/delete", pipeline_id=other)


def test_a_voice_that_leaves_out_the_pauses_is_told_of(house: House) -> None:
    preferred = house.ask("assist_pipeline/pipeline/list")["preferred_pipeline"]
    hasty = house.assistant("Hasty", agent=AGENT, voice="tts.espeak")
    try:
        house.speak("open cramp coach")
        house.speak("stop")
        found = [own for own in house.ask("repairs/list_issues")["issues"] if own["domain"] == "cramp_coach"]
        assert [own["translation_placeholders"] for own in found] == [{"pipelines": "Hasty"}]
    finally:
        house.ask("assist_pipeline/pipeline/set_preferred", pipeline_id=preferred)
        house.ask("assist_pipeline/pipeline/delete", pipeline_id=hasty)
    house.speak("open cramp coach")
    house.speak("stop")
    assert not [own for own in house.ask("repairs/list_issues")["issues"] if own["domain"] == "cramp_coach"]


# ---- automations ----------------------------------------------------------------------------------------


def test_home_assistant_takes_the_blueprints(house: House) -> None:
    found = house.ask("blueprint/list", domain="automation")
    ours = {path: own for path, own in found.items() if path.startswith("cramp_coach/")}
    assert set(ours) == {"cramp_coach/bedside_button.yaml", "cramp_coach/bedtime_six_weeks.yaml"}
    assert all("error" not in own for own in ours.values()), ours


def test_a_button_by_the_bed_begins_the_stretch(house: House) -> None:
    button = house.ask("input_button/create", name="By the bed")
    pressed = f"input_button.{button['id']}"
    house.automate("button", "bedside_button", button=pressed, satellite=SATELLITE, words="my foot")
    # Pressed again while it speaks, it begins anew.
    for _ in range(2):
        before = len(house.plays())
        house.act("input_button.press", entity_id=pressed)
        assert "spread them" in house.next_play(before)["says"]
    quiet(house)


@pytest.mark.parametrize(("since", "begins"), [(0, True), (41, True), (42, False), (-1, False)])
def test_the_bedtime_habit_lasts_six_weeks(house: House, since: int, begins: bool) -> None:
    """Its conditions, as the hour of the evening would put them: days since the first evening."""
    first = (dt.date.today() - dt.timedelta(days=since)).isoformat()
    inputs = {"satellite": SATELLITE, "at": "22:00:00", "first_evening": first}
    habit = house.automate(f"habit_{abs(since)}", "bedtime_six_weeks", **inputs)
    before = len(house.plays())
    house.act("automation.trigger", entity_id=habit, skip_condition=False)
    if begins:
        assert "left foot back" in house.next_play(before)["says"]
        quiet(house)
    else:
        time.sleep(5)
        assert len(house.plays()) == before


# ---- what is kept ---------------------------------------------------------------------------------------


def test_diagnostics_hold_nothing_of_anybody(house: House) -> None:
    found = diagnostics(house)
    assert set(found) == {
        "package", "locale", "numbers_known", "voice", "voice_there", "pipelines", "pipelines_with_our_voice",
    }  # fmt: skip
    assert found["pipelines"] == found["pipelines_with_our_voice"] == 1
    assert "bed" not in json.dumps(found).lower()


def test_a_restart_in_the_middle_of_a_hold_goes_on_where_it_was(house: House) -> None:
    before = len(house.plays())
    house.act("cramp_coach.start", entity_id=SATELLITE)
    house.next_play(before)
    time.sleep(2)
    following = house.speak("next")
    assert "footboard" in following["says"]
    time.sleep(2)
    house.restart()
    answer = house.speak("cramp coach continue")
    assert answer["says"].startswith("Going on from where you were.")
    assert "footboard" in answer["says"]
    house.speak("stop")


def test_removal_leaves_no_trace(house: House) -> None:
    """Runs last: the coach is gone after it."""
    place = house.config / ".storage" / "cramp_coach.sqlite"
    house.speak("open cramp coach")
    quiet(house)
    assert place.exists()
    house.remove("cramp_coach")
    assert not [own for own in house.states() if "cramp_coach" in own]
    for action in ("start", "bedtime", "stop"):
        with pytest.raises(RuntimeError, match="not_found"):
            house.act(f"cramp_coach.{action}", entity_id=SATELLITE)
    assert not place.exists()
    assert not list((house.config / "tts").iterdir())
    issues = house.ask("repairs/list_issues")["issues"]
    assert not [own for own in issues if own["domain"] == "cramp_coach"]
    house.stop()
    for path in (house.config / ".storage").iterdir():
        kept = json.loads(path.read_text(encoding="utf-8"))
        # Home Assistant's own note that entities of that name were here, for thirty days: unique id and name.
        if path.name == "core.entity_registry":
            kept["data"]["deleted_entities"] = []
        if path.name == "core.restore_state":
            kept["data"] = [own for own in kept["data"] if "cramp_coach" not in own["state"]["entity_id"]]
        # The assistant that the person made stays theirs.
        if path.name == "assist_pipeline.pipelines":
            continue
        assert "cramp_coach" not in json.dumps(kept), path
