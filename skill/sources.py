"""The references behind an answer: from a response back to the content it came from, in one step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from skill.advice import Advice, open_advice
from skill.dialog import State
from skill.dialog.answers import topic_claim
from skill.dialog.moment import Moment


def sources_of(response: dict[str, Any], request: dict[str, Any], locale: str) -> list[str]:
    """The verdict and the references of what a response said, a line each; says so where it was no piece of advice."""
    advice = open_advice(locale)
    state = State.from_json(response.get("sessionAttributes"))
    sign = _sign(advice, request)
    if sign:
        return [f"Tier: {sign[0]}", *lines(advice, sign[1])]
    if state is not None and state.topic:
        claim = topic_claim(Moment(advice, 0), state.topic)
        if claim:
            return [f"Verdict: {claim.verdict} (reviewed {claim.reviewed})", *lines(advice, claim.sources)]
        if state.topic.startswith("list/"):
            names = advice.listed(state.topic.removeprefix("list/"))
            claims = [advice.claim(state.topic.removeprefix("list/"), name) for name in names]
            return lines(advice, (source for claim in claims if claim for source in claim.sources))
        if state.topic == "signs":
            return lines(advice, (source for tier in advice.facts("tiers").values() for source in tier["sources"]))
    if state is not None and state.routine:
        routine = advice.routine(state.routine)
        if routine:
            step = routine.step(state.step)
            return [f"Verdict: {step.verdict}", *lines(advice, step.sources)]
    return ["No advice in this answer, so no reference."]


def lines(advice: Advice, names: Iterable[str]) -> list[str]:
    """References as text, each once."""
    found = []
    for name in dict.fromkeys(names):
        source = advice.source(name)
        if source:
            year = f" ({source.year})" if source.year else ""
            found.append(f"- {source.publisher}: {source.title}{year}. {source.find}")
    return found


def _sign(advice: Advice, request: dict[str, Any]) -> tuple[str, tuple[str, ...]] | None:
    """The most urgent sign in the request's slots, with its sources."""
    intent = (request.get("request") or {}).get("intent") or {}
    if intent.get("name") != "SymptomIntent":
        return None
    heard = " and ".join(str(slot.get("value") or "") for slot in (intent.get("slots") or {}).values())
    symptom = advice.overheard(heard)
    return (symptom.tier, symptom.sources) if symptom else None
