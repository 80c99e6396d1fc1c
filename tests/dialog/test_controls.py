"""Moving about: what next, previous, pause, continue, longer and "more" mean where one stands."""

from __future__ import annotations

from itertools import pairwise

import pytest

from skill.advice import Step
from skill.dialog import Awaiting, KeptPlace, State, answers, controls, endings, relief, session
from skill.dialog.topic import read_topic
from skill.speech import duration
from skill.speech.limits import REPROMPT_SECONDS
from tests.dialog.turns import ADVICE, BEDTIME, CALF, NOW, holds, prompt, state_of, turn, words

TENTH = ADVICE.timing.reassess_minutes * 60
LONG_SINCE = CALF.with_(started_at=NOW - TENTH - 1)


def test_next_and_previous() -> None:
    second = state_of(controls.next_step(turn(CALF)))
    assert second.step == "footboard"
    assert state_of(controls.previous_step(turn(second))).step == "stretch"


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (None, True),
        (CALF, True),
        (CALF.with_(round=2), False),
        (CALF.with_(step="footboard"), False),
        (CALF.with_(routine="arch"), False),
        (CALF.with_(awaiting=Awaiting.BACK, topic=read_topic("say/help")), False),
    ],
)
def test_only_where_nothing_has_been_reached_may_a_kept_place_be_meant(state: State | None, may: bool) -> None:
    kept = KeptPlace(CALF.with_(routine="arch", step="footboard", answered_at=NOW))
    reply = controls.resume(turn(state, kept=kept))
    assert (words(reply.script)[0] == prompt("resumed")) is may


def test_a_step_that_a_condition_forbids_is_passed_over_with_the_reason() -> None:
    reply = controls.repeat(turn(CALF.with_(step="massage", conditions=("past_clot",))))
    assert state_of(reply).step == "warmth"
    assert words(reply.script)[0] == "We leave out rubbing, because you have had a clot."


def test_start_over_holds_as_long_as_the_facts_say() -> None:
    reply = controls.start_over(turn(CALF.with_(hold_seconds=15)))
    assert holds(reply.script) == holds(relief.launch(turn()).script)


def test_silence_is_never_answered_with_more_than_a_reprompt_may_last() -> None:
    """With a hold as long as may be and every condition that warns, warmth does not fit: then only the question."""
    alone = 0
    for routine in ADVICE.routines():
        for step in ADVICE.routine(routine).steps if routine not in ("bedtime", "bedtime_seated") else ():  # type: ignore[union-attr]
            here = CALF.with_(routine=routine, step=step.id, hold_seconds=ADVICE.timing.longest)
            warned = tuple(name for name in ADVICE.words("conditions") if not _forbids(name, routine, step))
            reply = session.help_(turn(here.with_(conditions=warned)))
            assert duration(reply.reprompt) <= REPROMPT_SECONDS
            alone += words(reply.reprompt) == [reply.question]
    assert alone


def _forbids(condition: str, routine: str, step: Step) -> bool:
    return any(hit.rule.do == "leave_out" for hit in ADVICE.step_rules((condition,), routine, step))


def test_a_page_of_habits_brings_its_card_once() -> None:
    first = answers.list_page(turn(), "habits", 0)
    assert first.card is not None
    assert controls.more(turn(state_of(first))).card is None


def test_next_after_the_last_step_says_so_and_asks() -> None:
    reply = controls.next_step(turn(CALF.with_(step="warmth")))
    assert words(reply.script) == [prompt("last_step")]
    assert reply.question == prompt("eased_question")
    assert state_of(reply).routine_ends


