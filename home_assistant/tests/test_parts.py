"""The parts that need no house: time, pacing, samples, locales."""

from __future__ import annotations

import re
from array import array
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("package")


@pytest.fixture
def parts(package: Path) -> SimpleNamespace:
    """The modules, which can be imported once the package is installed."""
    from cramp_coach.skill import app, speech
    from cramp_coach.speaker import InteractionModel, Speaker

    from custom_components.cramp_coach import coach, locale, night, pacing, waveform

    return SimpleNamespace(
        app=app, coach=coach, locale=locale, night=night, pacing=pacing, speech=speech, waveform=waveform,
        Speaker=Speaker, model=InteractionModel.load("en-US"),
    )  # fmt: skip


def tone(parts: SimpleNamespace, seconds: float, amplitude: int = 1000, padding: float = 0.0) -> Any:
    quiet = [0] * round(padding * parts.waveform.RATE)
    loud = [amplitude, -amplitude] * round(seconds * parts.waveform.RATE / 2)
    return parts.waveform.Sound(array("h", quiet + loud + quiet))


# ---- samples ------------------------------------------------------------------------------------------


def test_a_silence_lasts_as_long_as_it_says(parts: SimpleNamespace) -> None:
    assert parts.waveform.silence(7.0).seconds == 7.0


def test_a_sound_survives_being_a_file(parts: SimpleNamespace) -> None:
    sounds = [tone(parts, 0.5), parts.waveform.silence(1.0), tone(parts, 0.25)]
    back = parts.waveform.read(parts.waveform.wav(sounds))
    assert back.samples == parts.waveform.joined(*sounds).samples


def test_an_engines_padding_is_taken_off(parts: SimpleNamespace) -> None:
    assert parts.waveform.trimmed(tone(parts, 1.0, padding=0.6)).seconds == pytest.approx(1.08, abs=0.01)


def test_silence_alone_is_left_as_it_is(parts: SimpleNamespace) -> None:
    assert parts.waveform.trimmed(parts.waveform.silence(0.5)).seconds == 0.5


@pytest.mark.parametrize(("style", "peak"), [("", 8000), ("soft", 4000), ("whispered", 2560), ("x-loud", 20000)])
def test_a_style_is_a_loudness(parts: SimpleNamespace, style: str, peak: int) -> None:
    assert max(parts.waveform.styled(tone(parts, 0.1, 8000), style).samples) == peak


def test_loud_never_clips(parts: SimpleNamespace) -> None:
    samples = parts.waveform.styled(tone(parts, 0.1, 30_000), "x-loud").samples
    assert 30_000 < max(samples) <= 32_767
    assert max(parts.waveform.styled(tone(parts, 0.1, 32_767), "x-loud").samples) == 32_767


@pytest.mark.parametrize(
    ("change", "expected"),
    [(lambda data: b"not a file", "expected a WAV file"), (lambda data: data[:44], "found an empty sound"),
     (lambda data: data[:24] + (8000).to_bytes(4, "little") + data[28:], "samples a second")],
)  # fmt: skip
def test_what_is_no_usable_sound_is_told(parts: SimpleNamespace, change: Any, expected: str) -> None:
    data = parts.waveform.wav([tone(parts, 0.1)])
    with pytest.raises(parts.waveform.NotSpoken, match=expected):
        parts.waveform.read(change(data))


# ---- pacing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pace", [0.6, 1.0, 1.5])
def test_a_hold_lasts_as_long_however_fast_the_voice_is(parts: SimpleNamespace, pace: float) -> None:
    turn = parts.Speaker(parts.app.create(), parts.model).say("cramp coach")
    sounds = [
        parts.waveform.silence(event.seconds)
        if isinstance(event, parts.speech.Silence)
        else tone(parts, event.seconds * pace)
        for event in turn.plays
    ]
    lengths = [sound.seconds for sound in parts.pacing.paced(turn.plays, sounds)]
    words = [getattr(event, "text", "") for event in turn.plays]
    begins = next(at for at, text in enumerate(words) if re.search(r"\b30 seconds\b", text)) + 1
    ends = max(at for at, event in enumerate(turn.plays) if isinstance(event, parts.speech.Silence)) + 1
    assert len(turn.plays[begins:ends]) > 3, "cues part the silences"
    assert sum(lengths[begins:ends]) == pytest.approx(30.0, abs=0.01)


def test_sentences_are_parted_by_a_breath(parts: SimpleNamespace) -> None:
    events = (parts.speech.Speech("One.", 1.0), parts.speech.Speech("Two.", 1.0))
    first, second = parts.pacing.paced(events, [tone(parts, 0.9), tone(parts, 0.9)])
    assert first.seconds == pytest.approx(1.3, abs=0.01)
    assert second.seconds == pytest.approx(0.9, abs=0.01)


