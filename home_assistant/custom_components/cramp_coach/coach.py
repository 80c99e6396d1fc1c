"""The coach of one house: the skill, the ear, a night for each satellite, and the timing of what was said."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from cramp_coach.skill.app import create
from cramp_coach.skill.memory.sqlite import open_at
from cramp_coach.skill.speech import Event
from cramp_coach.speaker import Hearing, InteractionModel, Speaker, Turn
from cramp_coach.speaker.device import Skill
from cramp_coach.speaker.nlu.normalize import spoken
from cramp_coach.speaker.request_envelope import Device

from .locale import model_of
from .night import Night

_NIGHTS = 32
"""Nights at a time; the one longest unused makes room."""
_SCORES = 64
"""Replies whose timing is remembered, for the voice to look up."""
_BUILT_IN = "AMAZON."
_BEDTIME = "BedtimeIntent"
_BODY = ("MUSCLE", "SYMPTOM")
"""Types of slots that tell what somebody has, whatever else they say around it."""
_SURE = 0.85
"""How sure the ear must be of words that are none of the samples; see docs/home-assistant.md."""


@dataclass
class Coach:
    """Everything that the nights of a house share."""

    skill: Skill
    ear: Hearing
    locale: str
    voice: str
    """Entity id of the engine that speaks each sentence."""
    nights: OrderedDict[str, Night] = field(default_factory=OrderedDict)
    scores: OrderedDict[str, tuple[Event, ...]] = field(default_factory=OrderedDict)
    """The words of a reply to its timeline: a pipeline carries words alone from the agent to the voice."""

    @classmethod
    def open(cls, locale: str, voice: str, places: Path) -> Coach:
        """Reads content and model, which takes about a second.

        Args:
            places: the file in which a place in a routine is kept for half an hour.

        Raises:
            ValueError: no file can be kept there.
        """
        ear = Hearing(InteractionModel.load(model_of(locale)))
        return cls(create(memory=open_at(str(places))), ear, locale, voice)

    @property
    def name(self) -> str:
        """What the coach is called by: "cramp coach"."""
        return self.ear.model.invocation

    @property
    def bedtime(self) -> str:
        """What a person would say for the bedtime stretches: the model's shortest way to."""
        plain = (pattern for pattern, owners in self.ear.model.patterns.items() if (_BEDTIME, ()) in owners)
        return min(plain, key=len)

    def concerns(self, words: str) -> bool:
        """Whether words said to no one in particular are for the coach: a cramp, a sign, a question of its own.

        Answers such as yes and stop are for whoever asked, and nobody did.
        """
        heard = self.ear.hear(spoken(words))
        if heard.intent.startswith(_BUILT_IN):
            return False
        listed = self.ear.model.values
        body = any(slot.type in _BODY and slot.value in listed.get(slot.type, {}) for slot in heard.slots.values())
        return heard.how == "exact" or (heard.how == "near" and heard.sure >= _SURE and body)

    def night(self, key: str, satellite: str | None = None) -> Night:
        """The night of a satellite's device or of a chat, a new one where there is none."""
        night = self.nights.get(key)
        if night is None:
            speaker = Speaker(self.skill, self.ear.model, Device(locale=self.locale, user_id=f"home-assistant.{key}"))
            speaker.ear = self.ear  # the index of a locale is large, and the same for everybody
            night = self.nights[key] = Night(speaker)
            while len(self.nights) > _NIGHTS:
                oldest = self.nights.popitem(last=False)[1]
                oldest.call_off()
        self.nights.move_to_end(key)
        night.satellite = satellite or night.satellite
        return night

    def remember(self, turn: Turn) -> None:
        """Keeps the timeline of a reply for the voice."""
        if words := turn.words:
            self.scores[words] = turn.plays
            self.scores.move_to_end(words)
            while len(self.scores) > _SCORES:
                self.scores.popitem(last=False)

    def sounded(self, events: tuple[Event, ...], lengths: tuple[float, ...]) -> None:
        """A reply has been made into sound: whoever waits for it now knows how long it lasts."""
        for night in self.nights.values():
            if night.played.events is events:
                night.played.lengths = lengths
                night.played.since = night.clock()

    def close(self) -> None:
        """Breaks off every night."""
        for night in self.nights.values():
            night.drop()
        self.nights.clear()
        self.scores.clear()
