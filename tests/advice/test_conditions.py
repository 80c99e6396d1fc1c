"""What conditions change: every step that a rule leaves out, and every single rule of the content."""

from __future__ import annotations

import re

import pytest

from skill.advice import CLAIM_FILES, Rule, open_advice
from skill.dialog import Slot, State, TurnContext, answers, person, position, relief
from skill.dialog.state import Awaiting
from skill.dialog.steps import body
from skill.speech import Say

ADVICE = open_advice("en-US")
NOW = 1_800_000_000
CONDITIONS = list(ADVICE.facts("conditions"))
CHANGES = [
    (name, rule.id, selector)
    for name in CONDITIONS
    if (condition := ADVICE.condition(name))
    for rule in condition.rules
    for selector in rule.on
]


def left_out(condition: str, routine: str) -> list[str]:
    """The steps that the facts forbid; standing before sleep gives way to sitting, where no step is left out."""
    rules = ADVICE.facts("conditions")[condition].get("rules", {}).values()
    found = {selector for rule in rules for selector in rule["on"] if rule["do"] == "leave_out"}
    whole = ADVICE.routine(routine)
    assert whole is not None
    by_name = f"routine.{routine}" in found and routine != "bedtime"
    return [
        step.id
        for step in whole.steps
        if {"step.*", f"step.{step.kind}"} & found or (by_name and step.kind in ("stretch", "bedtime"))
    ]


def heard(script: tuple[object, ...]) -> list[str]:
    return [part.text for part in script if isinstance(part, Say)]


def rule_of(name: str, rule: str) -> Rule:
    condition = ADVICE.condition(name)
    assert condition is not None
    return next(own for own in condition.rules if own.id == rule)


def played(routine: str, *conditions: str) -> list[str]:
    """The steps that a person hears, from the first to the last, saying next each time."""
    steps: list[str] = []
    way = position.enter(ADVICE, State(answered_at=NOW, conditions=conditions), routine)
    while way.state is not None:
        steps.append(str(way.state.step))
        way = position.skipping(ADVICE, way.state)
    return steps


@pytest.mark.parametrize(
    ("condition", "routine"), [(name, routine) for name in CONDITIONS for routine in ADVICE.routines()]
)
def test_the_steps_left_out_are_those_of_the_rules(condition: str, routine: str) -> None:
    everything = ADVICE.routine(routine)
    assert everything is not None
    allowed = [step.id for step in everything.steps if step.id not in left_out(condition, routine)]
    assert played(routine) == [step.id for step in everything.steps]
    assert played(routine, condition) == allowed


@pytest.mark.parametrize(("name", "rule_id", "selector"), CHANGES)
def test_a_rule_changes_what_is_said(name: str, rule_id: str, selector: str) -> None:
    rule = rule_of(name, rule_id)
    group, _, target = selector.partition(".")
    if group in CLAIM_FILES:
        _changes_an_answer(name, rule, group, target)
        return
    steps = [
        (routine.id, step.id)
        for routine in map(ADVICE.routine, ADVICE.routines())
        if routine and (group == "step" or routine.id == target)
        for step in routine.steps
        if (group == "step" and target in (step.kind, "*"))
        or (group == "routine" and step.kind in ("stretch", "bedtime"))
    ]
    assert steps, f"{selector} reaches no step"
    for routine_id, step_id in steps:
        _changes_a_step(name, rule, routine_id, step_id)


def _changes_a_step(name: str, rule: Rule, routine_id: str, step_id: str) -> None:
    routine = ADVICE.routine(routine_id)
    assert routine is not None
    before = State(routine=routine_id, step=step_id, answered_at=NOW)
    after = before.with_(conditions=(name,))
    if rule.do == "leave_out":
        way = position.enter(ADVICE, after, routine_id, step_id)
        # Standing before sleep gives way to the same side sitting down, which needs no reason.
        seated = way.state is not None and way.state.routine != routine_id
        assert seated or way.state is None or way.state.step != step_id
        assert seated or ADVICE.say(rule.because) in way.reasons
        return
    plain, changed = heard(body(ADVICE, before)), heard(body(ADVICE, after))
    assert plain != changed
    assert ADVICE.say(rule.because) in changed
    if rule.do == "replace":
        seconds = routine.step(step_id).hold
        for sentence in rule.instead:
            assert ADVICE.say(sentence, hold=seconds, muscle=routine.name) in changed
        assert not set(routine.step(step_id).do[:1]) & set(changed) - {
            ADVICE.say(text, hold=seconds) for text in rule.instead
        }
    else:
        assert set(plain) <= set(changed)


def _changes_an_answer(name: str, rule: Rule, topic: str, target: str) -> None:
    claim = ADVICE.claim(topic, target)
    assert claim is not None
    turn = TurnContext(ADVICE, NOW)
    plain = answers.sentences_for(turn, State(answered_at=NOW), claim)
    changed = answers.sentences_for(turn, State(answered_at=NOW, conditions=(name,)), claim)
    assert ADVICE.say(rule.because, **claim.numbers) in changed
    assert plain != changed
    if rule.do == "leave_out":
        assert set(plain) & set(changed) == {ADVICE.say(text, **claim.numbers) for text in claim.always}
    else:
        # The answer stays first, and nothing that cautions makes room for the warning.
        assert changed[0] == plain[0]
        assert len(changed) <= 4
        assert set(changed) - {ADVICE.say(rule.because, **claim.numbers)} <= set(plain)


