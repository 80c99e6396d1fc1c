"""Moving about: next, previous, repeat, start over, pause, continue, longer, shorter, whisper, speak up."""

from __future__ import annotations

from dataclasses import replace

from skill.dialog import answers, bedtime, place, relief, safety
from skill.dialog.compose import paused, play, render
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply
from skill.dialog.state import ASKED_AGAIN, LOOKED_FOR, Awaiting, State
from skill.dialog.steps import hold_seconds
from skill.dialog.stopped import is_stopped, no_stretch_left, nothing_allowed, still
from skill.dialog.topic import LISTS, Page, Signs, Topic, said
from skill.dialog.turn import ask, in_routine, line, prompt


def next_step(moment: Moment) -> Reply:
    """The next step, the next side, or the next page of a list; where the bedtime stretches were offered, those."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    if state.awaiting is Awaiting.OFFER:
        return bedtime.bedtime(moment)
    if state.awaiting is Awaiting.MORE:
        return more(moment)
    if is_stopped(state):
        return safety.signs(moment)
    if not in_routine(state):
        return relief.begin(moment, state, place.RELIEF)
    if place.is_bedtime(state.routine):
        return bedtime.skip(moment, state)
    if state.awaiting in (Awaiting.BACK, Awaiting.PAUSED, Awaiting.MUSCLE):
        state = state.with_(awaiting=Awaiting.EASED, topic=None)
    return relief.skip(moment, state)


def previous_step(moment: Moment) -> Reply:
    """The step before, or the first one again; in a list, the page before."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    if state.awaiting is Awaiting.MORE:
        return render(moment, state.with_(topic=_page_before(moment, state.topic)))
    if is_stopped(state):
        return render(moment, state)
    if not in_routine(state):
        return relief.begin(moment, state, place.RELIEF)
    if state.awaiting is Awaiting.BACK:
        return play(moment, state)  # "Back to the stretch?" "Go back."
    return play(moment, place.preceding(moment.advice, state))


def _page_before(moment: Moment, topic: Topic | None) -> Topic | None:
    """The page before this one, or the first one again; anything else than a page as it is."""
    if isinstance(topic, Signs):
        before = safety.page_before(moment, topic.start)
        return topic if before == topic.start else Signs(before)
    return Page(topic.file, max(0, topic.start - moment.advice.timing.list_size)) if isinstance(topic, Page) else topic


def repeat(moment: Moment) -> Reply:
    """The last thing again, from the state, so that it is true to the time and the place."""
    state = place.reached(moment)
    return render(moment, state) if state else relief.launch(moment)


