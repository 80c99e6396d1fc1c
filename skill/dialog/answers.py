"""Questions and lists: two or three sentences, what a condition adds, and the way back to the stretch."""

from __future__ import annotations

from skill.advice import Claim
from skill.dialog import place
from skill.dialog.moment import Moment
from skill.dialog.relief import going_on
from skill.dialog.reply import Card, Reply, Screen
from skill.dialog.state import Awaiting, State
from skill.dialog.stopped import no_stretch_left, still
from skill.dialog.topic import UNKNOWN, About, Line, Page, Signs, Topic, said
from skill.dialog.turn import IfSilent, ask, fresh, in_routine, joined, line, prompt, says
from skill.speech import Script

_MOST_SENTENCES = 3


def answer(moment: Moment, topic: str, slot: str) -> Reply:
    """What a person asked about, by the slot; a bare question gets the list, an unknown thing what is known."""
    named = moment.slot(slot)
    claim = moment.advice.claim(topic, named.id) or elsewhere(moment, topic, named.heard)
    if claim:
        return tell(moment, claim)
    if named.heard:
        return unknown(moment, topic)
    return list_page(moment, topic, 0)


_NEAR = {
    "causes": ("lookalikes", "remedies", "habits"),
    "remedies": ("habits", "causes", "lookalikes"),
    "habits": ("remedies", "causes"),
    "lookalikes": ("causes", "remedies"),
}
"""Where else a thing may be known. "Could it be dehydration" and "does staying warm help" are heard as the wrong kind
of question as often as the right one, and the person wants the answer either way."""


def elsewhere(moment: Moment, topic: str, heard: str) -> Claim | None:
    """What was heard, as a claim of a neighbouring topic; None where nobody knows it."""
    if not heard:
        return None
    for other in _NEAR.get(topic, ()):
        claim = moment.advice.claim(other, moment.advice.named_in(other, heard))
        if claim:
            return claim
    return None


def why(moment: Moment) -> Reply:
    """Why do I cramp: the general answer, or the cause that was named."""
    claim = moment.advice.claim("causes", moment.slot("cause").id)
    if claim or moment.slot("cause").heard:
        return answer(moment, "causes", "cause")
    return tell_named(moment, "causes", "why")


def compare(moment: Moment) -> Reply:
    """Is it a cramp at all: the lookalike that was named, or the kinds of cramp there are."""
    named = moment.slot("lookalike")
    if named.id is None and not named.heard:
        return tell_named(moment, "lookalikes", "kinds")
    return answer(moment, "lookalikes", "lookalike")


def tell_named(moment: Moment, topic: str, name: str) -> Reply:
    """An entry that no slot names, such as the definition.

    Raises:
        LookupError: the content has no such entry; `cramp-coach check` insists on those the dialog names.
    """
    claim = moment.advice.claim(topic, name)
    if claim is None:
        raise LookupError(f"expected an entry {name!r} in {topic}.yaml, found none")
    return tell(moment, claim)


def tell(moment: Moment, claim: Claim) -> Reply:
    """One claim, with what the person's conditions change in it, and the way back."""
    state = fresh(moment, place.reached(moment)).with_(topic=About(claim.topic, claim.id))
    sentences = sentences_for(moment, state, claim)
    screen = Screen("answer", claim.name, sentences, sources=sources_of(moment, claim))
    if claim.offers_no_stretch:
        return ask_signs(moment, state, says(*sentences), screen)
    if claim.id == "why" and not in_routine(state):
        return ask_more(moment, state, says(*sentences), "causes_question", screen=screen)
    return ask_back(moment, state, says(*sentences), screen=screen)


def sources_of(moment: Moment, claim: Claim) -> tuple[str, ...]:
    """Who says so: the publishers, each once."""
    found = (moment.advice.source(name) for name in claim.sources)
    return tuple(dict.fromkeys(source.publisher for source in found if source is not None))


def sentences_for(moment: Moment, state: State, claim: Claim) -> tuple[str, ...]:
    """The claim's sentences; a condition may replace them or add its warning. Three, as a sleepy ear allows.

    Where a warning needs room, what only explains makes it. Nothing that cautions is left out, so there may be four
    sentences, or more with many conditions; a thing left out keeps what holds without it, as "never stop it" does.
    """
    advice = moment.advice
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


def unknown(moment: Moment, topic: str) -> Reply:
    """Something we hold nothing about: say so, and name a few things that are known."""
    known = said(Line(UNKNOWN, topic))
    state = fresh(moment, place.reached(moment)).with_(topic=known)
    return ask_back(moment, state, says(*known.sentences(moment.advice)))


