"""What reaches Alexa is SSML that it takes, whatever the text was."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.speech import Hold, Say, Silence, Speech, Voice, timeline, to_ssml
from skill.speech.timeline import NotSSML

HOSTILE = [
    "Salt & water",
    "</s></speak>",
    "<break time='99s'/>",
    "a < b > c",
    "\"'",
    "\x00\x07\x1b",
    "\ud800",
    "\ufffe\uffff",
    "&amp;",
]


@pytest.mark.parametrize("voice", list(Voice))
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_text_is_text(text: str, voice: Voice) -> None:
    ssml = to_ssml((Say(f"say {text} now"),), voice)
    ET.fromstring(f"<speak xmlns:amazon='a'>{ssml}</speak>")
    (heard,) = timeline(ssml)
    assert isinstance(heard, Speech)
    visible = "".join(c if c.isprintable() and c not in "\ufffe\uffff\ud800" else " " for c in text)
    assert heard.text == " ".join(f"say {visible} now".split())


@settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.text() | st.integers(1, 600).map(lambda tenths: tenths / 10), max_size=6), st.sampled_from(list(Voice))
)
def test_any_script_comes_back_as_time(parts: list[str | float], voice: Voice) -> None:
    script = tuple(Say(part) if isinstance(part, str) else Hold(part) for part in parts)
    heard = timeline(to_ssml(script, voice))
    quiet = sum(event.seconds for event in heard if isinstance(event, Silence))
    assert quiet == pytest.approx(sum(part for part in parts if isinstance(part, float)), abs=0.1)
    assert not any(isinstance(a, Silence) and isinstance(b, Silence) for a, b in pairwise(heard))


@pytest.mark.parametrize(
    ("voice", "style"),
    [(Voice.SOFT, "soft"), (Voice.WHISPER, "whispered"), (Voice.CLEAR, "loud"), (Voice.FIRM, "x-loud")],
)
def test_a_voice_is_heard_in_every_sentence(voice: Voice, style: str) -> None:
    heard = timeline(to_ssml((Say("One."), Hold(3), Say("Two.")), voice))
    assert [event.style for event in heard if isinstance(event, Speech)] == [style, style]


def test_numbers_are_spelled_where_they_stand_alone() -> None:
    ssml = to_ssml((Say("Call 911 now, not 9110 or x911."),), spell=("911",))
    assert ssml.count("<say-as") == 1
    assert '<say-as interpret-as="digits">911</say-as> now' in ssml
    (heard,) = timeline(ssml)
    assert isinstance(heard, Speech)
    assert heard.text == "Call 911 now, not 9110 or x911."


def test_the_longest_number_is_spelled_whole() -> None:
    ssml = to_ssml((Say("Call 1 800 022 222, or 1 800."),), spell=("1 800", "1 800 022 222", ""))
    assert ssml.count("<say-as") == 2
    assert ">1 800 022 222<" in ssml


def test_nothing_to_say_is_nothing() -> None:
    assert to_ssml(()) == ""
    assert to_ssml((Say("  "), Say(""))) == ""


@pytest.mark.parametrize(
    "ssml",
    [
        "<s>",
        "Salt & water",
        '<break time="11s"/>',
        '<break time="10001ms"/>',
        '<break time="5"/>',
        '<break time="x"/>',
        "<speak><s></speak>",
    ],
)
def test_what_alexa_refuses_is_refused(ssml: str) -> None:
    with pytest.raises(NotSSML, match="expected"):
        timeline(ssml)


def test_breaks_without_a_time_have_their_strength() -> None:
    assert timeline('<break/><break strength="strong"/><break strength="none"/>') == (Silence(1.5),)


def test_text_outside_of_sentences_is_heard_too() -> None:
    ssml = '<speak>One <s>two</s> three<break time="500ms"/><p>four</p></speak>'
    assert [event.text if isinstance(event, Speech) else event.seconds for event in timeline(ssml)] == [
        "One",
        "two",
        "three",
        0.5,
        "four",
    ]


def test_a_voice_without_ssml_reads_numbers_to_dial_digit_by_digit() -> None:
    """Not "nine hundred and eleven"; and a number of seconds stays what it is."""
    dial = '<s>Call <say-as interpret-as="digits">1 800 222</say-as> now, or in 30 seconds.</s>'
    plain = "<s>Hold it for 30 seconds.</s>"
    first, second = timeline(f"<speak>{dial}{plain}</speak>")
    assert isinstance(first, Speech)
    assert (first.text, first.aloud) == (
        "Call 1 800 222 now, or in 30 seconds.",
        "Call 1 8 0 0 2 2 2 now, or in 30 seconds.",
    )
    assert isinstance(second, Speech)
    assert second.aloud == ""
