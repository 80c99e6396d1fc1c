"""The replies whose screens are checked: every step, answer, list, sign and ending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from skill.advice import CLAIM_FILES, Advice, Claim, open_advice
from skill.dialog import (
    Reply,
    Slot,
    State,
    TurnContext,
    answers,
    bedtime,
    controls,
    endings,
    no_stretch,
    position,
    relief,
    safety,
    session,
)
from skill.dialog.playing import play
from skill.dialog.topic import LISTS
from skill.screen import directive
from skill.speech import Hold, Script

_NOW = 1_700_000_000
ROOM = 24 * 1024
CONDITIONS = ("late_pregnancy", "dialysis", "statins")
"""Conditions whose rules replace, leave out and warn, with the longest sentences."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A named reply."""

    name: str
    reply: Reply
    advice: Advice

    def directive(self) -> dict[str, Any]:
        """Its APL directive."""
        made = directive(self.reply, self.advice, ROOM)
        if made is None:
            raise LookupError(f"expected a document for {self.name}, found none")
        return made

    @property
    def held_at(self) -> float:
        """One second into its first hold; 0.5 s if there is none."""
        for scene in self.directive()["datasources"]["d"]["scenes"]:
            for start, length in scene.get("holds", ()):
                return float(start + 0.1 * length) if scene["from"] == 0 else 0.5
        return 0.5


def turn(advice: Advice, state: State | None = None, **slots: str) -> TurnContext:
    """A turn on a device with a screen."""
    filled = {name: Slot(value, value) for name, value in slots.items()}
    return TurnContext(advice, _NOW, state, filled, keeps_place=True, screen=True)


def steps(
    locale: str = "en-US", helper: bool = False, conditions: tuple[str, ...] = (), hold_seconds: int = 0
) -> Iterator[Shown]:
    """Every step of every routine."""
    advice = open_advice(locale)
    for name in advice.routines():
        routine = advice.routine(name)
        for step in routine.steps if routine else ():
            state = State(
                answered_at=_NOW, started_at=_NOW, helper=helper, conditions=conditions, hold_seconds=hold_seconds
            )
            way = position.enter(advice, state, name, step.id)
            if way.state is not None:
                yield Shown(f"{name}/{step.id}", play(turn(advice, way.state), way.state), advice)


def changed(locale: str = "en-US") -> Iterator[Shown]:
    """Steps and answers changed by a condition, a helper or a custom hold, with the longest sentences of each kind of
    rule."""
    plain = {(shown.name, shown.reply.script) for shown in steps(locale)}
    ways: list[tuple[str, dict[str, Any]]] = [(name, {"conditions": (name,)}) for name in CONDITIONS]
    for why, how in (*ways, ("helper", {"helper": True}), ("hold_seconds", {"hold_seconds": 60})):
        for shown in steps(locale, **how):
            if (shown.name, shown.reply.script) not in plain:
                yield Shown(f"{shown.name} {why}", shown.reply, shown.advice)
    advice = open_advice(locale)
    for name in CONDITIONS:
        state = position.enter(
            advice, State(answered_at=_NOW, started_at=_NOW, conditions=(name,)), position.RELIEF
        ).state
        for topic in CLAIM_FILES:
            for own in advice.facts(topic):
                claim = advice.claim(topic, own)
                if claim is not None and answers.tell(turn(advice, state), claim).script != _plain_answer(
                    advice, claim
                ):
                    yield Shown(f"{topic}/{own} {name}", answers.tell(turn(advice, state), claim), advice)


def _plain_answer(advice: Advice, claim: Claim) -> Script:
    state = position.enter(advice, State(answered_at=_NOW, started_at=_NOW), position.RELIEF).state
    return answers.tell(turn(advice, state), claim).script


def ways_out(locale: str = "en-US") -> Iterator[Shown]:
    """Endings, stops, pauses, help."""
    advice = open_advice(locale)
    state = position.enter(advice, State(answered_at=_NOW, started_at=_NOW), position.RELIEF).state
    now = turn(advice, state)
    for name, answer in (
        ("goodnight", relief.eased),
        ("leave", endings.leave),
        ("stuck", relief.stuck),
        ("worse", no_stretch.worse),
        ("pause", controls.pause),
        ("help", session.help_),
        ("not cramping", endings.not_cramping),
        ("not understood", session.fallback),
        ("trouble", session.trouble),
        ("bedtime done", bedtime.done),
    ):
        yield Shown(name, answer(now), advice)


def talk(locale: str = "en-US") -> Iterator[Shown]:
    """Every answer, list page, page of signs and sign."""
    advice = open_advice(locale)
    state = position.enter(advice, State(answered_at=_NOW, started_at=_NOW), position.RELIEF).state
    now = turn(advice, state)
    for topic in CLAIM_FILES:
        for name in advice.facts(topic):
            claim = advice.claim(topic, name)
            if claim is not None:
                yield Shown(f"{topic}/{name}", answers.tell(now, claim), advice)
    for topic in LISTS:
        for start in range(0, len(advice.listed(topic)), advice.timing.list_size):
            yield Shown(f"list {topic} {start}", answers.list_page(now, topic, start), advice)
    start = 0
    while start < len(advice.listed_signs()):
        yield Shown(f"signs {start}", safety.signs(now, start), advice)
        start = safety.page_end(now, start)
    for name in advice.symptoms():
        yield Shown(f"sign {name}", safety.volunteered(turn(advice, state, symptom=name)), advice)


def everything(locale: str = "en-US") -> Iterator[Shown]:
    """All of them."""
    yield from steps(locale)
    yield from changed(locale)
    yield from ways_out(locale)
    yield from talk(locale)


def holds(reply: Reply) -> list[float]:
    """Seconds of every hold that is spoken, silence's included."""
    return [part.seconds for part in (*reply.script, *reply.reprompt) if isinstance(part, Hold)]
