"""Who the stretch is for."""

from __future__ import annotations

from skill.dialog import person
from skill.handlers.base import Conversation


class Person(Conversation):
    """A condition that somebody names, and somebody helping another person."""

    intents = {"ConditionIntent": person.condition, "HelperIntent": person.helping}
