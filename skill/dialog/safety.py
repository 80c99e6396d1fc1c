"""Warning signs. They win over everything, work from every state, and never continue a stretch."""

from __future__ import annotations

from skill.advice import CLAIM_FILES, Symptom
from skill.dialog import place
from skill.dialog.answers import ask_back, ask_more, resting
from skill.dialog.moment import Moment
from skill.dialog.reply import Card, Reply, Screen
from skill.dialog.state import Awaiting
from skill.dialog.stopped import is_stopped, no_stretch_left, stay_safe
from skill.dialog.topic import RULE, SIGN, Line, Signs, said
from skill.dialog.turn import ask, close, fresh, joined, line, prompt, says
from skill.triage import CALM, URGENT, Assessment, assess, only_spoken_of

EMERGENCY, SAME_DAY = "emergency", "same_day"
DENIED = ("denied", "also_denied", "denied_place", "denied_state", "also_denied_state", "denied_event")
"""The slots of signs that somebody says they do not have."""
BODY = ("elsewhere", "place", "state", "other_state", "feeling", "action", "event", "other_event", "since")
"""The slots of what a body shows, in the order in which they say it together."""
THINGS = ("cause", "remedy", "condition", "habit", "lookalike")
"""Slots of things that people ask about: one that the content knows is no sign but a question, or a condition."""
_SIGNS = ("symptom", "other_symptom", "state", "feeling")
"""Slots whose value may be said of the leg without naming it."""
_PAIN = "pain"
"""The name of the words for pain, which the sentences with `elsewhere` have outside their slots."""
_CLAUSE = 4
"""Words from which what filled a denial's slot is more than a sign: "it's not [a cramp my chest hurts]"."""
TOO_LONG = "over_ten_minutes"
"""The sign of a cramp that will not stop."""
SELF_HARM = "self_harm"
"""The prompt for somebody who speaks of ending their life."""
TRANSCRIPT = "transcript"
"""A slot with all that was heard, from a host that has it; Alexa tells no more than the slots of the intent."""
CRISIS, POISON = "crisis", "poison"
_UNSURE = said("unsure_sign")
"""The topic after a question about a sign that nobody knows."""
_TURNED_ROUND = ("not", "i'm not", "can't", "no")
"""What was said before a sign that is itself a "not": "not breathing" is none that was denied."""


def volunteered(moment: Moment, lasted: int | None = None) -> Reply:
    """A sign that somebody names, answered by its tier; of several, the most urgent. None of them is stored.

    `lasted` is for how many seconds it has cramped, where that was said.
    """
    signs = [symptom for slot in moment.slots.values() if (symptom := _named(moment, slot.id, slot.heard))]
    signs += [symptom] if (symptom := moment.advice.overheard(_of_the_body(moment))) else []
    if (long := lasting(moment, lasted)) is not None:
        signs.append(long)
    if not signs:
        # What a plain cramp feels like is no sign, though no sign has that name.
        found = assessed(moment)
        return carry_on(moment, found) if found else unknown_sign(moment)
    return by_tier(moment, _most_urgent(moment, signs))


def denied(moment: Moment) -> Reply:
    """ "No chest pain": half a sentence and the way back. Whatever may still be a sign is one: "not breathing", or what
    comes after "but"."""
    advice = moment.advice
    signs: list[Symptom] = []
    known = False
    for slot in (moment.slot(name) for name in DENIED):
        heard = slot.heard
        own = _named(moment, slot.id, heard)
        known = known or own is not None or (slot.id is not None and not moment.advice.symptom(slot.id))
        # Nobody is told "good" who may want to die.
        signs += [own] if own and own.then == SELF_HARM else []
        turned = [text for word in _TURNED_ROUND if advice.is_named("symptoms", text := f"{word} {heard}")]
        found = (advice.overheard(text) for text in (*turned, heard.partition(" but ")[2]))
        signs += [symptom for symptom in found if symptom]
    if signs:
        return by_tier(moment, _most_urgent(moment, signs))
    if not known:
        return unknown_sign(moment)
    state = fresh(moment, place.reached(moment)).with_(topic=said("no_sign"))
    return ask_back(moment, state, prompt(moment, "no_sign"))


def lasting(moment: Moment, seconds: int | None) -> Symptom | None:
    """The sign that a cramp of so many seconds is; None for one that a stretch may still end."""
    long = seconds is not None and seconds > moment.advice.timing.reassess_minutes * 60
    return moment.advice.symptom(TOO_LONG) if long else None


