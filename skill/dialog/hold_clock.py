"""The clock of the step that is playing: how far into it a word came, and what of it is still to come."""

from __future__ import annotations

from dataclasses import dataclass, replace

from skill.dialog import position
from skill.dialog.state import LOOKED_FOR, Trait
from skill.dialog.steps import body, instruction_time
from skill.dialog.turn_context import TurnContext
from skill.speech import Hold, Script, duration

_QUICK = 0.85
"""Share of the estimated time of speech that a quick voice needs."""
_CUE_ROOM = 2.0
"""Seconds after which a cue may come in what is left of a hold; a nearer one would cut into the answer before it."""


@dataclass(frozen=True, slots=True)
class HoldClock:
    """A step in the middle of being played. Times are seconds, estimated where they are of speech."""

    script: Script
    """The step's script, whole."""
    elapsed: float
    """How much of it has been played."""
    begins: float
    """Where in it the hold begins."""

    @property
    def is_over(self) -> bool:
        """The step has been played to its end, so that its question has been asked."""
        return self.elapsed >= duration(self.script)

    @property
    def was_asked(self) -> bool:
        """The question after the step can have been heard, also from a voice that is quicker than the estimate."""
        held = sum(part.seconds for part in self.script if isinstance(part, Hold))
        return self.elapsed >= held + _QUICK * (duration(self.script) - held) - 1

    @property
    def is_held(self) -> bool:
        """The hold has begun."""
        return self.elapsed >= self.begins

    @property
    def left(self) -> int:
        """Seconds of holding, rests included, that are still to come."""
        return round(sum(part.seconds for part in self.rest if isinstance(part, Hold)))

    @property
    def resumes_at(self) -> float:
        """Where the script goes on after an answer: where it was, or at the hold if only the instruction was heard."""
        return max(self.elapsed, self.begins)

    @property
    def rest(self) -> Script:
        """The script from `resumes_at` on; a hold that was cut has the seconds that are left of it."""
        found: list[object] = []
        at = 0.0
        for part in self.script:
            length = duration((part,))
            gone = self.resumes_at - at
            at += length
            if gone >= length:
                continue
            if gone > 0 and isinstance(part, Hold):
                cues = tuple(replace(cue, after=cue.after - gone) for cue in part.cues if cue.after - gone > _CUE_ROOM)
                found.append(Hold(max(1, round(length - gone)), cues, part.of))
            elif gone <= 0:
                found.append(part)
        return tuple(found)  # type: ignore[arg-type]


def hold_clock(turn: TurnContext) -> HoldClock | None:
    """The clock of the step that the listener is in; None where none is being played, as after an answer."""
    state = turn.here
    if not state.in_routine or Trait.GOES_ON not in state.awaiting.traits:
        return None
    if state.topic is not None and state.topic not in LOOKED_FOR:
        return None
    before = turn.state
    script = body(turn.advice, state)
    begins = instruction_time(script)
    if before is None:
        return HoldClock(script, 0.0, begins)
    since = turn.now - before.answered_at
    passed = [offset for offset in position.step_marks(before) if offset <= since]
    # An offset is where the hold of a step begins that silence has led to.
    elapsed = since - passed[-1] + begins if passed else since + before.played
    return HoldClock(script, max(0.0, elapsed), begins)
