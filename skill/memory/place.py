"""What is kept of a night: a place in a routine, for half an hour, and nothing else.

Nothing here may cost a person their guidance: a store that fails or is slow is logged, and the turn goes on. Whichever
store it is, a turn waits for it `deadline.SECONDS` at most, all that it asks of it taken together.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from skill.dialog import KeptPlace, Reply, State, TurnContext
from skill.dialog.position import is_bedtime, validated
from skill.dialog.state import Awaiting
from skill.memory import owed
from skill.memory.deadline import Budget
from skill.memory.key import key
from skill.memory.record import Record, checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
    from ask_sdk_core.handler_input import HandlerInput

T = TypeVar("T")

log = logging.getLogger("cramp_coach")

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
    if routine is None or validated(turn.advice, state) is None:
        return None
    return state.with_(round=min(state.round, routine.step(state.step).rounds))


def find(handler_input: HandlerInput, turn: TurnContext) -> KeptPlace:
    """The kept place of this person, if one is kept and still fresh; it is used up by being found."""
    manager, store = handler_input.attributes_manager, _store(handler_input)
    if not turn.keeps_place or store is None:
        return KeptPlace()
    name = key(handler_input.request_envelope)
    if name is not None and owed.is_owed(store, name):
        forget(handler_input)
        return KeptPlace()
    try:
        record = _wait(handler_input, lambda: manager.persistent_attributes)
    except Exception as error:
        _failed("read", error)
        return KeptPlace(failed=True)
    if not record:
        return KeptPlace()
    forget(handler_input)
    return KeptPlace(from_record(record, turn))


def settle(handler_input: HandlerInput, turn: TurnContext, reply: Reply) -> None:
    """Keeps the place of a session that ends unfinished, and forgets any place once the night is over."""
    if not turn.keeps_place:
        return
    if reply.finished:
        forget(handler_input)
    elif reply.unfinished is not None and reply.unfinished.routine:
        _keep(handler_input, to_record(reply.unfinished, turn))


def forget(handler_input: HandlerInput) -> None:
    """Deletes the kept place, if there is a store at all; one that could not be deleted is not found again either."""
    manager, store = handler_input.attributes_manager, _store(handler_input)
    if store is None:
        return
    name = key(handler_input.request_envelope)
    try:
        _wait(handler_input, manager.delete_persistent_attributes)
    except Exception as error:
        _failed("delete", error)
        if name is not None:
            owed.owe(store, name)
    else:
        if name is not None:
            owed.settled(store, name)


def _keep(handler_input: HandlerInput, record: Record) -> None:
    manager, store = handler_input.attributes_manager, _store(handler_input)
    name = key(handler_input.request_envelope)

    def write() -> None:
        manager.persistent_attributes = dict(record)
        manager.save_persistent_attributes()

    try:
        _wait(handler_input, write)
    except Exception as error:
        _failed("write", error)
    else:
        if store is not None and name is not None:
            owed.settled(store, name)


def _wait(handler_input: HandlerInput, work: Callable[[], T]) -> T:
    """The store's answer, out of what is left of this request's budget."""
    attributes = handler_input.attributes_manager.request_attributes
    budget: Budget = attributes.setdefault(_BUDGET, Budget())
    return budget.run(work)


def _store(handler_input: HandlerInput) -> AbstractPersistenceAdapter | None:
    return handler_input.attributes_manager._persistence_adapter


def _kept_seconds(turn: TurnContext) -> int:
    return turn.advice.timing.resume_minutes * 60


def _failed(what: str, error: Exception) -> None:
    log.warning("memory", extra={"fields": {"memory": what, "error": type(error).__name__}})
