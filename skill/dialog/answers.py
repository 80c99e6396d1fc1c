"""Questions and lists: two or three sentences, what a condition adds, and the way back to the stretch."""

from __future__ import annotations

from skill.advice import Claim
from skill.dialog import position
from skill.dialog.no_stretch import no_stretch_left, rest_reply
from skill.dialog.prompting import Reprompt, ask, joined, line, prompt, says
from skill.dialog.relief import going_on
from skill.dialog.reply import Card, Reply, Screen
from skill.dialog.state import Awaiting, State
from skill.dialog.topic import UNKNOWN, About, Line, Page, Signs, Topic, said
from skill.dialog.turn_context import TurnContext
from skill.speech import Script

_MOST_SENTENCES = 3


def answer(turn: TurnContext, topic: str, slot: str) -> Reply:
    """What a person asked about, by the slot; a bare question gets the list, an unknown thing what is known."""
    named = turn.slot(slot)
    claim = turn.advice.claim(topic, named.id) or elsewhere(turn, topic, named.heard)
    if claim:
        return tell(turn, claim)
    if named.heard:
        return unknown(turn, topic)
    return list_page(turn, topic, 0)


_NEAR = {
    "causes": ("lookalikes", "remedies", "habits"),
    "remedies": ("habits", "causes", "lookalikes"),
    "habits": ("remedies", "causes"),
    "lookalikes": ("causes", "remedies"),
}
"""Where else a thing may be known. "Could it be dehydration" and "does staying warm help" are heard as the wrong kind
of question as often as the right one, and the person wants the answer either way."""


def elsewhere(turn: TurnContext, topic: str, heard: str) -> Claim | None:
    """What was heard, as a claim of a neighbouring topic; None where no topic has it."""
    if not heard:
        return None
    for other in _NEAR.get(topic, ()):
        claim = turn.advice.claim(other, turn.advice.named_in(other, heard))
        if claim:
            return claim
    return None


def why(turn: TurnContext) -> Reply:
    """Why do I cramp: the general answer, or the cause that was named."""
    claim = turn.advice.claim("causes", turn.slot("cause").id)
    if claim or turn.slot("cause").heard:
        return answer(turn, "causes", "cause")
    return tell_named(turn, "causes", "why")


def compare(turn: TurnContext) -> Reply:
    """Is it a cramp at all: the lookalike that was named, or the kinds of cramp there are."""
    named = turn.slot("lookalike")
    if named.id is None and not named.heard:
        return tell_named(turn, "lookalikes", "kinds")
    return answer(turn, "lookalikes", "lookalike")


def tell_named(turn: TurnContext, topic: str, name: str) -> Reply:
    """An entry that no slot names, such as the definition.

    Raises:
        LookupError: the content has no such entry; `cramp-coach check` insists on those the dialog names.
    """
    claim = turn.advice.claim(topic, name)
    if claim is None:
        raise LookupError(f"expected an entry {name!r} in {topic}.yaml, found none")
    return tell(turn, claim)


def tell(turn: TurnContext, claim: Claim) -> Reply:
    """One claim, with what the person's conditions change in it, and the way back."""
    state = turn.here.with_(topic=About(claim.topic, claim.id))
    sentences = sentences_for(turn, state, claim)
    screen = Screen("answer", claim.name, sentences, sources=sources_of(turn, claim))
    if claim.offers_no_stretch:
        return ask_signs(turn, state, says(*sentences), screen)
    if claim.id == "why" and not state.in_routine:
        return ask_more(turn, state, says(*sentences), "causes_question", screen=screen)
    return ask_back(turn, state, says(*sentences), screen=screen)


def sources_of(turn: TurnContext, claim: Claim) -> tuple[str, ...]:
    """Who says so: the publishers, each once."""
    found = (turn.advice.source(name) for name in claim.sources)
    return tuple(dict.fromkeys(source.publisher for source in found if source is not None))


def sentences_for(turn: TurnContext, state: State, claim: Claim) -> tuple[str, ...]:
    """The claim's sentences; a condition may replace them or add its warning. Three, as a sleepy ear allows.

    Where a warning needs room, what only explains makes it. Nothing that cautions is left out, so there may be four
    sentences, or more with many conditions; a thing left out keeps what holds without it, as "never stop it" does.
    """
    advice = turn.advice
    hits = advice.claim_rules(state.conditions, claim)
    replaced = [hit for hit in hits if hit.rule.do in ("leave_out", "replace")]
    if replaced:
        texts = [text for hit in replaced[:2] for text in (hit.rule.because, *hit.rule.instead)]
        texts += claim.always
    else:
        texts = list(dict.fromkeys((*claim.sentences, *(hit.rule.because for hit in hits))))
        if len(texts) > _MOST_SENTENCES:
            texts = [text for text in texts if text not in claim.explains]
    return tuple(dict.fromkeys(advice.say(text, **claim.numbers) for text in texts))


