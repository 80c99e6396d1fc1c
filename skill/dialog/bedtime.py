"""The pre-sleep routine: calf and back of the thigh, both legs, as in the trial. A person may stay silent."""

from __future__ import annotations

from skill.dialog import place
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import Awaiting, State
from skill.dialog.steps import body, instruction_time, step_question, step_screen
from skill.dialog.stopped import nothing_allowed, worse
from skill.dialog.turn import IfSilent, ask, close, fresh, line, prompt, says
from skill.speech import Hold, Say, Script, duration
from skill.speech.limits import MICROPHONE_SECONDS, RESPONSE_SECONDS

# Room that a response keeps for the question and for a voice slower than the estimate.
_SPARE = 30.0


def bedtime(moment: Moment) -> Reply:
    """Starts the routine, or changes to the posture that was asked for without losing the side."""
    state = fresh(moment, place.reached(moment))
    if state.stopped:
        return worse(moment)
    posture = moment.slot("posture").id
    routine = place.BEDTIME_SEATED if posture == "seated" else place.BEDTIME
    if place.is_bedtime(state.routine):
        if posture is None:
            return play(moment, state)
        way = place.enter(moment.advice, state, routine, state.step)
    else:
        # No cramp now: one that comes later has its own ten minutes.
        way = place.enter(moment.advice, state.with_(routine=None, step=None, pace=0, started_at=0), routine)
    if way.state is None:
        return nothing_allowed(moment, state, way.lines)
    return play(moment, way.state, lead=says(*way.reasons))


def play(moment: Moment, state: State, lead: Script = ()) -> Reply:
    """As many sides as fit one response; the rest after the question or, in silence, from the reprompt.

    A side that a condition forbids is passed over, with the reason.
    """
    way = place.allowed(moment.advice, state)
    if way.state is None:
        return nothing_allowed(moment, state, way.lines)
    here = way.state.with_(awaiting=Awaiting.BEDTIME, topic=None)
    script: list[Say | Hold] = [*lead, *says(*way.reasons)]
    marks: list[int] = []
    sides = sides_of(moment, here)
    for side in sides:
        # What a condition adds is said once, and holds for every side of the response.
        side_body = body(moment.advice, side, warn=side is sides[0])
        if side is not sides[0]:
            marks.append(round(duration(tuple(script)) + instruction_time(side_body)))
        script.extend(side_body)
    last = sides[-1]
    asking = step_question(moment, last)
    silence = silence_after(moment, last, tuple(script), asking)
    reached_by_silence = IfSilent(silence.script, (*marks, *silence.marks), silence.ends)
    return ask(moment, here, tuple(script), asking, reached_by_silence, screen=step_screen(moment.advice, here))


def sides_of(moment: Moment, state: State) -> tuple[State, ...]:
    """The sides played in one response from `state` on. The last side of all is left for the question before it, so
    that the session is alive while silence plays it."""
    sides = [state]
    length = duration(body(moment.advice, state))
    while (ahead := place.following(moment.advice, sides[-1]).state) is not None:
        length += duration(body(moment.advice, ahead, warn=False))
        if place.following(moment.advice, ahead).state is None or length > RESPONSE_SECONDS - _SPARE:
            break
        sides.append(ahead)
    return tuple(sides)


def silence_after(moment: Moment, state: State, script: Script, asking: str) -> IfSilent:
    """Silence after a side: the next one; after the last, goodnight."""
    asked_at = duration(script) + duration(says(asking)) + MICROPHONE_SECONDS
    ahead = place.following(moment.advice, state).state
    if ahead is None:
        return IfSilent(prompt(moment, "bedtime_done"), (round(asked_at),), ends=True)
    keep_going = prompt(moment, "keep_going")
    side_body = body(moment.advice, ahead, warn=False)
    mark = round(asked_at + duration(keep_going) + instruction_time(side_body))
    through = (*keep_going, *side_body)
    if place.following(moment.advice, ahead).state is not None:
        return IfSilent((*through, *says(step_question(moment, ahead))), (mark,))
    # Nobody is asked anything after the last side of a silent night.
    over = round(asked_at + duration(through))
    return IfSilent((*through, *prompt(moment, "bedtime_done")), (mark, over), ends=True)


def skip(moment: Moment, state: State) -> Reply:
    """The next side at once, or goodnight after the last."""
    way = place.skipping(moment.advice, state)
    if way.state is None:
        return done(moment)
    return play(moment, way.state, lead=says(*way.reasons))


def done(moment: Moment) -> Reply:
    """The routine is over."""
    said = moment.advice.prompt("bedtime_done")
    return close(says(*said), finished=True, screen=Screen("night", line(moment, "goodnight"), said))
