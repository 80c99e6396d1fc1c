"""Moving about: next, previous, repeat, start over, pause, continue, longer, shorter, whisper, speak up."""

from __future__ import annotations

from dataclasses import replace

from skill.dialog import answers, bedtime, position, relief, safety
from skill.dialog.compose import paused, play, render
from skill.dialog.no_stretch import is_stopped, no_stretch_left, nothing_allowed, rest_reply
from skill.dialog.prompting import ask, in_routine, line, prompt
from skill.dialog.reply import Reply
from skill.dialog.state import ASKED_AGAIN, LOOKED_FOR, Awaiting, State
from skill.dialog.steps import hold_length
from skill.dialog.topic import LISTS, Page, Signs, Topic, said
from skill.dialog.turn_context import TurnContext


def next_step(turn: TurnContext) -> Reply:
    """The next step, the next side, or the next page of a list; where the bedtime stretches were offered, those."""
    state = position.current(turn)
    if state is None:
        return relief.launch(turn)
    if state.awaiting is Awaiting.OFFER:
        return bedtime.bedtime(turn)
    if state.awaiting is Awaiting.MORE:
        return more(turn)
    if is_stopped(state):
        return safety.signs(turn)
    if not in_routine(state):
        return relief.begin(turn, state, position.RELIEF)
    if position.is_bedtime(state.routine):
        return bedtime.skip(turn, state)
    if state.awaiting in (Awaiting.BACK, Awaiting.PAUSED, Awaiting.MUSCLE):
        state = state.with_(awaiting=Awaiting.EASED, topic=None)
    return relief.skip(turn, state)


def previous_step(turn: TurnContext) -> Reply:
    """The step before, or the first one again; in a list, the page before."""
    state = position.current(turn)
    if state is None:
        return relief.launch(turn)
    if state.awaiting is Awaiting.MORE:
        return render(turn, state.with_(topic=_page_before(turn, state.topic)))
    if is_stopped(state):
        return render(turn, state)
    if not in_routine(state):
        return relief.begin(turn, state, position.RELIEF)
    if state.awaiting is Awaiting.BACK:
        return play(turn, state)  # "Back to the stretch?" "Go back."
    return play(turn, position.preceding(turn.advice, state))


def _page_before(turn: TurnContext, topic: Topic | None) -> Topic | None:
    """The page before this one, or the first one again; anything else than a page as it is."""
    if isinstance(topic, Signs):
        before = safety.page_before(turn, topic.start)
        return topic if before == topic.start else Signs(before)
    return Page(topic.file, max(0, topic.start - turn.advice.timing.list_size)) if isinstance(topic, Page) else topic


def repeat(turn: TurnContext) -> Reply:
    """The last thing again, from the state, so that it is true to the time and the place."""
    state = position.current(turn)
    return render(turn, state) if state else relief.launch(turn)


def start_over(turn: TurnContext) -> Reply:
    """The same routine from its first step."""
    state = position.current(turn)
    if state is None:
        return relief.launch(turn)
    if is_stopped(state):
        return render(turn, state)
    if state.routine is None:
        return relief.begin(turn, state, position.RELIEF)
    way = position.enter(turn.advice, state.with_(hold_seconds=0, step=None), state.routine)
    return play(turn, way.state) if way.state else nothing_allowed(turn, state, way.lines)


def pause(turn: TurnContext) -> Reply:
    """Keeps the place, and asks nothing more."""
    state = position.current(turn)
    if state is None:
        state = _first(turn)
    if state is None or is_stopped(state) or not in_routine(state):
        return render(turn, state) if state else relief.launch(turn)
    return paused(turn, state)


def _first(turn: TurnContext) -> State | None:
    """The step that a launch would play."""
    return position.enter(turn.advice, State(answered_at=turn.now, started_at=turn.now), position.RELIEF).state


def resume(turn: TurnContext, kept: State | None = None) -> Reply:
    """Continue: from a pause, from an answer, or from a place kept after an earlier session (`kept`)."""
    state = position.current(turn)
    if kept is not None:
        if state is not None:
            # What was said in this session already, before "continue", still holds.
            helper = state.helper or kept.helper
            kept = kept.with_(voice=state.voice, conditions=state.conditions, helper=helper)
        return play(turn, kept, lead=prompt(turn, "resumed"))
    if state is None:
        return relief.launch(turn)
    if state.awaiting is Awaiting.MORE:
        return more(turn)
    if state.awaiting is Awaiting.OFFER:
        return bedtime.bedtime(turn)
    if is_stopped(state):
        return render(turn, state)
    if not in_routine(state):
        return relief.begin(turn, state, position.RELIEF)
    if state.awaiting is Awaiting.EASED and state.topic in (None, ASKED_AGAIN, *LOOKED_FOR):
        return relief.advance(turn)
    if state.awaiting is Awaiting.BEDTIME:
        return bedtime.skip(turn, state)
    return play(turn, state)