_CAUTIONS = re.compile(
    r"never|don't|do not|skip|leave out|leave the leg|ask |unless|keep it|call |doctor|no heat|no ice|no hot|danger"
    r"|swollen|kidney|numb|unsteady|risky",
    re.IGNORECASE,
)
CLAIMS = [claim for file in CLAIM_FILES for name in ADVICE.facts(file) if (claim := ADVICE.claim(file, name))]


def test_what_may_make_room_cautions_of_nothing() -> None:
    assert not [(claim.id, text) for claim in CLAIMS for text in claim.explains if _CAUTIONS.search(text)]
    assert not [claim.id for claim in CLAIMS if claim.sentences[0] in claim.explains]


@pytest.mark.parametrize(
    "conditions", [(), *((name,) for name in CONDITIONS), ("older", "pregnancy"), tuple(CONDITIONS)]
)
def test_no_caution_is_lost_to_a_condition(conditions: tuple[str, ...]) -> None:
    turn, state = TurnContext(ADVICE, NOW), State(answered_at=NOW, conditions=conditions)
    for claim in CLAIMS:
        said = answers.sentences_for(turn, state, claim)
        hits = ADVICE.claim_rules(conditions, claim)
        left_out = any(hit.rule.do != "warn" for hit in hits)
        kept = claim.always if left_out else [text for text in claim.sentences if text not in claim.explains]
        assert {ADVICE.say(text, **claim.numbers) for text in kept} <= set(said), (conditions, claim.id)
        if not left_out:
            assert {ADVICE.say(hit.rule.because, **claim.numbers) for hit in hits} <= set(said), (conditions, claim.id)


@pytest.mark.parametrize(
    ("condition", "topic", "name", "caution"),
    [
        ("older", "remedies", "heat", "never fall asleep with it"),
        ("pregnancy", "remedies", "heating_pad", "Never fall asleep with it on"),
        ("pregnancy", "habits", "warm_compress", "put it away before you sleep"),
        ("pregnancy", "remedies", "rubbing", "blood thinners"),
        ("pregnancy", "remedies", "epsom_bath", "never drink the salts"),
        ("pregnancy", "remedies", "magnesium_pill", "kidney disease"),
        ("thyroid_tablets", "remedies", "magnesium_pill", "kidney disease"),
        ("osteoporosis_medicines", "remedies", "magnesium_pill", "kidney disease"),
        ("statins", "causes", "medicines", "Never stop a medicine"),
        ("child", "habits", "medicines_review", "Never stop a medicine"),
        ("blood_thinners", "remedies", "aspirin", "keep to their plan"),
        ("pregnancy", "remedies", "quinine", "never stop it on your own"),
        ("poor_circulation", "remedies", "elevation", "get checked today"),
        ("recent_surgery", "remedies", "physiotherapy", "urgent care"),
        ("statins", "answers", "soreness", "On a statin, call today"),
    ],
)
def test_cautions_that_were_once_lost(condition: str, topic: str, name: str, caution: str) -> None:
    claim = ADVICE.claim(topic, name)
    assert claim is not None
    said = answers.sentences_for(TurnContext(ADVICE, NOW), State(answered_at=NOW, conditions=(condition,)), claim)
    assert caution in " ".join(said)


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_is_heard_at_once_and_holds_for_the_rest_of_the_session(name: str) -> None:
    from skill.dialog import person

    condition = ADVICE.condition(name)
    assert condition is not None
    started = relief.launch(TurnContext(ADVICE, NOW)).state
    told = person.condition(TurnContext(ADVICE, NOW + 5, started, {"condition": Slot(name, "x")}))
    assert ADVICE.say(condition.noted) in heard(told.script)
    assert told.state is not None
    assert told.state.conditions == (name,)
    kept = State.from_json(told.state.to_json())
    assert kept is not None
    assert kept.conditions == (name,)


def test_a_condition_said_twice_is_one() -> None:
    state = State(routine="calf", step="stretch", started_at=NOW, answered_at=NOW)
    for _ in range(2):
        told = person.condition(TurnContext(ADVICE, NOW, state, {"condition": Slot("older", "older")}))
        assert told.state is not None
        state = told.state
    both = {"condition": Slot("older", "older"), "other_condition": Slot("older", "over seventy")}
    again = person.condition(TurnContext(ADVICE, NOW, state, both))
    assert again.state is not None
    assert state.conditions == again.state.conditions == ("older",)
    assert heard(again.script) == heard(told.script)


def test_two_conditions_give_both_their_reasons() -> None:
    claim = ADVICE.claim("remedies", "massage")
    assert claim is not None
    told = answers.sentences_for(
        TurnContext(ADVICE, NOW, None), State(conditions=("fragile_skin", "blood_thinners")), claim
    )
    assert "your skin could tear" in told[0]
    assert "you bruise more easily" in told[1]


def test_two_conditions_leave_out_what_either_does() -> None:
    assert played("calf", "blood_thinners", "unsteady") == ["stretch", "footboard", "warmth"]


def test_without_any_step_nothing_is_stretched() -> None:
    reply = relief.begin(TurnContext(ADVICE, NOW), State(answered_at=NOW, conditions=("recent_surgery",)), "calf")
    assert all(isinstance(part, Say) for part in reply.script)
    assert reply.state is not None
    assert reply.state.awaiting is Awaiting.SIGNS
    assert reply.state.routine is None
