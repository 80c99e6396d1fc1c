"""A state as the reply it stands for: what Repeat plays, and where every detour comes back to."""

from __future__ import annotations

from dataclasses import replace

from skill.dialog import answers, bedtime, no_stretch, position, relief, safety
from skill.dialog.prompting import Reprompt, ask, in_routine, line, prompt, says, way_back
from skill.dialog.reply import Reply
from skill.dialog.state import LOOKED_FOR, Awaiting, State
from skill.dialog.topic import About, Page, Said, Signs, said
from skill.dialog.turn_context import TurnContext
from skill.speech import Hold, Script


def render(turn: TurnContext, state: State) -> Reply:
    """The reply of `state`, said again."""
    again = _at(turn, state)
    match state.topic:
        case None:
            return play(turn, state)
        case Signs(start, lead):
            return safety.signs(again, start, lead)
        case Page(file, start):
            return answers.list_page(again, file, start)
        case About():
            claim = answers.topic_claim(again, state.topic)
            return answers.tell(again, claim) if claim else play(turn, state)
        case Said():
            return _said(again, state, state.topic)


def play(turn: TurnContext, state: State, lead: Script = ()) -> Reply:
    """The step that `state` is at, relief or bedtime."""
    if turn.advice.routine(state.routine) is None:
        return relief.begin(turn, state, position.RELIEF, lead=lead)
    if position.is_bedtime(state.routine):
        return bedtime.play(turn, state.with_(awaiting=Awaiting.BEDTIME, topic=None), lead)
    return relief.play(turn, state, lead)


def _said(turn: TurnContext, state: State, topic: Said) -> Reply:
    """Lines that were the whole of a reply, with the question it ended in."""
    if topic == said("paused"):
        return paused(turn, state)
    if topic == said("which_muscle"):
        return relief.which_muscle(turn, state)
    script = says(*topic.sentences(turn.advice))
    if state.awaiting in (Awaiting.EASED, Awaiting.BEDTIME):
        reply = play(turn, state, script)
        # The place that was looked for in vain is not looked for again.
        keeps = topic in LOOKED_FOR and reply.state is not None and in_routine(reply.state)
        return replace(reply, state=reply.state.with_(topic=topic)) if keeps and reply.state else reply
    if state.awaiting is Awaiting.SIGNS:
        return no_stretch.rest_reply(turn, state, script)
    if state.awaiting is Awaiting.OFFER:
        return ask(turn, state, script, line(turn, "offer_question"))
    return answers.ask_back(turn, state, script)


def paused(turn: TurnContext, state: State, lead: Script = ()) -> Reply:
    """Keeps the place. The reprompt is a long quiet first, since a person who pauses wants quiet."""
    waiting = state.with_(awaiting=Awaiting.PAUSED, topic=said("paused"))
    return ask(turn, waiting, lead, line(turn, "paused"), quiet(turn))


def quiet(turn: TurnContext) -> Reprompt:
    """Silence in a pause: more of it, and how to go on, now and after the session has gone."""
    return Reprompt((Hold(turn.advice.timing.longest), *way_back(turn), *prompt(turn, "paused")))


def _at(turn: TurnContext, state: State) -> TurnContext:
    """The same turn, standing at `state`, with no time gone by and no slots to hear twice."""
    return replace(turn, state=state.with_(answered_at=turn.now, step_offsets=()), slots={})
