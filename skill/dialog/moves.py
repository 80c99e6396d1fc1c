"""Moving about: next, previous, repeat, start over, pause, continue, longer, shorter, whisper, speak up."""

from __future__ import annotations

from skill.dialog import answers, bedtime, place, relief, safety
from skill.dialog.compose import paused, play, render
from skill.dialog.moment import Moment
from skill.dialog.reply import Reply
from skill.dialog.state import Awaiting, State
from skill.dialog.turn import ask, in_routine, line, prompt


def next_step(moment: Moment) -> Reply:
    """The next step, the next side, or the next page of a list."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    if state.awaiting is Awaiting.MORE:
        return more(moment)
    if safety.stopped(moment):
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
    if safety.stopped(moment):
        return render(moment, state)
    if state.awaiting is Awaiting.MORE:
        start = max(0, state.said - moment.advice.timing.list_size)
        return render(moment, state.with_(said=start))
    if not in_routine(state):
        return relief.begin(moment, state, place.RELIEF)
    return play(moment, place.preceding(moment.advice, state))


def repeat(moment: Moment) -> Reply:
    """The last thing again, from the state, so that it is true to the time and the place."""
    state = place.reached(moment)
    return render(moment, state) if state else relief.launch(moment)


def start_over(moment: Moment) -> Reply:
    """The same routine from its first step."""
    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    if safety.stopped(moment):
        return render(moment, state)
    if state.routine is None:
        return relief.begin(moment, state, place.RELIEF)
    way = place.enter(moment.advice, state.with_(pace=0, step=None), state.routine)
    return play(moment, way.state) if way.state else relief.nothing_allowed(moment, state, way.reasons)


def pause(moment: Moment) -> Reply:
    """Keeps the place, and asks nothing more."""
    state = place.reached(moment)
    if state is None:
        state = place.enter(moment.advice, State(at=moment.now, started_at=moment.now), place.RELIEF).state
    if state is None or safety.stopped(moment) or not in_routine(state):
        return render(moment, state) if state else relief.launch(moment)
    return paused(moment, state)


def resume(moment: Moment, kept: State | None = None) -> Reply:
    """Continue: from a pause, from an answer, or from a place kept after an earlier session (`kept`)."""
    state = place.reached(moment)
    if kept is not None:
        return play(moment, kept, lead=prompt(moment, "resumed"))
    if state is None:
        return relief.launch(moment)
    if safety.stopped(moment):
        return render(moment, state)
    if state.awaiting is Awaiting.MORE:
        return more(moment)
    if state.awaiting is Awaiting.PAUSED:
        away = moment.now - state.at
        started = state.started_at + away if state.started_at else 0
        return play(moment, state.with_(started_at=started))
    if not in_routine(state):
        return relief.begin(moment, state, place.RELIEF)
    if state.awaiting is Awaiting.EASED and not state.topic:
        return relief.advance(moment)
    if state.awaiting is Awaiting.BEDTIME:
        return bedtime.onward(moment)
    return play(moment, state)


def wants_kept_place(moment: Moment) -> bool:
    """Whether "continue" may mean a place of an earlier session: nothing in this one has been reached yet."""
    state = moment.state
    if state is None:
        return True
    first = moment.advice.routine(place.RELIEF)
    return (
        state.awaiting is Awaiting.EASED
        and state.routine == place.RELIEF
        and state.round == 1
        and first is not None
        and state.step == first.steps[0].id
    )


def nothing_kept(moment: Moment, prompt_name: str) -> Reply:
    """ "Continue" without a place to go on from: says so in half a sentence and starts the stretch."""
    state = moment.state or State(at=moment.now)
    return relief.begin(moment, state, place.RELIEF, lead=prompt(moment, prompt_name))


def longer(moment: Moment, seconds: int | None) -> Reply:
    """Holds again, longer: by the seconds that were named, or by the facts' own step."""
    return _pace(moment, seconds, moment.advice.timing.change)


def shorter(moment: Moment, seconds: int | None) -> Reply:
    """Holds again, shorter."""
    return _pace(moment, seconds, -moment.advice.timing.change)


def _pace(moment: Moment, seconds: int | None, change: int) -> Reply:
    from skill.dialog.steps import hold_seconds

    state = place.reached(moment)
    if state is None:
        return relief.launch(moment)
    if safety.stopped(moment) or not in_routine(state):
        return render(moment, state)
    routine = moment.advice.routine(state.routine)
    if routine is None or place.is_bedtime(state.routine):
        return play(moment, state, lead=prompt(moment, "fixed_hold"))
    step = routine.step(state.step)
    wanted = seconds if seconds is not None else hold_seconds(moment.advice, state, step) + change
    changed = state.with_(pace=max(moment.advice.timing.shortest, wanted))
    held = hold_seconds(moment.advice, changed, step)
    name = "hold_at_limit" if held < wanted else "hold_changed"
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
    topic = state.topic or ""
    size = moment.advice.timing.list_size
    if topic == "signs":
        end = safety.page_end(moment, state.said)
        return safety.signs(moment, end) if end < len(moment.advice.symptoms()) else list_over(moment, state)
    if topic.startswith("list/") and answers.is_list(topic):
        name = topic.removeprefix("list/")
        end = state.said + size
        if end < len(moment.advice.listed(name)):
            return answers.list_page(moment, name, end)
        return list_over(moment, state)
    claim = answers.topic_claim(moment, topic)
    if claim:
        return answers.list_page(moment, claim.topic, 0) if claim.topic in answers.LISTS else list_over(moment, state)
    if safety.stopped(moment):
        return safety.signs(moment)
    if in_routine(state) and state.awaiting is Awaiting.EASED:
        return longer(moment, None)
    return render(moment, state)


def list_over(moment: Moment, state: State) -> Reply:
    """There is no more of it."""
    return answers.ask_back(moment, state.with_(topic="say/help"), prompt(moment, "list_over"))


def offer(moment: Moment, state: State) -> Reply:
    """No cramp now: one short question."""
    offering = state.with_(routine=None, step=None, awaiting=Awaiting.OFFER, topic="say/not_cramping", said=0)
    return ask(moment, offering, prompt(moment, "not_cramping"), line(moment, "offer_question"))
