"""Any night at all: whatever is said, left unsaid, broken off and taken up again, every invariant holds.

The machine is a person at the stand-in speaker. It listens to what is played, by the clock, and so knows for itself
which step was heard last and what may be found again by "continue".
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from skill.advice import Advice, open_advice
from skill.app import create
from skill.dialog import State
from skill.memory.record import FIELDS
from skill.speech import Event, Silence
from skill.speech.limits import MICROPHONE_SECONDS
from speaker import Turn
from speaker.nlu.recognizer import Heard, HeardSlot
from speaker.request_envelope import Device
from tests.ears import model, speaker_for
from tests.invariants import advice_for, expected_tier, faults
from tests.shelf import Shelf

PLANTED = "zebra crossing"
LOCALES = ("en-US", "en-GB", "en-AU", "en-CA", "en-IN")
MODEL = model()
HOSTILE = (
    PLANTED,
    f"{PLANTED} <break time='99s'/>",
    f"</speak>&{PLANTED};",
    f"{PLANTED} " * 300,
    f"{PLANTED}\x00\u202e\ufffe",
    "chest pain",
)
STAYS = ("AMAZON.PauseIntent", "AMAZON.HelpIntent", "AMAZON.FallbackIntent", "WhisperIntent", "AboutIntent")
"""Intents that leave a person at the step they were at, and so show which one that is."""
DOUBT = 3.5
"""Seconds around the beginning of a hold in which either step may count: rounding, and the time it takes to speak."""
PACES = ("PT5S", "PT20S", "PT45S", "PT1M", "PT0S", "P9999D", "PT", "soon")


@cache
def sayings() -> tuple[Heard, ...]:
    """Every intent with every value of its slots, with nothing in them, and with what nobody should say."""
    found = [Heard(name) for name in MODEL.slots]
    for name, slots in MODEL.slots.items():
        for slot, kind in slots.items():
            own = {value.id: phrase for phrase, value in MODEL.values.get(kind, {}).items()}
            found += [Heard(name, {slot: HeardSlot(kind, phrase, known, known)}) for known, phrase in own.items()]
            found += [Heard(name, {slot: HeardSlot(kind, words)}) for words in HOSTILE]
            if kind == "AMAZON.DURATION":
                found += [Heard(name, {slot: HeardSlot(kind, words)}) for words in PACES]
    return tuple(found)


def common() -> tuple[Heard, ...]:
    """What is said most, so that a random night also gets somewhere."""
    names = "Yes No Next Previous Repeat Pause Resume StartOver Help Fallback".split()
    own = "More Bedtime Why RedFlags HoldLonger Relief Helper StillCramping".split()
    return tuple(Heard(name) for name in (*(f"AMAZON.{one}Intent" for one in names), *(f"{one}Intent" for one in own)))


class Night(RuleBasedStateMachine):
    """One night of one person."""

    def __init__(self) -> None:
        super().__init__()
        self.shelf = Shelf()
        self.device = Device(user_id="amzn1.ask.account.PLANTED")
        self.speaker = speaker_for(create(memory=self.shelf), self.device, now=1_800_000_000.0)
        self.state: State | None = None
        self.begun: list[tuple[float, tuple[str, str]]] = []
        """When the hold of which step begins to play, by the speaker's clock."""
        self.over_at: float | None = None
        """When silence has heard the routine out."""
        self.playing = 0.0
        self.in_doubt = False
        self.listen(self.speaker.say("open cramp coach"))

    # ---- what a person does

    @precondition(lambda self: self.speaker.open)
    @rule(heard=st.one_of(st.sampled_from(common()), st.sampled_from(sayings())))
    def says_something(self, heard: Heard) -> None:
        self.listen(self.speaker.understand(heard))

    @precondition(lambda self: self.speaker.open)
    @rule(heard=st.sampled_from((*common(), *(Heard(name) for name in STAYS))), after=st.floats(0, 200))
    def interrupts(self, heard: Heard, after: float) -> None:
        self.listen(self.speaker.understand(heard, after=after))

    @precondition(lambda self: self.speaker.open)
    @rule(name=st.sampled_from(STAYS), after=st.one_of(st.none(), st.floats(0, 200)))
    def stays_at_the_step(self, name: str, after: float | None) -> None:
        self.listen(self.speaker.understand(Heard(name), after=after))

    @precondition(lambda self: self.speaker.open)
    @rule()
    def stays_silent(self) -> None:
        self.listen(self.speaker.stay_silent())

    @rule(minutes=st.sampled_from((0.2, 1, 3, 20, 31, 600)))
    def time_passes(self, minutes: float) -> None:
        """In an open session no speaker waits so long; the skill must bear it, but nobody can say what was heard."""
        self.speaker.pass_time(minutes * 60)
        self.in_doubt = self.speaker.open

    @precondition(lambda self: self.speaker.open)
    @rule(after=st.floats(0, 300))
    def is_cut_off(self, after: float) -> None:
        # Beyond the microphone's time the reprompt would play.
        self.speaker.pass_time(min(after, self.playing + MICROPHONE_SECONDS - 1))
        self.listen(self.speaker.drop())

    @rule()
    def opens(self) -> None:
        self.finish_session()
        self.listen(self.speaker.say("open cramp coach"))

    @rule(away=st.sampled_from((0, 40, 600, 1500, 1790, 1810, 7200)))
    def comes_back_to_continue(self, away: int) -> None:
        self.finish_session()
        kept = dict(self.shelf.kept)
        self.speaker.pass_time(away)
        self.listen(self.speaker.say("open cramp coach"))
        turn = self.speaker.understand(Heard("AMAZON.ResumeIntent"), after=0.0)
        self.listen(turn)
        advice = advice_for({"locale": self.device.locale})
        fresh = bool(kept) and self.speaker.now - kept["left_at"] <= advice.timing.resume_minutes * 60
        assert (advice.prompt("resumed")[0] in turn.words) is fresh, (kept, turn.words)
        if fresh and self.state is not None:
            assert (self.state.routine, self.state.step) == (kept["routine"], kept["step"])
        assert not self.shelf.kept, "a place is used up by being found"

    @rule(locale=st.sampled_from(LOCALES))
    def moves_abroad(self, locale: str) -> None:
        self.device = replace(self.device, locale=locale)
        self.speaker.device = self.device

    # ---- what must be true of it

    def finish_session(self) -> None:
        if self.speaker.open:
            self.listen(self.speaker.drop())

    def listen(self, turn: Turn) -> None:
        self.playing = turn.seconds
        if turn.request is None or turn.response is None:
            if turn.plays:
                self.hear_holds(turn.plays, self.state, reprompt=True)
            return
        asked = turn.request["request"]
        found = faults(turn.request, turn.response, (PLANTED, "zebra", "PLANTED"))
        assert not found, (asked, turn.request["session"]["attributes"], found)
        assert not turn.faults, turn.faults
        before, self.state = self.state, State.from_json(turn.response.get("sessionAttributes"))
        name = (asked.get("intent") or {}).get("name")
        if name in STAYS:
            self.stands_where_was_heard(before)
        if asked["type"] == "SessionEndedRequest":
            self.keeps_what_was_heard(before)
        tier = expected_tier(asked, advice_for(asked))
        if tier in ("emergency", "same_day") or name in ("WorseIntent", "EasedIntent"):
            assert not self.shelf.kept, f"{name} {tier}: there is still something to continue"
        self.begun, self.over_at, self.in_doubt = [], None, False
        if self.state is not None:
            self.hear_holds(turn.plays, self.state)

    def hear_holds(self, events: tuple[Event, ...], state: State | None, reprompt: bool = False) -> None:
        """Notes when which step's hold begins."""
        if state is None:
            return
        advice = advice_for({"locale": self.device.locale})
        clock, quiet = self.speaker.now, False
        sentences: list[str] = []
        for event in events:
            if isinstance(event, Silence):
                step = heard_step(advice, state, tuple(sentences[-2:]))
                if not quiet and step is not None:
                    self.begun.append((clock, step))
                quiet = True
            else:
                sentences.append(event.text)
                quiet = quiet and event.text in short_words(advice)
            clock += event.seconds
        last = {advice.prompt("stuck")[-1], advice.prompt("bedtime_done")[-1]}
        if reprompt and sentences and sentences[-1] in last:
            self.over_at = clock

    def heard_last(self, before: State | None) -> tuple[str, str] | None:
        """The step whose hold began last; None where that is in doubt."""
        if before is None or before.routine is None or before.step is None or self.in_doubt:
            return None
        now = self.speaker.now
        if any(abs(now - at) < DOUBT for at, _ in self.begun):
            return None
        begun = [step for at, step in self.begun if at <= now]
        return begun[-1] if begun else (before.routine, before.step)

    def stands_where_was_heard(self, before: State | None) -> None:
        heard = self.heard_last(before)
        if heard is not None and self.state is not None and self.state.routine is not None:
            assert (self.state.routine, self.state.step) == heard, f"heard {heard}, stands at {self.state}"

    def keeps_what_was_heard(self, before: State | None) -> None:
        """After a session that broke off."""
        heard = self.heard_last(before)
        if heard is None:
            return
        if self.over_at is not None and self.speaker.now >= self.over_at:
            assert not self.shelf.kept, f"the routine was over: {self.shelf.kept}"
        elif self.shelf.kept:
            assert (self.shelf.kept["routine"], self.shelf.kept["step"]) == heard
        else:
            # Only the last words of a routine may be cut off in the middle.
            assert before is not None
            assert before.routine_ends, f"{heard} was not kept"

    @invariant()
    def keeps_only_a_place(self) -> None:
        kept = self.shelf.kept
        assert not kept or set(kept) == set(FIELDS)
        assert "zebra" not in str(kept)
        assert "PLANTED" not in str(kept)


