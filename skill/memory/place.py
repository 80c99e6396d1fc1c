"""What is kept of a night: a place in a routine, for half an hour, and nothing else.

Nothing here may cost a person their guidance: a store that fails or is slow is logged, and the turn goes on. Only
"continue" needs the store for its answer, and waits for it `deadline.SECONDS` at most. Every other answer is made
first; what it owes the store is noted, and done meanwhile (`owed`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from skill.dialog import KeptPlace, Reply, State, TurnContext
from skill.dialog.position import is_bedtime
from skill.dialog.state import Awaiting
from skill.memory import deadline, owed
from skill.memory.deadline import Budget
from skill.memory.key import key
from skill.memory.record import Record, checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
    from ask_sdk_core.handler_input import HandlerInput

T = TypeVar("T")

_EVER = 2**52
"""Epoch seconds: later than any place was left."""
_BUDGET = "cramp_coach.memory.budget"
"""Request attribute: what this request may still wait."""


def to_record(state: State, turn: TurnContext) -> Record:
    """The place as it is stored: ids, a step and times. No condition, no answer, no person.

    Time spent paused is no time spent stretching: `dialog.place.reached` has moved the start of a paused state.
    """
    return Record(
        routine=state.routine or "",
        step=state.step or "",
        round=state.round,
        helper=state.helper,
        spent=max(0, turn.now - state.started_at) if state.started_at else 0,
        left_at=turn.now,
        expires_at=turn.now + _kept_seconds(turn),
    )


def from_record(record: object, turn: TurnContext) -> State | None:
    """The state that a stored place stands for; None where it is too old or out of shape. Raises nothing."""
    try:
        kept = checked(record)
    except ValueError:
        return None
    if not 0 <= turn.now - kept["left_at"] <= _kept_seconds(turn):
        return None
    bedtime = is_bedtime(kept["routine"])
    state = State(
        routine=kept["routine"],
        step=kept["step"],
        round=kept["round"],
        awaiting=Awaiting.BEDTIME if bedtime else Awaiting.EASED,
        helper=kept["helper"],
        answered_at=turn.now,
        # The time away is not time spent stretching. Bedtime stretches have no such clock.
        started_at=max(1, turn.now - kept["spent"]) if kept["spent"] or not bedtime else 0,
    )
    routine = turn.advice.routine(state.routine)
    if routine is None or all(step.id != state.step for step in routine.steps):
        return None  # content has changed since
    return state.with_(round=min(state.round, routine.step(state.step).rounds))


def find(handler_input: HandlerInput, turn: TurnContext) -> KeptPlace:
    """The kept place of this person, if one is kept and still fresh; it is used up by being found."""
    manager, store = handler_input.attributes_manager, _store(handler_input)
    name = key(handler_input.request_envelope)
    if not turn.keeps_place or store is None or name is None:
        return KeptPlace()
    record: object = owed.pending(store, name)
    if record is None:
        try:
            record = _wait(handler_input, lambda: manager.persistent_attributes)
        except Exception as error:
            owed.failed("read", error)
            return KeptPlace(failed=True)
    if not record:
        return KeptPlace()
    left_at = _left_at(record)
    if left_at is not None and owed.is_void(store, name, left_at):
        return KeptPlace()  # it is deleted as soon as the store lets it be
    owed.owe(store, handler_input.request_envelope, _EVER if left_at is None else left_at)
    return KeptPlace(from_record(record, turn))


def settle(handler_input: HandlerInput, turn: TurnContext, reply: Reply) -> None:
    """Notes what is to be kept of a session that ends unfinished, and forgotten once the night is over.

    A session that was stopped for safety says so to every later turn of it, wherever that turn is answered: what an
    earlier one may have failed to delete is owed again. Waits for nothing, or as long as `owed.at_most` says.
    """
    if not turn.keeps_place:
        return
    debt = None
    stopped = turn.state is not None and turn.state.stopped
    if reply.finished or stopped:
        debt = _owe(handler_input, turn.now)
    elif reply.unfinished is not None and reply.unfinished.routine:
        debt = _owe(handler_input, turn.now, to_record(reply.unfinished, turn))
    _wait_for(handler_input, debt, owed.words_wait() if reply.script else deadline.SECONDS)


def forget(handler_input: HandlerInput) -> None:
    """Deletes the kept place, if there is a store at all, for a request that gets no words and can wait."""
    _wait_for(handler_input, _owe(handler_input, _EVER), deadline.SECONDS)


def _owe(handler_input: HandlerInput, until: int, record: Record | None = None) -> owed.Debt | None:
    store = _store(handler_input)
    return None if store is None else owed.owe(store, handler_input.request_envelope, until, record)


def _wait_for(handler_input: HandlerInput, debt: owed.Debt | None, seconds: float) -> None:
    store = _store(handler_input)
    if store is not None:
        owed.wait(store, debt, seconds)


def _left_at(record: object) -> int | None:
    """When a record of any shape was left; None where it does not say so."""
    try:
        return checked(record)["left_at"]
    except ValueError:
        return None


def _wait(handler_input: HandlerInput, work: Callable[[], T]) -> T:
    """The store's answer, out of what is left of this request's budget."""
    attributes = handler_input.attributes_manager.request_attributes
    budget: Budget = attributes.setdefault(_BUDGET, Budget())
    return budget.run(work)


def _store(handler_input: HandlerInput) -> AbstractPersistenceAdapter | None:
    return handler_input.attributes_manager._persistence_adapter


def _kept_seconds(turn: TurnContext) -> int:
    return turn.advice.timing.resume_minutes * 60
