"""The routine that Alexa is asked to offer, and what comes of it.

The directive is Amazon's managed task `AMAZON.OfferAutomation`; the form is as published:
https://developer.amazon.com/docs/alexa/custom-skills/pre-built-routine-api-reference.html
https://developer.amazon.com/docs/alexa/custom-skills/pre-built-routine-primitives.html
Of both pages the opening was read, and the codes of the answer in a public skill's source. Nothing of it was ever tried
on a device; `docs/alexa.md` says what rests on what.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from skill.advice import Region
from skill.dialog.offers import BEDTIME
from skill.dialog.reply import Offer
from skill.dialog.tasks import SINCE, VERSION
from skill.handlers.time_zone import zone_of

if TYPE_CHECKING:
    from skill.advice import Advice
    from skill.handlers.lenient_envelope import LenientEnvelope

OFFER = "connection://AMAZON.OfferAutomation/1"
CREATED, NOT_CREATED = "200", "204"
"""Status codes of the answer; with the second comes a reason."""
REASONS = {"REJECTED_BY_CUSTOMER": "rejected", "AUTOMATION_ALREADY_ENABLED": "there"}
"""Reasons by what the skill says to them."""
_EVERY_EVENING = "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=SU,MO,TU,WE,TH,FR,SA"
"""As the public skill sends it. Whether Alexa takes an end (UNTIL, COUNT) is not known: the routine carries its first
evening instead, and the stretches say when the weeks are over."""

Json = dict[str, Any]


def takes_offers(envelope: LenientEnvelope, region: Region) -> bool:
    """Whether a routine may be offered: by Alexa itself, in a locale with a word for it, to a skill with an id."""
    return bool(envelope.access_token and envelope.application_id and region.own_words)


def offered(offer: Offer, envelope: LenientEnvelope, advice: Advice) -> Json:
    """The `input` of the directive."""
    operation = {
        "type": "Alexa.Automation.Operation.Skill.StartConnection",
        "version": "1.0",
        "operationId": offer.task,
        "payload": {"connectionRequest": {"uri": task_uri(offer.task, envelope), "input": _given(offer, envelope)}},
    }
    said = "automation_bedtime" if offer.task == BEDTIME else "automation_stretch"
    return {
        "automation": {
            "trigger": _evening(offer, envelope) if offer.time else _utterance(advice.region),
            "operations": {"serial": [{"operation": operation}]},
        },
        "renderingData": {"operations": {offer.task: {"descriptionPrompt": " ".join(advice.prompt(said))}}},
    }


def task_uri(task: str, envelope: LenientEnvelope) -> str:
    """Where a task of this skill is found."""
    skill = envelope.application_id
    return f"connection://{skill}.{task}/{VERSION}?provider={skill}"


def outcome(code: str, reason: str) -> str:
    """What came of an offer, as one of `offers.ANSWERS`."""
    if code == CREATED:
        return "set"
    return REASONS.get(reason, "failed") if code == NOT_CREATED else "failed"


def _utterance(region: Region) -> Json:
    payload = {"utterances": list(region.own_words), "locale": region.locale}
    return {"type": "Alexa.Automation.Trigger.Voice.CustomUtterance", "version": "1.0", "payload": payload}


def _evening(offer: Offer, envelope: LenientEnvelope) -> Json:
    zone = zone_of(envelope)
    schedule = {
        "triggerTime": f"{offer.time}00",
        **({"timeZoneId": zone} if zone else {}),
        "recurrence": _EVERY_EVENING,
    }
    return {
        "type": "Alexa.Automation.Trigger.Schedule.AbsoluteTime",
        "version": "1.0",
        "payload": {"schedule": schedule},
    }


def _given(offer: Offer, envelope: LenientEnvelope) -> Json:
    """What the routine carries for the task. Today is the first evening: its stretches have just been done."""
    return {SINCE: datetime.fromtimestamp(envelope.now, UTC).date().isoformat()} if offer.time else {}
