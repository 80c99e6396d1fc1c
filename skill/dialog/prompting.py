"""The small grammar of a reply: sentences, the question that keeps the session open, the ending that closes it."""

from __future__ import annotations

from dataclasses import dataclass

from skill.dialog import topic
from skill.dialog.reply import Card, Reply, Screen
from skill.dialog.state import State
from skill.dialog.turn_context import TurnContext
from skill.speech import Say, Script


def says(*sentences: str) -> Script:
    """Sentences as a script."""
    return tuple(Say(text) for text in sentences)


def prompt(turn: TurnContext, name: str, **values: object) -> Script:
    """The sentences of a prompt as a script."""
    return says(*turn.advice.prompt(name, **values))


def line(turn: TurnContext, name: str, **values: object) -> str:
    """A prompt as one piece of text: what a question is."""
    return " ".join(turn.advice.prompt(name, **values))


def way_back(turn: TurnContext) -> Script:
    """How to go on after the session has gone."""
    return prompt(turn, "if_quiet_keeps" if turn.keeps_place else "if_quiet")


def joined(turn: TurnContext, items: list[str], word: str) -> str:
    """The items as one piece of text; see `topic.joined`."""
    return topic.joined(turn.advice, items, word)


@dataclass(frozen=True, slots=True)
class Reprompt:
    """Where silence after a question leads."""

    script: Script = ()
    """What the reprompt plays; the question alone where empty."""
    step_offsets: tuple[int, ...] = ()
    """See `State.step_offsets`."""
    routine_ends: bool = False
    """See `State.ends`."""


def ask(
    turn: TurnContext,
    state: State,
    script: Script,
    question: str,
    silence: Reprompt | None = None,
    *,
    finished: bool = False,
    screen: Screen | None = None,
    card: Card | None = None,
    played: int = 0,
) -> Reply:
    """A reply that asks and stays open. `played`: see `State.played`."""
    silence = silence or Reprompt()
    return Reply(
        script=script,
        question=question,
        reprompt=silence.script or says(question),
        state=state.with_(
            answered_at=turn.now, step_offsets=silence.step_offsets, routine_ends=silence.routine_ends, played=played
        ),
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
