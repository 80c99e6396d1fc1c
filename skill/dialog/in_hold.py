"""Words in the middle of a hold: it goes on from where it was, after one sentence.

"Ok", "ready" and "yes" before the question has been asked are no answer to it. Questions about the hold are answered
from the state.
"""

from __future__ import annotations

from skill.dialog import answers, bedtime, position, relief
from skill.dialog.hold_clock import HoldClock, hold_clock
from skill.dialog.playing import play, skip
from skill.dialog.prompting import ask, prompt, says
from skill.dialog.reply import Reply
from skill.dialog.state import ASKED_AGAIN, Awaiting, State, asked_again
from skill.dialog.steps import held_for, spoken_instruction, step_question
from skill.dialog.topic import said
from skill.dialog.turn_context import TurnContext
from skill.speech import Script, duration


def is_playing(turn: TurnContext) -> bool:
    """A step is being played whose question nobody can have heard yet."""
    clock = hold_clock(turn)
    return clock is not None and not clock.was_asked


def agreed(turn: TurnContext) -> Reply:
    """ "Ok", "ready", "yes" in a step: it begins, or goes on."""
    clock = hold_clock(turn)
    if clock is not None and clock.is_held:
        return going_on(turn, "keep_holding")
    return going_on(turn, "hold_now", hold=_held(turn))


def going_on(turn: TurnContext, name: str, **values: int) -> Reply:
    """The prompt of that name, and the step from where it was. Where no step is playing, the open question again."""
    clock, state, lead = hold_clock(turn), turn.here, prompt(turn, name, **values)
    if clock is None and not asked_again(state.topic):
        # Seconds that are told once are not told again: they would no longer be true.
        return answers.ask_back(turn, state.with_(topic=said() if values else said(name)), lead)
    if clock is None or clock.was_asked:
        return _asked_again(turn, state, lead, () if values else (name,))
    return _resumed(turn, state, clock, lead)


def _resumed(turn: TurnContext, state: State, clock: HoldClock, lead: Script) -> Reply:
    if _is_forbidden(turn, state):
        return play(turn, state)
    rest = clock.rest
    if position.is_bedtime(state.routine):
        return bedtime.play(turn, state, lead, rest)
    played = round(duration(clock.script) - duration(rest) - duration(lead))
    return relief.ask_whether_eased(turn, state.with_(awaiting=Awaiting.EASED, topic=None), (*lead, *rest), played)


def _asked_again(turn: TurnContext, state: State, lead: Script, names: tuple[str, ...]) -> Reply:
    """The step is over: after `lead`, of the prompts `names`, its question again. It stays asked, however soon the
    answer comes."""
    if _is_forbidden(turn, state):
        return play(turn, state)
    question = step_question(turn, state)
    silence_after = bedtime.silence_after if position.is_bedtime(state.routine) else relief.silence_after
    asked = state.with_(topic=said(ASKED_AGAIN, *names)) if state.topic is None or asked_again(state.topic) else state
    return ask(turn, asked, lead, question, silence_after(turn, state, lead, question))


def _is_forbidden(turn: TurnContext, state: State) -> bool:
    """Not a step for this person: instead of going on with it, the next one that is."""
    return position.allowed(turn.advice, state).state != state


# ---- asked about the hold --------------------------------------------------------------------------


def how_long_left(turn: TurnContext) -> Reply:
    """ "How much longer", "is it over", "tell me when": the seconds that are left."""
    clock = hold_clock(turn)
    if clock is not None and clock.was_asked:
        return going_on(turn, "hold_is_over")
    if clock is not None and clock.is_held:
        return going_on(turn, "hold_left", left=max(1, clock.left))
    return how_long_held(turn)


def how_long_held(turn: TurnContext) -> Reply:
    """ "How long do I hold": the length of the hold."""
    held = _held(turn)
    return going_on(turn, "hold_lasts", hold=held) if held else going_on(turn, "no_step")


def where_in_routine(turn: TurnContext) -> Reply:
    """ "How many more", "which step is this", "what next": the number of this step and of all that fit this person."""
    state = turn.here
    routine = turn.advice.routine(state.routine)
    if routine is None:
        return going_on(turn, "no_step")
    mine = [step.id for step in routine.steps if position.left_out(turn.advice, state, routine, step) is None]
    number = mine.index(state.step) + 1 if state.step in mine else 1
    return going_on(turn, "which_step", number=number, count=len(mine))


def how_to(turn: TurnContext) -> Reply:
    """ "How do I do that": the movement alone, and the hold; outside of a step, the step."""
    clock, state = hold_clock(turn), turn.here
    if clock is None or clock.was_asked:
        return play(turn, state) if state.in_routine else going_on(turn, "no_step")
    return _resumed(turn, state, clock, says(*spoken_instruction(turn.advice, state)))


def doing_right(turn: TurnContext) -> Reply:
    """ "Am I doing it right", "should it hurt": how it should feel."""
    return going_on(turn, "should_feel")


def let_go(turn: TurnContext) -> Reply:
    """ "Can I let go", "that hurts": ease off, never into pain, and how long is left."""
    clock = hold_clock(turn)
    if clock is None or clock.was_asked:
        return going_on(turn, "may_let_go")
    return going_on(turn, "ease_and_stay", left=max(1, clock.left))


def where_it_hurts(turn: TurnContext) -> Reply:
    """ "My foot" changes the place at once. "It hurts", and the very place that is being stretched, are pain: the hold
    goes on."""
    muscle = turn.advice.muscle(turn.slot("muscle").id)
    other = turn.slot("other_side").heard or (turn.slot("muscle").heard and muscle is None)
    same = muscle is None or muscle.routine == turn.here.routine
    return cried_out(turn) if same and not other and is_playing(turn) else relief.change_muscle(turn)


def cried_out(turn: TurnContext) -> Reply:
    """A cry or an oath is pain: in a step a word of comfort and on with it, after its question another step."""
    clock, state = hold_clock(turn), turn.here
    if state.is_stopped:
        return relief.worse(turn)
    if not state.in_routine:
        return relief.begin(turn, state, position.RELIEF)
    if state.awaiting is Awaiting.EASED and (clock is None or clock.was_asked):
        return relief.advance(turn)
    return going_on(turn, "comfort")


# ---- cannot do it ----------------------------------------------------------------------------------


def cannot(turn: TurnContext) -> Reply:
    """A person who cannot do the step as it was told gets another way of it; a second time, or where there is none,
    the next step."""
    state, obstacle = turn.here, turn.slot("obstacle").id
    routine = turn.advice.routine(state.routine)
    if routine is None:
        return going_on(turn, "no_other_way")
    around = turn.advice.way_around(obstacle, routine.id)
    if not around or obstacle == state.obstacle or routine.step(state.step).kind != "stretch":
        return skip(turn)
    return play(turn, state.with_(obstacle=obstacle))


def _held(turn: TurnContext) -> int:
    return held_for(turn.advice, turn.here)
