"""Finds the references behind a response."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from skill.advice import Advice, Claim, Symptom, open_advice
from skill.advice.text import plain
from skill.dialog import State
from skill.dialog.answers import topic_claim
from skill.dialog.topic import Page, Signs
from skill.dialog.turn_context import TurnContext
from skill.speech import Speech, timeline

NONE = ["No advice in this answer, so no reference."]


def sources_of(response: dict[str, Any], locale: str) -> list[str]:
    """The verdict and references of a response, one per line, or a line saying that it was not advice.

    Session attributes hold no sign or condition of the person's, so these are found by matching the spoken
    sentence with the content.
    """
    advice = open_advice(locale)
    said = _said(response)
    sign = _sign(advice, said)
    if sign:
        return [f"Tier: {sign.tier}", *lines(advice, sign.sources)]
    rule = _rule(advice, said)
    if rule:
        return [f"Tier: {rule['tier']}", *lines(advice, rule["sources"])]
    noted = list(_noted(advice, said))
    if noted:
        return lines(advice, noted)
    state = State.from_json(response.get("sessionAttributes"))
    return _of_topic(advice, state, said) if state is not None else NONE


def _of_topic(advice: Advice, state: State, said: str) -> list[str]:
    """The references of the entry, list or step in the state's topic."""
    topic = state.topic
    claim = topic_claim(TurnContext(advice, 0), topic)
    if claim:
        names = (*claim.sources, *_warned(advice, state, claim, said))
        return [f"Verdict: {claim.verdict} (sources read {claim.sources_read})", *lines(advice, names)]
    if isinstance(topic, Page):
        file = topic.file
        claims = [advice.claim(file, name) for name in advice.listed(file)]
        return lines(advice, (source for own in claims if own for source in own.sources))
    if isinstance(topic, Signs):
        return lines(advice, (source for tier in advice.facts("tiers").values() for source in tier["sources"]))
    routine = advice.routine(state.routine)
    if routine is None:
        return NONE
    step = routine.step(state.step)
    return [f"Verdict: {step.verdict}", *lines(advice, step.sources)]


def lines(advice: Advice, names: Iterable[str]) -> list[str]:
    """References as text, without duplicates."""
    found = []
    for name in dict.fromkeys(names):
        source = advice.source(name)
        if source:
            year = f" ({source.year})" if source.year else ""
            found.append(f"- {source.publisher}: {source.title}{year}. {source.find}")
    return found


def _said(response: dict[str, Any]) -> str:
    """The normalised words of a response, with a space on either side."""
    ssml = ((response.get("response") or {}).get("outputSpeech") or {}).get("ssml") or ""
    return f" {plain(' '.join(part.text for part in timeline(ssml) if isinstance(part, Speech)))} "


def _has(said: str, sentence: str) -> bool:
    return f" {plain(sentence)} " in said


def _sign(advice: Advice, said: str) -> Symptom | None:
    """The sign whose reason was spoken."""
    signs = (symptom for name in advice.symptoms() if (symptom := advice.symptom(name)))
    return next((symptom for symptom in signs if _has(said, advice.say(symptom.because))), None)


def _rule(advice: Advice, said: str) -> Mapping[str, Any] | None:
    """The urgency rule whose reason was spoken."""
    because = advice.words("triage")["because"]
    rules = advice.facts("triage")["rules"]
    return next((rules[name] for name, text in because.items() if name in rules and _has(said, advice.say(text))), None)


def _noted(advice: Advice, said: str) -> Iterator[str]:
    """The references of every condition that was acknowledged."""
    for name in advice.facts("conditions"):
        condition = advice.condition(name)
        if condition and _has(said, advice.say(condition.noted)):
            yield from condition.sources


def _warned(advice: Advice, state: State, claim: Claim, said: str) -> Iterator[str]:
    """The references of the conditions that changed an answer."""
    for hit in advice.claim_rules(state.conditions, claim):
        condition = advice.condition(hit.condition)
        if condition and _has(said, advice.say(hit.rule.because, **claim.numbers)):
            yield from condition.sources
