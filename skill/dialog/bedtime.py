"""The pre-sleep routine: calf and back of the thigh, both legs, as in the trial. A person may stay silent."""

from __future__ import annotations

from skill.dialog import offers, position
from skill.dialog.no_stretch import nothing_allowed, worse
from skill.dialog.prompting import Reprompt, ask, close, line, prompt, says
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import Awaiting, State
from skill.dialog.steps import body, instruction_time, step_question, step_screen
from skill.dialog.turn_context import TurnContext
from skill.speech import Hold, Say, Script, duration
from skill.speech.limits import MICROPHONE_SECONDS, RESPONSE_SECONDS

DAYS_A_WEEK = 7
# Room that a response keeps for the question and for a voice slower than the estimate.
_SPARE = 30.0


def bedtime(turn: TurnContext) -> Reply:
    """Starts the routine, or changes to the posture that was asked for without losing the side."""
    state = turn.here
    if state.stopped:
        return worse(turn)
    posture = turn.slot("posture").id
    routine = position.BEDTIME_SEATED if posture == "seated" else position.BEDTIME
    if position.is_bedtime(state.routine):
        if posture is None:
            return play(turn, state)
        way = position.enter(turn.advice, state, routine, state.step)
    else:
        # No cramp now: one that comes later has its own ten minutes.
        way = position.enter(turn.advice, state.with_(routine=None, step=None, hold_seconds=0, started_at=0), routine)
    if way.state is None:
        return nothing_allowed(turn, state, way.lines)
    return play(turn, way.state, lead=says(*way.reasons))


def play(turn: TurnContext, state: State, lead: Script = (), rest: Script | None = None) -> Reply:
    """As many sides as fit one response; the rest after the question or, in silence, from the reprompt.

    A side that a condition forbids is passed over, with the reason. `rest` is what is left of the first side, where an
    answer goes on in the middle of it.
    """
    way = position.allowed(turn.advice, state)
    if way.state is None:
        return nothing_allowed(turn, state, way.lines)
    here = way.state.with_(awaiting=Awaiting.BEDTIME, topic=None)
    script: list[Say | Hold] = [*lead, *says(*way.reasons)]
    marks: list[int] = []
    played = -round(duration(tuple(script)))
    sides = sides_of(turn, here)
    for side in sides:
        # What a condition adds is said once, and holds for every side of the response.
        side_body = body(turn.advice, side, warn=side is sides[0])
        if rest is not None and side is sides[0]:
            played += round(duration(side_body) - duration(rest))
            side_body = rest
        if side is not sides[0]:
            marks.append(round(duration(tuple(script)) + instruction_time(side_body)))
        script.extend(side_body)
    last = sides[-1]
    asking = step_question(turn, last)
    silence = silence_after(turn, last, tuple(script), asking)
    reached_by_silence = Reprompt(silence.script, (*marks, *silence.step_offsets), silence.routine_ends)
    screen = step_screen(turn.advice, here)
    return ask(turn, here, tuple(script), asking, reached_by_silence, screen=screen, played=played)


def sides_of(turn: TurnContext, state: State) -> tuple[State, ...]:
    """The sides played in one response from `state` on. The last side of all is left for the question before it, so
    that the session is alive while silence plays it."""
    sides = [state]
    length = duration(body(turn.advice, state))
    while (ahead := position.following(turn.advice, sides[-1]).state) is not None:
        length += duration(body(turn.advice, ahead, warn=False))
        if position.following(turn.advice, ahead).state is None or length > RESPONSE_SECONDS - _SPARE:
            break
        sides.append(ahead)
    return tuple(sides)


def silence_after(turn: TurnContext, state: State, script: Script, asking: str) -> Reprompt:
    """Silence after a side: the next one; after the last, goodnight."""
    asked_at = duration(script) + duration(says(asking)) + MICROPHONE_SECONDS
    ahead = position.following(turn.advice, state).state
    if ahead is None:
        return Reprompt(says(*_last_words(turn, state)), (round(asked_at),), routine_ends=True)
    keep_going = prompt(turn, "keep_going")
    side_body = body(turn.advice, ahead, warn=False)
    mark = round(asked_at + duration(keep_going) + instruction_time(side_body))
    through = (*keep_going, *side_body)
    if position.following(turn.advice, ahead).state is not None:
        return Reprompt((*through, *says(step_question(turn, ahead))), (mark,))
    # Nobody is asked anything after the last side of a silent night.
    over = round(asked_at + duration(through))
    return Reprompt((*through, *says(*_last_words(turn, state))), (mark, over), routine_ends=True)


def skip(turn: TurnContext, state: State) -> Reply:
    """The next side at once, or goodnight after the last."""
    way = position.skipping(turn.advice, state)
    if way.state is None:
        return done(turn)
    return play(turn, way.state, lead=says(*way.reasons))


def done(turn: TurnContext) -> Reply:
    """The routine is over; so are, on their last evening, the weeks of it."""
    said = _last_words(turn, turn.here)
    screen = Screen("night", line(turn, "goodnight"), said)
    if offers.may_offer(turn):
        return offers.ask_evening(turn, screen)
    return close(says(*said), finished=True, screen=screen)


def _last_words(turn: TurnContext, state: State) -> tuple[str, ...]:
    weeks_over = state.evening >= turn.advice.timing.bedtime_weeks * DAYS_A_WEEK
    return turn.advice.prompt("weeks_over" if weeks_over else "bedtime_done")