def heard_step(advice: Advice, state: State, sentences: tuple[str, ...]) -> tuple[str, str] | None:
    """The step of the state's routine whose instruction ends in these sentences."""
    routine = advice.routine(state.routine)
    for step in routine.steps if routine else ():
        hits = advice.step_rules(state.conditions, routine.id if routine else "", step)
        for texts in (step.do, step.helper, *(hit.rule.instead for hit in hits)):
            for seconds in {step.hold, *range(advice.timing.shortest, step.longest + 1)}:
                values: dict[str, Any] = {"hold": seconds, "muscle": routine.name if routine else "", **step.numbers}
                if texts and tuple(advice.say(text, **values) for text in texts)[-2:] == sentences:
                    return routine.id if routine else "", step.id
    return None


@cache
def short_words(advice: Advice) -> frozenset[str]:
    """What is said inside a hold."""
    cues = {advice.say(cue.text, left=cue.left or 0) for cue in advice.cues}
    return frozenset(cues | {advice.prompt("rest")[0], advice.prompt("again")[0]})


def profile(examples: int, steps: int) -> settings:
    """The same nights on every machine, without a database of earlier ones."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


TestNight = Night.TestCase
TestNight.settings = profile(examples=30, steps=40)


def test_the_steps_are_told_apart_by_ear() -> None:
    advice = open_advice("en-US")
    for name in advice.routines():
        routine = advice.routine(name)
        assert routine is not None
        for step in routine.steps:
            said = tuple(advice.say(text, hold=step.hold, muscle=routine.name, **step.numbers) for text in step.do)
            assert heard_step(advice, State(routine=name), said[-2:]) == (name, step.id)


FIRST: dict[str, tuple[Heard, ...]] = {
    "the first step": (),
    "the second": (Heard("AMAZON.NoIntent"),),
    "the last": (Heard("AMAZON.NextIntent"),) * 4,
    "three rounds": (Heard("ReliefIntent", {"muscle": HeardSlot("MUSCLE", "inner thigh", "inner_thigh")}),),
    "a question": (Heard("AMAZON.NextIntent"), Heard("AMAZON.HelpIntent")),
    "a list": (Heard("RedFlagsIntent"),),
    "no such place": (Heard("ReliefIntent", {"muscle": HeardSlot("MUSCLE", PLANTED)}),),
    "before sleep": (Heard("BedtimeIntent"),),
    "its second side": (Heard("BedtimeIntent"), Heard("AMAZON.NextIntent")),
    "a question before sleep": (Heard("BedtimeIntent"), Heard("AMAZON.HelpIntent")),
    "not understood before sleep": (Heard("BedtimeIntent"), Heard("AMAZON.FallbackIntent")),
}


@pytest.mark.parametrize("silent", [False, True], ids=["spoken", "silent"])
@pytest.mark.parametrize("first", FIRST)
def test_a_word_at_any_second_finds_the_step_that_is_heard(first: str, silent: bool) -> None:
    """Every few seconds of what is played, and of the reprompt: "pause" keeps the step whose hold began last."""
    after, length = 0.0, 1.0
    while after < length:
        night = Night()
        for heard in FIRST[first]:
            night.listen(night.speaker.understand(heard, after=0.5))
        if silent:
            night.stays_silent()
        length = night.playing
        night.listen(night.speaker.understand(Heard("AMAZON.PauseIntent"), after=after))
        assert night.state is not None
        after += 2.0
