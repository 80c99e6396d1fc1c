"""Sentences and content as the interaction model that Amazon reads, one JSON file a locale."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from skill.advice import Advice, locales, open_advice
from skill.advice.store import Store
from skill.handlers.intents import CONTENT_TYPES
from speaker.nlu.interaction_model import MODELS
from workshop.models.finding_types import finding_types, named_phrases
from workshop.models.sentences import BUILT_IN, Sentences, read_sentences

INVOCATION_NAME = "cramp coach"
FALLBACK_SENSITIVITY = "LOW"
"""How readily Alexa lets what no sample is close to fall to FallbackIntent; measured in docs/understanding.md."""

Model = dict[str, Any]


def build_model(locale: str, sentences: Sentences, store: Store | None = None) -> Model:
    """The interaction model of a locale."""
    advice = Advice(store, locale) if store else open_advice(locale)
    sampled = {intent.name for intent in sentences.intents}
    intents: list[dict[str, Any]] = [{"name": name, "samples": []} for name in BUILT_IN if name not in sampled]
    for intent in sentences.intents:
        slots = [{"name": name, "type": kind} for name, kind in intent.slots.items()]
        intents.append({"name": intent.name, "slots": slots, "samples": sentences.samples(intent, locale)})
    used = {slot["type"] for intent in intents for slot in intent.get("slots", ())}
    types = [
        {"name": name, "values": _values(advice, name, sentences)} for name in sorted(used) if "AMAZON." not in name
    ]
    return {
        "interactionModel": {
            "languageModel": {
                "invocationName": INVOCATION_NAME,
                "modelConfiguration": {"fallbackIntentSensitivity": {"level": FALLBACK_SENSITIVITY}},
                "intents": sorted(intents, key=lambda intent: intent["name"]),
                "types": types,
            }
        }
    }


def _values(advice: Advice, kind: str, sentences: Sentences) -> list[dict[str, Any]]:
    words = advice.words(CONTENT_TYPES[kind]) if kind in CONTENT_TYPES else own_types(advice, sentences)[kind]
    values = []
    taken: set[str] = set()
    for name, entry in words.items():
        heard = list(dict.fromkeys(entry.get("heard_as", ())))
        taken |= set(heard)
        if heard:  # an entry that no slot names, such as the general "why", is no value
            values.append({"id": name, "name": {"value": heard[0], "synonyms": heard[1:]}})
    for name, phrases in sentences.things.get(kind, {}).items():
        heard = [phrase for phrase in dict.fromkeys(phrases) if phrase not in taken]
        if heard:
            values.append({"id": name, "name": {"value": heard[0], "synonyms": heard[1:]}})
    return values


def own_types(advice: Advice, sentences: Sentences) -> dict[str, Any]:
    """The slot types whose values are no entries of the content: those of the sentences, and those of findings."""
    if not sentences.findings:
        return dict(sentences.types)
    words = named_phrases(advice.words("findings"), advice.facts("findings"))
    variants: dict[str, list[str]] = {}
    for variant, usual in words["spellings"].items():
        variants.setdefault(usual, []).append(variant)
    taken = {
        kind: {phrase for entry in advice.words(file).values() for phrase in entry.get("heard_as", ())}
        for kind, file in sentences.findings["left_to"].items()
    }
    return {**sentences.types, **finding_types(sentences.findings, words, variants, taken)}


def model_text(model: Model) -> str:
    """The model as the file that is committed."""
    # A line a sample, so that changes can be read; no indentation, which counts towards what Amazon takes.
    return json.dumps(model, indent=0, ensure_ascii=False, separators=(",", ":")) + "\n"


def write_models(folder: Path = MODELS) -> list[Path]:
    """Writes the model of every locale; returns the files."""
    sentences = read_sentences()
    written = []
    for locale in locales():
        path = folder / f"{locale}.json"
        path.write_text(model_text(build_model(locale, sentences)), encoding="utf-8")
        written.append(path)
    return written
