"""Lists every speech of the skill as JSON lines, by sending it every request that the content allows.

A line is `{"locale", "where", "part", "ssml"}`; the same SSML is printed once. What varies is the state that a request
comes in with: the place in a routine, what was asked last, the voice, the pace, a condition, a helper. The last line
counts them, and names the prompts that nothing said.
"""

from __future__ import annotations

import itertools
import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any
from unittest.mock import patch

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

from skill.advice import CLAIM_FILES, Advice, Routine, Step, locales, open_advice
from skill.app import create
from skill.dialog.position import is_bedtime
from skill.dialog.state import Awaiting, State
from skill.dialog.topic import LISTS, read_topic
from skill.handlers.intents import CONTENT_TYPES, INTENTS

Envelope = dict[str, Any]
Skill = Callable[[Envelope, object], Envelope]
NOW = 1_790_000_000
ELSEWHERE = "en-NZ"
"""A locale without a region of its own, which gets the default region."""
VOICES = ("soft", "whisper", "clear")
UNKNOWN = "zebras & <b>stripes</b>"
"""Words that no slot knows, with what would break SSML if it were ever said."""
NAMES = sorted(INTENTS)
SLOTS: dict[str, tuple[str, str]] = {}
"""Slot to the first intent that reads it, and the content file of its values."""
for _name, _intent in INTENTS.items():
    for _slot, _kind in _intent.slots.items():
        if _kind in CONTENT_TYPES:
            SLOTS.setdefault(_slot, (_name, CONTENT_TYPES[_kind]))


@dataclass(frozen=True)
class Turn:
    """One request: what was said, and the state it arrives with."""

    where: str
    kind: str = "IntentRequest"
    intent: str = ""
    slots: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    """By slot name, the words heard and the id they resolved to."""
    state: State | None = None

    def envelope(self, locale: str) -> Envelope:
        """The turn as Alexa would send it."""
        request: Envelope = {"type": self.kind, "requestId": "r", "timestamp": "2026-09-21T14:13:20Z", "locale": locale}
        if self.kind == "IntentRequest":
            slots = {name: _filled(name, heard, found) for name, (heard, found) in self.slots.items()}
            request["intent"] = {"name": self.intent, "confirmationStatus": "NONE", "slots": slots}
        if self.kind == "SessionEndedRequest":
            request["reason"] = "EXCEEDED_MAX_REPROMPTS"
        user, application = {"userId": "u"}, {"applicationId": "amzn1.ask.skill.x"}
        attributes = self.state.to_json() if self.state else {}
        return {
            "version": "1.0",
            "session": {"sessionId": "s", "user": user, "application": application, "attributes": attributes},
            "context": {"System": {"application": application, "user": user, "device": {"deviceId": "d"}}},
            "request": request,
        }


def _filled(name: str, heard: str, found: str | None) -> Envelope:
    code = "ER_SUCCESS_MATCH" if found else "ER_SUCCESS_NO_MATCH"
    values = [{"value": {"name": heard, "id": found}}] if found else []
    authority = {"authority": "a", "status": {"code": code}, "values": values}
    return {
        "name": name, "value": heard, "confirmationStatus": "NONE",
        "resolutions": {"resolutionsPerAuthority": [authority]},
    }  # fmt: skip


class Kept(AbstractPersistenceAdapter):
    """An in-memory store, or one that is out of reach."""

    def __init__(self, away: bool = False) -> None:
        self.away = away
        self.record: Envelope = {}

    def get_attributes(self, request_envelope: object) -> Envelope:
        """The stored attributes."""
        if self.away:
            raise ConnectionError
        return dict(self.record)

    def save_attributes(self, request_envelope: object, attributes: Envelope) -> None:
        """Stores the attributes."""
        self.record = dict(attributes)

    def delete_attributes(self, request_envelope: object) -> None:
        """Deletes the attributes."""
        self.record = {}


# ---- the turns -----------------------------------------------------------------------------------


def places(advice: Advice) -> Iterator[tuple[Routine, Step, State]]:
    """Every step of every routine in each of its rounds, with the default hold."""
    for name in advice.routines():
        routine = advice.routine(name)
        if routine is None:
            continue
        for step in routine.steps:
            for number in range(1, step.rounds + 1):
                asks = Awaiting.BEDTIME if is_bedtime(name) else Awaiting.EASED
                yield routine, step, _state(routine=name, step=step.id, round=number, awaiting=asks)


