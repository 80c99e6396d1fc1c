"""A hundred thousand turns at the stand-in speaker and on the page: no fault, no growth in memory. `make soak`.

python -m tests.soak.soak 100000
"""

from __future__ import annotations

import gc
import json
import logging
import random
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hypothesis.stateful import run_state_machine_as_test

from skill.advice import open_advice
from skill.app import create
from skill.speech import Speech
from speaker import Speaker, Turn
from speaker.page.device_pool import Speakers
from speaker.page.routes import as_json
from speaker.request_envelope import Device
from tests.dialog.test_night import LOCALES, PLANTED, Night, common, profile, sayings
from tests.ears import speaker_for
from tests.invariants import faults
from tests.shelf import Shelf
from tests.soak.said import NOW, sentences

TURNS = 100_000
GROWTH = 6.0
"""MiB that the process may grow from a tenth of the way to the end: what an allocator leaves lying about."""
SHOWN = 10


class Errors(logging.Handler):
    """Counts what the skill logs as an error: an exception that its error handler answered."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        self.found[f"{record.getMessage()} {getattr(record, 'fields', {})}"] += 1


@dataclass
class Soak:
    """One person who never sleeps, the same in every run."""

    chance: random.Random = field(default_factory=lambda: random.Random(20_261_121))
    turns: int = 0
    sessions: int = 0
    invalid: Counter[str] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.shelf = Shelf()
        self.skill = create(memory=self.shelf)
        self.common, self.sayings = common(), sayings()
        self.speaker = speaker_for(self.answer, Device(user_id="amzn1.ask.account.PLANTED"), now=1_800_000_000.0)
        # The page is another host of the same skill, with a place of its own for every tab.
        self.pages = Speakers(self.answer, most=4, clock=lambda: self.speaker.now)
        for locale in LOCALES:
            _, self.tab = self.pages.open(locale)  # its ears, which take most of the memory, are there from the start

    def answer(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        """The skill, with every answer held against the invariants."""
        self.turns += 1
        try:
            response = self.skill(event, context)
        except Exception as error:
            self.raised[repr(error)[:200]] += 1
            return {"version": "1.0", "response": {"shouldEndSession": True}}
        for fault in faults(event, response, (PLANTED, "zebra", "PLANTED")):
            self.invalid[f"{event['request'].get('intent', {}).get('name')}: {fault}"[:300]] += 1
        return response

    def turn(self) -> Turn:
        """One thing that a person does."""
        chance, speaker = self.chance, self.speaker
        if chance.random() < 0.01:
            speaker.device = replace(speaker.device, locale=chance.choice(LOCALES))
        if not speaker.open or chance.random() < 0.01:
            speaker.pass_time(chance.choice((5, 60, 900, 1700, 1900, 40_000)))
            self.sessions += 1
            return speaker.say("open cramp coach")
        doing = chance.random()
        if doing < 0.12:
            return speaker.stay_silent()
        if doing < 0.14:
            return speaker.drop()
        after = chance.uniform(0, 200) if chance.random() < 0.4 else None
        if doing < 0.155:
            return self.in_own_words(speaker, after)
        if doing < 0.165:
            return self.on_the_page()
        return speaker.understand(chance.choice(self.common if doing < 0.55 else self.sayings), after=after)

    def in_own_words(self, speaker: Speaker, after: float | None) -> Turn:
        """Says what people say of danger, and of a plain cramp; the one is answered with the number, the other not."""
        tier = self.chance.choice(sorted(sentences()))
        text = self.chance.choice(sentences()[tier])
        turn = speaker.say(text, after)
        advice = open_advice(speaker.device.locale)
        # A poisoning and thoughts of suicide may have a line of their own, which comes first.
        calls = [advice.say(text) for text in ("{emergency_call}", "{poison_call}", "{crisis_call}")]
        spoken = [event.text for event in turn.plays if isinstance(event, Speech)]
        is_now = bool(spoken) and spoken[0] in calls and not speaker.open
        if is_now is not (tier in NOW):
            self.invalid[f"{tier}: {text!r} is answered with {spoken[:1]}"] += 1
        return turn

    def on_the_page(self) -> Turn:
        """One turn at the bedside page, as its script would have it."""
        chance = self.chance
        if chance.random() < 0.05:
            _, self.tab = self.pages.open(chance.choice(LOCALES), screen=chance.random() < 0.5)
        if not self.tab.speaker.open:
            turn = self.tab.say("alexa, open cramp coach", None)
        elif chance.random() < 0.2:
            turn = self.tab.stay_silent()
        else:
            turn = self.tab.say(chance.choice(("yes", "no", "next", "repeat", "slower", "stop", "my foot")), None)
        json.dumps(as_json(turn), allow_nan=False)
        return turn


def resident() -> float:
    """MiB of memory that the process has now; its peak where the system does not tell."""
    gc.collect()
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2 ** (20 if sys.platform == "darwin" else 10)


def main(turns: int = TURNS) -> int:
    """Soaks for so many turns and prints the figures; 1 where anything was wrong, else 0."""
    errors = Errors()
    log = logging.getLogger("cramp_coach")
    log.addHandler(errors)
    log.propagate = False
    soak = Soak()
    started, early = time.perf_counter(), 0.0
    while soak.turns < turns:
        if not early and soak.turns >= turns / 10:
            early = resident()
        soak.turn()
    seconds = time.perf_counter() - started
    late = resident()
    found = (*soak.raised.items(), *errors.found.items(), *soak.invalid.items())
    say(f"turns               {soak.turns} in {soak.sessions} sessions")
    say(f"exceptions          {soak.raised.total() + errors.found.total()}")
    say(f"invalid responses   {soak.invalid.total()}")
    say(f"memory at a tenth   {early:.1f} MiB")
    say(f"memory at the end   {late:.1f} MiB")
    say(f"turns a second      {soak.turns / seconds:.0f}")
    for what, times in found[:SHOWN]:
        say(f"  {times} × {what}")
    grown = late - early > GROWTH
    if grown:
        say(f"expected memory to grow by at most {GROWTH} MiB, found {late - early:.1f}")
    # The same nights that the tests play, many more of them: these also know which step was heard.
    nights = max(1, turns // 1000)
    run_state_machine_as_test(Night, settings=profile(examples=nights, steps=60))
    say(f"random nights       {nights}, no fault")
    return 1 if found or grown else 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else TURNS))
