"""The guided stretch: instruction, hold with cues, ease off, "Has it let go?", and what every answer to that means."""

from __future__ import annotations

from skill.dialog import bedtime, position
from skill.dialog.no_stretch import nothing_allowed, stay_safe
from skill.dialog.no_stretch import worse as stop_worse
from skill.dialog.prompting import Reprompt, ask, close, line, prompt, says, way_back
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import MISSED, Awaiting, State
from skill.dialog.steps import body, from_hold, held_for, instruction_time, step_question, step_screen
from skill.dialog.topic import Line, Said, said
from skill.dialog.turn_context import TurnContext
from skill.speech import Hold, Script, duration
from skill.speech.limits import MICROPHONE_SECONDS, REPROMPT_SECONDS


def launch(turn: TurnContext) -> Reply:
    """Act first: the calf stretch, with no word before the first instruction."""
    return begin(turn, State(answered_at=turn.now), position.RELIEF)


def begin(
    turn: TurnContext,
    state: State,
    routine: str,
    note: str = "",
    lead: Script = (),
    noted: tuple[Line, ...] = (),
) -> Reply:
    """Starts a relief routine at its first allowed step. The ten minutes go on from the first stretch of the night.

    `noted` acknowledges a condition that has just been named; it says what is left out, so the reasons need not.
    """
    if state.stopped:
        return stop_worse(turn)
    started = state.with_(started_at=state.started_at or turn.now, hold_seconds=0, routine=None, step=None)
    way = position.enter(turn.advice, started, routine)
    if way.state is None:
        return nothing_allowed(turn, state, noted or way.lines)
    # A place that two opposite stretches could be meant by is told apart before the hold, not after it.
    which = (turn.advice.say(note),) if note else ()
    aside = says(*which, *Said(noted or way.lines).sentences(turn.advice))
    return play(turn, way.state, lead=lead, aside=aside)


def change_muscle(turn: TurnContext) -> Reply:
    """ "My foot": another place, at once, at any time. A place that we do not know is asked again."""
    state = turn.here
    slot = turn.slot("muscle")
    muscle = turn.advice.muscle(slot.id)
    if muscle:
        return begin(turn, state, muscle.routine, note=muscle.note)
    if turn.slot("other_side").heard and state.in_routine:
        return other_side(turn, state)
    if not slot.heard:
        return play(turn, state) if _stretching(state) else begin(turn, state, position.RELIEF)
    return which_muscle(turn, state)


def other_side(turn: TurnContext, state: State) -> Reply:
    """ "The other leg": before sleep the next side, in a cramp the same stretch from its first step."""
    if position.is_bedtime(state.routine):
        return bedtime.skip(turn, state)
    return begin(turn, state, state.routine or position.RELIEF)


def which_muscle(turn: TurnContext, state: State) -> Reply:
    """Names the places that are known, and waits; silence starts the commonest."""
    if state.stopped:
        return stop_worse(turn)
    if not _stretching(state):
        way = position.enter(turn.advice, state.with_(started_at=state.started_at or turn.now), position.RELIEF)
        if way.state is None:
            return nothing_allowed(turn, state, way.lines)
        state = way.state
    waiting = state.with_(awaiting=Awaiting.MUSCLE, topic=said("which_muscle"))
    script = prompt(turn, "which_muscle")
    question = line(turn, "which_muscle_question")
    return ask(turn, waiting, script, question, going_on(turn, state, script, question))


def advance(turn: TurnContext) -> Reply:
    """No, it has not let go: the next step, or a doctor when steps or ten minutes have run out."""
    state = turn.here
    if not _stretching(state):
        return begin(turn, state, position.RELIEF)
    if turn.overdue:
        return stuck(turn)
    way = position.following(turn.advice, state)
    if way.state is None:
        return round_again(turn, way.reasons)
    return play(turn, way.state, lead=says(*way.reasons))


def round_again(turn: TurnContext, reasons: tuple[str, ...] = ()) -> Reply:
    """The steps have run out before the ten minutes: the routine from its first allowed step, and how long it has been.

    One night in ten minutes is what the sources give a cramp (facts/timing.yaml), however few steps a person may do.
    """
    state = turn.here
    way = position.enter(turn.advice, state.with_(step=None), state.routine or position.RELIEF)
    if way.state is None:
        return nothing_allowed(turn, state, way.lines)
    minutes = minutes_gone(turn)
    gone = () if minutes < 1 else prompt(turn, "minute_gone" if minutes == 1 else "minutes_gone", minutes=minutes)
    return play(turn, way.state, lead=(*says(*reasons), *prompt(turn, "round_again"), *gone))


def minutes_gone(turn: TurnContext) -> int:
    """Whole minutes since the first stretch of this cramp, pauses left out."""
    return max(0, turn.now - turn.here.started_at) // 60 if turn.here.started_at else 0


def worse(turn: TurnContext) -> Reply:
    """ "It's getting worse": the hold goes on, eased. Where it was eased before, the ten minutes are over, or nothing
    is stretched now, that is the end of stretching.

    A cramp may get worse before it lets go, but what the stretch itself makes worse is to be stopped: see the sources
    of `minutes` in facts/timing.yaml.
    """
    state = turn.here
    if state.is_stopped or not _stretching(state) or turn.overdue or state.eased_off:
        return stop_worse(turn)
    if position.allowed(turn.advice, state).state != state:
        return stop_worse(turn)  # a step that this person should not have been in
    here = state.with_(awaiting=Awaiting.EASED, topic=None, eased_off=True)
    lead = prompt(turn, "ease_off", hold=held_for(turn.advice, here))
    rest = from_hold(turn.advice, here)
    return ask_whether_eased(turn, here, (*lead, *rest), _skipped(turn, here, rest) - round(duration(lead)))


