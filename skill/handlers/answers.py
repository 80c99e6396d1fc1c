"""Questions: why, what helps, how to prevent it, what else it might be, and what is known of cramps."""

from __future__ import annotations

from functools import partial

from skill.dialog import answers
from skill.handlers.base import Conversation


class Why(Conversation):
    """Causes, medicines, and the facts about cramps."""

    intents = {
        "WhyIntent": answers.why,
        "DefinitionIntent": partial(answers.tell_named, topic="answers", name="definition"),
        "DurationIntent": partial(answers.tell_named, topic="answers", name="duration"),
        "PrevalenceIntent": partial(answers.tell_named, topic="answers", name="prevalence"),
        "SorenessIntent": partial(answers.tell_named, topic="answers", name="soreness"),
        "DoctorVisitIntent": partial(answers.tell_named, topic="answers", name="doctor_visit"),
        "SourcesIntent": partial(answers.tell_named, topic="answers", name="sources"),
        "AboutIntent": partial(answers.tell_named, topic="answers", name="who"),
    }


class Remedies(Conversation):
    """Does it help?"""

    intents = {"RemedyIntent": partial(answers.answer, topic="remedies", slot="remedy")}


class Prevent(Conversation):
    """How to have fewer of them."""

    intents = {"PreventIntent": partial(answers.answer, topic="habits", slot="habit")}


class Lookalikes(Conversation):
    """Is it a cramp at all?"""

    intents = {"CompareIntent": answers.compare}