@pytest.mark.parametrize("move", [controls.next_step, session.no, session.still_cramping, relief.advance])
def test_after_ten_minutes_it_is_a_doctors(move: object) -> None:
    reply = move(turn(LONG_SINCE))  # type: ignore[operator]
    assert reply.question is None
    assert reply.finished
    assert words(reply.script) == list(ADVICE.prompt("overdue", minutes=(NOW - LONG_SINCE.started_at) // 60))


def test_silence_after_ten_minutes_is_told_and_kept_nowhere() -> None:
    reply = controls.repeat(turn(CALF.with_(started_at=NOW - TENTH + 20)))
    assert words(reply.reprompt) == list(ADVICE.prompt("stuck"))
    state = state_of(reply)
    assert endings.away(turn(state, state.step_offsets[-1])).finished
    assert endings.away(turn(state, state.step_offsets[-1] - 1)).unfinished == state


def test_previous_in_a_list_is_the_page_before() -> None:
    sign = [State(awaiting=Awaiting.MORE, topic=read_topic("signs"), answered_at=NOW)]
    while (reply := controls.more(turn(sign[-1]))).state is not None and reply.state.awaiting is Awaiting.MORE:
        sign.append(reply.state)
    assert len(sign) > 5
    for before, after in pairwise(sign):
        assert state_of(controls.previous_step(turn(after))).topic == before.topic


def test_more_of_a_list_reads_it_all_and_says_when_it_is_done() -> None:
    for topic in ("causes", "remedies", "habits"):
        state: State = CALF.with_(awaiting=Awaiting.MORE, topic=read_topic(f"list/{topic}"))
        heard: list[str] = []
        for _ in range(40):
            reply = controls.more(turn(state))
            heard += words(reply.script)
            state = state_of(reply)
            if state.awaiting is not Awaiting.MORE:
                break
        assert heard[-1] == prompt("list_done")
        assert state.awaiting is Awaiting.BACK
        again = controls.more(turn(state))
        assert words(again.script) == [prompt("list_over")]
        assert words(controls.repeat(turn(state_of(again))).script) == [prompt("list_over")]


def test_more_in_a_stretch_is_a_longer_hold() -> None:
    reply = controls.more(turn(CALF))
    assert holds(reply.script) == [30 + ADVICE.timing.change]


@pytest.mark.parametrize(
    ("seconds", "held", "said"),
    [
        (None, 45, "hold_changed"),
        (60, 60, "hold_changed"),
        (90, 60, "hold_at_limit"),
        (0, 5, "hold_at_least"),
        (30, 30, "hold_changed"),
    ],
)
def test_longer(seconds: int | None, held: int, said: str) -> None:
    reply = controls.longer(turn(CALF) if seconds is None else turn(CALF, seconds=f"<{seconds}>"))
    assert holds(reply.script) == [held]
    assert words(reply.script)[0] == ADVICE.prompt(said, hold=held)[0]
    assert state_of(reply).hold_seconds == held


def test_shorter_stops_at_the_shortest() -> None:
    state = CALF
    for _ in range(4):
        state = state_of(controls.shorter(turn(state)))
    assert state.hold_seconds == ADVICE.timing.shortest


def test_the_bedtime_holds_keep_their_length() -> None:
    reply = controls.longer(turn(BEDTIME, seconds="<PT1M>"))
    assert words(reply.script)[0] == prompt("fixed_hold")
    assert set(holds(reply.script)) == {10}


def test_a_pause_of_twenty_minutes_keeps_place_and_clock() -> None:
    paused = state_of(controls.pause(turn(CALF.with_(step="footboard", started_at=NOW - 200))))
    reply = controls.resume(turn(paused, 1200))
    assert state_of(reply).step == "footboard"
    assert state_of(reply).started_at == NOW + 1000


def test_a_question_in_a_pause_leaves_the_clock_stopped_until_then() -> None:
    paused = state_of(controls.pause(turn(CALF.with_(started_at=NOW - 200))))
    asked = state_of(session.help_(turn(paused, 900)))
    assert asked.started_at == NOW + 700


def test_no_in_a_pause_waits_on() -> None:
    paused = state_of(controls.pause(turn(CALF.with_(started_at=NOW - 200))))
    again = state_of(session.no(turn(paused, 100)))
    assert again.awaiting is Awaiting.PAUSED
    assert state_of(controls.resume(turn(again, 200))).started_at == NOW


def test_a_pause_asks_nothing_more() -> None:
    reply = controls.pause(turn(CALF))
    assert reply.script == ()
    assert reply.question == prompt("paused")
    assert holds(reply.reprompt) == [ADVICE.timing.longest]


def test_a_kept_place_takes_on_what_this_session_knows() -> None:
    now = CALF.with_(voice="whisper", conditions=("diabetes",))
    kept = State(routine="arch", step="footboard", helper=True, started_at=NOW - 50, answered_at=NOW)
    state = state_of(controls.resume(turn(now, kept=KeptPlace(kept))))
    assert (state.routine, state.step, state.voice, state.conditions) == ("arch", "footboard", "whisper", ("diabetes",))
    assert state.helper


def test_whisper_keeps_conditions_and_place() -> None:
    state = CALF.with_(step="footboard", conditions=("older",))
    assert state_of(controls.whisper(turn(state))) == state.with_(
        voice="whisper", answered_at=NOW, step_offsets=state_of(controls.repeat(turn(state))).step_offsets
    )


def test_enough_of_a_list_goes_back_and_repeats_the_question_only() -> None:
    state = state_of(session.no(turn(CALF.with_(awaiting=Awaiting.MORE, topic=read_topic("list/causes")))))
    assert state.awaiting is Awaiting.BACK
    again = controls.repeat(turn(state))
    assert (again.script, again.question) == ((), prompt("back_question"))