def list_page(moment: Moment, topic: str, start: int) -> Reply:
    """A few entries of a topic's list from `start` on, then "more", then the way back."""
    advice = moment.advice
    names = advice.listed(topic)
    start = start if start < len(names) else 0
    state = fresh(moment, place.reached(moment)).with_(topic=Page(topic, start))
    page = names[start : start + advice.timing.list_size]
    items = [claim.short for name in page if (claim := advice.claim(topic, name))]
    first = start == 0
    script = prompt(moment, f"list_{topic}" if first else "list_more", items=joined(moment, items, "and"))
    title = line(moment, f"{topic}_card_title")
    card = Card(title, list_text(moment, topic)) if first and topic == "habits" else None
    screen = Screen("list", title, tuple(items))
    if start + len(page) >= len(names):
        return ask_back(moment, state, (*script, *prompt(moment, "list_done")), card=card, screen=screen)
    return ask_more(moment, state, script, "more_question", card=card, screen=screen)


def list_text(moment: Moment, topic: str) -> str:
    """The whole list as text, for a card."""
    claims = [moment.advice.claim(topic, name) for name in moment.advice.listed(topic)]
    return "\n".join(f"- {claim.short[:1].upper()}{claim.short[1:]}" for claim in claims if claim)


def ask_back(
    moment: Moment, state: State, script: Script, card: Card | None = None, screen: Screen | None = None
) -> Reply:
    """Ends an answer: back to the stretch where there is one, else the offer of it; never where it was stopped."""
    if no_stretch_left(moment, state):
        return still(moment, state, script)
    if not in_routine(state):
        starting = state.with_(awaiting=Awaiting.START)
        return ask(moment, starting, script, line(moment, "start_question"), card=card, screen=screen)
    question = back_question(moment, state)
    waiting = state.with_(awaiting=Awaiting.BACK)
    silence = _silence_after(moment, state, script, question)
    return ask(moment, waiting, script, question, silence, card=card, screen=screen)


def ask_more(
    moment: Moment,
    state: State,
    script: Script,
    question_name: str,
    card: Card | None = None,
    screen: Screen | None = None,
) -> Reply:
    """Ends a page of a list. Silence in the middle of a routine goes on with it, but not after a worrying answer."""
    question = line(moment, question_name)
    silence = _silence_after(moment, state, script, question) if in_routine(state) else None
    waiting = state.with_(awaiting=Awaiting.MORE)
    return ask(moment, waiting, script, question, silence, card=card, screen=screen)


def ask_signs(moment: Moment, state: State, script: Script, screen: Screen | None = None) -> Reply:
    """Ends an answer that no stretch may follow unasked: the warning signs on offer. A routine keeps its place, so that
    "continue" goes on with it where it is only a cramp after all; silence rests the leg."""
    if no_stretch_left(moment, state):
        return still(moment, state, script, screen)
    waiting = state.with_(awaiting=Awaiting.SIGNS)
    return ask(moment, waiting, script, line(moment, "signs_question"), resting(moment, state), screen=screen)


def resting(moment: Moment, state: State) -> IfSilent:
    """Silence that plays no hold: the leg rests, and whoever is in a routine hears how to go on with it."""
    way_on = prompt(moment, "rest_continue") if in_routine(state) else ()
    return IfSilent((*prompt(moment, "rest_silence"), *way_on))


def _silence_after(moment: Moment, state: State, script: Script, question: str) -> IfSilent:
    """Silence after an answer in the middle of a routine."""
    return resting(moment, state) if _rests(moment, state) else going_on(moment, state, script, question)


def _rests(moment: Moment, state: State) -> bool:
    """The warning signs are read out after a worrying answer, or for a sign that nobody knows.

    Silence that went on would have left a mark; a page of signs without one followed such an answer itself.
    """
    before = moment.state
    if not isinstance(state.topic, Signs) or before is None:
        return False
    return (
        before.awaiting is Awaiting.SIGNS
        or "symptom" in moment.slots
        or (isinstance(before.topic, Signs) and not before.marks)
    )


def back_question(moment: Moment, state: State) -> str:
    """ "Back to the stretch?", or to the bedtime routine."""
    return line(moment, "back_bedtime_question" if place.is_bedtime(state.routine) else "back_question")


def topic_claim(moment: Moment, topic: Topic | None) -> Claim | None:
    """The claim that a state's topic names."""
    return moment.advice.claim(topic.file, topic.id) if isinstance(topic, About) else None
