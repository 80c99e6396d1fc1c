"""A state as the reply it stands for: what Repeat plays, and where every detour comes back to."""

from __future__ import annotations

from dataclasses import replace

from skill.dialog import answers, bedtime, place, relief, safety, stopped
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply
from skill.dialog.state import Awaiting, State
from skill.dialog.turn import IfSilent, ask, line, prompt, way_back
from skill.speech import Hold, Script


def render(moment: Moment, state: State) -> Reply:
    """The reply of `state`, said again."""
    topic = state.topic or ""
    again = _at(moment, state)
    if not topic:
        return play(moment, state)
    if topic == "signs":
        return safety.signs(again, state.said)
    if topic.startswith("list/") and answers.is_list(topic):
        return answers.list_page(again, topic.removeprefix("list/"), state.said)
    claim = answers.topic_claim(moment, topic)
    if claim:
        return answers.tell(again, claim)
    return _said(again, state, topic.removeprefix("say/"))


def play(moment: Moment, state: State, lead: Script = ()) -> Reply:
    """The step that `state` is at, relief or bedtime."""
    if moment.advice.routine(state.routine) is None:
        return relief.begin(moment, state, place.RELIEF, lead=lead)
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
    script = () if name == JUST_ASKED else prompt(moment, name if name in REPEATABLE else "help")
    if state.awaiting is Awaiting.SIGNS:
        return stopped.still(moment, state, script)
    if state.awaiting is Awaiting.OFFER:
        return ask(moment, state, script, line(moment, "offer_question"))
    return answers.ask_back(moment, state, script)


JUST_ASKED = "back"
"""Topic `say/back`: nothing was said but the question itself."""
REPEATABLE = frozenset(
    "book help list_over moved not_cramping noted nothing_allowed trouble unknown_condition worse".split()
)
"""Prompts that a topic `say/<prompt>` may name."""


def paused(moment: Moment, state: State, lead: Script = ()) -> Reply:
    """Keeps the place. The reprompt is a long quiet first, since a person who pauses wants quiet."""
    waiting = state.with_(awaiting=Awaiting.PAUSED, topic="say/paused", said=0)
    return ask(moment, waiting, lead, line(moment, "paused"), quiet(moment))


def quiet(moment: Moment) -> IfSilent:
    """Silence in a pause: more of it, and how to go on, now and after the session has gone."""
    return IfSilent((Hold(moment.advice.timing.longest), *way_back(moment), *prompt(moment, "paused")))


def _at(moment: Moment, state: State) -> Moment:
    """The same moment, standing at `state`, with no time gone by and no slots to hear twice."""
    return replace(moment, state=state.with_(at=moment.now, marks=()), slots={})
