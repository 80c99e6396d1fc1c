"""What must be true of every answer, whatever was asked and wherever the conversation stood.

The one list: the matrix, the nights, the soak and whoever sends hostile envelopes hold each answer against it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from skill.advice import Advice, open_advice
from skill.dialog import Awaiting, Reply, State, TurnContext, controls
from skill.dialog.position import left_out, validated
from skill.dialog.slot_resolution import resolved
from skill.dialog.topic import Line, Said, said
from skill.dialog.turn_context import TRANSCRIPT
from skill.handlers.intents import SLOT_FILES
from skill.handlers.lenient_envelope import slots_of as read_slots
from skill.speech import Event, Say, Silence, Speech
from skill.triage import only_spoken_of
from speaker.playback import Playable, read

Json = dict[str, Any]

TOLERANCE = 0.5
"""Seconds by which a hold may differ from the facts."""
QUESTIONS = {
    Awaiting.EASED: ("eased_question",),
    Awaiting.BEDTIME: ("bedtime_question", "bedtime_last_question"),
    Awaiting.BACK: ("back_question", "back_bedtime_question"),
    Awaiting.MORE: ("more_question", "causes_question"),
    Awaiting.START: ("start_question",),
    Awaiting.OFFER: ("offer_question",),
    Awaiting.SIGNS: ("signs_question", "unsure_question"),
    Awaiting.PAUSED: ("paused",),
    Awaiting.MUSCLE: ("which_muscle_question",),
}
SPEAKING = ("LaunchRequest", "IntentRequest")
WORDLESS = ("AMAZON.NavigateHomeIntent",)
ATTRIBUTES = frozenset(State.__dataclass_fields__)


def faults(event: Json, response: Json, planted: tuple[str, ...] = ()) -> list[str]:
    """Everything wrong with this answer; empty for a good one. `planted` are words that may turn up nowhere."""
    request = event["request"]
    kind = request.get("type", "")
    played = read(response, kind)
    found = list(played.faults)
    advice = advice_for(request)
    attributes = response.get("sessionAttributes") or {}
    found += _attribute_faults(advice, attributes, planted)
    if kind not in SPEAKING:
        return found
    before = validated(advice, State.from_json((event.get("session") or {}).get("attributes") or {}))
    state = validated(advice, State.from_json(attributes))
    found += _session_faults(advice, request, played, attributes, state)
    found += _hold_faults(advice, played, state)
    found += _forbidden_faults(advice, played, state)
    found += _repeat_faults(advice, played, state)
    found += _safety_faults(advice, request, played, before, state)
    found += kept_safe(event, response)
    if advice.prompt("trouble")[0] in _texts(played) and (before is None or before.topic != said("trouble")):
        found.append("something was raised, and the error handler answered")
    words = json.dumps(response)
    found += [f"{word!r}, which was planted, is in the answer" for word in planted if word in words]
    return found


def _texts(played: Playable) -> list[str]:
    return [event.text for event in played.events if isinstance(event, Speech)]


def advice_for(request: Json) -> Advice:
    """The content as the skill would open it for this request."""
    return open_advice(str(request.get("locale") or "en-US"))


# ---- the session and its attributes ---------------------------------------------------------------


def _attribute_faults(advice: Advice, attributes: Json, planted: tuple[str, ...]) -> Iterator[str]:
    for name in sorted(set(attributes) - ATTRIBUTES):
        yield f"attribute {name!r} is no part of the state"
    text = json.dumps(attributes)
    yield from (f"{word!r}, which was planted, is in the attributes" for word in planted if word in text)
    # A topic may be of the same name as a sign, as a cause or a lookalike is; anything else may not.
    plain = {value for key, value in attributes.items() if isinstance(value, str) and key != "topic"}
    yield from (f"the sign {name!r} is in the attributes" for name in plain & _signs(advice))
    topic = str(attributes.get("topic"))
    if topic.split("/")[0] not in ("None", "signs", "say", "claim", "list"):
        yield f"topic {topic!r} is of no known kind"


@cache
def _signs(advice: Advice) -> frozenset[str]:
    return frozenset(advice.symptoms())


def _session_faults(
    advice: Advice, request: Json, played: Playable, attributes: Json, state: State | None
) -> Iterator[str]:
    spoken = [event for event in played.events if isinstance(event, Speech)]
    if played.ends:
        if attributes:
            yield f"closed, but with attributes {attributes}"
        if not spoken and (request.get("intent") or {}).get("name") not in WORDLESS:
            yield "closed without a word"
        return
    if state is None:
        yield f"open, but its attributes are no state: {attributes}"
        return
    questions = [" ".join(advice.prompt(name)) for name in QUESTIONS[state.awaiting]]
    said = played.events[-1].text if played.events and isinstance(played.events[-1], Speech) else ""
    if said not in questions:
        yield f"awaits {state.awaiting}, but its last sentence is {said!r}"
    if state.routine is None and state.awaiting in (Awaiting.EASED, Awaiting.BEDTIME, Awaiting.BACK, Awaiting.PAUSED):
        yield f"awaits {state.awaiting} with no routine"
    if state.to_json() != attributes:
        yield f"attributes {attributes} come back as {state.to_json()}"


# ---- holds ----------------------------------------------------------------------------------------


def holds_in(advice: Advice, events: tuple[Event, ...]) -> list[float]:
    """Seconds of each hold that is heard: pauses and the cues between them."""
    cues = _cues(advice)
    holds: list[float] = []
    length = waiting = 0.0
    for event in events:
        if isinstance(event, Silence):
            length += waiting + event.seconds
            waiting = 0.0
        elif length and event.text in cues:
            waiting += event.seconds
        elif length:
            holds.append(length)
            length = waiting = 0.0
    return [*holds, length] if length else holds


@cache
def _cues(advice: Advice) -> frozenset[str]:
    own = {advice.say(rule.text, left=rule.left or 0) for rule in advice.cues}
    return frozenset(own | {advice.prompt("rest")[0], advice.prompt("again")[0]})


def expected_hold(advice: Advice, state: State) -> float:
    """Seconds that the facts, and the person's own number within them, give to the state's step."""
    facts = advice.facts("routines")
    own = facts[str(state.routine)]["steps"].get(state.step) or facts["shared"][str(state.step)]
    bounds = advice.facts("timing")["hold"]
    hold = own["hold"]
    if state.hold_seconds:
        hold = max(bounds["shortest"], min(state.hold_seconds, own["longest"], bounds["longest"]))
    times = own.get("times", 1)
    return float(times * hold + (times - 1) * own.get("rest", 0))


def _hold_faults(advice: Advice, played: Playable, state: State | None) -> Iterator[str]:
    heard, silent = holds_in(advice, played.events), holds_in(advice, played.reprompt)
    if state is None or state.routine is None:
        if heard or silent:
            yield f"holds {heard} and {silent}, but no routine is under way"
        return
    if state.awaiting in (Awaiting.EASED, Awaiting.BEDTIME):
        expected = expected_hold(advice, state)
        # An answer in the middle of a hold goes on with what is left of it.
        whole = heard[1:] if state.played > 0 else heard
        if any(abs(hold - expected) > TOLERANCE for hold in whole) or max(heard, default=0) > expected + TOLERANCE:
            yield f"{state.routine}/{state.step} holds {heard}, expected {expected}"
        if len(heard) > 1 and state.awaiting is Awaiting.EASED:
            yield f"more than one hold in a relief turn: {heard}"
    elif heard:
        yield f"awaits {state.awaiting}, but a hold is played: {heard}"
    if state.awaiting is Awaiting.PAUSED:
        return
    steps = len(state.step_offsets) - state.routine_ends
    if len(silent) != (1 if steps >= max(1, len(heard)) else 0):
        yield f"marks {state.step_offsets} (ends {state.routine_ends}), {heard} held, and the reprompt holds {silent}"
    if silent and steps:
        later = TurnContext(advice, state.answered_at + state.step_offsets[steps - 1], state).here
        expected = expected_hold(advice, later) if later else 0.0
        if abs(silent[0] - expected) > TOLERANCE:
            yield f"the reprompt holds {silent[0]}, expected {expected}"


# ---- said again -----------------------------------------------------------------------------------

_TRANSIENT = (*(f"fallback_{waiting}" for waiting in Awaiting), "fallback_again", "if_cramping")
"""Of the hearing and not of the matter: who says "repeat" to "I missed that" wants what was said before it."""
_LEADS = (
    "resumed", "hold_changed", "hold_at_limit", "hold_at_least", "fixed_hold", "no_place", "last_step", "round_again",
    "minute_gone", "minutes_gone", "ease_off", "keep_holding", "hold_now", "hold_left", "hold_lasts", "hold_is_over",
    "which_step", "no_step", "should_feel", "ease_and_stay", "may_let_go", "comfort", "no_other_way",
)  # fmt: skip
"""What leads to a step and is said once; the step itself is what is said again."""
_AGAIN = {"repeat": controls.repeat, "whisper": controls.whisper, "speak up": controls.speak_up}


def _repeat_faults(advice: Advice, played: Playable, state: State | None) -> Iterator[str]:
    """Repeat, whisper and speak up say every sentence that was just said; every line of a topic says something.

    The question at the end is held by the session: it is the one that the state awaits.
    """
    if state is None or played.ends:
        return
    topic = state.topic
    if isinstance(topic, Said):
        yield from (
            f"topic {topic}: the content says nothing for {line}" for line in topic.lines if _is_dumb(advice, line)
        )
    once = _once(advice)
    if topic is None and state.awaiting in (Awaiting.EASED, Awaiting.BEDTIME):
        once |= _before_a_step(advice)
    texts = [text for text in _texts(played)[:-1] if text not in once and not _with_values(advice).fullmatch(text)]
    for name in _AGAIN:
        heard = _heard_again(advice, state, name) | _cues(advice)
        yield from (f"{name}, in {state.to_json()}, leaves out {text!r}" for text in texts if text not in heard)


@lru_cache(maxsize=4096)
def _heard_again(advice: Advice, state: State, name: str) -> frozenset[str | None]:
    """What "repeat", or another voice, says in this state; many an answer leaves the same one behind."""
    reply: Reply = _AGAIN[name](TurnContext(advice, state.answered_at, state))
    return frozenset({*(part.text for part in reply.script if isinstance(part, Say)), reply.question})


def _is_dumb(advice: Advice, line: Line) -> bool:
    return line.kind != "mark" and not line.sentences(advice)


@cache
def _once(advice: Advice) -> frozenset[str]:
    return frozenset(text for name in _TRANSIENT for text in advice.prompt(name))


def _listed(texts: str | list[str]) -> list[str]:
    return [texts] if isinstance(texts, str) else texts


@cache
def _with_values(advice: Advice) -> re.Pattern[str]:
    """Leads in which a number is said: it was true when it was said."""
    words = advice.words("prompts")
    texts = [text for name in _LEADS for text in _listed(words[name]) if "{" in text]
    return re.compile("|".join(r"\d+".join(map(re.escape, re.split(r"\{\w+\}", text))) for text in texts))


@cache
def _before_a_step(advice: Advice) -> frozenset[str]:
    """Sentences that explain once how a step was come to: who it is for, what was left out, which place it is."""
    words = advice.words("prompts")
    leads = {advice.say(text) for name in _LEADS for text in _listed(words[name]) if "{" not in text}
    conditions = [one for name in advice.facts("conditions") if (one := advice.condition(name))]
    leads |= {advice.say(one.noted) for one in conditions}
    leads |= {
        advice.say(rule.because)
        for one in conditions
        for rule in one.rules
        if rule.do == "leave_out" and any(on.startswith(("step.", "routine.")) for on in rule.on)
    }
    notes = [muscle.note for name in advice.facts("muscles") if (muscle := advice.muscle(name)) and muscle.note]
    return frozenset(leads | {advice.say(note) for note in notes})


# ---- steps that a condition forbids ---------------------------------------------------------------


def _forbidden_faults(advice: Advice, played: Playable, state: State | None) -> Iterator[str]:
    """No step is played that the conditions leave out, neither at once nor in the reprompt.

    Told by where the state stands at each hold, and by ear: no sentence is said with which only such a step is
    explained.
    """
    routine = advice.routine(state.routine) if state else None
    if state is None or routine is None or not state.conditions:
        return
    forbidden = {step.id: step for step in routine.steps if left_out(advice, state, routine, step)}
    if holds_in(advice, played.events) and state.step in forbidden:
        yield f"{routine.id}/{state.step} is played, which {state.conditions} leave out"
    # Sides before sleep are played at once up to the last mark, which is the reprompt's.
    marks = state.step_offsets[:-1] if state.routine_ends else state.step_offsets
    for mark in marks if holds_in(advice, played.reprompt) else marks[:-1]:
        later = TurnContext(advice, state.answered_at + mark, state).here
        if later is not None and later.routine == routine.id and later.step in forbidden:
            yield f"silence leads to {routine.id}/{later.step}, which {state.conditions} leave out"
    others = {text for step in routine.steps if step.id not in forbidden for text in (*step.do, *step.helper)}
    only = {text for step in forbidden.values() for text in (*step.do, *step.helper) if "{" not in text} - others
    heard = {event.text for event in (*played.events, *played.reprompt) if isinstance(event, Speech)}
    yield from (
        f"{said!r} is of a step that {state.conditions} leave out"
        for said in {advice.say(text) for text in only} & heard
    )


# ---- safety ---------------------------------------------------------------------------------------


def expected_tier(request: Json, advice: Advice) -> str | None:
    """The most urgent tier of the signs that a SymptomIntent's slots resolved to, but for those that a rule over what
    was said knows to be none."""
    intent = request.get("intent") or {}
    if request.get("type") != "IntentRequest" or intent.get("name") != "SymptomIntent":
        return None
    slots = (intent.get("slots") or {}).values()
    said = (intent.get("slots") or {}).get(TRANSCRIPT) or {}
    if isinstance(said.get("value"), str) and only_spoken_of(said["value"], advice):
        return None  # a question about a sign, from a host that passes on the whole of what was said
    found = TurnContext(advice, 0, None, resolved(advice, read_slots(intent.get("slots")), SLOT_FILES)).assessment
    ids = [name for name in map(_resolved, slots) if found is None or name not in found.calms]
    tiers = [symptom.tier for name in ids if (symptom := advice.symptom(name))]
    return min(tiers, key=advice.tiers.index, default=None)


def _speaks_of_dying(request: Json) -> bool:
    """Who wants to die is answered in a voice as soft as before, unless a more urgent sign is named first."""
    slots = ((request.get("intent") or {}).get("slots") or {}).values()
    return "self_harm" in [_resolved(slot) for slot in slots]


def _calls(advice: Advice) -> list[str]:
    """Whom to call, as an urgent answer begins: a poisoning and thoughts of suicide may have lines of their own."""
    return [advice.say(text) for text in ("{emergency_call}", "{poison_call}", "{crisis_call}")]


def _safety_faults(
    advice: Advice, request: Json, played: Playable, before: State | None, state: State | None
) -> Iterator[str]:
    tier = expected_tier(request, advice)
    name = (request.get("intent") or {}).get("name")
    quiet = [event for event in (*played.events, *played.reprompt) if isinstance(event, Silence)]
    spoken = [event for event in played.events if isinstance(event, Speech)]
    if tier == "emergency":
        # A poisoning or thoughts of suicide may have a line of their own, which comes first.
        firsts = _calls(advice)
        number = next((text for text in firsts if spoken and spoken[0].text == text), firsts[0])
        if not spoken or spoken[0].text != number:
            yield f"an emergency begins with {spoken[:1]}, expected {number!r}"
        loud = not _speaks_of_dying(request)
        if any((event.style == "x-loud") != loud for event in spoken):
            yield f"an emergency is not all {'in' if loud else 'out of'} the firm voice"
    if tier in ("emergency", "same_day"):
        if quiet:
            yield f"{tier}: a pause is in it"
        if not played.ends:
            yield f"{tier}: the session stays open"
    elif spoken and spoken[0].style == "x-loud" and spoken[0].text not in _calls(advice):
        yield "the firm voice is for emergencies"
    stopped = before is not None and before.stopped and request.get("type") != "LaunchRequest"
    eases = state is not None and state.eased_off and not (before is not None and before.eased_off)
    if (name == "WorseIntent" and not eases) or stopped:
        if quiet:
            yield f"{name} after it got worse: a pause is in it"
        if state is not None and (not state.stopped or state.routine is not None):
            yield f"{name} after it got worse leads back to {state}"
        if any(line in (event.text for event in spoken) for line in _ways_back(advice)):
            yield f"{name} after it got worse offers a stretch"
    if name in ("AMAZON.StopIntent", "AMAZON.CancelIntent") and not played.ends:
        yield f"{name}: the session stays open"


def kept_safe(event: Any, response: Any) -> Iterator[str]:
    """What makes a turn safer outlives every turn of a session, whatever else of its attributes is out of shape.

    For any event, readable or not: that it got worse, and each condition that exists.
    """
    session = event.get("session") if isinstance(event, dict) else None
    before = session.get("attributes") if isinstance(session, dict) else None
    after = response.get("sessionAttributes")
    request = event.get("request") if isinstance(event, dict) else None
    kind = request.get("type") if isinstance(request, dict) else None
    fresh = kind in ("LaunchRequest", "SessionEndedRequest")
    if not isinstance(before, dict) or not after or fresh or response["response"].get("shouldEndSession"):
        return
    if before.get("stopped") is True and after.get("stopped") is not True:
        yield "it got worse, and the session has forgotten it"
    named = before.get("conditions")
    exist = open_advice("en-US").facts("conditions")
    real = {own for own in named if isinstance(own, str) and own in exist} if isinstance(named, list) else set()
    lost = real - set(after.get("conditions", ()))
    if lost and not _takes_back(request):
        yield f"the session has forgotten the conditions {sorted(lost)}"


def _takes_back(request: Any) -> bool:
    """Whether a request says that it is somebody else now: a child's condition is not its parent's."""
    intent = request.get("intent") if isinstance(request, dict) else None
    return isinstance(intent, dict) and intent.get("name") == "MyselfIntent"


def _ways_back(advice: Advice) -> tuple[str, ...]:
    names = ("back_question", "back_bedtime_question", "start_question", "offer_question", "eased_question")
    return tuple(" ".join(advice.prompt(name)) for name in names)


def _resolved(slot: Any) -> str | None:
    for authority in ((slot or {}).get("resolutions") or {}).get("resolutionsPerAuthority") or ():
        for value in (authority.get("values") or ()) if authority["status"]["code"] == "ER_SUCCESS_MATCH" else ():
            return str(value["value"]["id"])
    return None
