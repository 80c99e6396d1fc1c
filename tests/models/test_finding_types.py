"""Closed slot types of what a body shows: made of the words of the content, each phrase in one value of a type."""

from __future__ import annotations

from collections import Counter

from skill.advice import open_advice
from workshop.models import read_sentences
from workshop.models.build import own_types
from workshop.models.finding_types import finding_types, setting_faults

SETTINGS = {
    "types": {"PLACE": ["limb", "foot"], "STATE": ["cold", "numb"], "ACTION": []},
    "action": ["can't"],
    "left_out": ["stone"],
    "left_to": {},
    "forms": {"numb": ["numb", "numbness"]},
}
WORDS = {
    "words": {
        "limb": ["leg", "foot", "toe"],
        "foot": ["foot", "toe"],
        "cold": ["cold", "stone", "gray and cold"],
        "numb": ["numb*", "can't feel"],
    }
}


def phrases(types: dict[str, dict[str, dict[str, list[str]]]], kind: str) -> dict[str, str]:
    return {phrase: name for name, entry in types[kind].items() for phrase in entry["heard_as"]}


def test_a_phrase_is_of_the_narrowest_words_a_stem_is_whole_words_and_what_cannot_be_done_is_an_action() -> None:
    made = finding_types(SETTINGS, WORDS, {"gray": ["grey"]}, {})
    assert phrases(made, "PLACE") == {"leg": "limb", "foot": "foot", "toe": "foot"}
    assert set(phrases(made, "STATE")) == {"cold", "gray and cold", "grey and cold", "numb", "numbness"}
    assert phrases(made, "ACTION") == {"can't feel": "numb"}


def test_what_another_type_has_is_left_to_it() -> None:
    assert "cold" not in phrases(finding_types(SETTINGS, WORDS, {}, {"STATE": {"cold"}}), "STATE")


def test_unknown_names_and_stems_are_told() -> None:
    faults = "\n".join(
        map(str, setting_faults({**SETTINGS, "types": {"PLACE": ["wing"], "STATE": ["numb"]}, "forms": {}}, WORDS))
    )
    assert "expected the name of words, found" in faults and "wing" in faults
    assert "expected whole words for" in faults and "numb*" in faults
    assert phrases(finding_types({**SETTINGS, "forms": {}}, WORDS, {}, {}), "STATE") == {
        "cold": "cold",
        "gray and cold": "cold",
    }


def test_no_phrase_of_ours_names_two_values_of_a_type() -> None:
    types = own_types(open_advice("en-US"), read_sentences())
    for kind, entries in types.items():
        counts = Counter(phrase for entry in entries.values() for phrase in entry["heard_as"])
        assert not [phrase for phrase, count in counts.items() if count > 1], kind


def test_what_a_plain_cramp_feels_like_is_no_state() -> None:
    states = phrases(own_types(open_advice("en-US"), read_sentences()), "STATE")
    assert not {"hard", "stuck", "tight", "sore", "painful", "in a knot", "throbbing"} & set(states)
