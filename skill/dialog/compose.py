"""A state as the reply it stands for: what Repeat plays, and where every detour comes back to."""

from __future__ import annotations

from skill.dialog import answers, bedtime, place, relief, safety
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply
from skill.dialog.state import Awaiting, State
from skill.dialog.turn import ask, in_routine, line, prompt, says
from skill.speech import Script


def render(moment: Moment, state: State) -> Reply:
    """The reply of `state`, said again."""
    topic = state.topic or ""
    again = _at(moment, state)
    if not topic:
        return play(moment, state) if in_routine(state) else relief.launch(again)
    if topic == "signs":
        return safety.signs(again, state.said)
    if topic.startswith("list/") and answers.is_list(topic):
        return answers.list_page(again, topic.removeprefix("list/"), state.said)
    claim = answers.topic_claim(moment, topic)
    if claim:
        return answers.tell(again, claim)
    return _said(again, state, topic.removeprefix("say/"))


def play(moment: Moment, state: State, lead: Script = ()) -> Reply:
    """The step that `state` is at, relief or bedtime; a step that a condition forbids is passed over, with the reason."""
    routine = moment.advice.routine(state.routine)
    if routine is None:
        return relief.launch(moment)
    hit = place.left_out(moment.advice, state, routine, routine.step(state.step))
    if hit is not None:
        way = place.enter(moment.advice, state, routine.id, state.step)
        if way.state is None:
            return relief.nothing_allowed(moment, state, way.reasons)
        state, lead = way.state, (*lead, *says(*way.reasons))
    if place.is_bedtime(state.routine):
        return bedtime.play(moment, state.with_(awaiting=Awaiting.BEDTIME, topic=None), lead)
    return relief.play(moment, state, lead)


def _said(moment: Moment, state: State, name: str) -> Reply:
    """A prompt that was the whole of a reply, with the question it ended in."""
    if name == "paused":
        return paused(moment, state)
    if name == "which_muscle":
        return relief.which_muscle(moment, state)
    if name.startswith("unknown_") and name.removeprefix("unknown_") in (*answers.LISTS, "lookalikes"):
        return answers.unknown(moment, name.removeprefix("unknown_"))
    if state.awaiting in (Awaiting.EASED, Awaiting.BEDTIME):
        return play(moment, state)
    if name not in REPEATABLE:
        name = "help"
    script = prompt(moment, name)
    if state.awaiting is Awaiting.SIGNS:
        return ask(moment, state, script, line(moment, "signs_question"), prompt(moment, "worse_silence"))
    if state.awaiting is Awaiting.OFFER:
        return ask(moment, state, script, line(moment, "offer_question"))
    return answers.ask_back(moment, state, script)


REPEATABLE = frozenset({"help", "book", "worse", "nothing_allowed", "not_cramping", "noted", "moved", "unknown_condition"})
"""Prompts that a topic `say/<prompt>` may name."""


def paused(moment: Moment, state: State) -> Reply:
    """Keeps the place. The reprompt is a long quiet first, since a person who pauses wants quiet."""
    waiting = state.with_(awaiting=Awaiting.PAUSED, topic="say/paused")
    question = line(moment, "paused")
    quiet = (*_quiet(moment), *prompt(moment, "paused"))
    return ask(moment, waiting, (), question, quiet)


def _quiet(moment: Moment) -> Script:
    from skill.speech import Hold

    return (Hold(moment.advice.timing.longest),)


def _at(moment: Moment, state: State) -> Moment:
    """The same moment, standing at `state`, with no time gone by and no slots to hear twice."""
    return Moment(moment.advice, moment.now, state.with_(at=moment.now, marks=()), {}, moment.keeps_place)