def _skipped(turn: TurnContext, state: State, rest: Script) -> int:
    """Seconds of the step's script that an answer leaves out which plays only `rest` of it."""
    return round(duration(body(turn.advice, state)) - duration(rest))


def skip(turn: TurnContext, state: State) -> Reply:
    """Next: the next step at once. The last step has none, and says so."""
    if turn.overdue:
        return stuck(turn)
    way = position.skipping(turn.advice, state)
    if way.state is None:
        own = position.allowed(turn.advice, state)
        if own.state is None:
            return nothing_allowed(turn, state, own.lines)
        topic = said(*way.lines, "last_step")
        last = state.with_(awaiting=Awaiting.EASED, topic=topic)
        script = says(*topic.sentences(turn.advice))
        question = line(turn, "eased_question")
        return ask(turn, last, script, question, _stuck_if_silent(turn, _asked_at(script, question)))
    return play(turn, way.state, lead=says(*way.reasons))


def eased(turn: TurnContext) -> Reply:
    """It has let go: how to keep it so, one sentence of warning signs, goodnight."""
    if turn.here.stopped:
        return stay_safe(turn)
    name = "wind_down_helper" if turn.here.helper else "wind_down"
    script = (*prompt(turn, name), *prompt(turn, "goodnight"))
    lines = turn.advice.prompt(name)
    return close(script, finished=True, screen=Screen("night", turn.advice.prompt("goodnight")[0], lines))


def stuck(turn: TurnContext) -> Reply:
    """The ten minutes are over and it still cramps: it is to be seen today. The minutes are those really gone."""
    lines = turn.advice.prompt("overdue", minutes=minutes_gone(turn))
    screen = Screen("urgent", turn.advice.say("{same_day}"), lines)
    return close(says(*lines), finished=True, screen=screen)


def stuck_script(turn: TurnContext) -> Script:
    """What is said to a person whose cramp will not stop; also to one who has gone quiet at the last step."""
    return prompt(turn, "stuck")


# ---- one step as a script ------------------------------------------------------------------------


def play(turn: TurnContext, state: State, lead: Script = (), aside: Script = ()) -> Reply:
    """The turn of one relief step. Silence after its question plays the next one and asks again.

    `aside` tells two places apart, or explains why a step was left out: after the instruction, so that the action comes
    first, and before the hold, so that it is not a minute late. A step that a condition forbids is passed over here
    too, whoever chose it.
    """
    way = position.allowed(turn.advice, state)
    if way.state is None:
        return nothing_allowed(turn, state, way.lines)
    lead = (*lead, *says(*way.reasons))
    here = way.state.with_(awaiting=Awaiting.EASED, topic=None)
    played = body(turn.advice, here)
    if aside:
        held = next((at for at, part in enumerate(played) if isinstance(part, Hold)), len(played))
        played = (*played[:held], *aside, *played[held:])
    return ask_whether_eased(turn, here, (*lead, *played), -round(duration((*lead, *aside))))


def ask_whether_eased(turn: TurnContext, state: State, script: Script, played: int = 0) -> Reply:
    """The script of a relief step, and "Has it let go?". `played`: see `State.played`."""
    question = line(turn, "eased_question")
    silence = silence_after(turn, state, script, question)
    return ask(turn, state, script, question, silence, screen=step_screen(turn.advice, state), played=played)


def silence_after(turn: TurnContext, state: State, script: Script, question: str) -> Reprompt:
    """Silence after "Has it let go?": the next step, or the last word on a cramp that will not stop."""
    asked_at = _asked_at(script, question)
    way = position.following(turn.advice, state)
    if way.state is None or position.overdue(turn.advice, state, turn.now + asked_at):
        return _stuck_if_silent(turn, asked_at)
    return _step_if_silent(turn, way.state, asked_at, goes_on=True, reasons=says(*way.reasons))


def going_on(turn: TurnContext, state: State, script: Script, question: str) -> Reprompt:
    """Silence after another question in the middle of a routine, or after a step cut short: the same step again."""
    asked_at = _asked_at(script, question)
    way = position.allowed(turn.advice, state)
    if way.state is None or position.overdue(turn.advice, state, turn.now + asked_at):
        return _stuck_if_silent(turn, asked_at)
    goes_on = state.topic == MISSED
    return _step_if_silent(turn, way.state, asked_at, goes_on)


def _asked_at(script: Script, question: str) -> float:
    """Seconds until the reprompt begins."""
    return duration(script) + duration(says(question)) + MICROPHONE_SECONDS


def _step_if_silent(turn: TurnContext, state: State, asked_at: float, goes_on: bool, reasons: Script = ()) -> Reprompt:
    step_body, lead = body(turn.advice, state), prompt(turn, "keep_going")
    # A screen goes on by itself from a step, so the way back need not be explained. From an answer it does not.
    hint = () if turn.screen and goes_on else way_back(turn)
    asking = says(step_question(turn, state))
    # The warnings of many conditions can be long: then the hint goes, then why steps were passed over. What still does
    # not fit is not played.
    for before, after in (((*lead, *reasons), hint), ((*lead, *reasons), ()), (lead, ())):
        script = (*before, *step_body, *after, *asking)
        if duration(script) <= REPROMPT_SECONDS:
            return Reprompt(script, (round(asked_at + duration(before) + instruction_time(step_body)),))
    return Reprompt()


def _stuck_if_silent(turn: TurnContext, asked_at: float) -> Reprompt:
    return Reprompt(stuck_script(turn), (round(asked_at),), routine_ends=True)


def _stretching(state: State) -> bool:
    return state.in_routine and not position.is_bedtime(state.routine)
