"""The pre-sleep routine: calf and back of the thigh, both legs, as in the trial. A person may stay silent all through."""

from __future__ import annotations

from skill.dialog import place
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply
from skill.dialog.relief import nothing_allowed
from skill.dialog.state import Awaiting, State
from skill.dialog.steps import body, instruction_time, step_screen
from skill.dialog.turn import ask, close, fresh, line, prompt, says
from skill.speech import Hold, Say, Script, duration
from skill.speech.limits import MICROPHONE_SECONDS, RESPONSE_SECONDS

# Room that a response keeps for the question and for a voice slower than the estimate.
_SPARE = 30.0


def bedtime(moment: Moment) -> Reply:
    """Starts the routine, or changes to the posture that was asked for without losing the side."""
    state = fresh(moment, place.reached(moment))
    posture = moment.slot("posture").id
    routine = place.BEDTIME_SEATED if posture == "seated" else place.BEDTIME
    if place.is_bedtime(state.routine):
        if posture is None:
            return play(moment, state)
        return play(moment, state.with_(routine=routine, awaiting=Awaiting.BEDTIME, topic=None))
    way = place.enter(moment.advice, state.with_(routine=None, step=None, pace=0), routine)
    if way.state is None:
        return nothing_allowed(moment, state, way.reasons)
    return play(moment, way.state, tail=says(*way.reasons))


def play(moment: Moment, state: State, lead: Script = (), tail: Script = ()) -> Reply:
    """As many sides as fit one response, the rest after the question or, in silence, from the reprompt."""
    sides, rest = sides_of(moment, state)
    script: list[Say | Hold] = list(lead)
    marks: list[int] = []
    for side in sides:
        side_body = body(moment.advice, side)
        if side is not sides[0]:
            marks.append(round(duration(tuple(script)) + instruction_time(side_body)))
        script.extend(side_body)
    script.extend(tail)
    spoken = tuple(script)
    screen = step_screen(moment.advice, sides[0])
    if rest is None:
        lines = moment.advice.prompt("bedtime_done")
        return close((*spoken, *says(*lines)), finished=True, screen=screen)
    question = line(moment, "bedtime_question")
    rest_body = body(moment.advice, rest)
    further = place.following(moment.advice, rest).state
    # With one side left, silence gets it and goodnight; with more, the rest is asked for again.
    ending = prompt(moment, "bedtime_done") if further is None else says(question)
    keep_going = prompt(moment, "keep_going")
    silence = (*keep_going, *rest_body, *ending)
    asked_at = duration(spoken) + duration(says(question)) + MICROPHONE_SECONDS
    marks.append(round(asked_at + duration(keep_going) + instruction_time(rest_body)))
    here = state.with_(awaiting=Awaiting.BEDTIME, topic=None, said=0)
    return ask(moment, here, spoken, question, silence, tuple(marks), screen=screen)


def sides_of(moment: Moment, state: State) -> tuple[tuple[State, ...], State | None]:
    """The sides played in one response from `state` on, and the one that its question asks about."""
    sides = [state]
    length = duration(body(moment.advice, state))
    while (ahead := place.following(moment.advice, sides[-1]).state) is not None:
        step_length = duration(body(moment.advice, ahead))
        last = place.following(moment.advice, ahead).state is None
        # The last side is left for the question, so that silence after it plays something and the session is alive.
        if last or length + step_length > RESPONSE_SECONDS - _SPARE:
            return tuple(sides), ahead
        sides.append(ahead)
        length += step_length
    return tuple(sides), None


def onward(moment: Moment) -> Reply:
    """Yes, ready: the side that the question asked about."""
    state = moment.state
    if state is None:
        return bedtime(moment)
    here = place.reached(moment) or state
    _, asked = sides_of(moment, state)
    routine = moment.advice.routine(state.routine)
    if asked is None or routine is None:
        return done(moment)
    if routine.index(here.step) >= routine.index(asked.step):
        return skip(moment, here)  # silence has already played it
    return play(moment, asked)


def skip(moment: Moment, state: State) -> Reply:
    """Next: the next side at once, or goodnight after the last."""
    way = place.skipping(moment.advice, state)
    if way.state is None:
        return done(moment)
    return play(moment, way.state, lead=says(*way.reasons))


def done(moment: Moment) -> Reply:
    """The routine is over."""
    return close(prompt(moment, "bedtime_done"), finished=True)
