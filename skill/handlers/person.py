"""Who the stretch is for."""

from __future__ import annotations

from skill.dialog import person
from skill.handlers.base import Conversation


class Person(Conversation):
    """A condition that somebody names, somebody helping another person, and nobody doing so after all."""

    intents = {
        "ConditionIntent": person.condition,
        "HelperIntent": person.helping,
        "MyselfIntent": person.myself,
    }