def unknown(turn: TurnContext, topic: str) -> Reply:
    """Something we hold nothing about: say so, and name a few things that are known."""
    known = said(Line(UNKNOWN, topic))
    state = turn.here.with_(topic=known)
    return ask_back(turn, state, says(*known.sentences(turn.advice)))


def list_page(turn: TurnContext, topic: str, start: int) -> Reply:
    """A few entries of a topic's list from `start` on, then "more", then the way back."""
    advice = turn.advice
    names = advice.listed(topic)
    start = start if start < len(names) else 0
    state = turn.here.with_(topic=Page(topic, start))
    page = names[start : start + advice.timing.list_size]
    items = [claim.short for name in page if (claim := advice.claim(topic, name))]
    first = start == 0
    script = prompt(turn, f"list_{topic}" if first else "list_more", items=joined(turn, items, "and"))
    title = line(turn, f"{topic}_card_title")
    card = Card(title, list_text(turn, topic)) if first and topic == "habits" else None
    screen = Screen("list", title, tuple(items))
    if start + len(page) >= len(names):
        return ask_back(turn, state, (*script, *prompt(turn, "list_done")), card=card, screen=screen)
    return ask_more(turn, state, script, "more_question", card=card, screen=screen)


def list_text(turn: TurnContext, topic: str) -> str:
    """The whole list as text, for a card."""
    claims = [turn.advice.claim(topic, name) for name in turn.advice.listed(topic)]
    return "\n".join(f"- {claim.short[:1].upper()}{claim.short[1:]}" for claim in claims if claim)


def ask_back(
    turn: TurnContext, state: State, script: Script, card: Card | None = None, screen: Screen | None = None
) -> Reply:
    """Ends an answer: back to the stretch where there is one, else the offer of it; never where it was stopped."""
    if no_stretch_left(turn, state):
        return rest_reply(turn, state, script)
    if not state.in_routine:
        starting = state.with_(awaiting=Awaiting.START)
        return ask(turn, starting, script, line(turn, "start_question"), card=card, screen=screen)
    question = back_question(turn, state)
    waiting = state.with_(awaiting=Awaiting.BACK)
    silence = _silence_after(turn, state, script, question)
    return ask(turn, waiting, script, question, silence, card=card, screen=screen)


def ask_more(
    turn: TurnContext,
    state: State,
    script: Script,
    question_name: str,
    card: Card | None = None,
    screen: Screen | None = None,
) -> Reply:
    """Ends a page of a list. Silence in the middle of a routine goes on with it, but not after a worrying answer."""
    question = line(turn, question_name)
    silence = _silence_after(turn, state, script, question) if state.in_routine else None
    waiting = state.with_(awaiting=Awaiting.MORE)
    return ask(turn, waiting, script, question, silence, card=card, screen=screen)


def ask_signs(turn: TurnContext, state: State, script: Script, screen: Screen | None = None) -> Reply:
    """Ends an answer that no stretch may follow unasked: the warning signs on offer. A routine keeps its place, so that
    "continue" goes on with it where it is only a cramp after all; silence rests the leg."""
    if no_stretch_left(turn, state):
        return rest_reply(turn, state, script, screen)
    waiting = state.with_(awaiting=Awaiting.SIGNS)
    return ask(turn, waiting, script, line(turn, "signs_question"), resting(turn, state), screen=screen)


def resting(turn: TurnContext, state: State) -> Reprompt:
    """Silence that plays no hold: the leg rests, and whoever is in a routine hears how to go on with it."""
    way_on = prompt(turn, "rest_continue") if state.in_routine else ()
    return Reprompt((*prompt(turn, "rest_silence"), *way_on))


def _silence_after(turn: TurnContext, state: State, script: Script, question: str) -> Reprompt:
    """Silence after an answer in the middle of a routine."""
    return resting(turn, state) if _rests(turn, state) else going_on(turn, state, script, question)


def _rests(turn: TurnContext, state: State) -> bool:
    """The warning signs are read out after a worrying answer, or for an unknown sign.

    Silence that went on would have left a mark; a page of signs without one followed such an answer itself.
    """
    before = turn.state
    if not isinstance(state.topic, Signs) or before is None:
        return False
    return (
        before.awaiting is Awaiting.SIGNS
        or "symptom" in turn.slots
        or (isinstance(before.topic, Signs) and not before.step_offsets)
    )


def back_question(turn: TurnContext, state: State) -> str:
    """ "Back to the stretch?", or to the bedtime routine."""
    return line(turn, "back_bedtime_question" if position.is_bedtime(state.routine) else "back_question")


def topic_claim(turn: TurnContext, topic: Topic | None) -> Claim | None:
    """The claim that a state's topic names."""
    return turn.advice.claim(topic.file, topic.id) if isinstance(topic, About) else None
