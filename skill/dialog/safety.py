"""Warning signs. They win over everything, work from every state, and never continue a stretch."""

from __future__ import annotations

from skill.advice import CLAIM_FILES, Symptom
from skill.dialog.answers import ask_back, ask_more, resting
from skill.dialog.no_stretch import no_stretch_left, stay_safe
from skill.dialog.prompting import ask, close, joined, line, prompt, says
from skill.dialog.reply import Card, Reply, Screen
from skill.dialog.state import Awaiting, State
from skill.dialog.topic import RULE, SHORT_ANSWERS, SIGN, Line, Signs, said
from skill.dialog.turn_context import DENIED, TRANSCRIPT, TurnContext, of_the_body
from skill.speech import Script
from skill.triage import CALM, URGENT, Assessment

EMERGENCY, SAME_DAY = "emergency", "same_day"
TOO_LONG = "over_ten_minutes"
"""The sign of a cramp that will not stop."""
CRISIS, POISON = "crisis", "poison"
_CALLS = {
    EMERGENCY: ("{emergency_call}", ""),
    POISON: ("{poison_call}", "{poison_then}"),
    CRISIS: ("{crisis_call}", "{crisis_then}"),
}
"""Whom to call first, and the sentence after the first words."""
_LARGE = 5
"""Characters of the longest number that a screen has room to show large; a longer one stands in the title."""
UNSURE = said("unsure_sign")
"""The topic while it is asked whether an unknown word is one of the urgent signs."""
_TURNED_ROUND = ("not", "i'm not", "can't", "no")
"""Words before a sign that make it another sign: "not breathing" is itself a sign, not a denial."""


def volunteered(turn: TurnContext) -> Reply:
    """A sign that the person names, answered by its tier; of several, the most urgent. None of them is stored.

    How long it has cramped, where that was said, may be a sign of its own.
    """
    lasted = turn.slot("lasted").seconds
    found = turn.assessment
    calmed = found.calms if found else ()
    named = [_named(turn, slot.id, slot.heard) for slot in turn.slots.values()]
    named.append(turn.advice.overheard(of_the_body(turn.advice, turn.slots)))
    signs = [symptom for symptom in named if symptom and symptom.id not in calmed]
    long = lasting(turn, lasted)
    if long is not None:
        signs.append(long)
    if not signs:
        # What a plain cramp feels like is no sign, though no sign has that name.
        return carry_on(turn, found) if found else unknown_sign(turn)
    sign = _most_urgent(turn, signs)
    if found is None and long is None and sign.tier in (EMERGENCY, SAME_DAY) and (told := only_told(turn)):
        return told
    return by_tier(turn, sign)


def only_told(turn: TurnContext) -> Reply | None:
    """The answer where a sign is asked about, imagined, past, a story or denied, as the whole of what was heard shows:
    the signs are listed, and no urgency is claimed. None where a sign may be meant."""
    if not turn.only_spoken_of:
        return None
    return no_sign(turn) if turn.only_denied else red_flags(turn)


def denied(turn: TurnContext) -> Reply:
    """ "No chest pain": half a sentence and the way back. Whatever may still be a sign is one: "not breathing", or what
    comes after "but"."""
    advice = turn.advice
    signs: list[Symptom] = []
    known = False
    for slot in (turn.slot(name) for name in DENIED):
        heard = slot.heard
        own = _named(turn, slot.id, heard)
        known = known or own is not None or (slot.id is not None and not turn.advice.symptom(slot.id))
        # "Good" is never said to a person who may want to die.
        signs += [own] if own and own.first == CRISIS else []
        turned = [text for word in _TURNED_ROUND if advice.is_named("symptoms", text := f"{word} {heard}")]
        found = (advice.overheard(text) for text in (*turned, heard.partition(" but ")[2]))
        signs += [symptom for symptom in found if symptom]
    if signs:
        return by_tier(turn, _most_urgent(turn, signs))
    if not known:
        return unknown_sign(turn)
    return no_sign(turn)


def no_sign(turn: TurnContext) -> Reply:
    """A person who has none of a sign hears so, and the way back."""
    state = turn.here.with_(topic=said("no_sign"))
    return ask_back(turn, state, prompt(turn, "no_sign"))


def lasting(turn: TurnContext, seconds: int | None) -> Symptom | None:
    """The sign for a cramp that has lasted this long, in seconds; None while a stretch may still end it."""
    long = seconds is not None and seconds > turn.advice.timing.reassess_minutes * 60
    return turn.advice.symptom(TOO_LONG) if long else None


