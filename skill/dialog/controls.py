"""Transport controls: next, previous, repeat, start over, pause, continue, longer, shorter, whisper, speak up."""

from __future__ import annotations

from dataclasses import replace

from skill.dialog import paging, position, relief, safety
from skill.dialog.no_stretch import nothing_allowed
from skill.dialog.playing import paused, play
from skill.dialog.prompting import ask, line, prompt
from skill.dialog.questions import asked, here_again, render
from skill.dialog.reply import Reply
from skill.dialog.state import Awaiting, State
from skill.dialog.steps import hold_length
from skill.dialog.topic import said
from skill.dialog.turn_context import TurnContext


def next_step(turn: TurnContext) -> Reply:
    """The next step, the next side, or the next page of a list; where the bedtime stretches were offered, those."""
    return asked(turn).next(turn)


def previous_step(turn: TurnContext) -> Reply:
    """The step before, or the first one again; in a list, the page before."""
    return asked(turn).previous(turn)


def repeat(turn: TurnContext) -> Reply:
    """The last thing again, from the state, so that it is true to the time and the place."""
    return here_again(turn)


def start_over(turn: TurnContext) -> Reply:
    """The same routine from its first step."""
    state = turn.here
    if state.is_stopped:
        return render(turn, state)
    if state.routine is None:
        return relief.begin(turn, state, position.RELIEF)
    way = position.enter(turn.advice, state.with_(hold_seconds=0, step=None), state.routine)
    return play(turn, way.state) if way.state else nothing_allowed(turn, state, way.lines)


def pause(turn: TurnContext) -> Reply:
    """Keeps the place, and asks nothing more."""
    state = _at_a_step(turn)
    return paused(turn, state) if state.in_routine else render(turn, state)


def _at_a_step(turn: TurnContext) -> State:
    """Where the listener is; before the first answer of a session, the step that a launch would play."""
    if turn.state is not None:
        return turn.here
    started = turn.here.with_(started_at=turn.now)
    return position.enter(turn.advice, started, position.RELIEF).state or turn.here


def resume(turn: TurnContext) -> Reply:
    """Continue: from a pause, from an answer, or from a place kept after an earlier session."""
    if not _nothing_reached(turn):
        return asked(turn).resume(turn)
    found = turn.find_place()
    if found.state is not None:
        return play(turn, _carrying(turn, found.state), lead=prompt(turn, "resumed"))
    if found.failed or turn.state is None:
        return nothing_kept(turn, "place_unreachable" if found.failed else "no_place")
    return asked(turn).resume(turn)


def _carrying(turn: TurnContext, kept: State) -> State:
    """The kept place; what was said in this session already, before "continue", still holds."""
    if turn.state is None:
        return kept
    here = turn.here
    told = {"voice": here.voice, "conditions": here.conditions, "helper": here.helper or kept.helper}
    return kept.with_(**told, task=here.task, evening=here.evening)


def _nothing_reached(turn: TurnContext) -> bool:
    """Whether "continue" may mean a place of an earlier session: this one is still at its first step."""
    if turn.state is None:
        return True
    state = turn.here
    first = turn.advice.routine(position.RELIEF)
    return (
        state.awaiting is Awaiting.EASED
        and state.topic is None
        and state.routine == position.RELIEF
        and state.round == 1
        and first is not None
        and state.step == first.steps[0].id
    )


def nothing_kept(turn: TurnContext, prompt_name: str) -> Reply:
    """ "Continue" without a place to go on from: says so in half a sentence, and asks whether to stretch.

    A person who has opened the skill in this session is stretching already, and starts again. One who has not may be
    somebody whose night ended with an emergency that only another process knows of: nothing is stretched without a yes.
    """
    if turn.state is None:
        waiting = turn.here.with_(awaiting=Awaiting.START, topic=said(prompt_name))
        return ask(turn, waiting, prompt(turn, prompt_name), line(turn, "start_question"))
    reply = relief.begin(turn, turn.state, position.RELIEF, lead=prompt(turn, prompt_name))
    # A store that is away now is so in a moment too: "continue" then goes on from here.
    return (
        replace(reply, state=reply.state.with_(topic=said(prompt_name)))
        if reply.state and reply.state.in_routine
        else reply
    )


def longer(turn: TurnContext) -> Reply:
    """Holds again, longer: by the seconds that were named, or by the facts' own step.

    A length that no hold can have was said of something else: "just a second" wants quiet, and "it's been half an
    hour" is how long it has cramped, which is a warning sign.
    """
    seconds = turn.slot("seconds").seconds
    timing = turn.advice.timing
    if seconds is not None and 0 < seconds < timing.shortest:
        return pause(turn)
    lasting = safety.lasting(turn, seconds)
    return safety.by_tier(turn, lasting) if lasting else _change_hold(turn, seconds, timing.change)


def shorter(turn: TurnContext) -> Reply:
    """Holds again, shorter."""
    return _change_hold(turn, None, -turn.advice.timing.change)


def _change_hold(turn: TurnContext, seconds: int | None, change: int) -> Reply:
    """The step again, held for `seconds`, or for `change` seconds more or less where no number was named."""
    state = _at_a_step(turn)
    if state.is_stopped or not state.in_routine:
        return render(turn, state)
    routine = turn.advice.routine(state.routine)
    if routine is None or position.is_bedtime(state.routine):
        return play(turn, state, lead=prompt(turn, "fixed_hold"))
    step = routine.step(state.step)
    now = hold_length(turn.advice, state, step)
    wanted = now + change if seconds is None else seconds
    changed = state.with_(hold_seconds=max(turn.advice.timing.shortest, wanted))
    held = hold_length(turn.advice, changed, step)
    name = "hold_at_limit" if held < wanted else "hold_at_least" if held > wanted else "hold_changed"
    return play(turn, changed.with_(hold_seconds=held), lead=prompt(turn, name, hold=held))


def whisper(turn: TurnContext) -> Reply:
    """Everything from here on whispered, and the last thing again so."""
    return _voice(turn, "whisper")


def speak_up(turn: TurnContext) -> Reply:
    """Louder from here on, and the last thing again so."""
    return _voice(turn, "clear")


def _voice(turn: TurnContext, voice: str) -> Reply:
    return render(turn, turn.here.with_(voice=voice))


def more(turn: TurnContext) -> Reply:
    """More of the list; "more" in a stretch is a longer hold, and after a cause or a remedy it is the list."""
    page = paging.next_page(turn)
    if page is not None:
        return page
    state = turn.here
    if state.is_stopped:
        return safety.signs(turn)
    if state.in_routine and state.awaiting is Awaiting.EASED:
        return _change_hold(turn, None, turn.advice.timing.change)
    return render(turn, state)
