"""A state as the reply it stands for: what Repeat plays, and where every detour comes back to."""

from __future__ import annotations

from dataclasses import replace

from skill.dialog import answers, bedtime, place, relief, safety, stopped
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply
from skill.dialog.state import LOOKED_FOR, Awaiting, State
from skill.dialog.topic import About, Page, Said, Signs, said
from skill.dialog.turn import IfSilent, ask, in_routine, line, prompt, says, way_back
from skill.speech import Hold, Script


def render(moment: Moment, state: State) -> Reply:
    """The reply of `state`, said again."""
    again = _at(moment, state)
    match state.topic:
        case None:
            return play(moment, state)
        case Signs(start, lead):
            return safety.signs(again, start, lead)
        case Page(file, start):
            return answers.list_page(again, file, start)
        case About():
            claim = answers.topic_claim(again, state.topic)
            return answers.tell(again, claim) if claim else play(moment, state)
        case Said():
            return _said(again, state, state.topic)


def play(moment: Moment, state: State, lead: Script = ()) -> Reply:
    """The step that `state` is at, relief or bedtime."""
    if moment.advice.routine(state.routine) is None:
        return relief.begin(moment, state, place.RELIEF, lead=lead)
    if place.is_bedtime(state.routine):
        return bedtime.play(moment, state.with_(awaiting=Awaiting.BEDTIME, topic=None), lead)
    return relief.play(moment, state, lead)


def _said(moment: Moment, state: State, topic: Said) -> Reply:
    """Lines that were the whole of a reply, with the question it ended in."""
    if topic == said("paused"):
        return paused(moment, state)
    if topic == said("which_muscle"):
        return relief.which_muscle(moment, state)
    script = says(*topic.sentences(moment.advice))
    if state.awaiting in (Awaiting.EASED, Awaiting.BEDTIME):
        reply = play(moment, state, script)
        # The place that was looked for in vain is not looked for again.
        keeps = topic in LOOKED_FOR and reply.state is not None and in_routine(reply.state)
        return replace(reply, state=reply.state.with_(topic=topic)) if keeps and reply.state else reply
    if state.awaiting is Awaiting.SIGNS:
        return stopped.still(moment, state, script)
    if state.awaiting is Awaiting.OFFER:
        return ask(moment, state, script, line(moment, "offer_question"))
    return answers.ask_back(moment, state, script)


def paused(moment: Moment, state: State, lead: Script = ()) -> Reply:
    """Keeps the place. The reprompt is a long quiet first, since a person who pauses wants quiet."""
    waiting = state.with_(awaiting=Awaiting.PAUSED, topic=said("paused"))
    return ask(moment, waiting, lead, line(moment, "paused"), quiet(moment))


def quiet(moment: Moment) -> IfSilent:
    """Silence in a pause: more of it, and how to go on, now and after the session has gone."""
    return IfSilent((Hold(moment.advice.timing.longest), *way_back(moment), *prompt(moment, "paused")))


def _at(moment: Moment, state: State) -> Moment:
    """The same moment, standing at `state`, with no time gone by and no slots to hear twice."""
    return replace(moment, state=state.with_(at=moment.now, marks=()), slots={})