def interrupts(turn: TurnContext) -> Reply | None:
    """The answer to danger in what was said, whatever was asked ("does massage help a swollen calf"), if there is any.

    A rule over findings decides first (`skill.triage`); what no rule knows may still be a sign by its name. A slot that
    resolved to content of its own kind is a question about it, not a sign, and is left to its handler.
    """
    found = turn.assessment
    named = [own for slot in turn.slots.values() if slot.exact and (own := turn.advice.symptom(slot.id))]
    urgent = [own for own in named if own.tier in (EMERGENCY, SAME_DAY)]
    if found is None and urgent and turn.only_spoken_of:
        return None if any(name in DENIED for name in turn.slots) else only_told(turn)
    if found is not None and found.tier in URGENT:
        # A sign that was named keeps its own reason, unless a rule is graver or more particular: "pregnant and swollen"
        # says more than "swollen".
        graver = [own for own in urgent if own.id not in found.calms and (found.depth == 1 or own.tier == EMERGENCY)]
        known = graver if found.tier == SAME_DAY else []
        return by_tier(turn, _most_urgent(turn, known)) if known else by_rule(turn, found)
    if found is not None and (found.first or urgent) and all(own.id in found.calms for own in urgent):
        return carry_on(turn, found)
    unresolved = [
        (name, slot.heard)
        for name, slot in turn.slots.items()
        if name not in (*DENIED, TRANSCRIPT)
        and slot.heard
        and (slot.id is None or not slot.exact)
        and not slot.copied
        and not any(turn.advice.is_named(file, slot.heard) for file in CLAIM_FILES)
    ]
    # "My chest is cramping" fills the muscle with "chest": a place alone is no sign, but pain there may be one.
    texts = [heard for _, heard in unresolved]
    places = [heard for name, heard in unresolved if name == "muscle"]
    texts += [f"{heard} {hurt}" for heard in places for hurt in ("pain", "hurts", "cramps")]
    signs = [symptom for text in texts if (symptom := turn.advice.overheard(text))]
    urgent = [symptom for symptom in signs if symptom.tier in (EMERGENCY, SAME_DAY)]
    if urgent and found is not None and all(own.id in found.calms for own in urgent):
        return carry_on(turn, found)
    if urgent and turn.only_spoken_of:
        # Whatever else was asked about is answered.
        return None if any(slot.id for slot in turn.slots.values()) else only_told(turn)
    return by_tier(turn, _most_urgent(turn, urgent)) if urgent else None


def by_rule(turn: TurnContext, found: Assessment) -> Reply:
    """What an urgent rule is answered with: whom to call first, why, and the first words for this trouble."""
    because = turn.advice.say(found.because)
    first = first_words(turn, found.first, found.other)
    if found.tier == SAME_DAY:
        return _seen_today(turn, (because,), (*first, *turn.advice.prompt("same_day")))
    return _call_now(turn, found.tier, because, first)


def _call_now(turn: TurnContext, tier: str, because: str, first: tuple[str, ...]) -> Reply:
    """Whom to call for an emergency, a poisoning or thoughts of suicide, as this region's health service says; that
    the speaker cannot call; the first words; and when it is the emergency number after all. Over."""
    advice = turn.advice
    call, last = (advice.say(text) if text else "" for text in _CALLS[tier])
    lines = (because, *first_words(turn, "no_call"), *first, *((last,) if last else ()))
    number = next((own for own in advice.region.numbers if own in call and len(own) <= _LARGE), "")
    screen = Screen("urgent", call, lines, number=number)
    # A person who wants to die must not be shouted at.
    return close(says(call, *lines), firm=tier != CRISIS, finished=True, screen=screen)


def first_words(turn: TurnContext, name: str, other: bool = False) -> tuple[str, ...]:
    """The first words of that name; `other` for those about somebody else, where there are any."""
    words = turn.advice.words("triage")["first"]
    own = words.get(f"{name}_other") if other else None
    return tuple(turn.advice.say(text) for text in own or words.get(name, ()))


def _seen_today(turn: TurnContext, because: tuple[str, ...], after: tuple[str, ...]) -> Reply:
    """No more stretching, why, that it is to be seen today, and what comes with that; over."""
    call = turn.advice.say("{same_day}")
    before = (*turn.advice.prompt("stop_stretching"), *because)
    screen = Screen("urgent", call, (*before, *after))
    return close(says(*before, call, *after), finished=True, screen=screen)


def carry_on(turn: TurnContext, found: Assessment) -> Reply:
    """What a plain cramp feels like, or what a visit may wait for: it is said so, and back to the stretch."""
    reason = Line(RULE, found.rule)
    topic = said(reason) if found.tier == CALM else said(reason, "book")
    state = turn.here.with_(topic=topic)
    return ask_back(turn, state, says(*topic.sentences(turn.advice)))


def by_tier(turn: TurnContext, symptom: Symptom) -> Reply:
    """What a sign of this tier is answered with."""
    because = turn.advice.say(symptom.because)
    if symptom.tier == EMERGENCY:
        tier = symptom.first if symptom.first in (CRISIS, POISON) else EMERGENCY
        return _call_now(turn, tier, because, first_words(turn, symptom.first))
    if symptom.tier == SAME_DAY:
        return _seen_today(turn, (because,), turn.advice.prompt("same_day"))
    # The sign's id is in the attributes while the session lives, as conditions are, so that "repeat" says the reason
    # too. It is neither stored nor logged: `memory` keeps a place in a routine, `log` leaves out the topic.
    topic = said(Line(SIGN, symptom.id), "book")
    state = turn.here.with_(topic=topic)
    return ask_back(turn, state, says(*topic.sentences(turn.advice)))


