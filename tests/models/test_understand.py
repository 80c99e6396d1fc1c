"""What the figures of docs/understanding.md count, and what an ear like Alexa may hear."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from speaker.nlu.interaction_model import InteractionModel
from speaker.nlu.recognizer import FALLBACK, Heard, HeardSlot
from workshop.models.alexa_ear import AlexaEar
from workshop.models.harm import Harm
from workshop.models.held_out import Utterance, read_held_out
from workshop.models.understanding import FILES, Answer, Score

SWOLLEN = HeardSlot("SYMPTOM", "calf is all swollen up", "swollen_leg", "swollen calf")
ASKED = Utterance("my calf is all swollen up", ("SymptomIntent", "WorseIntent"), pattern="swollen|puffy")


@cache
def ear() -> AlexaEar:
    return AlexaEar(InteractionModel.load("en-US"))


def test_a_line_is_right_by_any_intent_that_serves_and_a_slot_by_its_pattern() -> None:
    right = Answer(ASKED, Heard("WorseIntent", {"symptom": SWOLLEN}))
    unfilled = Answer(ASKED, Heard("SymptomIntent"))
    wrong = Answer(ASKED, Heard("ReliefIntent", {"muscle": SWOLLEN}))
    score = Score("own", "a file", (right, unfilled, wrong))
    assert (score.intents, score.slots, score.slots_of_all) == (2 / 3, 1 / 2, 1 / 3)
    assert score.misses() == [unfilled, wrong]


def test_foreign_talk_counts_where_nothing_but_fallback_serves() -> None:
    foreign, either = Utterance("put the kettle on", (FALLBACK,)), Utterance("pardon", (FALLBACK, "AgainIntent"))
    answers = (Answer(foreign, Heard("LeaveIntent"), harm="closed"), Answer(either, Heard("AgainIntent")))
    score = Score("own", "a file", answers)
    assert (len(score.foreign), score.fallen, len(score.harmed)) == (1, 0.0, 1)


@pytest.mark.parametrize("path", FILES.values(), ids=list(FILES))
def test_every_file_of_lines_can_be_read(path: Path) -> None:
    lines = read_held_out(path)
    assert len(lines) >= 50 and all(line.say and line.intents for line in lines)


def test_a_row_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lines.tsv"
    path.write_text("calf cramp ReliefIntent calf\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"lines\.tsv: expected an utterance, intents and a pattern"):
        read_held_out(path)


def test_an_ear_like_alexa_hears_the_published_phrases_and_exact_samples() -> None:
    assert ear().hear("keep going").intent == "AMAZON.ResumeIntent"
    heard = ear().hear("my calf is killing me")
    assert (heard.intent, heard.how, heard.slots["muscle"].id) == ("ReliefIntent", "exact", "calf")


def test_an_ear_like_alexa_fills_slots_by_literal_value_alone() -> None:
    assert "symptom" not in ear().hear("my clafs all swelled").slots


def test_harm_is_what_the_skill_does() -> None:
    harm = Harm(InteractionModel.load("en-US"))
    assert harm.of(Heard("AMAZON.StopIntent"), "stop", transcribes=False) == "closed"
    thigh = HeardSlot("MUSCLE", "thigh", "thigh", "thigh")
    assert harm.of(Heard("ReliefIntent", {"muscle": thigh}), "my thigh", transcribes=False) == "routine"
    assert harm.of(Heard(FALLBACK), "put the kettle on", transcribes=True) == ""
