"""Every sentence file's own tests, through the stand-in speaker's ear; and the figures that the ear must keep."""

import pytest

from skill.advice import locales
from speaker.nlu.recognizer import Heard
from tests.ears import ear
from tests.remembered import sentences
from workshop.models import MODELS, Intent, build_model, model_text
from workshop.models.held_out import FALLBACK, read_held_out
from workshop.models.understanding import score

SENTENCES = sentences()
LEAST = 0.90
"""Share of held-out intents, and of slots where the intent is heard, that the ear must get right."""


def filled(heard: Heard) -> dict[str, str]:
    return {name: slot.id or slot.value for name, slot in heard.slots.items()}


@pytest.mark.parametrize("intent", SENTENCES.intents, ids=lambda intent: intent.name)
def test_a_sentence_file_s_own_tests_reach_it(intent: Intent) -> None:
    wrong = []
    for line in intent.tests:
        heard = ear(line.get("locale", "en-US")).hear(line["say"])
        slots = {name: value for name, value in filled(heard).items() if name in line.get("slots", {})}
        if heard.intent != intent.name or slots != line.get("slots", {}):
            wrong.append(f"{line['say']!r}: expected {line.get('slots', {})}, found {heard.intent} {filled(heard)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("intent", SENTENCES.intents, ids=lambda intent: intent.name)
def test_a_sentence_file_s_near_misses_go_where_they_belong(intent: Intent) -> None:
    heard = {line["say"]: ear().hear(line["say"]).intent for line in intent.near_misses}
    expected = {line["say"]: line["intent"] for line in intent.near_misses}
    assert heard == expected


@pytest.mark.parametrize("intent", SENTENCES.intents, ids=lambda intent: intent.name)
def test_a_sentence_file_has_tests_and_near_misses(intent: Intent) -> None:
    assert len(intent.tests) >= 5
    assert intent.near_misses


@pytest.mark.parametrize("locale", locales())
def test_the_committed_model_is_what_sentences_and_content_build(locale: str) -> None:
    committed = (MODELS / f"{locale}.json").read_text(encoding="utf-8")
    assert committed == model_text(build_model(locale, SENTENCES)), "run `make models` and commit what it writes"


def test_the_held_out_file_is_large_and_names_only_intents_that_exist() -> None:
    utterances = read_held_out()
    known = {
        intent["name"] for intent in build_model("en-US", SENTENCES)["interactionModel"]["languageModel"]["intents"]
    }
    assert len(utterances) >= 200
    assert {utterance.intent for utterance in utterances} <= known


def test_no_template_is_a_held_out_utterance_added_later() -> None:
    # Short everyday lines are in both by nature; long ones are only if somebody copied them.
    samples = {sample for intent in SENTENCES.intents for sample in SENTENCES.samples(intent, "en-US")}
    copied = [u.say for u in read_held_out() if u.say in samples and len(u.say.split()) > 8]
    assert not copied


def test_the_held_out_utterances_are_understood() -> None:
    """Scored once for all figures: what is heard, and what is none of its business and falls to fallback."""
    own = score("own", "held out", read_held_out())
    heard = sum(answer.right for answer in own.answers) / len(own.answers)
    assert heard >= LEAST
    assert own.intents >= LEAST
    assert own.slots >= LEAST
    assert own.fallen >= 0.8
    assert not own.harmed
    inside = [answer for answer in own.answers if answer.utterance.in_domain]
    lost = [answer for answer in inside if answer.heard.intent == FALLBACK]
    assert len(lost) <= 0.03 * len(inside)
