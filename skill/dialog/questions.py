"""The questions we ask, one entry a kind: what yes, no, next, previous, "continue" and an unknown word mean there.

Silence belongs to the kind as well: see `state.Trait.GOES_ON`. A kind without an entry fails `tests/dialog`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from skill.dialog import answers, bedtime, in_hold, no_stretch, paging, position, relief, safety
from skill.dialog.endings import leave
from skill.dialog.playing import paused, play, quiet, skip
from skill.dialog.prompting import ask, line, prompt, says
from skill.dialog.reply import Reply
from skill.dialog.state import ASKED_AGAIN, LOOKED_FOR, MISSED, Awaiting, State, asked_again
from skill.dialog.steps import is_over, step_question
from skill.dialog.topic import About, Page, Said, Signs, said
from skill.dialog.turn_context import TurnContext
from skill.speech import Script

Answer = Callable[[TurnContext], Reply]


@dataclass(frozen=True, slots=True)
class Question:
    """What each answer to one kind of question means."""

    yes: Answer
    no: Answer
    next: Answer
    previous: Answer
    resume: Answer
    """ "Continue"."""
    missed: Callable[[TurnContext, Script], Reply]
    """Not understood: what says so is given, and the question is asked again."""
    again: Callable[[TurnContext, State, Script], Reply]
    """The lines that were said before the question, and the question: for "repeat", and for another voice."""


def asked(turn: TurnContext) -> Question:
    """The question that the listener was asked last."""
    return QUESTIONS[turn.here.awaiting]


def render(turn: TurnContext, state: State) -> Reply:
    """The reply of `state`, said again."""
    standing = replace(turn, state=state.with_(answered_at=turn.now, step_offsets=()), slots={})
    match state.topic:
        case None:
            return play(turn, state)
        case Signs(start, lead):
            return safety.signs(standing, start, lead)
        case Page(file, start):
            return answers.list_page(standing, file, start)
        case About():
            claim = answers.topic_claim(standing, state.topic)
            return answers.tell(standing, claim) if claim else play(turn, state)
        case Said():
            return QUESTIONS[state.awaiting].again(standing, state, says(*state.topic.sentences(turn.advice)))


def here_again(turn: TurnContext) -> Reply:
    """The last reply again, true to the time and the place."""
    return render(turn, turn.here)


# ---- answers that several kinds share --------------------------------------------------------------


def _play(turn: TurnContext) -> Reply:
    return play(turn, turn.here)


def _begin(turn: TurnContext) -> Reply:
    return relief.begin(turn, turn.here, position.RELIEF)


def _play_preceding(turn: TurnContext) -> Reply:
    return play(turn, position.preceding(turn.advice, turn.here))


def _skip_side(turn: TurnContext) -> Reply:
    return bedtime.skip(turn, turn.here)


def _no_more(turn: TurnContext) -> Reply:
    """Enough of a list: back to the stretch where there is one, else goodnight."""
    if turn.here.in_routine:
        return answers.ask_back(turn, turn.here.with_(topic=said()), ())
    return leave(turn)


def _missed_and(question: str) -> Callable[[TurnContext, Script], Reply]:
    """Not understood outside a routine: says so, and asks the question of this prompt again."""
    return lambda turn, script: ask(turn, turn.here, script, line(turn, question))


# ---- "Has it let go?", "Ready for the next side?" --------------------------------------------------


def _resume_eased(turn: TurnContext) -> Reply:
    """Goes on to the next step, unless an answer came between."""
    topic = turn.here.topic
    return relief.advance(turn) if topic in (None, *LOOKED_FOR) or asked_again(topic) else _play(turn)


def wait_for_side(turn: TurnContext, lead: Script = ()) -> Reply:
    """Not ready for the next side: waits before it. The last side, not done yet, is done again."""
    ahead = position.following(turn.advice, turn.here).state
    return bedtime.play(turn, turn.here) if ahead is None else paused(turn, ahead, lead)


def _missed_at_step(turn: TurnContext, script: Script) -> Reply:
    """A step that was cut short is played again in silence, one that was over is left."""
    state = turn.here
    question = step_question(turn, state)
    if state.topic == MISSED or asked_again(state.topic):
        script = prompt(turn, "fallback_again")
    if state.topic == MISSED or (state.topic is None and not is_over(turn, state)):
        again = state.with_(topic=MISSED)
        return ask(turn, again, script, question, relief.going_on(turn, again, script, question))
    silence_after = bedtime.silence_after if position.is_bedtime(state.routine) else relief.silence_after
    waiting = state if state.topic else state.with_(topic=said(ASKED_AGAIN))
    return ask(turn, waiting, script, question, silence_after(turn, state, script, question))


def _step_again(turn: TurnContext, state: State, script: Script) -> Reply:
    reply = play(turn, state, script)
    # The place that was looked for in vain is not looked for again.
    keeps = state.topic in LOOKED_FOR and reply.state is not None and reply.state.in_routine
    return replace(reply, state=reply.state.with_(topic=state.topic)) if keeps and reply.state else reply


# ---- "More of the list?" ---------------------------------------------------------------------------


def _after_why(state: State) -> bool:
    return state.topic == About("causes", "why")


def _more(turn: TurnContext) -> Reply:
    return paging.next_page(turn) or here_again(turn)


def _yes_more(turn: TurnContext) -> Reply:
    return answers.list_page(turn, "causes", 0) if _after_why(turn.here) else _more(turn)


def _page_before(turn: TurnContext) -> Reply:
    return render(turn, paging.page_before(turn, turn.here))


def _missed_in_list(turn: TurnContext, script: Script) -> Reply:
    name = "causes_question" if _after_why(turn.here) else "more_question"
    return answers.ask_more(turn, turn.here, script, name)


# ---- "Do you want the warning signs?" --------------------------------------------------------------


def _no_signs(turn: TurnContext) -> Reply:
    """An answer that said not to stretch has not taken the routine away from a person who only asked."""
    return _no_more(turn) if turn.here.in_routine else no_stretch.stay_safe(turn)


def _missed_signs(turn: TurnContext, script: Script) -> Reply:
    return _signs_again(turn, turn.here, script)


def _signs_again(turn: TurnContext, state: State, script: Script) -> Reply:
    if not state.in_routine:
        return no_stretch.rest_reply(turn, state, script)
    if state.topic == safety.UNSURE:
        return safety.ask_unsure(turn, state, script)
    return answers.ask_signs(turn, state, script)


# ---- a pause, and "Which place is it?" -------------------------------------------------------------


def _stay_paused(turn: TurnContext) -> Reply:
    return paused(turn, turn.here)


def _missed_in_pause(turn: TurnContext, script: Script) -> Reply:
    return ask(turn, turn.here, script, line(turn, "paused"), quiet(turn))


def _missed_place(turn: TurnContext, script: Script) -> Reply:
    question = line(turn, "which_muscle_question")
    return ask(turn, turn.here, script, question, relief.going_on(turn, turn.here, script, question))


QUESTIONS: Mapping[Awaiting, Question] = {
    Awaiting.EASED: Question(
        yes=lambda turn: in_hold.agreed(turn) if in_hold.is_playing(turn) else relief.eased(turn),
        no=relief.advance,
        next=skip,
        previous=_play_preceding,
        resume=_resume_eased,
        missed=_missed_at_step,
        again=_step_again,
    ),
    Awaiting.BEDTIME: Question(
        yes=lambda turn: in_hold.agreed(turn) if in_hold.is_playing(turn) else _skip_side(turn),
        no=wait_for_side,
        next=skip,
        previous=_play_preceding,
        resume=_skip_side,
        missed=_missed_at_step,
        again=_step_again,
    ),
    Awaiting.BACK: Question(
        yes=_play,
        no=leave,
        next=skip,
        previous=_play,  # "Back to the stretch?" "Go back."
        resume=_play,
        missed=lambda turn, script: answers.ask_back(turn, turn.here, script),
        again=answers.ask_back,
    ),
    Awaiting.MORE: Question(
        yes=_yes_more,
        no=_no_more,
        next=_more,
        previous=_page_before,
        resume=_more,
        missed=_missed_in_list,
        again=answers.ask_back,
    ),
    Awaiting.START: Question(
        yes=_begin,
        no=leave,
        next=_begin,
        previous=_begin,
        resume=_begin,
        missed=_missed_and("start_question"),
        again=answers.ask_back,
    ),
    Awaiting.OFFER: Question(
        yes=bedtime.bedtime,
        no=leave,
        next=bedtime.bedtime,
        previous=_begin,
        resume=bedtime.bedtime,
        missed=_missed_and("offer_question"),
        again=lambda turn, state, script: ask(turn, state, script, line(turn, "offer_question")),
    ),
    Awaiting.SIGNS: Question(
        yes=safety.signs,
        no=_no_signs,
        next=lambda turn: skip(turn) if turn.here.in_routine else safety.signs(turn),
        previous=lambda turn: _play_preceding(turn) if turn.here.in_routine else here_again(turn),
        resume=lambda turn: _play(turn) if turn.here.in_routine else here_again(turn),
        missed=_missed_signs,
        again=_signs_again,
    ),
    Awaiting.PAUSED: Question(
        yes=_play,
        no=_stay_paused,
        next=skip,
        previous=_play_preceding,
        resume=_play,
        missed=_missed_in_pause,
        again=lambda turn, state, script: paused(turn, state),
    ),
    Awaiting.MUSCLE: Question(
        yes=_play,
        no=_play,
        next=skip,
        previous=_play_preceding,
        resume=_play,
        missed=_missed_place,
        again=lambda turn, state, script: relief.which_muscle(turn, state),
    ),
}
"""Every kind of question that we ask."""