def unknown_sign(turn: TurnContext) -> Reply:
    """An unknown sign: what would be urgent near a cramp, and whether it is one of those. An unknown word alone sends
    no one to a hospital."""
    state = turn.here.with_(topic=UNSURE)
    if no_stretch_left(turn, state):
        return signs(turn, lead="unknown_sign")
    return ask_unsure(turn, state, prompt(turn, "unsure_sign"))


def ask_unsure(turn: TurnContext, state: State, script: Script) -> Reply:
    """Asks whether it is one of the signs just named; silence rests the leg."""
    waiting = state.with_(awaiting=Awaiting.SIGNS)
    return ask(turn, waiting, script, line(turn, "unsure_question"), resting(turn, state))


def one_of_those(turn: TurnContext) -> Reply:
    """Yes, it is one of the signs just named: whom to call for which."""
    return _seen_today(turn, turn.advice.prompt("one_of_those"), ())


def red_flags(turn: TurnContext) -> Reply:
    """When to see a doctor, in one breath: today, at once, or by appointment; then the signs one by one. That cramps
    are mostly harmless is not said once the stretch has been stopped for good reason."""
    return signs(turn, lead="signs_stopped" if turn.here.is_stopped else "signs_lead")


def signs(turn: TurnContext, start: int = 0, lead: str = "") -> Reply:
    """The warning signs, a few at a time: today, at once, by appointment. In the middle of a stretch they lead back to
    it. The first page is what the short answer says."""
    advice = turn.advice
    if not start and not lead and turn.here.topic == UNSURE:
        return one_of_those(turn)
    state = turn.here.with_(topic=Signs(max(start, 0), lead))
    page, end, screen = _page(turn, start)
    short = start == 0 and lead in SHORT_ANSWERS
    script = prompt(turn, lead) if short else (*(prompt(turn, lead) if lead else ()), *says(page))
    asked = start == 0 and lead != "unknown_sign"
    card = Card(line(turn, "signs_card_title"), signs_text(turn)) if asked else None
    if end < len(advice.listed_signs()):
        return ask_more(turn, state, script, "more_question", card=card, screen=screen)
    script = (*script, *prompt(turn, "list_done"))
    if no_stretch_left(turn, state):
        return stay_safe(turn, script)
    return ask_back(turn, state, script, card=card, screen=screen)


def page_end(turn: TurnContext, start: int) -> int:
    """Where the page of signs that begins at `start` ends."""
    return _page(turn, start)[1]


def page_before(turn: TurnContext, start: int) -> int:
    """Where the page before the one at `start` begins; pages are of unequal length."""
    before, end = 0, 0
    last = len(turn.advice.listed_signs())  # the attributes may say anything
    while end < min(start, last):
        before, end = end, page_end(turn, end)
    return before


def signs_text(turn: TurnContext) -> str:
    """All signs as text, for a card."""
    advice = turn.advice
    words = advice.words("tiers")
    rows = []
    for tier in advice.tiers:
        own = [s.sign for name in advice.listed_signs() if (s := advice.symptom(name)) and s.tier == tier]
        rows.append(advice.say(words[tier]["list"], signs=", ".join(own)))
    return "\n\n".join(rows)


def _page(turn: TurnContext, start: int) -> tuple[str, int, Screen]:
    advice = turn.advice
    names = advice.listed_signs()
    start = min(max(start, 0), len(names) - 1)
    tier = getattr(advice.symptom(names[start]), "tier", EMERGENCY)
    page: list[str] = []
    for name in names[start : start + advice.timing.list_size]:
        symptom = advice.symptom(name)
        if symptom is None or symptom.tier != tier:
            break
        page.append(symptom.sign)
    text = advice.say(advice.words("tiers")[tier]["list"], signs=joined(turn, page, "or"))
    title = advice.say(advice.words("tiers")[tier]["name"])
    number = (advice.region.emergency or "") if tier == EMERGENCY else ""
    if tier == EMERGENCY and not number:
        title = advice.say("{emergency}")
    screen = Screen("urgent" if tier == EMERGENCY else "list", title, tuple(page), number=number)
    return text, start + len(page), screen


def _most_urgent(turn: TurnContext, signs: list[Symptom]) -> Symptom:
    """Of several signs, the first of the highest tier."""
    return min(signs, key=lambda symptom: turn.advice.tiers.index(symptom.tier))


def _named(turn: TurnContext, name: str | None, heard: str) -> Symptom | None:
    return turn.advice.symptom(name) or (turn.advice.overheard(heard) if heard else None)
