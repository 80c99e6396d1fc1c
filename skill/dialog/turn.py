"""The small grammar of a reply: sentences, the question that keeps the session open, the ending that closes it."""

from __future__ import annotations

from skill.dialog.moment import Moment
from skill.dialog.reply import Card, Reply, Screen
from skill.dialog.state import Awaiting, State
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


def ask(
    moment: Moment,
    state: State,
    script: Script,
    question: str,
    on_silence: Script = (),
    marks: tuple[int, ...] = (),
    screen: Screen | None = None,
    card: Card | None = None,
) -> Reply:
    """A reply that asks and stays open. `marks` tell where silence leads, see `State.marks`."""
    return Reply(
        script=script,
        question=question,
        on_silence=on_silence or says(question),
        state=state.with_(at=moment.now, marks=marks),
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
    return Reply(
        script=script, firm=firm, unfinished=unfinished, finished=finished, screen=screen, card=card
    )


def fresh(moment: Moment, state: State | None) -> State:
    """The state as it is, or a new one; never None."""
    return state or State(at=moment.now)


def in_routine(state: State | None) -> bool:
    """A relief or bedtime routine is under way."""
    return state is not None and state.routine is not None


def awaiting(state: State | None) -> Awaiting | None:
    """What the last question was; None where nothing has been asked."""
    return state.awaiting if state else None
