"""The three minutes before sleep: sides, postures, silence, and answers in the middle."""

from __future__ import annotations

import pytest

from skill.dialog import Awaiting, State, bedtime, controls, endings, person, relief, session
from skill.speech import duration
from skill.speech.limits import REPROMPT_SECONDS, RESPONSE_SECONDS
from tests.dialog.turns import ADVICE, BEDTIME, CALF, NOW, holds, prompt, state_of, turn, words

SIDES = ["calf_left", "calf_right", "hamstring_left", "hamstring_right"]


def test_silence_hears_all_four_sides_and_goodnight() -> None:
    reply = bedtime.bedtime(turn())
    assert holds(reply.script) == [10] * 15
    assert holds(reply.reprompt) == [10] * 5
    assert words(reply.reprompt)[-3:] == list(ADVICE.prompt("bedtime_done"))
    state = state_of(reply)
    assert len(state.step_offsets) == 4
    assert endings.away(turn(state, state.step_offsets[-1])).finished
    kept = endings.away(turn(state, state.step_offsets[2] + 1)).unfinished
    assert kept is not None
    assert kept.step == SIDES[3]


@pytest.mark.parametrize("posture", ["standing", "seated"])
def test_every_side_fits(posture: str) -> None:
    for side in SIDES:
        routine = "bedtime" if posture == "standing" else "bedtime_seated"
        reply = bedtime.play(turn(), BEDTIME.with_(routine=routine, step=side, conditions=("older",)))
        assert duration(reply.script) < RESPONSE_SECONDS - 5
        assert duration(reply.reprompt) < REPROMPT_SECONDS


@pytest.mark.parametrize("answer", [controls.next_step, controls.resume])
@pytest.mark.parametrize(("mark", "side"), [(0, "calf_right"), (1, "hamstring_left"), (2, "hamstring_right")])
def test_ready_goes_to_the_side_after_the_one_being_done(answer: object, mark: int, side: str) -> None:
    state = state_of(bedtime.bedtime(turn()))
    after = (0, *state.step_offsets)[mark] + 1
    assert state_of(answer(turn(state, after))).step == side  # type: ignore[operator]


def test_a_persons_own_hold_is_not_that_of_the_trial() -> None:
    reply = bedtime.bedtime(turn(CALF.with_(hold_seconds=45)))
    assert set(holds(reply.script)) == {10}
    assert state_of(reply).hold_seconds == 0


def test_a_condition_warns_once_and_not_at_every_side() -> None:
    plain = words(bedtime.play(turn(), BEDTIME).script)
    heard = words(bedtime.play(turn(), BEDTIME.with_(conditions=("older",))).script)
    warned = [sentence for sentence in heard if sentence not in plain]
    assert warned
    assert len(warned) == len(set(warned))


def test_ready_after_the_last_side_is_goodnight() -> None:
    state = state_of(bedtime.bedtime(turn()))
    reply = session.yes(turn(state, state.step_offsets[2] + 60))
    assert words(reply.script) == list(ADVICE.prompt("bedtime_done"))
    assert reply.finished


def test_the_last_side_can_be_paused_and_done_again() -> None:
    last = BEDTIME.with_(step=SIDES[3])
    reply = bedtime.play(turn(), last)
    assert reply.question == prompt("bedtime_last_question")
    assert words(reply.reprompt) == list(ADVICE.prompt("bedtime_done"))
    assert state_of(controls.pause(turn(state_of(reply)))).step == SIDES[3]
    assert holds(session.no(turn(state_of(reply))).script) == [10] * 5


def test_not_ready_waits_before_the_next_side() -> None:
    reply = session.no(turn(BEDTIME))
    assert state_of(reply).awaiting is Awaiting.PAUSED
    assert state_of(controls.resume(turn(state_of(reply), 60))).step == "calf_right"


def test_what_was_not_understood_asks_again_and_goes_on() -> None:
    state = state_of(bedtime.bedtime(turn()))
    reply = session.fallback(turn(state, state.step_offsets[0] + 1))
    assert reply.question == prompt("bedtime_question")
    assert state_of(reply).step == "calf_right"
    assert holds(reply.reprompt) == [10] * 5
    silent = state.step_offsets[0] + 1 + state_of(reply).step_offsets[0] + 1
    later = turn(state_of(reply), silent)
    assert state_of(controls.next_step(later)).step == "hamstring_left", "the right calf, cut short, was played again"


def test_what_was_not_understood_after_a_side_goes_on_with_the_next() -> None:
    state = state_of(bedtime.bedtime(turn()))
    over = state.step_offsets[-1] + 60
    asked = session.fallback(turn(state, over))
    again = session.fallback(turn(state_of(asked), over + 5))
    for at, reply in ((over, asked), (over + 5, again)):
        later = turn(state_of(reply), at + state_of(reply).step_offsets[0] + 1)
        assert state_of(controls.pause(later)).step == "hamstring_right"


def test_sitting_down_in_the_middle_keeps_the_side() -> None:
    state = state_of(bedtime.bedtime(turn()))
    seated = bedtime.bedtime(turn(state, state.step_offsets[0] + 1, posture="seated"))
    assert (state_of(seated).routine, state_of(seated).step) == ("bedtime_seated", "calf_right")
    standing = bedtime.bedtime(turn(state_of(seated), posture="standing"))
    assert state_of(standing).routine == "bedtime"


def test_who_is_unsteady_sits_even_when_standing_is_asked_for() -> None:
    reply = bedtime.bedtime(
        turn(State(conditions=("unsteady",), awaiting=Awaiting.START, answered_at=NOW), posture="standing")
    )
    assert state_of(reply).routine == "bedtime_seated"


def test_who_turns_out_unsteady_in_the_middle_sits_down() -> None:
    reply = person.condition(turn(BEDTIME.with_(step="hamstring_left"), condition="unsteady"))
    assert (state_of(reply).routine, state_of(reply).step) == ("bedtime_seated", "hamstring_left")
    assert reply.question == prompt("back_bedtime_question")


def test_ten_minutes_of_relief_do_not_end_the_bedtime_stretches() -> None:
    state = state_of(bedtime.bedtime(turn(CALF.with_(started_at=NOW - 5000))))
    assert holds(session.help_(turn(state)).reprompt) == [10] * 5


def test_a_cramp_in_the_middle_is_stretched() -> None:
    reply = relief.change_muscle(turn(BEDTIME))
    assert (state_of(reply).routine, state_of(reply).step) == ("calf", "stretch")


def test_not_yet_waits_before_the_next_side_and_says_the_way_to_a_cramp_s_stretch() -> None:
    reply = session.still_cramping(turn(BEDTIME))
    assert words(reply.script) == list(ADVICE.prompt("if_cramping"))
    assert (state_of(reply).routine, state_of(reply).awaiting) == (BEDTIME.routine, Awaiting.PAUSED)


def test_the_other_leg_is_the_next_side() -> None:
    start = state_of(bedtime.bedtime(turn()))
    reply = relief.change_muscle(turn(start, other_side="other"))
    assert state_of(reply).step == "calf_right"
    last = start.with_(step="hamstring_right", step_offsets=())
    assert relief.change_muscle(turn(last, other_side="other")).finished


def test_who_has_no_cramp_and_wants_no_stretches_has_nothing_to_continue() -> None:
    offered = state_of(endings.not_cramping(turn(CALF)))
    reply = session.no(turn(offered))
    assert (reply.finished, reply.unfinished) == (True, None)
    assert holds(session.yes(turn(offered)).script)
