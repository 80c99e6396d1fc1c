"""What may be offered after a good end: a word of the person's own, and the bedtime stretches every evening.

Alexa keeps a routine, and asks for consent itself; the skill only hands it over, and stores nothing of it. An offer is
one short question, once a session, and silence is a no.
"""

from __future__ import annotations

from dataclasses import replace

from skill.dialog.endings import leave
from skill.dialog.prompting import Reprompt, ask, close, line, prompt
from skill.dialog.reply import Offer, Reply, Screen
from skill.dialog.state import Awaiting, State
from skill.dialog.topic import said
from skill.dialog.turn_context import TurnContext
from skill.speech import Script

STRETCH, BEDTIME = "StretchNow", "Bedtime"
"""The tasks that a routine may start; see `tasks`."""
ANSWERS = ("set", "rejected", "there", "failed")
"""What Alexa says that came of an offer: it is set up; the person said no; it was there already; anything else."""
_MORNING, _NOON = 5, 12
"""Hours from and until which a time of day is meant as one of the evening: "half past nine"."""


def may_offer(turn: TurnContext) -> bool:
    """Whether a routine may be offered: where Alexa can take one, once a session, and not to whoever came by one. Not
    in a night in which it got worse."""
    state = turn.here
    return turn.offers and not (state.offered or state.task or state.eased_off or state.stopped)


def ask_own_word(turn: TurnContext, script: Script, screen: Screen) -> Reply:
    """It has let go: what was said of that, and the offer of a word."""
    return _ask(turn, Awaiting.OWN_WORD, "own_word_question", script, prompt(turn, "goodnight"), screen)


def ask_evening(turn: TurnContext, screen: Screen) -> Reply:
    """The bedtime stretches are done: the offer of every evening."""
    script = prompt(turn, "bedtime_over")
    return _ask(turn, Awaiting.EVENING, "evening_question", script, prompt(turn, "bedtime_done"), screen)


def _ask(turn: TurnContext, awaiting: Awaiting, name: str, script: Script, silence: Script, screen: Screen) -> Reply:
    over = State(
        awaiting=awaiting,
        voice=turn.here.voice,
        conditions=turn.here.conditions,
        helper=turn.here.helper,
        offered=True,
        topic=said(),  # "repeat" asks again, and plays no stretch
    )
    return ask(turn, over, script, question(turn, name), Reprompt(silence), finished=True, screen=screen)


def question(turn: TurnContext, name: str) -> str:
    """The question of an offer, with the person's country's word."""
    words = turn.advice.region.own_words
    return line(turn, name, word=words[0]) if name == "own_word_question" else line(turn, name)


def yes_own_word(turn: TurnContext) -> Reply:
    """Yes to the word: Alexa asks for consent."""
    return _hand_over(turn, Offer(STRETCH)) if turn.advice.region.own_words else no(turn)


def yes_evening(turn: TurnContext) -> Reply:
    """Yes to every evening: at what time?"""
    return _ask_again(turn, Awaiting.EVENING_TIME, ())


def evening_time(turn: TurnContext) -> Reply:
    """A time was named, in answer to either question about the evening."""
    time = evening_of(turn.slot("time").heard)
    return missed(turn, prompt(turn, "fallback_evening_time")) if not time else _hand_over(turn, Offer(BEDTIME, time))


def missed(turn: TurnContext, script: Script) -> Reply:
    """Not understood: the question again; silence is still a no."""
    awaiting = turn.here.awaiting
    timed = awaiting is Awaiting.EVENING and turn.slot("time").heard
    return _ask_again(turn, Awaiting.EVENING_TIME if timed else awaiting, script)


def again(turn: TurnContext, state: State, script: Script) -> Reply:
    """The question again, for "repeat" and another voice."""
    return _ask_again(replace(turn, state=state), state.awaiting, script)


def no(turn: TurnContext) -> Reply:
    """No: goodnight, and nothing is left to continue."""
    return replace(leave(turn), finished=True)


def _ask_again(turn: TurnContext, awaiting: Awaiting, script: Script) -> Reply:
    if awaiting is Awaiting.OWN_WORD and not turn.advice.region.own_words:
        return no(turn)  # a session that has come from a country with a word into one without
    name = f"{awaiting}_question"
    silence = Reprompt(prompt(turn, "goodnight"))
    return ask(turn, turn.here.with_(awaiting=awaiting), script, question(turn, name), silence, finished=True)


def _hand_over(turn: TurnContext, offer: Offer) -> Reply:
    """Hands the routine to Alexa. What comes of it comes as a request of its own, if it comes."""
    state = turn.here.with_(answered_at=turn.now)
    return Reply(script=prompt(turn, "alexa_asks"), state=state, finished=True, offer=offer)


def answered(turn: TurnContext, task: str, answer: str) -> Reply:
    """What came of an offer, in one sentence, and the end. `answer` is one of `ANSWERS`."""
    name = f"offer_{answer}"
    if answer == "set" and task == BEDTIME:
        name = "offer_set_evening"
    return close(prompt(turn, name), finished=True, screen=Screen("night", line(turn, "goodnight"), ()))


def evening_of(time: str) -> str:
    """The time of an evening as HHMM, from an AMAZON.TIME such as "21:30" or "09:30"; empty for anything else, such as
    "EV" for some time in the evening."""
    hour, colon, minute = time.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        return ""
    if _MORNING <= int(hour) < _NOON:
        return f"{int(hour) + 12}{int(minute):02}"
    return f"{int(hour) % 12 if int(hour) == _NOON else int(hour):02}{int(minute):02}"
