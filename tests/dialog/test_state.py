"""The state survives the session attributes, and nothing else does."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.dialog import Awaiting, State
from skill.dialog.position import validated
from skill.dialog.topic import read_topic
from tests.dialog.turns import ADVICE, BEDTIME, CALF, NOW

FULL = State(
    routine="inner_thigh",
    step="stretch",
    round=2,
    awaiting=Awaiting.BACK,
    topic=read_topic("claim/remedies/massage"),
    hold_seconds=25,
    voice="whisper",
    conditions=("unsteady", "older"),
    started_at=NOW - 300,
    answered_at=NOW,
    step_offsets=(40, 100),
    routine_ends=True,
    helper=True,
    played=-4,
    obstacle="cannot_reach",
    eased_off=True,
    stopped=True,
)
HOSTILE = [
    None,
    True,
    False,
    -1,
    0.5,
    2**53,
    10**400,
    float("nan"),
    float("inf"),
    "",
    "x" * 101,
    "calf",
    b"calf",
    [],
    ["x"] * 41,
    [1],
    [None],
    [True],
    {},
    {"version": 2},
    object(),
    Decimal(1),
    [[]],
    ["x" * 101],
    (-1,),
    range(3),
    "\ud800",
]


@pytest.mark.parametrize("state", [State(), CALF, BEDTIME, FULL], ids=["empty", "calf", "bedtime", "full"])
def test_a_state_comes_back_through_json(state: State) -> None:
    assert State.from_json(json.loads(json.dumps(state.to_json()))) == state


def test_every_field_is_carried() -> None:
    assert set(FULL.to_json()) == {field.name for field in fields(State)}


def test_what_is_usual_is_left_out() -> None:
    assert State().to_json() == {"version": 2}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        5,
        "v",
        [],
        {},
        {"version": 0},
        {"version": 1},
        {"version": "2"},
        {"version": True},
        {"version": 2.5},
        {"routine": "calf"},
    ],
)
def test_nothing_old_or_odd_is_a_state(raw: object) -> None:
    assert State.from_json(raw) is None


@pytest.mark.parametrize("field", [field.name for field in fields(State)])
@pytest.mark.parametrize("odd", HOSTILE, ids=lambda odd: repr(odd)[:20])
def test_no_value_raises(field: str, odd: object) -> None:
    state = State.from_json({**FULL.to_json(), field: odd})
    assert state is None or State.from_json(state.to_json()) == state
    validated(ADVICE, state)


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ANY = PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(st.text(max_size=2), PLAIN, max_size=2)


@settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from([field.name for field in fields(State)]), ANY))
def test_any_json_at_all(raw: dict[str, object]) -> None:
    state = State.from_json({"version": 2, **raw})
    assert state is None or State.from_json(state.to_json()) == state


@pytest.mark.parametrize(
    "state",
    [
        CALF.with_(routine="neck"),
        State(awaiting=Awaiting.EASED),
        State(awaiting=Awaiting.BACK),
        State(awaiting=Awaiting.PAUSED),
        State(awaiting=Awaiting.MUSCLE),
        CALF.with_(routine="shared", step="massage"),
    ],
)
def test_what_belongs_to_no_routine_starts_fresh(state: State) -> None:
    assert validated(ADVICE, state) is None


def test_conditions_that_nobody_knows_are_dropped() -> None:
    kept = validated(ADVICE, CALF.with_(conditions=("unsteady", "gone", "")))
    assert kept is not None
    assert kept.conditions == ("unsteady",)


def test_what_was_stopped_stays_stopped() -> None:
    kept = validated(ADVICE, CALF.with_(stopped=True))
    assert kept is not None
    assert kept.stopped
    assert (kept.routine, kept.awaiting) == (None, Awaiting.SIGNS)


@pytest.mark.parametrize(
    ("state", "becomes"),
    [
        (CALF.with_(step="backflip", step_offsets=(40,)), ("calf", "stretch", Awaiting.EASED)),
        (CALF.with_(step=None), ("calf", "stretch", Awaiting.EASED)),
        (CALF.with_(awaiting=Awaiting.BEDTIME), ("calf", CALF.step, Awaiting.EASED)),
        (BEDTIME.with_(awaiting=Awaiting.EASED), ("bedtime", BEDTIME.step, Awaiting.BEDTIME)),
    ],
)
def test_one_id_that_does_not_belong_costs_no_other(state: State, becomes: tuple[str, str, Awaiting]) -> None:
    kept = validated(ADVICE, state)
    assert kept is not None
    assert (kept.routine, kept.step, kept.awaiting) == becomes
    assert kept.step == state.step or not kept.step_offsets


ELSEWHERE = State(
    routine="arch", step="stretch", conditions=("unsteady", "older"), started_at=NOW - 300, answered_at=NOW
)


@pytest.mark.parametrize("stopped", [True, False])
@pytest.mark.parametrize("field", [field.name for field in fields(State)])
@pytest.mark.parametrize("odd", HOSTILE, ids=lambda odd: repr(odd)[:20])
def test_one_attribute_out_of_shape_costs_that_attribute_alone(field: str, odd: object, stopped: bool) -> None:
    whole = ELSEWHERE.with_(stopped=stopped)
    state = validated(ADVICE, State.from_json({**whole.to_json(), field: odd}))
    assert state is not None
    if field != "stopped":
        assert state.stopped is stopped
    if field != "conditions":
        assert state.conditions == ELSEWHERE.conditions
    if field not in ("version", "routine", "stopped") and not stopped:
        assert state.routine == "arch"
    if field == "started_at":
        assert stopped or state.started_at, "ten minutes end some time"


@pytest.mark.parametrize("odd", ["yes", 1, [1], {"on": True}])
def test_whatever_says_that_it_got_worse_is_believed(odd: object) -> None:
    for raw in ({**CALF.to_json(), "stopped": odd}, {"version": 99, "stopped": odd}, {"stopped": odd}):
        state = validated(ADVICE, State.from_json(raw))
        assert state is not None
        assert state.stopped


@pytest.mark.parametrize(
    ("odd", "kept"),
    [
        (["older", 5, None, "unsteady", ["x"]], ("older", "unsteady")),
        ("older", ("older",)),
        (["older"] * 60, ("older",)),
        ({"older": 1}, ()),
        (None, ()),
    ],
)
def test_each_condition_that_can_be_read_is_kept(odd: object, kept: tuple[str, ...]) -> None:
    state = State.from_json({**CALF.to_json(), "conditions": odd})
    assert state is not None
    assert state.conditions == kept


def test_a_condition_outlives_a_routine_that_is_no_more() -> None:
    kept = validated(ADVICE, CALF.with_(routine="neck", conditions=("older",)))
    assert kept == State(awaiting=Awaiting.START, conditions=("older",), answered_at=CALF.answered_at)
    assert State.from_json({"version": 99, "conditions": ["older"]}) == State(conditions=("older",))
