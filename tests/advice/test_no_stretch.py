"""What is said of a clot, a tear or a sign that nobody knows is never followed by a stretch that nobody asked for."""

from __future__ import annotations

import re

import pytest

from skill.advice import CLAIM_FILES, Claim, open_advice
from skill.dialog import Awaiting, Reply, Slot, State, TurnContext, answers, controls, safety, session
from skill.speech import Hold, Say, Script

ADVICE = open_advice("en-US")
NOW = 1_800_000_000
CALF = State(routine="calf", step="stretch", awaiting=Awaiting.EASED, answered_at=NOW, started_at=NOW)
BEDTIME = State(routine="bedtime", step="calf_left", awaiting=Awaiting.BEDTIME, answered_at=NOW)
CLAIMS = [claim for file in CLAIM_FILES for name in ADVICE.facts(file) if (claim := ADVICE.claim(file, name))]
MARKED = [claim for claim in CLAIMS if claim.offers_no_stretch]
_FORBIDS = re.compile(r"(don't|do not) stretch(?! into)|stop stretching|^\{same_day\}$")
TIMED = {"answers.duration"}
"""Sends on by the clock alone, which the stretch itself keeps: past ten minutes it is stopped anyway."""


def heard(script: Script) -> list[str]:
    return [part.text for part in script if isinstance(part, Say)]


def played(reply: Reply) -> list[Hold]:
    return [part for part in (*reply.script, *reply.reprompt) if isinstance(part, Hold)]


def test_what_forbids_a_stretch_or_sends_to_a_doctor_today_is_marked() -> None:
    forbidding = {f"{own.topic}.{own.id}" for own in CLAIMS if any(map(_FORBIDS.search, own.sentences))}
    assert forbidding - TIMED <= {f"{own.topic}.{own.id}" for own in MARKED}
    assert {"causes.clot", "lookalikes.blood_clot", "lookalikes.pulled_muscle", "lookalikes.seizure"} <= {
        f"{own.topic}.{own.id}" for own in MARKED
    }


@pytest.mark.parametrize("claim", MARKED, ids=lambda claim: f"{claim.topic}.{claim.id}")
@pytest.mark.parametrize("state", [None, CALF, BEDTIME, State(awaiting=Awaiting.START, answered_at=NOW)])
def test_neither_the_question_nor_silence_leads_to_a_stretch(claim: Claim, state: State | None) -> None:
    reply = answers.tell(TurnContext(ADVICE, NOW + 5, state), claim)
    assert reply.question == ADVICE.prompt("signs_question")[0]
    assert not played(reply)
    assert heard(reply.reprompt)[0] == ADVICE.prompt("rest_silence")[0]
    assert reply.state is not None
    assert reply.state.routine == (state.routine if state else None)
    # Said again, it is the same.
    again = controls.repeat(TurnContext(ADVICE, NOW + 20, reply.state))
    assert (again.question, played(again)) == (reply.question, [])


@pytest.mark.parametrize("go_on", [controls.resume, controls.previous_step, session.still_cramping])
def test_whoever_goes_on_of_their_own_accord_finds_the_place(go_on: object) -> None:
    claim = ADVICE.claim("lookalikes", "blood_clot")
    assert claim is not None
    worried = answers.tell(TurnContext(ADVICE, NOW + 5, CALF), claim).state
    reply = go_on(TurnContext(ADVICE, NOW + 20, worried))  # type: ignore[operator]
    assert played(reply)
    assert (reply.state.routine, reply.state.step) == ("calf", "stretch")


def test_all_the_signs_asked_for_after_it_are_silent_too() -> None:
    claim = ADVICE.claim("lookalikes", "blood_clot")
    assert claim is not None
    reply = answers.tell(TurnContext(ADVICE, NOW + 5, CALF), claim)
    pages = 0
    while reply.state is not None and (pages == 0 or reply.state.awaiting is Awaiting.MORE):
        reply = session.yes(TurnContext(ADVICE, NOW + 20 + pages, reply.state))
        assert not played(reply)
        pages += 1
    assert pages > 10
    assert reply.question == ADVICE.prompt("back_question")[0]


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "en-AU", "en-CA", "en-IN"])
def test_an_unknown_sign_is_asked_about_and_rests(locale: str) -> None:
    advice = open_advice(locale)
    slots = {"symptom": Slot(None, "glowing"), "other_symptom": Slot()}
    reply = safety.volunteered(TurnContext(advice, NOW + 5, CALF, slots))
    assert any(advice.say("{emergency}") in sentence for sentence in heard(reply.script))
    assert reply.question == advice.prompt("unsure_question")[0]
    assert reply.state is not None
    assert not played(reply)


@pytest.mark.parametrize("topic", ["causes", "habits", "lookalikes"])
def test_an_unknown_thing_may_be_a_medicine(topic: str) -> None:
    said = " ".join(heard(answers.unknown(TurnContext(ADVICE, NOW), topic).script))
    assert "never stop it on your own" in said
    assert "pharmacist" in said