def test_a_long_sentence_takes_nothing_from_the_silence_after_it(parts: SimpleNamespace) -> None:
    silence, speech = parts.speech.Silence, parts.speech.Speech
    events = (silence(4.0), speech("Hold it gently for 30 seconds, short of pain.", 3.6), silence(7.0))
    sounds = [parts.waveform.silence(4.0), tone(parts, 5.0), parts.waveform.silence(7.0)]
    assert parts.pacing.paced(events, sounds)[2].seconds == 7.0


# ---- time -----------------------------------------------------------------------------------------------


def test_an_interruption_is_reckoned_in_the_seconds_of_the_timeline(parts: SimpleNamespace) -> None:
    """The sound lasts half as long as was estimated: half way through it is half way through the timeline."""
    speech, silence = parts.speech.Speech, parts.speech.Silence
    played = parts.night.Played((speech("One.", 4.0), silence(10.0)), since=100.0, lengths=(2.0, 5.0))
    assert played.reached(101.0) == 2.0
    assert played.reached(104.5) == 9.0
    assert played.reached(107.0) is None
    assert played.ends == 107.0


def test_the_speakers_clock_is_the_rooms(parts: SimpleNamespace) -> None:
    """However many turns: a place is kept for half an hour of the room's time."""
    now = 50.0
    speaker = parts.Speaker(parts.app.create(), parts.model, now=1_000_000.0)
    night = parts.night.Night(speaker, clock=lambda: now)
    for words in ("cramp coach", "my foot", "next", "how much longer", "stop", "cramp coach"):
        now += 7.0
        night.say(words)
        assert speaker.now == pytest.approx(1_000_000.0 + now - 50.0, abs=2.5)
    now += 60.0
    night.stay_silent()
    assert speaker.now == pytest.approx(1_000_000.0 + now - 50.0, abs=2.5)


def test_a_question_is_not_open_for_ever(parts: SimpleNamespace) -> None:
    """In the morning, words to the same satellite are for the house again."""
    now = 0.0
    night = parts.night.Night(parts.Speaker(parts.app.create(), parts.model), clock=lambda: now)
    ends = night.say("cramp coach").seconds
    now = ends + 290.0
    assert night.say("my foot").request is not None
    now += 400.0
    assert night.say("yes").request is None
    assert not night.speaker.open


# ---- places ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "locale", "model"),
    [("US", "en-US", "en-US"), ("GB", "en-GB", "en-GB"), ("DE", "en-DE", "en-US"), (None, "en-ZZ", "en-US")],
)
def test_the_country_of_the_house_decides(parts: SimpleNamespace, country: str | None, locale: str, model: str) -> None:
    house: Any = SimpleNamespace(config=SimpleNamespace(country=country))
    assert parts.locale.locale_of(house) == locale
    assert parts.locale.model_of(locale) == model


def test_nights_and_timings_do_not_pile_up(parts: SimpleNamespace, tmp_path: Path) -> None:
    coach = parts.coach.Coach.open("en-US", "tts.any", tmp_path / "places.sqlite")
    for number in range(100):
        turn = coach.night(f"device {number}").say("cramp coach")
        coach.remember(turn)
        coach.scores[f"{number}"] = ()
    assert len(coach.nights) == 32
    assert len(coach.scores) <= 65
    coach.close()
    assert not coach.nights
    assert not coach.scores


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "en-AU", "en-CA", "en-IN"])
def test_bedtime_is_called_by_words_of_the_model(parts: SimpleNamespace, tmp_path: Path, locale: str) -> None:
    coach = parts.coach.Coach.open(locale, "tts.any", tmp_path / "places.sqlite")
    turn = coach.night("bed").say(f"{coach.name} {coach.bedtime}")
    assert turn.understood is not None
    assert turn.understood.intent == "BedtimeIntent"


# Written for this test after the rule was made, which has not been changed since: it misses two of them, one
# of them since other words were learnt.
MEANT = (
    "oh no, a cramp in my left calf", "i woke up and my hamstring has a bad cramp", "my thigh has a cramp",
    "my toes have a nasty cramp tonight", "can somebody help, i have chest pain", "help, i can't breathe",
)  # fmt: skip
NOT_MEANT = (
    "turn on the foot light", "is the door closed", "the oven has been on for two hours", "did my leg warmers arrive",
    "call the doctor", "order new stretch jeans", "set the thermostat to twenty one", "my tea is cold",
    "how much magnesium is in a banana", "play the song stiff neck", "what is a charley horse in french", "yes", "stop",
)  # fmt: skip


def test_without_the_name_it_answers_to_a_muscle_or_a_sign_and_to_nothing_of_the_house(
    parts: SimpleNamespace, tmp_path: Path
) -> None:
    coach = parts.coach.Coach.open("en-US", "tts.any", tmp_path / "places")
    missed = [words for words in MEANT if not coach.concerns(words)]
    assert len(missed) <= 2, missed  # what is not heard surely wants the name
    assert [words for words in NOT_MEANT if coach.concerns(words)] == []
