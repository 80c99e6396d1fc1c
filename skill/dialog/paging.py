"""Lists read a page at a time: the next page, the page before, and the end of the list."""

from __future__ import annotations

from skill.dialog import answers, safety
from skill.dialog.prompting import prompt
from skill.dialog.reply import Reply
from skill.dialog.state import State
from skill.dialog.topic import LISTS, About, Page, Signs, Topic, said
from skill.dialog.turn_context import TurnContext


def next_page(turn: TurnContext) -> Reply | None:
    """More of the list that was read last, or the list that the last answer belongs to; None where there is neither."""
    topic = turn.here.topic
    if isinstance(topic, Signs):
        end = safety.page_end(turn, topic.start)
        return safety.signs(turn, end) if end < len(turn.advice.listed_signs()) else list_over(turn)
    if isinstance(topic, Page):
        end = topic.start + turn.advice.timing.list_size
        return (
            answers.list_page(turn, topic.file, end) if end < len(turn.advice.listed(topic.file)) else list_over(turn)
        )
    if isinstance(topic, About) and answers.topic_claim(turn, topic):
        return answers.list_page(turn, topic.file, 0) if topic.file in LISTS else list_over(turn)
    return None


def page_before(turn: TurnContext, state: State) -> State:
    """The state at the page before, or at the first one again; one that reads no list as it is."""
    return state.with_(topic=_before(turn, state.topic))


def _before(turn: TurnContext, topic: Topic | None) -> Topic | None:
    if isinstance(topic, Signs):
        before = safety.page_before(turn, topic.start)
        return topic if before == topic.start else Signs(before)
    return Page(topic.file, max(0, topic.start - turn.advice.timing.list_size)) if isinstance(topic, Page) else topic


def list_over(turn: TurnContext) -> Reply:
    """There is no more of it."""
    return answers.ask_back(turn, turn.here.with_(topic=said("list_over")), prompt(turn, "list_over"))
