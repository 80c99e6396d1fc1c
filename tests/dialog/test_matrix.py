"""Every state × everything that can be said in it, through the assembled skill."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain

import pytest

from skill.advice import open_advice
from skill.app import create
from skill.dialog import Awaiting, State, person
from skill.dialog.position import is_bedtime, validated
from skill.dialog.topic import LISTS, Page, Signs, read_topic
from skill.dialog.turn_context import DENIED
from skill.log import Lines
from tests.dialog.turns import turn, words
from tests.ears import model
from tests.envelopes import Json, ended, intent, launch
from tests.invariants import expected_tier, faults
from tests.shelf import Shelf

Skill = Callable[[Json, object], Json]
ADVICE = open_advice("en-US")
NOW = 1_800_000_000
PLANTED = "zebra crossing"
TENTH = ADVICE.timing.reassess_minutes * 60
SEVERAL = {
    "none": (),
    "old": ("older", "unsteady", "diabetes", "blood_thinners"),
    "pregnant": ("late_pregnancy", "statins", "dialysis"),
    "nothing allowed": ("recent_surgery",),
    "a child": ("child",),
    "everything mild": tuple(
        name for name in ADVICE.facts("conditions") if name not in ("recent_surgery", "injury", "child")
    ),
}


@pytest.fixture(scope="module")
def skill() -> Skill:
    return create()


# ---- what is said


def always() -> Iterator[Json]:
    """What must be right in every single state."""
    yield from (intent("SymptomIntent", symptom=first_sign(tier)) for tier in ADVICE.tiers)
    yield intent("WorseIntent")
    for name in "Yes No Stop Help Repeat Fallback Next Pause Resume".split():
        yield intent(f"AMAZON.{name}Intent")


def core() -> Iterator[Json]:
    """What everybody says, one of each."""
    yield from always()
    for name in "Previous StartOver Cancel NavigateHome".split():
        yield intent(f"AMAZON.{name}Intent")
    for name in (
        "Eased StillCramping HoldLonger HoldShorter Whisper SpeakUp More RedFlags NotCramping Helper Why Bedtime "
        "Prevent Remedy Relief Compare Condition Symptom Unheard"
    ).split():
        yield intent(f"{name}Intent")
    yield intent("HoldLongerIntent", seconds="PT1M")
    yield intent("BedtimeIntent", posture="seated")
    yield intent("ReliefIntent", muscle="foot")
    yield launch()


@cache
def everything() -> tuple[Json, ...]:
    """Every intent of the model with every value of its slots, one that nobody listed, and hostile ones."""
    return tuple(_everything())


def _everything() -> Iterator[Json]:
    yield from core()
    for name, slots in model().slots.items():
        yield intent(name)
        for slot, kind in slots.items():
            for value in sorted({value.id for value in model().values.get(kind, {}).values()}):
                yield intent(name, resolved={slot: value})
            for heard in (PLANTED, "<break time='90s'/>&", "x" * 5000, "", "my chest hurts", "\x00\ud800"):
                yield intent(name, heard={slot: heard})
    for seconds in ("PT0S", "PT5S", "PT17S", "PT30S", "P9999D", "PT999999S", "P1W", "-PT3S", "30", "∞"):
        yield intent("HoldLongerIntent", heard={"seconds": seconds})
        yield intent("HoldShorterIntent", heard={"seconds": seconds})
    for one in ADVICE.symptoms():
        yield intent("SymptomIntent", symptom=one, other_symptom=first_sign("book"))


def first_sign(tier: str) -> str:
    return next(name for name in ADVICE.symptoms() if (own := ADVICE.symptom(name)) and own.tier == tier)


# ---- where the conversation stands


def states() -> Iterator[State]:
    """Every routine × step × round × what may be awaited there, and every state outside of a routine."""
    for name in ADVICE.routines():
        routine = ADVICE.routine(name)
        assert routine is not None
        for step in routine.steps:
            for number in range(1, step.rounds + 1):
                here = State(
                    routine=name,
                    step=step.id,
                    round=number,
                    started_at=NOW - 100,
                    answered_at=NOW - 60,
                    step_offsets=(45,),
                )
                asks = Awaiting.BEDTIME if is_bedtime(name) else Awaiting.EASED
                yield here.with_(awaiting=asks)
                yield here.with_(awaiting=asks, step_offsets=(300,))
                yield here.with_(awaiting=Awaiting.BACK, topic=read_topic("say/book"), step_offsets=(300,))
                yield here.with_(awaiting=Awaiting.PAUSED, topic=read_topic("say/paused"), step_offsets=())
                yield here.with_(awaiting=Awaiting.MUSCLE, topic=read_topic("say/which_muscle"), step_offsets=(300,))
                yield here.with_(awaiting=Awaiting.MORE, topic=read_topic("claim/causes/why"), step_offsets=(300,))
        if name in ("calf", "bedtime"):
            yield from lists(
                State(
                    routine=name,
                    step=routine.steps[0].id,
                    started_at=NOW - 100,
                    answered_at=NOW - 20,
                    step_offsets=(300,),
                )
            )
        last = State(
            routine=name,
            step=routine.steps[-1].id,
            awaiting=asks,
            answered_at=NOW - 90,
            step_offsets=(80,),
            routine_ends=True,
        )
        yield from (last, last.with_(awaiting=asks, topic=read_topic("say/last_step"), step_offsets=(100,)))
    yield from lists(State(answered_at=NOW - 20))
    yield from lists(State(answered_at=NOW - 20, stopped=True))
    yield State(awaiting=Awaiting.START, topic=read_topic("say/help"), answered_at=NOW - 9)
    yield State(awaiting=Awaiting.START, topic=read_topic("say/list_over"), answered_at=NOW - 9)
    yield State(awaiting=Awaiting.OFFER, topic=read_topic("say/not_cramping"), answered_at=NOW - 9)
    yield State(awaiting=Awaiting.SIGNS, topic=read_topic("say/worse"), answered_at=NOW - 9, stopped=True)
    yield State(
        awaiting=Awaiting.SIGNS,
        topic=read_topic("say/nothing_allowed"),
        answered_at=NOW - 9,
        conditions=("recent_surgery",),
    )


def lists(state: State) -> Iterator[State]:
    """Every page of every list, its first and its last answer, and one of each kind of answer."""
    for topic in LISTS:
        for start in range(0, len(ADVICE.listed(topic)), ADVICE.timing.list_size):
            yield state.with_(awaiting=Awaiting.MORE, topic=Page(topic, start))
    for start in range(len(ADVICE.symptoms())):
        yield state.with_(awaiting=Awaiting.MORE, topic=Signs(start))
    after = Awaiting.BACK if state.routine else Awaiting.SIGNS if state.stopped else Awaiting.START
    yield from (
        state.with_(awaiting=after, topic=read_topic(topic))
        for topic in (
            "claim/answers/definition",
            "claim/remedies/massage",
            "signs",
            "list/causes",
            "say/unknown.causes",
        )
    )


def typical() -> list[State]:
    """A few states of every kind."""
    some: dict[tuple[object, ...], State] = {}
    for state in states():
        kind = state.routine and ("bedtime" if is_bedtime(state.routine) else "relief")
        some.setdefault((kind, state.awaiting, type(state.topic), state.stopped, state.routine_ends), state)
    return list(some.values())


def variations(state: State) -> Iterator[State]:
    """The same place for another person, at another hour."""
    yield state.with_(helper=True)
    yield state.with_(voice="whisper", hold_seconds=45)
    yield state.with_(voice="clear", hold_seconds=5)
    yield state.with_(started_at=NOW - TENTH + 5)
    yield state.with_(started_at=NOW - TENTH + 90)
    yield state.with_(started_at=NOW - TENTH - 1)
    for conditions in SEVERAL.values():
        yield state.with_(conditions=conditions)


# ---- the matrix


@cache
def all_states() -> tuple[State, ...]:
    return tuple(states())


def hold_against(skill: Skill, said: Json, state: State | None, locale: str = "en-US") -> list[str]:
    event = said if state is None else {**said, "session": {**said["session"], "attributes": state.to_json()}}
    event = {**event, "request": {**event["request"], "locale": locale}}
    return [f"{_short(said)} in {state and state.to_json()}: {fault}" for fault in answered(skill, event)]


def _short(said: Json) -> str:
    made = said["request"].get("intent") or {"name": "launch"}
    return " ".join([made["name"], *(f"{name}={one['value'][:40]!r}" for name, one in made.get("slots", {}).items())])


def report(found: list[str]) -> str:
    return f"{len(found)} faults\n" + "\n".join(found[:12])


def answered(skill: Skill, event: Json) -> list[str]:
    return faults(event, skill(event, None), (PLANTED, "zebra"))


def test_the_states_are_states() -> None:
    assert len(all_states()) > 500
    for state in all_states():
        assert State.from_json(state.to_json()) == state
        assert validated(ADVICE, state) is not None, state


@pytest.mark.parametrize("routine", [*ADVICE.routines(), None], ids=str)
def test_every_state_and_what_everybody_says(skill: Skill, routine: str | None) -> None:
    must, rest = list(always()), list(core())[len(list(always())) :]
    found: list[str] = []
    for number, state in enumerate(all_states()):
        if state.routine == routine:
            for one in (*must, *rest[number % 3 :: 3]):
                found += hold_against(skill, one, state)
    assert not found, report(found)


@pytest.mark.parametrize(
    "state", [None, *typical()], ids=lambda s: s and f"{s.routine}-{s.awaiting}-{s.topic}-{s.stopped}"
)
def test_every_kind_of_state_and_everything_anybody_says(skill: Skill, state: State | None) -> None:
    turn = ([None, *typical()]).index(state)
    signs = [intent("SymptomIntent", symptom=one) for one in ADVICE.symptoms()]
    chosen = (*signs, *everything()[turn % 6 :: 6])
    found = list(chain.from_iterable(hold_against(skill, one, state) for one in chosen))
    assert not found, report(found)


@pytest.mark.parametrize("routine", [*ADVICE.routines(), None], ids=str)
def test_everybody_at_every_hour(skill: Skill, routine: str | None) -> None:
    said = [*core(), *(intent("ConditionIntent", condition=one) for one in ("unsteady", "child", "hip_replacement"))]
    chosen = [state for state in all_states() if state.routine == routine and state.awaiting is not Awaiting.MORE]
    found: list[str] = []
    for number, state in enumerate(chosen):
        for at, other in enumerate(variations(state)):
            # Each state meets a share of what is said in each variation; its neighbours meet the rest.
            found += chain.from_iterable(hold_against(skill, one, other) for one in said[(number + at) % 15 :: 15])
    assert not found, report(found)


@pytest.mark.parametrize("locale", ["en-GB", "en-AU", "en-CA", "en-IN", "de-DE", "", "xx"])
def test_every_locale(skill: Skill, locale: str) -> None:
    found: list[str] = []
    for number, state in enumerate(typical()):
        for said in list(core())[number % 3 :: 3]:
            found += hold_against(skill, said, state, locale)
    assert not found, report(found)


def test_silence_ends_every_state_without_a_word(skill: Skill) -> None:
    for state in all_states():
        event = ended(attributes=state.to_json())
        assert skill(event, None)["response"] == {}, state


def test_danger_is_heard_in_any_slot(skill: Skill) -> None:
    number = ADVICE.say("{emergency_call}")
    for name, slots in model().slots.items():
        for slot, kind in slots.items():
            if kind.startswith("AMAZON.") or slot in DENIED:
                continue
            for state in typical():
                event = intent(name, heard={slot: "chest pain"})
                event["session"]["attributes"] = state.to_json()
                response = skill(event, None)["response"]
                assert number in response["outputSpeech"]["ssml"].replace('<say-as interpret-as="digits">', "").replace(
                    "</say-as>", ""
                ), (name, slot, state)
                assert response["shouldEndSession"] is True


PLACE = {"routine": "calf", "step": "footboard", "round": 1, "helper": False, "spent": 30, "left_at": NOW - 60}
OVER = [
    *(intent("SymptomIntent", symptom=one) for one in (first_sign("emergency"), first_sign("same_day"))),
    intent("WorseIntent"),
    intent("EasedIntent"),
]


def test_after_danger_there_is_nothing_to_continue() -> None:
    shelf = Shelf()
    skill = create(memory=shelf)
    for said in OVER:
        for state in all_states():
            shelf.kept = {**PLACE, "expires_at": NOW + 1740}
            # What has got worse is eased off first, and stopped when it gets worse again.
            before = state.with_(eased_off=said["request"]["intent"]["name"] == "WorseIntent")
            skill({**said, "session": {**said["session"], "attributes": before.to_json()}}, None)
            assert not shelf.kept, (said["request"]["intent"], state)
            if said is OVER[0]:
                again = skill(intent("AMAZON.ResumeIntent"), None)["response"]["outputSpeech"]["ssml"]
                assert ADVICE.prompt("no_place")[0] in again


def test_of_two_signs_the_more_urgent_counts(skill: Skill) -> None:
    urgent, mild = first_sign("emergency"), first_sign("book")
    for pair in ({"symptom": urgent, "other_symptom": mild}, {"symptom": mild, "other_symptom": urgent}):
        event = intent("SymptomIntent", resolved=pair)
        assert expected_tier(event["request"], ADVICE) == "emergency"
        assert not answered(skill, event)


def test_nothing_that_was_said_is_logged(
    skill: Skill, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = logging.getLogger("cramp_coach")
    monkeypatch.setattr(log, "propagate", True)
    secrets = {PLANTED, "PLANTED-USER", "PLANTED-DEVICE", *ADVICE.symptoms(), *ADVICE.facts("conditions")}
    with caplog.at_level(logging.DEBUG, logger="cramp_coach"):
        states = list(typical())
        for number, state in enumerate(states):
            for said in everything()[number :: len(states)]:
                event = {**said, "session": {**said["session"], "attributes": state.to_json()}}
                skill(event, None)
    lines = {Lines().format(record) for record in caplog.records}
    assert len(caplog.records) > 1000
    for line in lines:
        assert not [secret for secret in secrets if f'"{secret}"' in line or (" " in secret and secret in line)], line


FORBIDDING = [
    name
    for name in ADVICE.facts("conditions")
    if (one := ADVICE.condition(name))
    and any(
        rule.do == "leave_out" and any(on.startswith(("step.", "routine.")) for on in rule.on) for rule in one.rules
    )
]


def at_every_step() -> Iterator[State]:
    """Every step, asked about and led back to, and outside of a routine."""
    for name in ADVICE.routines():
        routine = ADVICE.routine(name)
        assert routine is not None
        asks = Awaiting.BEDTIME if is_bedtime(name) else Awaiting.EASED
        for step in routine.steps:
            here = State(
                routine=name,
                step=step.id,
                awaiting=asks,
                started_at=NOW - 100,
                answered_at=NOW - 60,
                step_offsets=(300,),
            )
            yield here
            yield here.with_(awaiting=Awaiting.BACK, topic=read_topic("claim/answers/definition"))
            yield here.with_(awaiting=Awaiting.PAUSED, topic=read_topic("say/paused"), step_offsets=())
    yield State(awaiting=Awaiting.START, topic=read_topic("say/help"), answered_at=NOW - 9)


@pytest.mark.parametrize("condition", FORBIDDING)
def test_no_step_that_a_condition_forbids(skill: Skill, condition: str) -> None:
    """Named now, by whoever has it or helps, or known before whatever is said."""
    named = [intent("ConditionIntent", condition=condition), intent("HelperIntent", condition=condition)]
    named += [intent("HelperIntent", condition=condition, muscle=muscle) for muscle in ADVICE.facts("muscles")]
    usual = list(core())
    found: list[str] = []
    for number, state in enumerate(at_every_step(), start=FORBIDDING.index(condition)):
        # The matrix is long: every state meets each way of naming it, and its share of everything else. The shares move
        # on with the condition, so that every state meets all that everybody says, and every condition all of it.
        for one in (*named[:2], *named[2 + number % 12 :: 12]):
            found += hold_against(skill, one, state)
        for one in (*usual[number % 12 :: 12], *everything()[number % 600 :: 600]):
            found += hold_against(skill, one, state.with_(conditions=(condition,)))
    assert not found, report(found)


@pytest.mark.parametrize("condition", ADVICE.facts("conditions"))
def test_a_condition_is_acknowledged_whoever_it_is_of(condition: str) -> None:
    one = ADVICE.condition(condition)
    assert one is not None
    for said in (person.condition, person.helping):
        for state in (None, *at_every_step()):
            spoken = words(said(turn(state, condition=condition)).script)
            assert ADVICE.say(one.noted) in spoken, (said, state, spoken)


@pytest.mark.parametrize(
    "state", [None, State(routine="calf", step="stretch", started_at=NOW - 100, answered_at=NOW - 60)]
)
def test_every_answer_there_is_can_be_said_again(skill: Skill, state: State | None) -> None:
    """The whole table of intents and values, in a stretch and before one; `faults` has every answer repeated."""
    found = list(chain.from_iterable(hold_against(skill, one, state) for one in everything()))
    assert not found, report(found)