def _state(**own: Any) -> State:
    return State(**{"answered_at": NOW - 60, "started_at": NOW - 120, **own})


def steps(advice: Advice) -> Iterator[Turn]:
    """Every step with and without a helper, at every bound of its hold, and every intent that leaves it."""
    moves = ("No", "Yes", "Next", "Previous", "Help", "Fallback", "Pause", "Resume", "StartOver", "Stop")
    said = [f"AMAZON.{name}Intent" for name in moves]
    said += ["HoldLongerIntent", "HoldShorterIntent", "StillCrampingIntent", "WorseIntent", "MoreIntent"]
    for routine, step, here in places(advice):
        where = f"{routine.id}.{step.id} round {here.round}"
        bounds = (0, advice.timing.shortest, step.longest, advice.timing.longest)
        for pace, helper in itertools.product(dict.fromkeys(bounds), (False, True)):
            state = here.with_(hold_seconds=pace, helper=helper)
            yield Turn(f"{where}, pace {pace}, helper {helper}", intent="AMAZON.RepeatIntent", state=state)
            yield Turn(f"{where}, pace {pace}, no", intent="AMAZON.NoIntent", state=state)
        for name in said:
            yield Turn(f"{where}, {name}", intent=name, state=here)
        late = here.with_(started_at=NOW - 60 * (advice.timing.reassess_minutes + 1))
        for name in ("AMAZON.NoIntent", "AMAZON.NextIntent", "AMAZON.RepeatIntent", "StillCrampingIntent"):
            yield Turn(f"{where}, ten minutes over, {name}", intent=name, state=late)
        for seconds in ("PT5S", "PT20S", "PT10M"):
            slots = {"seconds": (seconds, None)}
            yield Turn(f"{where}, hold for {seconds}", intent="HoldLongerIntent", slots=slots, state=here)


def contexts() -> Iterator[tuple[str, State | None]]:
    """The contexts of a question: before a routine, in a stretch, in the bedtime routine, stopped."""
    yield "first words", None
    yield "no routine", _state(awaiting=Awaiting.START)
    yield "in a stretch", _state(routine="calf", step="stretch")
    yield "a helper in a stretch", _state(routine="calf", step="stretch", helper=True)
    yield "before sleep", _state(routine="bedtime", step="calf_left", awaiting=Awaiting.BEDTIME)
    yield "stopped", _state(awaiting=Awaiting.SIGNS, topic=read_topic("say/worse"))


def moments() -> Iterator[tuple[str, State]]:
    """The contexts in which an answer ends differently."""
    ends_alike = ("first words", "stopped")  # as "no routine" does
    yield from ((where, state) for where, state in contexts() if state and where not in ends_alike)


def waiting() -> Iterator[Turn]:
    """Every intent, without slots and with unresolvable values, after every question."""
    for (where, state), asked in itertools.product(contexts(), Awaiting):
        here = state.with_(awaiting=asked) if state else None
        for name in INTENTS:
            yield Turn(f"{where}, after {asked}, {name}", intent=name, state=here)
        yield Turn(f"{where}, after {asked}, an unknown intent", intent="UnknownIntent", state=here)
    for (where, state), (slot, (name, _)) in itertools.product(contexts(), SLOTS.items()):
        yield Turn(f"{where}, unknown {slot}", intent=name, slots={slot: (UNKNOWN, None)}, state=state)


