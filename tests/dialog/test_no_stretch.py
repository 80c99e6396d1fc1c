"""Once it got worse nothing is stretched again in that session, whatever is said; and silence goes on where it may."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from skill.dialog import (
    Awaiting,
    Reply,
    State,
    TurnContext,
    answers,
    bedtime,
    controls,
    endings,
    no_stretch,
    person,
    relief,
    safety,
    session,
)
from skill.dialog.topic import Signs, read_topic
from tests.dialog.turns import ADVICE, BEDTIME, CALF, NOW, holds, prompt, state_of, turn, words

WORSE = state_of(no_stretch.worse(turn(CALF.with_(conditions=("older",), voice="whisper"))))
SURGERY = CALF.with_(conditions=("recent_surgery",))
EVERYTHING: list[Callable[[TurnContext], Reply]] = [
    session.yes,
    session.no,
    session.help_,
    session.fallback,
    endings.leave,
    session.still_cramping,
    endings.not_cramping,
    session.trouble,
    controls.next_step,
    controls.previous_step,
    controls.repeat,
    controls.start_over,
    controls.pause,
    controls.resume,
    controls.whisper,
    controls.speak_up,
    controls.more,
    relief.change_muscle,
    relief.eased,
    bedtime.bedtime,
    person.helping,
    person.condition,
    answers.why,
    answers.compare,
    safety.signs,
    safety.unknown_sign,
    no_stretch.worse,
    controls.longer,
    controls.shorter,
    lambda at: answers.answer(at, "remedies", "remedy"),
]


def slots() -> list[dict[str, str]]:
    return [
        {},
        {"muscle": "foot"},
        {"muscle": "<elbow>"},
        {"condition": "unsteady"},
        {"child": "child"},
        {"remedy": "massage"},
    ]


@pytest.mark.parametrize("number", range(len(EVERYTHING)))
def test_nothing_leads_back_after_worse(number: int) -> None:
    do = EVERYTHING[number]
    for filled in slots():
        for state in (
            WORSE,
            WORSE.with_(awaiting=Awaiting.MORE, topic=Signs(3)),
            state_of(no_stretch.worse(turn())),
        ):
            reply = do(turn(state, 20, None, **filled))
            assert not holds(reply.script)
            assert not holds(reply.reprompt)
            assert reply.state is None or (reply.state.stopped and reply.state.routine is None)
            assert reply.question in (
                None,
                prompt("signs_question"),
                prompt("more_question"),
                prompt("causes_question"),
            )
            assert reply.unfinished is None


def test_voice_and_conditions_are_kept() -> None:
    assert (WORSE.voice, WORSE.conditions) == ("whisper", ("older",))


def test_the_signs_end_without_an_offer() -> None:
    reply = session.yes(turn(WORSE))
    while reply.state is not None and reply.state.awaiting is Awaiting.MORE:
        reply = controls.more(turn(reply.state))
    assert reply.question is None
    assert reply.finished
    assert words(reply.script)[-2:] == list(ADVICE.prompt("stay_safe"))


def test_what_a_condition_forbids_is_never_offered() -> None:
    for do in (answers.why, session.help_, endings.not_cramping):
        reply = do(
            turn(
                State(
                    conditions=("recent_surgery",),
                    awaiting=Awaiting.SIGNS,
                    topic=read_topic("say/nothing_allowed"),
                    answered_at=NOW,
                )
            )
        )
        assert reply.question not in (prompt("start_question"), prompt("offer_question"))


def test_another_place_may_be_allowed_where_one_is_not() -> None:
    state = State(
        awaiting=Awaiting.SIGNS,
        topic=read_topic("say/nothing_allowed"),
        conditions=("hip_replacement",),
        answered_at=NOW,
    )
    assert state_of(relief.change_muscle(turn(state, muscle="calf"))).routine == "calf"


@pytest.mark.parametrize(
    "state", [None, CALF, BEDTIME, WORSE, SURGERY, State(awaiting=Awaiting.OFFER, answered_at=NOW, voice="clear")]
)
def test_trouble_keeps_who_is_listening(state: State | None) -> None:
    reply = session.trouble(turn(state))
    if state is not None:
        assert (state_of(reply).voice, state_of(reply).conditions) == (state.voice, state.conditions)
        assert state_of(reply).stopped is state.stopped
    assert state_of(reply).to_json() == State.from_json(state_of(reply).to_json()).to_json()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "do", [answers.why, session.help_, lambda at: answers.answer(at, "remedies", "remedy"), safety.signs]
)
def test_silence_after_a_question_in_the_middle_goes_on_with_the_step(do: Callable[[TurnContext], Reply]) -> None:
    here = CALF.with_(step="footboard")
    reply = do(turn(here))
    assert holds(reply.reprompt) == [30]
    state = state_of(reply)
    asked = state.step_offsets[0] + 60
    assert words(session.yes(turn(state, asked)).script) == words(relief.eased(turn(here)).script)
    assert state_of(session.no(turn(state, state.step_offsets[0] + 1))).step == "stand"


@pytest.mark.parametrize("awaiting", [Awaiting.START, Awaiting.OFFER])
def test_silence_after_an_offer_offers_again(awaiting: Awaiting) -> None:
    reply = session.fallback(turn(State(awaiting=awaiting, topic=read_topic("say/help"), answered_at=NOW)))
    assert words(reply.reprompt) == [reply.question]


def test_the_helper_stays_the_helper_for_the_session() -> None:
    helping = state_of(person.helping(turn(CALF)))
    assert state_of(relief.change_muscle(turn(helping, muscle="foot"))).helper
    assert not state_of(relief.launch(turn(helping))).helper


def test_a_child_goes_to_a_clinician() -> None:
    reply = person.helping(turn(CALF, child="child"))
    assert not holds(reply.script)
    assert reply.question == prompt("signs_question")