def interrupts(moment: Moment) -> Reply | None:
    """The answer to danger in what was said, whatever was asked ("does massage help a swollen calf"), if there is any.

    A rule over findings decides first (`skill.triage`); what no rule knows may still be a sign by its name. A slot that
    resolved to content of its own kind is a question about it, not a sign, and is left to its handler.
    """
    found = assessed(moment)
    named = [own for slot in moment.slots.values() if (own := moment.advice.symptom(slot.id))]
    urgent = [own for own in named if own.tier in (EMERGENCY, SAME_DAY)]
    transcript = moment.slot(TRANSCRIPT).heard
    if found is None and urgent and transcript and only_spoken_of(transcript, moment.advice):
        # Asked about, thought of, over or a story: the signs are told, and nobody is sent away.
        return None if any(name in DENIED for name in moment.slots) else red_flags(moment)
    if found is not None and found.tier in URGENT:
        # A sign that was named keeps its own reason, unless a rule is graver or knows better first words.
        known = urgent if found.tier == SAME_DAY else []
        return by_tier(moment, _most_urgent(moment, known)) if known else by_rule(moment, found)
    if found is not None and urgent and all(own.id in found.calms for own in urgent):
        return carry_on(moment, found)
    unresolved = [
        (name, slot.heard)
        for name, slot in moment.slots.items()
        if name not in (*DENIED, TRANSCRIPT)
        and slot.heard
        and slot.id is None
        and not any(moment.advice.is_named(file, slot.heard) for file in CLAIM_FILES)
    ]
    # "My chest is cramping" fills the muscle with "chest": a place alone is no sign, but pain there may be one.
    texts = [heard for _, heard in unresolved]
    places = [heard for name, heard in unresolved if name == "muscle"]
    texts += [f"{heard} {hurt}" for heard in places for hurt in ("pain", "hurts", "cramps")]
    signs = [symptom for text in texts if (symptom := moment.advice.overheard(text))]
    urgent = [symptom for symptom in signs if symptom.tier in (EMERGENCY, SAME_DAY)]
    if urgent and found is not None and all(own.id in found.calms for own in urgent):
        return carry_on(moment, found)
    if urgent and transcript and only_spoken_of(transcript, moment.advice):
        return None
    return by_tier(moment, _most_urgent(moment, urgent)) if urgent else None


def assessed(moment: Moment) -> Assessment | None:
    """How urgent what was said is; None where no rule speaks. Signs that were denied are no part of it."""
    whole = moment.slot(TRANSCRIPT).heard
    texts = [
        slot.heard
        for name, slot in moment.slots.items()
        if name not in (*DENIED, *BODY) and slot.heard and not (slot.id and name in THINGS)
    ]
    texts.append(_of_the_body(moment))
    # A state by itself is of the leg that all this is about: "throbbing", as "it's throbbing".
    leg = moment.advice.words("findings")["words"][moment.advice.facts("findings")["pronoun"]][0]
    texts += [f"{leg} {moment.slot(name).heard}" for name in _SIGNS if moment.slot(name).heard]
    # What nobody listed may have more in it than a denial.
    denied = [moment.slot(name) for name in DENIED]
    texts += [slot.heard for slot in denied if slot.id is None and len(slot.heard.split()) >= _CLAUSE]
    conditions = moment.state.conditions if moment.state else ()
    return assess([whole] if whole else texts, conditions, moment.advice)


def _of_the_body(moment: Moment) -> str:
    """What the slots say of a body, as one sentence: a state is of its place."""
    heard = [moment.slot(name).heard for name in BODY]
    pain = moment.advice.words("findings")["words"][_PAIN][0].rstrip("*") if moment.slot("elsewhere").heard else ""
    return " ".join(word for word in (heard[0], pain, *heard[1:]) if word)


def by_rule(moment: Moment, found: Assessment) -> Reply:
    """What an urgent rule is answered with: whom to call first, why, and the first words for this trouble."""
    advice = moment.advice
    because = advice.say(found.because)
    words = advice.words("triage")["first"]
    first = tuple(advice.say(text) for text in words.get(found.first, ()))
    if found.tier == SAME_DAY:
        call = advice.say("{same_day}")
        before = (*advice.prompt("stop_stretching"), because)
        after = (*first, *advice.prompt("same_day"))
        return close(says(*before, call, *after), finished=True, screen=Screen("urgent", call, (*before, *after)))
    call = advice.say("{emergency_call}")
    lines_of = {POISON: ("{poison_call}",), CRISIS: ("{crisis_call}",)}.get(found.tier, ())
    lines = (because, *(advice.say(text) for text in (*lines_of, *words["no_call"])), *first)
    screen = Screen("urgent", call, lines, number=advice.region.emergency or "")
    # Who wants to die is not to be shouted at.
    return close(says(call, *lines), firm=found.tier != CRISIS, finished=True, screen=screen)


def carry_on(moment: Moment, found: Assessment) -> Reply:
    """What a plain cramp feels like, or what a visit may wait for: it is said so, and back to the stretch."""
    reason = Line(RULE, found.rule)
    topic = said(reason) if found.tier == CALM else said(reason, "book")
    state = fresh(moment, place.reached(moment)).with_(topic=topic)
    return ask_back(moment, state, says(*topic.sentences(moment.advice)))


