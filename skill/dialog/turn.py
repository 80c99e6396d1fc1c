"""The small grammar of a reply: sentences, the question that keeps the session open, the ending that closes it."""

from __future__ import annotations

from dataclasses import dataclass

from skill.dialog import topic
from skill.dialog.moment import Moment
from skill.dialog.reply import Card, Reply, Screen
from skill.dialog.state import State
from skill.speech import Say, Script


def says(*sentences: str) -> Script:
    """Sentences as a script."""
    return tuple(Say(text) for text in sentences)


def prompt(moment: Moment, name: str, **values: object) -> Script:
    """The sentences of a prompt as a script."""
    return says(*moment.advice.prompt(name, **values))


def line(moment: Moment, name: str, **values: object) -> str:
    """A prompt as one piece of text: what a question is."""
    return " ".join(moment.advice.prompt(name, **values))


def way_back(moment: Moment) -> Script:
    """How to go on after the session has gone."""
    return prompt(moment, "if_quiet_keeps" if moment.keeps_place else "if_quiet")


def joined(moment: Moment, items: list[str], word: str) -> str:
    """The items as one piece of text; see `topic.joined`."""
    return topic.joined(moment.advice, items, word)


@dataclass(frozen=True, slots=True)
class IfSilent:
    """Where silence after a question leads."""

    script: Script = ()
    """What the reprompt plays; the question alone where empty."""
    marks: tuple[int, ...] = ()
    """See `State.marks`."""
    ends: bool = False
    """See `State.ends`."""


def ask(
    moment: Moment,
    state: State,
    script: Script,
    question: str,
    silence: IfSilent | None = None,
    *,
    finished: bool = False,
    screen: Screen | None = None,
    card: Card | None = None,
) -> Reply:
    """A reply that asks and stays open."""
    silence = silence or IfSilent()
    return Reply(
        script=script,
        question=question,
        on_silence=silence.script or says(question),
        state=state.with_(at=moment.now, marks=silence.marks, ends=silence.ends),
        finished=finished,
        screen=screen,
        card=card,
    )


def close(
    script: Script,
    *,
    firm: bool = False,
    unfinished: State | None = None,
    finished: bool = False,
    screen: Screen | None = None,
    card: Card | None = None,
) -> Reply:
    """A reply that ends the session."""
    return Reply(script=script, firm=firm, unfinished=unfinished, finished=finished, screen=screen, card=card)


def fresh(moment: Moment, state: State | None) -> State:
    """The state as it is, or a new one; never None."""
    return state or State(at=moment.now)


def in_routine(state: State | None) -> bool:
    """A relief or bedtime routine is under way."""
    return state is not None and state.routine is not None
