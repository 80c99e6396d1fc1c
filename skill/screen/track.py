"""When each thing is said or held: a reply's script as captions, countdowns and pictures over time, silences too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from skill.dialog import Awaiting, Reply
from skill.speech import Hold, Say, Script
from skill.speech.limits import MICROPHONE_SECONDS
from skill.speech.script import speaking_time

_CUE_STAYS = 4.0
"""Seconds that a cue's words stay before the instruction comes back."""
_AFTER = 2.0
"""Seconds that the microphone has been closed for good when the document asks to go on, with a voice that needs a third
more time than estimated. A faster voice leaves more."""
LINGERS = 30.0
"""Seconds that a session lives on then, without a microphone, on a device with a screen."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a reply with one picture, or none. Times are seconds since the reply began."""

    start: float
    end: float
    step: str = ""
    """`<routine>/<step>`; empty where nothing is held."""
    captions: tuple[tuple[float, str], ...] = ()
    holds: tuple[tuple[float, float], ...] = ()
    """Start and length of each countdown."""


@dataclass
class _Reel:
    clock: float = 0.0
    done: list[Stretch] = field(default_factory=list)

    def play(self, script: Script) -> None:
        """Adds a script: it is cut after the last hold of a step where another step follows."""
        holds = [part.of for part in script if isinstance(part, Hold)]
        start, step = self.clock, holds[0] if holds else ""
        captions: list[tuple[float, str]] = []
        counted: list[tuple[float, float]] = []
        left = len(holds)
        for part in script:
            if isinstance(part, Say):
                captions.append((self.clock, part.text))
                self.clock += speaking_time(part.text)
                continue
            captions.extend(_cues(self.clock, part, captions[-1][1] if captions else ""))
            counted.append((self.clock, float(part.seconds)))
            self.clock += part.seconds
            left -= 1
            if left and holds[-left] != step:
                self.done.append(Stretch(start, self.clock, step, tuple(captions), tuple(counted)))
                start, step, captions, counted = self.clock, holds[-left], [], []
        self.done.append(Stretch(start, self.clock, step, tuple(captions), tuple(counted)))

    def wait(self, seconds: float) -> None:
        """Lets silence go by; what is shown stays."""
        self.clock += seconds
        last = self.done[-1]
        self.done[-1] = Stretch(last.start, self.clock, last.step, last.captions, last.holds)


def _cues(clock: float, hold: Hold, before: str) -> Iterable[tuple[float, str]]:
    for cue in hold.cues:
        yield clock + cue.after, cue.text
        back = cue.after + max(_CUE_STAYS, speaking_time(cue.text))
        if cue.after > 0 and back < hold.seconds:
            yield clock + back, before


def track(reply: Reply) -> tuple[Stretch, ...]:
    """Everything that the listener hears if they stay silent: the reply, the question, the reprompt."""
    reel = _Reel()
    asked = (Say(reply.question),) if reply.question else ()
    reel.play((*reply.script, *asked))
    holds = any(isinstance(part, Hold) for part in reply.reprompt)
    # A reprompt that only asks again leaves the screen as it is.
    if reply.state is not None and reply.question and (holds or reply.state.routine_ends):
        reel.wait(MICROPHONE_SECONDS)
        reel.play(reply.reprompt)
        reel.wait(MICROPHONE_SECONDS)
    return tuple(reel.done)


def goes_on_at(reply: Reply, stretches: tuple[Stretch, ...]) -> float | None:
    """When a silent person's document asks for what comes next; None where silence is not to go on.

    Only the routine itself goes on. A question that was asked, a list, a pause and a stop have the person's word first.
    """
    state = reply.state
    if state is None or state.routine is None or state.awaiting not in (Awaiting.EASED, Awaiting.BEDTIME):
        return None
    if not state.step_offsets:
        return None
    return round(stretches[-1].end + after(reply), 1)


def after(reply: Reply) -> float:
    """Seconds between the estimated end of listening and the request to go on: late enough for a voice that needs a
    third more time than estimated, unless that would be too late for one that needs a quarter less.

    What is said inside a hold comes out of the hold's time, and cannot be late.
    """
    spoken = sum(speaking_time(part.text) for part in (*reply.script, *reply.reprompt) if isinstance(part, Say))
    spoken += speaking_time(reply.question or "")
    return max(_AFTER, min(_AFTER + spoken / 3, LINGERS - _AFTER - spoken / 4))
