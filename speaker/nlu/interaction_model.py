"""The interaction model as a speaker uses it: phrases, values and built-ins, indexed for looking up."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from speaker.nlu.normalize import plain_sample, spoken

MODELS = Path(__file__).parents[2] / "interaction_models"
"""The models of every locale, beside the rooms in the clone and in an installed package alike."""
DURATION = "AMAZON.DURATION"
_SLOT = re.compile(r"\{(\w+)\}")

# What Amazon's own intents answer to without samples, gathered from their documentation and from use.
BUILT_IN_PHRASES = {
    "AMAZON.YesIntent": "yes|yes please|yeah|yep|yup|sure|ok|okay|of course|correct|right|uh huh|aye|that's right|"
    "yes it has|yes it is|please do|go ahead|mm hmm|mhm|mmhmm|mm",
    "AMAZON.NoIntent": "no|no thanks|no thank you|nope|nah|not really|no way|negative|not at all|"
    "no it hasn't|no it isn't|uh uh|nuh uh|nuh",
    "AMAZON.NextIntent": "next|skip|next one|skip this|skip it|next step|skip this one|next please|next one please|"
    "move on|skip ahead",
    "AMAZON.PreviousIntent": "previous|back|go back|previous step|previous one|back one|go back one|step back|"
    "the one before|last step",
    "AMAZON.RepeatIntent": "repeat|again|say that again|repeat that|once more|what did you say|one more time|"
    "can you repeat that|come again|pardon|say it again|repeat it|what was that|sorry what|what|huh|eh",
    "AMAZON.PauseIntent": "pause|pause it|hold on|wait|wait a minute|pause that|hang on|one moment|wait a second|"
    "just a moment|give me a minute|pause please",
    "AMAZON.ResumeIntent": "resume|continue|keep going|carry on|go on|unpause|continue please|keep on|let's continue|"
    "i'm ready|i'm back|resume please",
    "AMAZON.StartOverIntent": "start over|restart|start again|begin again|from the beginning|start from the beginning|"
    "from the top|start it over|start from the start",
    "AMAZON.HelpIntent": "help|help me|what can you do|what can i say|how does this work|"
    "what are my options|can you help me|i need help|how do i use this",
    "AMAZON.StopIntent": "stop|off|shut up|stop it|end|quit|exit|stop talking|that's enough|enough|goodbye|bye|"
    "stop that|turn off|go away|shut off|good night|goodnight|i'm done",
    "AMAZON.CancelIntent": "cancel|never mind|forget it|cancel that|cancel it|nevermind",
    "AMAZON.NavigateHomeIntent": "home|go home|take me home|go to home screen|home screen",
    # Alexa's model of what is none of a skill's business, as far as a bedroom at night goes.
    "AMAZON.FallbackIntent": "what's the weather|what is the weather|what's the weather tomorrow|what time is it|"
    "what's the time|tell me a joke|turn on the light|turn off the light|turn the light on|turn the light off|"
    "turn on the lights|set an alarm|set a timer|play music|play some music|play the radio|what day is it|how are you|"
    "i love you|sing a song|read the news|i'm tired|i'm thirsty|i'm hungry|i'm bored|my mouth is dry|"
    "my husband snores|my wife snores|my husband is snoring|my wife is snoring",
}


class NoModel(FileNotFoundError):
    """There is no interaction model for a locale."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a slot type."""

    id: str
    name: str


@dataclass(frozen=True)
class InteractionModel:
    """The model of one locale."""

    locale: str
    invocation: str
    slots: dict[str, dict[str, str]]
    """Intent to slot name to slot type."""
    patterns: dict[str, list[tuple[str, tuple[str, ...]]]]
    """A sample with its slots written as `{TYPE}`, to the intents that have it and their slot names in order."""
    values: dict[str, dict[str, Value]]
    """Slot type to spoken phrase to value."""
    built_in: dict[str, str] = field(default_factory=dict)
    """Phrase to Amazon intent."""

    @classmethod
    def load(cls, locale: str, folder: Path = MODELS) -> InteractionModel:
        """The model in `<folder>/<locale>.json`.

        Raises:
            NoModel: no such file; names those that exist.
        """
        path = folder / f"{locale}.json"
        if not path.is_file():
            have = ", ".join(sorted(own.stem for own in folder.glob("??-??.json"))) or "none"
            raise NoModel(f"locale: expected one of {have}, found {locale!r}. Hint: `make models` writes the models")
        return cls.read(locale, json.loads(path.read_text(encoding="utf-8")))

    @classmethod
    def read(cls, locale: str, raw: dict[str, Any]) -> InteractionModel:
        """The model as Amazon's JSON has it."""
        language = raw["interactionModel"]["languageModel"]
        slots = {i["name"]: {s["name"]: s["type"] for s in i.get("slots", ())} for i in language["intents"]}
        patterns: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for intent in language["intents"]:
            for sample in intent.get("samples", ()):
                types = slots[intent["name"]]
                pattern = "".join(
                    f"{{{types[part]}}}" if at % 2 else part for at, part in enumerate(_SLOT.split(sample))
                )
                patterns[plain_sample(pattern)].append((intent["name"], tuple(_SLOT.findall(sample))))
        values: dict[str, dict[str, Value]] = {}
        for kind in language.get("types", ()):
            own = values.setdefault(kind["name"], {})
            for value in kind["values"]:
                named = Value(value.get("id", value["name"]["value"]), value["name"]["value"])
                for phrase in (value["name"]["value"], *value["name"].get("synonyms", ())):
                    own.setdefault(spoken(phrase), named)
        shipped = {intent["name"] for intent in language["intents"]}
        built_in = {
            spoken(phrase): name
            for name, phrases in BUILT_IN_PHRASES.items()
            if name in shipped
            for phrase in phrases.split("|")
        }
        return cls(locale, language["invocationName"], slots, dict(patterns), values, built_in)
