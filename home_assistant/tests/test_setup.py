"""Setting it up, as a person does it in the app: what is asked, what is refused, and what is told."""

from __future__ import annotations

import itertools

import aiohttp
import pytest

from .house import VOICE, House

FLOW = "/api/config/config_entries/flow"


@pytest.mark.parametrize(("country", "told"), [("GB", "number GB has"), ("FR", "no numbers for FR")])
def test_the_form_tells_which_numbers_will_be_said(bare: House, country: str, told: str) -> None:
    bare.ask("config/core/update", country=country)
    form = bare.flow("cramp_coach", None)
    assert told in form["description_placeholders"]["numbers"]
    assert [field["name"] for field in form["data_schema"]] == ["voice"]


def test_an_engine_without_english_is_refused(bare: House) -> None:
    german = bare.add_voice("de-DE")
    form = bare.flow("cramp_coach", {"voice": german})
    assert form["type"] == "form"
    assert form["errors"] == {"voice": "no_english"}


def test_it_is_set_up_once_and_its_own_voice_is_no_choice(bare: House) -> None:
    assert bare.flow("cramp_coach", {"voice": VOICE})["type"] == "create_entry"
    bare.wait(lambda: bare.state("tts.cramp_coach"), 20, "the voice of the coach")
    again = bare.flow("cramp_coach", {"voice": VOICE})
    assert (again["type"], again["reason"]) == ("abort", "single_instance_allowed")


def test_another_voice_is_chosen_without_a_restart(bare: House) -> None:
    other = bare.add_voice("en-GB")
    form = bare.post(FLOW, {"handler": "cramp_coach", "entry_id": bare.entry("cramp_coach")})
    assert form["step_id"] == "reconfigure"
    (field,) = form["data_schema"]
    assert "tts.cramp_coach" not in field["selector"]["entity"]["include_entities"]
    done = bare.post(f"{FLOW}/{form['flow_id']}", {"voice": other})
    assert (done["type"], done["reason"]) == ("abort", "reconfigure_successful")

    spoken = itertools.count()

    def speaks() -> bool:
        # Other words each time: Home Assistant itself remembers for minutes how the same ones sounded.
        words = f"Goodnight {next(spoken)}."
        try:
            made = bare.post("/api/tts_get_url", {"engine_id": "tts.cramp_coach", "message": words, "cache": False})
            sound = bare.sound(made["path"])
        except (ValueError, aiohttp.ClientResponseError):  # while it loads again
            return False
        return len(sound) > 2000 and bare.state(other) != "unknown"

    bare.wait(speaks, 20, "the coach to speak with the other voice")


def test_a_voice_that_has_gone_is_told_of_in_the_log_with_a_hint(bare: House) -> None:
    bare.remove_all("wyoming")
    made = bare.post("/api/tts_get_url", {"engine_id": "tts.cramp_coach", "message": "Halfway.", "cache": False})
    with pytest.raises(Exception, match="500"):
        bare.sound(made["path"])
    assert "is not there or does not speak en-US. Choose another one" in bare.log()


def test_without_any_voice_it_says_what_to_do(bare: House) -> None:
    bare.remove_all("cramp_coach")
    refused = bare.flow("cramp_coach", None)
    assert (refused["type"], refused["reason"]) == ("abort", "no_voice")