def wants_kept_place(turn: TurnContext) -> bool:
    """Whether "continue" may mean a place of an earlier session: nothing in this one has been reached yet."""
    state = position.current(turn)
    if state is None:
        return True
    first = turn.advice.routine(position.RELIEF)
    return (
        state.awaiting is Awaiting.EASED
        and state.topic is None
        and state.routine == position.RELIEF
        and state.round == 1
        and first is not None
        and state.step == first.steps[0].id
    )


def nothing_kept(turn: TurnContext, prompt_name: str) -> Reply:
    """ "Continue" without a place to go on from: says so in half a sentence and starts the stretch."""
    state = turn.state or State(answered_at=turn.now)
    reply = relief.begin(turn, state, position.RELIEF, lead=prompt(turn, prompt_name))
    # A store that is away now is so in a turn too: "continue" then goes on from here.
    return (
        replace(reply, state=reply.state.with_(topic=said(prompt_name)))
        if reply.state and in_routine(reply.state)
        else reply
    )


def longer(turn: TurnContext, seconds: int | None) -> Reply:
    """Holds again, longer: by the seconds that were named, or by the facts' own step.

    A length that no hold can have was said of something else: "just a second" wants quiet, and "it's been half an
    hour" is how long it has cramped, which is a warning sign.
    """
    timing = turn.advice.timing
    if seconds is not None and 0 < seconds < timing.shortest:
        return pause(turn)
    lasting = safety.lasting(turn, seconds)
    return safety.by_tier(turn, lasting) if lasting else _pace(turn, seconds, timing.change)


def shorter(turn: TurnContext, seconds: int | None) -> Reply:
    """Holds again, shorter."""
    return _pace(turn, seconds, -turn.advice.timing.change)


def _pace(turn: TurnContext, seconds: int | None, change: int) -> Reply:
    state = position.current(turn)
    if state is None:
        state = _first(turn)
    if state is None:
        return relief.launch(turn)
    if is_stopped(state) or not in_routine(state):
        return render(turn, state)
    routine = turn.advice.routine(state.routine)
    if routine is None or position.is_bedtime(state.routine):
        return play(turn, state, lead=prompt(turn, "fixed_hold"))
    step = routine.step(state.step)
    now = hold_length(turn.advice, state, step)
    wanted = now + change if seconds is None or (change < 0 and seconds >= now) else seconds
    changed = state.with_(hold_seconds=max(turn.advice.timing.shortest, wanted))
    held = hold_length(turn.advice, changed, step)
    name = "hold_at_limit" if held < wanted else "hold_at_least" if held > wanted else "hold_changed"
    return play(turn, changed.with_(hold_seconds=held), lead=prompt(turn, name, hold=held))


def whisper(turn: TurnContext) -> Reply:
    """Everything from here on whispered, and the last thing again so."""
    return _voice(turn, "whisper")


def speak_up(turn: TurnContext) -> Reply:
    """Louder from here on, and the last thing again so."""
    return _voice(turn, "clear")


def _voice(turn: TurnContext, voice: str) -> Reply:
    state = position.current(turn)
    if state is None:
        return relief.begin(turn, State(answered_at=turn.now, voice=voice), position.RELIEF)
    return render(turn, state.with_(voice=voice))


def more(turn: TurnContext) -> Reply:
    """More of the list; "more" in a stretch is a longer hold, and after a cause or a remedy it is the list."""
    state = position.current(turn)
    if state is None:
        return relief.launch(turn)
    topic = state.topic
    size = turn.advice.timing.list_size
    if isinstance(topic, Signs):
        end = safety.page_end(turn, topic.start)
        return safety.signs(turn, end) if end < len(turn.advice.listed_signs()) else list_over(turn, state)
    if isinstance(topic, Page):
        end = topic.start + size
        if end < len(turn.advice.listed(topic.file)):
            return answers.list_page(turn, topic.file, end)
        return list_over(turn, state)
    claim = answers.topic_claim(turn, topic)
    if claim:
        return answers.list_page(turn, claim.topic, 0) if claim.topic in LISTS else list_over(turn, state)
    if is_stopped(state):
        return safety.signs(turn)
    if in_routine(state) and state.awaiting is Awaiting.EASED:
        return longer(turn, None)
    return render(turn, state)


def list_over(turn: TurnContext, state: State) -> Reply:
    """There is no more of it."""
    return answers.ask_back(turn, state.with_(topic=said("list_over")), prompt(turn, "list_over"))


def offer(turn: TurnContext, state: State) -> Reply:
    """No cramp now: one short question."""
    if no_stretch_left(turn, state):
        return rest_reply(turn, state.with_(topic=said("stay_safe")), prompt(turn, "stay_safe"))
    # Another cramp of this session has its own ten minutes.
    offering = state.with_(routine=None, step=None, awaiting=Awaiting.OFFER, topic=said("not_cramping"), started_at=0)
    return ask(turn, offering, prompt(turn, "not_cramping"), line(turn, "offer_question"))
