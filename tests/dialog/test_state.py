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
        CALF.with_(step="backflip"),
        CALF.with_(step=None),
        CALF.with_(awaiting=Awaiting.BEDTIME),
        BEDTIME.with_(awaiting=Awaiting.EASED),
        State(awaiting=Awaiting.EASED),
        State(awaiting=Awaiting.BACK),
        State(awaiting=Awaiting.PAUSED),
        State(awaiting=Awaiting.MUSCLE),
        CALF.with_(routine="shared", step="massage"),
    ],
)
def test_ids_that_do_not_belong_together_start_fresh(state: State) -> None:
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