def start_over(moment: Moment) -> Reply:
    """The same routine from its first step."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    if is_stopped(state):
        return render(moment, state)
    if state.routine is None:
        return relief.begin(moment, state, place.RELIEF)
    way = place.enter(moment.advice, state.with_(pace=0, step=None), state.routine)
    return play(moment, way.state) if way.state else nothing_allowed(moment, state, way.lines)


def pause(moment: Moment) -> Reply:
    """Keeps the place, and asks nothing more."""
    state = place.reached(moment)
    if state is None:
        state = _first(moment)
    if state is None or is_stopped(state) or not in_routine(state):
        return render(moment, state) if state else relief.launch(moment)
    return paused(moment, state)


def _first(moment: Moment) -> State | None:
    """The step that a launch would play."""
    return place.enter(moment.advice, State(at=moment.now, started_at=moment.now), place.RELIEF).state


def resume(moment: Moment, kept: State | None = None) -> Reply:
    """Continue: from a pause, from an answer, or from a place kept after an earlier session (`kept`)."""
    state = place.reached(moment)
    if kept is not None:
        if state is not None:
            # What was said in this session already, before "continue", still holds.
            helper = state.helper or kept.helper
            kept = kept.with_(voice=state.voice, conditions=state.conditions, helper=helper)
        return play(moment, kept, lead=prompt(moment, "resumed"))
    if state is None:
        return relief.launch(moment)
    if state.awaiting is Awaiting.MORE:
        return more(moment)
    if state.awaiting is Awaiting.OFFER:
        return bedtime.bedtime(moment)
    if is_stopped(state):
        return render(moment, state)
    if not in_routine(state):
        return relief.begin(moment, state, place.RELIEF)
    if state.awaiting is Awaiting.EASED and state.topic in (None, ASKED_AGAIN, *LOOKED_FOR):
        return relief.advance(moment)
    if state.awaiting is Awaiting.BEDTIME:
        return bedtime.skip(moment, state)
    return play(moment, state)


def wants_kept_place(moment: Moment) -> bool:
    """Whether "continue" may mean a place of an earlier session: nothing in this one has been reached yet."""
    state = place.reached(moment)
    if state is None:
        return True
    first = moment.advice.routine(place.RELIEF)
    return (
        state.awaiting is Awaiting.EASED
        and state.topic is None
        and state.routine == place.RELIEF
        and state.round == 1
        and first is not None
        and state.step == first.steps[0].id
    )


def nothing_kept(moment: Moment, prompt_name: str) -> Reply:
    """ "Continue" without a place to go on from: says so in half a sentence, and asks whether to stretch.

    Who has opened the skill in this session is stretching already, and starts again. Who has not may be somebody whose
    night ended with an emergency that only another process knows of: nothing is stretched then without a yes.
    """
    state = moment.state
    if state is None:
        waiting = State(at=moment.now, awaiting=Awaiting.START, topic=said(prompt_name))
        return ask(moment, waiting, prompt(moment, prompt_name), line(moment, "start_question"))
    reply = relief.begin(moment, state, place.RELIEF, lead=prompt(moment, prompt_name))
    # A store that is away now is so in a moment too: "continue" then goes on from here.
    return (
        replace(reply, state=reply.state.with_(topic=said(prompt_name)))
        if reply.state and in_routine(reply.state)
        else reply
    )


def longer(moment: Moment, seconds: int | None) -> Reply:
    """Holds again, longer: by the seconds that were named, or by the facts' own step.

    A length that no hold can have was said of something else: "just a second" wants quiet, and "it's been half an
    hour" is how long it has cramped, which is a warning sign.
    """
    timing = moment.advice.timing
    if seconds is not None and 0 < seconds < timing.shortest:
        return pause(moment)
    lasting = safety.lasting(moment, seconds)
    return safety.by_tier(moment, lasting) if lasting else _pace(moment, seconds, timing.change)


def shorter(moment: Moment, seconds: int | None) -> Reply:
    """Holds again, shorter."""
    return _pace(moment, seconds, -moment.advice.timing.change)


def _pace(moment: Moment, seconds: int | None, change: int) -> Reply:
    state = place.reached(moment)
    if state is None:
        state = _first(moment)
    if state is None:
        return relief.launch(moment)
    if is_stopped(state) or not in_routine(state):
        return render(moment, state)
    routine = moment.advice.routine(state.routine)
    if routine is None or place.is_bedtime(state.routine):
        return play(moment, state, lead=prompt(moment, "fixed_hold"))
    step = routine.step(state.step)
    now = hold_seconds(moment.advice, state, step)
    wanted = now + change if seconds is None or (change < 0 and seconds >= now) else seconds
    changed = state.with_(pace=max(moment.advice.timing.shortest, wanted))
    held = hold_seconds(moment.advice, changed, step)
    name = "hold_at_limit" if held < wanted else "hold_at_least" if held > wanted else "hold_changed"
    return play(moment, changed.with_(pace=held), lead=prompt(moment, name, hold=held))


def whisper(moment: Moment) -> Reply:
    """Everything from here on whispered, and the last thing again so."""
    return _voice(moment, "whisper")


def speak_up(moment: Moment) -> Reply:
    """Louder from here on, and the last thing again so."""
    return _voice(moment, "clear")


def _voice(moment: Moment, voice: str) -> Reply:
    state = place.reached(moment)
    if state is None:
        return relief.begin(moment, State(at=moment.now, voice=voice), place.RELIEF)
    return render(moment, state.with_(voice=voice))


def more(moment: Moment) -> Reply:
    """More of the list; "more" in a stretch is a longer hold, and after a cause or a remedy it is the list."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    topic = state.topic
    size = moment.advice.timing.list_size
    if isinstance(topic, Signs):
        end = safety.page_end(moment, topic.start)
        return safety.signs(moment, end) if end < len(moment.advice.listed_signs()) else list_over(moment, state)
    if isinstance(topic, Page):
        end = topic.start + size
        if end < len(moment.advice.listed(topic.file)):
            return answers.list_page(moment, topic.file, end)
        return list_over(moment, state)
    claim = answers.topic_claim(moment, topic)
    if claim:
        return answers.list_page(moment, claim.topic, 0) if claim.topic in LISTS else list_over(moment, state)
    if is_stopped(state):
        return safety.signs(moment)
    if in_routine(state) and state.awaiting is Awaiting.EASED:
        return longer(moment, None)
    return render(moment, state)


def list_over(moment: Moment, state: State) -> Reply:
    """There is no more of it."""
    return answers.ask_back(moment, state.with_(topic=said("list_over")), prompt(moment, "list_over"))


def offer(moment: Moment, state: State) -> Reply:
    """No cramp now: one short question."""
    if no_stretch_left(moment, state):
        return still(moment, state.with_(topic=said("stay_safe")), prompt(moment, "stay_safe"))
    # Another cramp of this session has its own ten minutes.
    offering = state.with_(routine=None, step=None, awaiting=Awaiting.OFFER, topic=said("not_cramping"), started_at=0)
    return ask(moment, offering, prompt(moment, "not_cramping"), line(moment, "offer_question"))
