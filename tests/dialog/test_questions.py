"""The table of questions: an entry a kind, and every entry gives an answer wherever its question is asked."""

from __future__ import annotations

from dataclasses import fields

import pytest

from skill.dialog import Awaiting, Reply, State
from skill.dialog.questions import QUESTIONS, Question
from skill.dialog.state import Trait
from tests.dialog.turns import BEDTIME, CALF, turn


def asked_in(kind: Awaiting) -> list[State]:
    """Where a question of this kind is asked: in a stretch, before sleep, outside of a routine, and after a stop."""
    found = [CALF.with_(awaiting=kind), BEDTIME.with_(awaiting=kind)]
    if Trait.GOES_ON in kind.traits:
        found = [BEDTIME if kind is Awaiting.BEDTIME else CALF]
    if Trait.IN_ROUTINE not in kind.traits:
        found.append(State(awaiting=kind))
    if Trait.WHEN_STOPPED in kind.traits:
        found.append(State(awaiting=kind, stopped=True))
    return found


def test_every_kind_of_question_has_an_entry() -> None:
    assert set(QUESTIONS) == set(Awaiting)


@pytest.mark.parametrize("kind", list(Awaiting))
def test_every_answer_to_every_question_is_a_reply(kind: Awaiting) -> None:
    for state in asked_in(kind):
        here = turn(state, 200)
        question = QUESTIONS[here.here.awaiting]
        for field in fields(Question):
            answer = getattr(question, field.name)
            if field.name == "missed":
                reply = answer(here, ())
            elif field.name == "again":
                reply = answer(here, here.here, ())
            else:
                reply = answer(here)
            assert isinstance(reply, Reply), (state, field.name)
            assert reply.script or reply.question, (state, field.name)


@pytest.mark.parametrize("kind", [kind for kind in Awaiting if Trait.WHEN_STOPPED in kind.traits])
def test_no_answer_to_a_question_after_a_stop_stretches(kind: Awaiting) -> None:
    here = turn(State(awaiting=kind, stopped=True), 20)
    question = QUESTIONS[kind]
    for answer in (question.yes, question.no, question.next, question.previous, question.resume):
        reply = answer(here)
        assert reply.state is None or reply.state.routine is None