def by_tier(moment: Moment, symptom: Symptom) -> Reply:
    """What a sign of this tier is answered with."""
    because = moment.advice.say(symptom.because)
    if symptom.tier == EMERGENCY:
        call = moment.advice.say("{emergency_call}")
        lines = (because, *moment.advice.prompt(symptom.then))
        screen = Screen("urgent", call, lines, number=moment.advice.region.emergency or "")
        # Who wants to die is not to be shouted at.
        return close(says(call, *lines), firm=symptom.then != SELF_HARM, finished=True, screen=screen)
    if symptom.tier == SAME_DAY:
        call = moment.advice.say("{same_day}")
        before = (*moment.advice.prompt("stop_stretching"), because)
        after = moment.advice.prompt("same_day")
        screen = Screen("urgent", call, (*before, *after))
        return close(says(*before, call, *after), finished=True, screen=screen)
    # The sign's id is in the attributes while the session lives, as conditions are, so that "repeat" says the reason
    # too. It is neither stored nor logged: `memory` keeps a place in a routine, `log` leaves out the topic.
    topic = said(Line(SIGN, symptom.id), "book")
    state = fresh(moment, place.reached(moment)).with_(topic=topic)
    return ask_back(moment, state, says(*topic.sentences(moment.advice)))


def unknown_sign(moment: Moment) -> Reply:
    """A sign that nobody knows: what would be urgent near a cramp, and whether it is one of those. Nobody is sent away
    for a word that we do not know."""
    state = fresh(moment, place.reached(moment)).with_(topic=_UNSURE)
    if no_stretch_left(moment, state):
        return signs(moment, lead="unknown_sign")
    question = line(moment, "unsure_question")
    waiting = state.with_(awaiting=Awaiting.SIGNS)
    return ask(moment, waiting, prompt(moment, "unsure_sign"), question, resting(moment, state))


def one_of_those(moment: Moment) -> Reply:
    """Yes, it is one of the signs just named: whom to call for which."""
    advice = moment.advice
    call = advice.say("{same_day}")
    lines = (*advice.prompt("stop_stretching"), *advice.prompt("one_of_those"))
    return close(says(*lines, call), finished=True, screen=Screen("urgent", call, lines))


def red_flags(moment: Moment) -> Reply:
    """When to worry: that it is seldom, unless the stretch has been stopped for good reason, and then the signs."""
    return signs(moment, lead="" if is_stopped(moment.state) else "signs_lead")


def signs(moment: Moment, start: int = 0, lead: str = "") -> Reply:
    """The warning signs, a few at a time, the most urgent first. In the middle of a stretch they lead back to it."""
    advice = moment.advice
    reached = place.reached(moment)
    if not start and not lead and reached is not None and reached.topic == _UNSURE:
        return one_of_those(moment)
    state = fresh(moment, reached).with_(topic=Signs(max(start, 0), lead))
    page, end, screen = _page(moment, start)
    script = (*(prompt(moment, lead) if lead else ()), *says(page))
    asked = start == 0 and lead != "unknown_sign"
    card = Card(line(moment, "signs_card_title"), signs_text(moment)) if asked else None
    if end < len(advice.listed_signs()):
        return ask_more(moment, state, script, "more_question", card=card, screen=screen)
    script = (*script, *prompt(moment, "list_done"))
    if no_stretch_left(moment, state):
        return stay_safe(moment, script)
    return ask_back(moment, state, script, card=card, screen=screen)


def page_end(moment: Moment, start: int) -> int:
    """Where the page of signs that begins at `start` ends."""
    return _page(moment, start)[1]


def page_before(moment: Moment, start: int) -> int:
    """Where the page before the one at `start` begins; pages are of unequal length."""
    before, end = 0, 0
    last = len(moment.advice.listed_signs())  # the attributes may say anything
    while end < min(start, last):
        before, end = end, page_end(moment, end)
    return before


def signs_text(moment: Moment) -> str:
    """All signs as text, for a card."""
    advice = moment.advice
    words = advice.words("tiers")
    rows = []
    for tier in advice.tiers:
        own = [s.sign for name in advice.listed_signs() if (s := advice.symptom(name)) and s.tier == tier]
        rows.append(advice.say(words[tier]["list"], signs=", ".join(own)))
    return "\n\n".join(rows)


def _page(moment: Moment, start: int) -> tuple[str, int, Screen]:
    advice = moment.advice
    names = advice.listed_signs()
    start = min(max(start, 0), len(names) - 1)
    tier = getattr(advice.symptom(names[start]), "tier", EMERGENCY)
    page: list[str] = []
    for name in names[start : start + advice.timing.list_size]:
        symptom = advice.symptom(name)
        if symptom is None or symptom.tier != tier:
            break
        page.append(symptom.sign)
    text = advice.say(advice.words("tiers")[tier]["list"], signs=joined(moment, page, "or"))
    title = advice.say(advice.words("tiers")[tier]["name"])
    number = (advice.region.emergency or "") if tier == EMERGENCY else ""
    if tier == EMERGENCY and not number:
        title = advice.say("{emergency}")
    screen = Screen("urgent" if tier == EMERGENCY else "list", title, tuple(page), number=number)
    return text, start + len(page), screen


def _most_urgent(moment: Moment, signs: list[Symptom]) -> Symptom:
    """Of several signs, the first of the highest tier."""
    return min(signs, key=lambda symptom: moment.advice.tiers.index(symptom.tier))


def _named(moment: Moment, name: str | None, heard: str) -> Symptom | None:
    return moment.advice.symptom(name) or (moment.advice.overheard(heard) if heard else None)
