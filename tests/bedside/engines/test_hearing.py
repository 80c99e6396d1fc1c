"""What the engines hear: words, the name, speech among the sounds of a night."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from speaker.bedside.engines import pocketsphinx
from speaker.bedside.engines.activity import Silero
from speaker.bedside.engines.choose import RECOGNIZERS, Wishes, engines
from speaker.bedside.engines.combined import ALIKE, Combined
from speaker.bedside.protocols import EngineMissing, Engines, Transcript
from speaker.bedside.sound import Samples, frames_of, quiet
from speaker.bedside.utterances import Utterances
from speaker.nlu.recognizer import Hearing
from tests.bedside.engines.rooms import fan, hum, room, said, snoring
from tests.bedside.parts import MODEL, Prompter

WORDS = (
    "my foot", "it's my thigh", "say that again", "it's gone now", "it won't stop", "should I see a doctor",
    "I have chest pain", "my leg is swollen and hot", "does magnesium help", "I'm on dialysis", "next one", "not yet",
)  # fmt: skip


@pytest.mark.parametrize("name", RECOGNIZERS)
def test_what_is_said_from_the_bed_is_understood(name: str) -> None:
    recognizer = engines(MODEL, Wishes(recognizer=name, duplex="half")).recognizer
    ear = Hearing(MODEL)
    understood = 0
    for text in WORDS:
        for voice in ("slt", "rms"):
            heard = recognizer.transcribe(room(4.0, (0.5, said(text, voice))))
            understood += ear.hear(heard.text).intent == ear.hear(text).intent
            assert 0.0 <= heard.confidence <= 1.0
    assert understood >= 20, f"of {len(WORDS) * 2}"


def test_a_room_without_words_gives_a_recogniser_nothing(parts: Engines) -> None:
    """Both recognisers may hear "you" in noise alone: what keeps it from them is the detector of speech."""
    for sound in (quiet(160_000), fan(10.0), fan(10.0, -35.0), hum(10.0), snoring(10.0)):
        utterances = Utterances(parts.activity)
        assert not [found for frame in frames_of(sound) if (found := utterances.feed(frame))]


@pytest.mark.parametrize("voice", ["slt", "rms", "awb"])
@pytest.mark.parametrize("text", ["cramp coach", "open cramp coach", "hey cramp coach", "cramp coach my foot"])
def test_its_name_is_heard(parts: Engines, voice: str, text: str) -> None:
    assert spotted(parts, said(text, voice)) is not None


@pytest.mark.parametrize("voice", ["slt", "rms", "awb"])
@pytest.mark.parametrize("text", ["my foot hurts", "the coach leaves at ten", "stop", "go to sleep now", "goodnight"])
def test_nothing_else_is_its_name(parts: Engines, voice: str, text: str) -> None:
    assert spotted(parts, said(text, voice)) is None


def spotted(parts: Engines, sound: Samples) -> float | None:
    parts.wake.start()
    for frame in frames_of(np.concatenate([quiet(5000), sound, quiet(8000)])):
        parts.wake.hear(frame)
    return parts.wake.stop()


def test_the_end_of_the_name_is_known(parts: Engines) -> None:
    sound = said("cramp coach", "rms")
    ended = spotted(parts, sound)
    assert ended == pytest.approx((5000 + len(sound)) / 16_000, abs=0.35)


def test_a_snore_is_no_speech_and_speech_among_snores_is() -> None:
    utterances = Utterances(Silero())
    snores = snoring(40.0)
    assert not [found for frame in frames_of(snores) if (found := utterances.feed(frame))]
    utterances = Utterances(Silero())
    among = room(40.0, (18.0, said("is it because of my statins")), background=snores)
    spoken = [one for frame in frames_of(among) if (one := utterances.feed(frame))]
    assert len(spoken) == 1
    assert spoken[0].began == pytest.approx(18.0, abs=0.4)


def test_words_that_no_dictionary_has_can_be_heard() -> None:
    words = [word for own in MODEL.values.values() for phrase in own for word in phrase.split()]
    unheard = {word for word in words if not pocketsphinx.sounds_of(word.replace(" 's", "'s"))}
    assert not {word for word in unheard if word != "'s"}, sorted(unheard)[:20]


def test_of_two_hearings_that_sound_alike_ours_is_believed_and_how_alike_is_how_sure() -> None:
    def heard(general: str, ours: str) -> Transcript:
        return Combined(Prompter(general), Prompter(ours), pocketsphinx.sounds_of).transcribe(quiet(1))

    alike = heard("I heard a pup.", "i heard a pop")
    assert alike.text == "i heard a pop"
    assert ALIKE < alike.confidence < 1
    assert heard("My foot.", "my foot") == Transcript("my foot", 1.0)
    other = heard("The weather is fine tomorrow.", "my other foot")
    assert other.text == "The weather is fine tomorrow."
    assert other.confidence < 0.5
    assert heard("", "stop") == Transcript("", 0.0)


def test_a_recogniser_apart_hears_the_same_and_says_what_is_missing() -> None:
    sound = room(3.0, (0.5, said("my foot")))
    apart = engines(MODEL, Wishes(recognizer="pocketsphinx", duplex="half"), apart=True).recognizer
    assert apart.transcribe(sound).text == "my foot"
    assert apart.transcribe(sound).text == "my foot"
    with pytest.raises(EngineMissing, match="expected a folder of Whisper"):
        engines(MODEL, Wishes(models=(Path("/nowhere"),)), apart=True)
