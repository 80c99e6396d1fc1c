"""What every transition is given: the content, what was said, and where the listener is, worked out once a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from skill.advice import Advice
from skill.dialog import position
from skill.dialog.durations import seconds_in
from skill.dialog.state import State
from skill.triage import Assessment, assess

TRANSCRIPT = "transcript"
"""The slot with all that was heard, from a host that has it; Alexa sends no more than the slots of the intent."""
DENIED = ("denied", "also_denied", "denied_place", "denied_state", "also_denied_state", "denied_event")
"""The slots for signs that a person says they do not have."""
BODY = ("elsewhere", "place", "state", "other_state", "feeling", "action", "event", "other_event", "since")
"""The slots of what a body shows, in the order in which they say it together."""
THINGS = ("cause", "remedy", "condition", "habit", "lookalike")
"""Slots of things that people ask about: one that the content knows is no sign but a question, or a condition."""
SIGNS = ("symptom", "other_symptom", "state", "feeling")
"""Slots whose value may be said of the leg without naming it."""
_PAIN = "pain"
"""The name of the words for pain, which the sentences with `elsewhere` have outside their slots."""
_CLAUSE = 4
"""Words from which what filled a denial's slot is more than a sign: "it's not [a cramp my chest hurts]"."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of an intent: the id it resolved to, if any, and the words that were heard, if any."""

    id: str | None = None
    heard: str = ""
    exact: bool = True
    """The host resolved the id; otherwise it is the longest known phrase within what was heard."""
    copied: bool = False
    """The words came in another slot, and are looked for in the content of this one as well."""

    @property
    def seconds(self) -> int | None:
        """The length of time that the slot holds, in seconds; None where it holds none."""
        return seconds_in(self.heard)


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """What a search for a place kept after an earlier session came to."""

    state: State | None = None
    failed: bool = False
    """The store did not answer: there may or may not be one."""


@dataclass(frozen=True, slots=True)
class TurnContext:
    """One request, free of Alexa."""

    advice: Advice
    now: int
    """Epoch seconds of the request."""
    state: State | None = None
    """As it came in, from the answer before; None where there was none. `here` is where the listener is now."""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    keeps_place: bool = False
    """A place in a routine can be found again after the session."""
    screen: bool = False
    """The device has one, and its documents go on by themselves when nothing is said."""
    find_place: Callable[[], KeptPlace] = KeptPlace
    """Looks for the place kept after an earlier session, and uses it up. It waits for the store, so only "continue"
    calls it."""
    here: State = field(init=False)
    """Where the listener is now, after whatever silence has played since the last answer; a new state where there was
    none."""
    overdue: bool = field(init=False)
    """The time for stretching is over; see `position.overdue`."""
    routine_over: bool = field(init=False)
    """Silence has heard the routine out."""
    assessment: Assessment | None = field(init=False)
    """How urgent what was said is, by the rules over findings; None where no rule speaks."""

    def __post_init__(self) -> None:
        """Works out what every transition asks: where we are, and whether what was said is urgent."""
        before = self.state
        here = position.current(self.advice, before, self.now) if before else State(answered_at=self.now)
        set_ = object.__setattr__
        set_(self, "here", here)
        set_(self, "overdue", position.overdue(self.advice, here, self.now))
        set_(self, "routine_over", before is not None and position.ended(before, self.now))
        set_(self, "assessment", self._assess())

    def _assess(self) -> Assessment | None:
        """Signs that were denied are no part of what was said."""
        if not self.slots:
            return None
        whole = self.slot(TRANSCRIPT).heard
        texts = [
            slot.heard
            for name, slot in self.slots.items()
            if name not in (*DENIED, *BODY) and not slot.copied and not (slot.id and slot.exact and name in THINGS)
        ]
        texts.append(of_the_body(self.advice, self.slots))
        # A state by itself is of the leg that all this is about: "throbbing", as "it's throbbing".
        findings = self.advice.words("findings")["words"]
        leg = findings[self.advice.facts("findings")["pronoun"]][0]
        texts += [f"{leg} {self.slot(name).heard}" for name in SIGNS if self.slot(name).heard]
        # What nobody listed may have more in it than a denial.
        denied = [self.slot(name) for name in DENIED]
        open_ = [slot for slot in denied if slot.id is None or not slot.exact]
        texts += [slot.heard for slot in open_ if len(slot.heard.split()) >= _CLAUSE]
        texts = [text for text in texts if text]
        if not texts and not whole:
            return None
        conditions = self.state.conditions if self.state else ()
        return assess([whole] if whole else texts, conditions, self.advice)

    def slot(self, name: str) -> Slot:
        """The slot of that name; an empty one where the person did not fill it."""
        return self.slots.get(name, _EMPTY)


_EMPTY = Slot()


def of_the_body(advice: Advice, slots: Mapping[str, Slot]) -> str:
    """What the closed slots say of a body, as one sentence: a state is of its place."""
    heard = [slots.get(name, _EMPTY).heard for name in BODY]
    pain = advice.words("findings")["words"][_PAIN][0].rstrip("*") if heard[0] else ""
    return " ".join(word for word in (heard[0], pain, *heard[1:]) if word)