def topics(advice: Advice) -> Iterator[Turn]:
    """Every claim, list page and repeatable saying, from every context."""
    names = [f"claim/{file}/{name}" for file in CLAIM_FILES for name in advice.facts(file)]
    sayings = ["say/" + name for name, fact in advice.facts("prompts").items() if not fact.get("uses")]
    sayings += [f"say/unknown.{file}" for file in CLAIM_FILES]
    pages = [f"list/{file}/{at}" for file in LISTS for at in range(len(advice.listed(file)))]
    pages += [f"signs/{at}" for at in range(len(advice.listed_signs()))]
    for where, state in moments():
        for topic in (*names, *pages):
            here = state.with_(topic=read_topic(topic))
            yield Turn(f"{where}, {topic}", intent="AMAZON.RepeatIntent", state=here)
            if not topic.startswith("claim/") or topic.endswith("/why"):
                yield Turn(f"{where}, {topic}, more", intent="MoreIntent", state=here)
        for asked, saying in itertools.product(Awaiting, sayings):
            here = state.with_(topic=read_topic(saying), awaiting=asked)
            yield Turn(f"{where}, {saying} after {asked}", intent="AMAZON.RepeatIntent", state=here)


def named(advice: Advice) -> Iterator[Turn]:
    """Every value of every slot, from every context; symptoms also in pairs."""
    for (where, state), (slot, (name, file)) in itertools.product(contexts(), SLOTS.items()):
        if file in CLAIM_FILES and where != "first words":
            continue  # `topics` covers claims in the other contexts
        for value in advice.facts(file):
            slots = {slot: (value, value)}
            yield Turn(f"{where}, {slot} {value}", intent=name, slots=slots, state=state)
            if slot == "muscle":
                yield Turn(f"{where}, helper, {value}", intent="HelperIntent", slots=slots, state=state)
    for one, other in itertools.pairwise(advice.symptoms()):
        slots = {"symptom": (one, one), "other_symptom": (other, other)}
        yield Turn(f"{one} and {other}", intent="SymptomIntent", slots=slots)
    yield Turn("a child", intent="HelperIntent", slots={"child": ("daughter", "child")})
    for posture in ("seated", "standing"):
        for where, state in contexts():
            slots = {"posture": (posture, posture)}
            yield Turn(f"{where}, bedtime {posture}", intent="BedtimeIntent", slots=slots, state=state)


def conditions(advice: Advice) -> Iterator[Turn]:
    """The effects of every condition: on steps and claims it has rules for, and on the start of each routine."""
    for name in advice.facts("conditions"):
        condition = advice.condition(name)
        for routine, step, here in places(advice):
            ahead = routine.steps[routine.index(step.id) :][:3]
            if not any(advice.step_rules((name,), routine.id, own) for own in ahead):
                continue  # nothing changes here, nor in what can follow
            state = here.with_(conditions=(name,))
            for said in ("AMAZON.RepeatIntent", "AMAZON.NoIntent", "AMAZON.NextIntent"):
                yield Turn(f"{name}, {routine.id}.{step.id}, {said}", intent=said, state=state)
            noted = {"condition": (name, name)}
            yield Turn(f"{name} at {routine.id}.{step.id}", intent="ConditionIntent", slots=noted, state=here)
            if advice.step_rules((name,), routine.id, step):
                yield Turn(f"{name}, helper", intent="AMAZON.RepeatIntent", state=state.with_(helper=True))
        for muscle in advice.facts("muscles"):
            slots = {"muscle": (muscle, muscle)}
            yield Turn(f"{name}, {muscle}", intent="ReliefIntent", slots=slots, state=_state(conditions=(name,)))
        for said in ("BedtimeIntent", "AMAZON.StartOverIntent", "AMAZON.ResumeIntent", "AMAZON.YesIntent"):
            yield Turn(f"{name}, {said}", intent=said, state=_state(conditions=(name,), awaiting=Awaiting.START))
        for target in (target for rule in (condition.rules if condition else ()) for target in rule.on):
            file, _, claim = target.partition(".")
            if file in CLAIM_FILES:
                for where, state in moments():
                    here = state.with_(topic=read_topic(f"claim/{file}/{claim}"), conditions=(name,))
                    yield Turn(f"{where}, {name}, {target}", intent="AMAZON.RepeatIntent", state=here)


def turns(advice: Advice) -> Iterator[Turn]:
    """All of them."""
    yield Turn("launch", kind="LaunchRequest")
    for part in (steps, topics, named, conditions):
        yield from part(advice)
    yield from waiting()


# ---- the speeches --------------------------------------------------------------------------------


