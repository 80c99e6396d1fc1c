import pytest

from speaker.nlu.normalize import plain_sample, spoken, stem
from speaker.nlu.number_words import durations, in_words


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("thirty seconds", "PT30S"),
        ("forty five more seconds", "PT45S"),
        ("a minute", "PT1M"),
        ("half a minute", "PT30S"),
        ("a minute and a half", "PT1M30S"),
        ("one minute and thirty seconds", "PT1M30S"),
        ("one minute thirty seconds", "PT1M30S"),
        ("two minutes", "PT2M"),
        ("a couple of minutes", "PT2M"),
        ("90 seconds", "PT1M30S"),
        ("one hundred and twenty seconds", "PT2M"),
        ("zero seconds", "PT0S"),
        ("an hour and a half", "PT90M"),
        ("three quarters of an hour", "PT45M"),
        ("two weeks", "P2W"),
        ("a fortnight", "P2W"),
        ("a couple of days", "P2D"),
        ("six months", "P6M"),
        ("ten years", "P10Y"),
    ],
)
def test_a_duration_is_heard_whole(said: str, iso: str) -> None:
    words = said.split()
    assert durations(words)[0, len(words)] == iso


@pytest.mark.parametrize(
    "said", ["seconds", "another seconds", "thirty", "minute by minute", "thirty bananas", "hundred"]
)
def test_what_is_no_duration_is_none(said: str) -> None:
    words = said.split()
    assert (0, len(words)) not in durations(words)


def test_a_duration_is_found_within_a_sentence() -> None:
    assert durations("hold it for twenty seconds please".split())[3, 5] == "PT20S"


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("7", "seven"),
        ("0", "zero"),
        ("30", "thirty"),
        ("45", "forty five"),
        ("120", "one hundred twenty"),
        ("400", "four hundred"),
        ("911", "nine one one"),
        ("999", "nine nine nine"),
        ("112", "one one two"),
        ("12345", "one two three four five"),
    ],
)
def test_a_number_is_said_as_people_say_it(digits: str, words: str) -> None:
    assert in_words(digits) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("OW, my CALF!!", "ow my calf"),
        ("It’s my calf", "it's my calf"),
        ("my calf's cramping", "my calf 's cramping"),
        ("it's mine", "it's mine"),
        ("pins-and-needles", "pins and needles"),
        ("I had a D.V.T. once", "i had a dvt once"),
        ("call 911", "call nine one one"),
        ("im gonna hold it 30 secs", "i'm going to hold it thirty seconds"),
        ("'ouch'", "ouch"),
        ("¿qué? 🦵", "qu"),
        ("   ", ""),
        ("<speak>&</speak>", "speak speak"),
    ],
)
def test_typed_text_becomes_spoken_words(typed: str, words: str) -> None:
    assert spoken(typed) == words


def test_a_sample_keeps_its_slots_and_parts_with_their_endings() -> None:
    assert plain_sample("my {MUSCLE}'s in a knot") == "my {MUSCLE} 's in a knot"


@pytest.mark.parametrize(
    "words",
    [
        "sit sits sitting sat",
        "swell swells swelling swelled swollen",
        "numb numbness",
        "dehydrated dehydration",
        "calf calves",
    ],
)
def test_inflections_share_a_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(("one", "two"), [("leg", "legend"), ("numb", "number"), ("heel", "heal"), ("red", "read")])
def test_other_words_do_not(one: str, two: str) -> None:
    assert stem(one) != stem(two)
