"""The guided stretch: instruction, hold with cues, ease off, "Has it let go?", and what every answer to that means."""

from __future__ import annotations

from skill.dialog import bedtime, place
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply, Screen
from skill.dialog.state import MISSED, Awaiting, State
from skill.dialog.steps import body, instruction_time, step_question, step_screen
from skill.dialog.stopped import nothing_allowed, stay_safe, worse
from skill.dialog.topic import Line, Said, said
from skill.dialog.turn import IfSilent, ask, close, fresh, in_routine, line, prompt, says, way_back
from skill.speech import Hold, Script, duration
from skill.speech.limits import MICROPHONE_SECONDS, REPROMPT_SECONDS


def launch(moment: Moment) -> Reply:
    """Act first: the calf stretch, with no word before the first instruction."""
    return begin(moment, State(at=moment.now), place.RELIEF)


def begin(
    moment: Moment,
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
        return worse(moment)
    started = state.with_(started_at=state.started_at or moment.now, pace=0, routine=None, step=None)
    way = place.enter(moment.advice, started, routine)
    if way.state is None:
        return nothing_allowed(moment, state, noted or way.lines)
    tail = says(moment.advice.say(note)) if note else ()
    aside = says(*Said(noted or way.lines).sentences(moment.advice))
    return play(moment, way.state, lead=lead, tail=tail, aside=aside)


def change_muscle(moment: Moment) -> Reply:
    """ "My foot": another place, at once, at any time. A place that we do not know is asked again."""
    state = fresh(moment, place.reached(moment))
    slot = moment.slot("muscle")
    muscle = moment.advice.muscle(slot.id)
    if muscle:
        return begin(moment, state, muscle.routine, note=muscle.note)
    if moment.slot("other_side").heard and in_routine(state):
        return other_side(moment, state)
    if not slot.heard:
        return play(moment, state) if _stretching(state) else begin(moment, state, place.RELIEF)
    return which_muscle(moment, state)


def other_side(moment: Moment, state: State) -> Reply:
    """ "The other leg": before sleep the next side, in a cramp the same stretch from its first step."""
    if place.is_bedtime(state.routine):
        return bedtime.skip(moment, state)
    return begin(moment, state, state.routine or place.RELIEF)


def which_muscle(moment: Moment, state: State) -> Reply:
    """Names the places that are known, and waits; silence starts the commonest."""
    if state.stopped:
        return worse(moment)
    if not _stretching(state):
        way = place.enter(moment.advice, state.with_(started_at=state.started_at or moment.now), place.RELIEF)
        if way.state is None:
            return nothing_allowed(moment, state, way.lines)
        state = way.state
    waiting = state.with_(awaiting=Awaiting.MUSCLE, topic=said("which_muscle"))
    script = prompt(moment, "which_muscle")
    question = line(moment, "which_muscle_question")
    return ask(moment, waiting, script, question, going_on(moment, state, script, question))


def advance(moment: Moment) -> Reply:
    """No, it has not let go: the next step, or a doctor when steps or ten minutes have run out."""
    state = place.reached(moment)
    if state is None or not _stretching(state):
        return begin(moment, fresh(moment, state), place.RELIEF)
    if place.overdue(moment.advice, state, moment.now):
        return stuck(moment)
    way = place.following(moment.advice, state)
    if way.state is None:
        return stuck(moment, way.reasons)
    return play(moment, way.state, lead=says(*way.reasons))


def skip(moment: Moment, state: State) -> Reply:
    """Next: the next step at once. The last step has none, and says so."""
    if place.overdue(moment.advice, state, moment.now):
        return stuck(moment)
    way = place.skipping(moment.advice, state)
    if way.state is None:
        own = place.allowed(moment.advice, state)
        if own.state is None:
            return nothing_allowed(moment, state, own.lines)
        topic = said(*way.lines, "last_step")
        last = state.with_(awaiting=Awaiting.EASED, topic=topic)
        script = says(*topic.sentences(moment.advice))
        question = line(moment, "eased_question")
        return ask(moment, last, script, question, _stuck_if_silent(moment, _asked_at(script, question)))
    return play(moment, way.state, lead=says(*way.reasons))


def eased(moment: Moment) -> Reply:
    """It has let go: how to keep it so, one sentence of warning signs, goodnight."""
    state = place.reached(moment)
    if state is not None and state.stopped:
        return stay_safe(moment)
    name = "wind_down_helper" if state is not None and state.helper else "wind_down"
    script = (*prompt(moment, name), *prompt(moment, "goodnight"))
    lines = moment.advice.prompt(name)
    return close(script, finished=True, screen=Screen("night", moment.advice.prompt("goodnight")[0], lines))


def stuck(moment: Moment, reasons: tuple[str, ...] = ()) -> Reply:
    """The steps or the ten minutes are over and it still cramps: it is to be seen today."""
    lines = moment.advice.prompt("stuck")
    return close(
        (*says(*reasons), *stuck_script(moment)),
        finished=True,
        screen=Screen("urgent", moment.advice.say("{same_day}"), lines),
    )


def stuck_script(moment: Moment) -> Script:
    """What is said to a person whose cramp will not stop; also to one who has gone quiet at the last step."""
    return prompt(moment, "stuck")


# ---- one step as a script ------------------------------------------------------------------------


def play(moment: Moment, state: State, lead: Script = (), tail: Script = (), aside: Script = ()) -> Reply:
    """The turn of one relief step. Silence after its question plays the next one and asks again.

    `aside` explains why a step was left out: after the instruction, so that the action comes first, and before the
    hold, so that it is not a minute late. A step that a condition forbids is passed over here too, whoever chose it.
    """
    way = place.allowed(moment.advice, state)
    if way.state is None:
        return nothing_allowed(moment, state, way.lines)
    lead = (*lead, *says(*way.reasons))
    here = way.state.with_(awaiting=Awaiting.EASED, topic=None)
    played = body(moment.advice, here)
    if aside:
        held = next((at for at, part in enumerate(played) if isinstance(part, Hold)), len(played))
        played = (*played[:held], *aside, *played[held:])
    script = (*lead, *played, *tail)
    question = line(moment, "eased_question")
    silence = silence_after(moment, here, script, question)
    return ask(moment, here, script, question, silence, screen=step_screen(moment.advice, here))


def silence_after(moment: Moment, state: State, script: Script, question: str) -> IfSilent:
    """Silence after "Has it let go?": the next step, or the last word on a cramp that will not stop."""
    asked_at = _asked_at(script, question)
    way = place.following(moment.advice, state)
    if way.state is None or place.overdue(moment.advice, state, moment.now + asked_at):
        return _stuck_if_silent(moment, asked_at)
    lead = (*prompt(moment, "keep_going"), *says(*way.reasons))
    return _step_if_silent(moment, way.state, lead, asked_at, goes_on=True)


def going_on(moment: Moment, state: State, script: Script, question: str) -> IfSilent:
    """Silence after another question in the middle of a routine, or after a step cut short: the same step again."""
    asked_at = _asked_at(script, question)
    way = place.allowed(moment.advice, state)
    if way.state is None or place.overdue(moment.advice, state, moment.now + asked_at):
        return _stuck_if_silent(moment, asked_at)
    goes_on = state.topic == MISSED
    return _step_if_silent(moment, way.state, prompt(moment, "keep_going"), asked_at, goes_on)


def _asked_at(script: Script, question: str) -> float:
    """Seconds until the reprompt begins."""
    return duration(script) + duration(says(question)) + MICROPHONE_SECONDS


def _step_if_silent(moment: Moment, state: State, lead: Script, asked_at: float, goes_on: bool) -> IfSilent:
    step_body = body(moment.advice, state)
    # A screen goes on by itself from a step, so nobody needs to be told how to come back. From an answer it does not.
    hint = () if moment.screen and goes_on else way_back(moment)
    asking = says(step_question(moment, state))
    mark = round(asked_at + duration(lead) + instruction_time(step_body))
    # The warnings of many conditions can be long: then the hint goes, and a step that still does not fit is not played.
    for script in ((*lead, *step_body, *hint, *asking), (*lead, *step_body, *asking)):
        if duration(script) <= REPROMPT_SECONDS:
            return IfSilent(script, (mark,))
    return IfSilent()


def _stuck_if_silent(moment: Moment, asked_at: float) -> IfSilent:
    return IfSilent(stuck_script(moment), (round(asked_at),), ends=True)


def _stretching(state: State) -> bool:
    return in_routine(state) and not place.is_bedtime(state.routine)