@dataclass
class Speeches:
    """The speeches of one locale without duplicates, and the prompts they used."""

    locale: str
    said: dict[str, Envelope] = field(default_factory=dict)
    turns: int = 0
    prompts: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    """Places of unexpected handler failures."""

    def hear(self, where: str, skill: Skill, turn: Turn) -> None:
        """Sends a turn to the skill and collects the speech of its response."""
        self.take(where, skill(turn.envelope(self.locale), None))

    def take(self, where: str, response: Envelope, meant: bool = False) -> None:
        """Collects the new speech of a response. `meant`: an expected failure."""
        self.turns += 1
        trouble = open_advice(self.locale).prompt("trouble")[0]
        if not meant and "say/trouble" not in where and trouble in json.dumps(response):
            self.failed.append(f"{self.locale}, {where}")
        own = response.get("response", {})
        spoken = {"output": own.get("outputSpeech"), "reprompt": own.get("reprompt", {}).get("outputSpeech")}
        for part, speech in spoken.items():
            ssml = (speech or {}).get("ssml", "")
            if ssml:
                self.said.setdefault(ssml, {"locale": self.locale, "where": where, "part": part, "ssml": ssml})


def in_locale(locale: str) -> Speeches:
    """All speeches of one locale."""
    logging.disable(logging.CRITICAL)  # the failures below are expected
    speeches = Speeches(locale)
    prompt = Advice.prompt

    def recording(self: Advice, name: str, **values: object) -> tuple[str, ...]:
        speeches.prompts.add(name)
        return prompt(self, name, **values)

    with patch.object(Advice, "prompt", recording):
        skill = create()
        for turn in turns(open_advice(locale)):
            for voice in VOICES if turn.state else VOICES[:1]:
                own = replace(turn, state=turn.state.with_(voice=voice)) if turn.state else turn
                speeches.hear(f"{turn.where}, {voice}", skill, own)
        with_memory(speeches)
        in_trouble(speeches)
    return speeches


def with_memory(speeches: Speeches) -> None:
    """Speeches with a stored place: found, missing, and with the store out of reach."""
    resume = Turn("continue", intent="AMAZON.ResumeIntent")
    for routine, step, here in places(open_advice(speeches.locale)):
        skill = create(memory=Kept())
        where = f"kept at {routine.id}.{step.id}"
        speeches.hear(where, skill, Turn(where, intent="AMAZON.RepeatIntent", state=here))
        speeches.hear(where, skill, Turn(where, kind="SessionEndedRequest", state=here.with_(answered_at=NOW - 5)))
        speeches.hear(f"{where}, continue", skill, resume)
    for memory, (where, state) in itertools.product((Kept(), Kept(away=True)), contexts()):
        skill = create(memory=memory)
        speeches.hear(f"{where}, continue, memory away: {memory.away}", skill, replace(resume, state=state))


def in_trouble(speeches: Speeches) -> None:
    """What is said when something of ours fails, and when a request is out of shape."""
    skill = create()
    for where, state in contexts():
        with patch("skill.handlers.intents.reply_to", side_effect=RuntimeError):
            turn = Turn(where, intent="AMAZON.HelpIntent", state=state)
            speeches.take(f"{where}, trouble", skill(turn.envelope(speeches.locale), None), meant=True)
    broken = {"type": "LaunchRequest", "locale": speeches.locale, "timestamp": "yesterday"}
    speeches.take("a request out of shape", skill({"version": "1.0", "request": broken}, None))


def main() -> None:
    """Prints every speech, then the totals."""
    everywhere = (*locales(), ELSEWHERE)
    with ProcessPoolExecutor() as workers:
        found = list(workers.map(in_locale, everywhere))
    speeches = {ssml: line for own in found for ssml, line in own.said.items()}
    for line in speeches.values():
        sys.stdout.write(json.dumps(line) + "\n")
    spoken = {name for name in open_advice("en-US").words("prompts") if not name.startswith("touch_")}  # on the screen
    unsaid = spoken.difference(*(own.prompts for own in found))
    turns_taken = sum(own.turns for own in found)
    failed = [where for own in found for where in own.failed]
    count = {"turns": turns_taken, "speeches": len(speeches), "locales": everywhere, "unsaid": sorted(unsaid)}
    sys.stdout.write(json.dumps({**count, "failed": failed}) + "\n")


if __name__ == "__main__":
    main()
