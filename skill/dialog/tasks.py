"""What the skill begins without a word: the custom tasks that a routine, a quick link or another skill starts.

A task that is not known, or not in this version, is a plain launch: whoever set it up gets the stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from skill.dialog import relief, safety
from skill.dialog.bedtime import bedtime
from skill.dialog.offers import BEDTIME, STRETCH
from skill.dialog.reply import Reply
from skill.dialog.state import State
from skill.dialog.turn_context import Slot, TurnContext

VERSION = "1"
PLACE, SINCE = "place", "since"
"""Inputs: where it cramps, in the words of the content; the date of the first evening, as 2026-11-25."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it is asked for."""

    name: str
    version: str = VERSION
    place: str = ""
    evening: int = 0
    """Which evening of the bedtime weeks it is, from 1; 0 where the task does not say when they began."""

    @property
    def slots(self) -> dict[str, Slot]:
        """What was given, as the slots that an intent would have: danger in it is looked for there too."""
        return {"muscle": Slot(None, self.place)} if self.place else {}


def begin(turn: TurnContext, task: Task) -> Reply:
    """Begins the task at once. `turn` has the slots of the task, resolved."""
    danger = safety.interrupts(turn)
    does = TASKS.get((task.name, task.version))
    if danger is not None or does is None:
        return danger or relief.launch(turn)
    reply = does(turn)
    if reply.state is None:
        return reply
    return replace(reply, state=reply.state.with_(task=task.name, evening=task.evening))


def _stretch(turn: TurnContext) -> Reply:
    muscle = turn.advice.muscle(turn.slot("muscle").id)
    if muscle is None:
        return relief.launch(turn)
    return relief.begin(turn, State(answered_at=turn.now), muscle.routine, note=muscle.note)


TASKS: Mapping[tuple[str, str], Callable[[TurnContext], Reply]] = {
    (STRETCH, VERSION): _stretch,
    (BEDTIME, VERSION): bedtime,
}
"""By name and version, as the manifest and `interaction_models/tasks/` declare them."""
