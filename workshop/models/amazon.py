"""Amazon's rules for one interaction model, as far as they can be told from the model alone."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from workshop.linting.fault import Fault, either, place, shown
from workshop.models.sentences import BUILT_IN

LARGEST = 1_500_000
"""Bytes of one model."""
LONGEST_VALUE = 140
"""Characters of a slot value or synonym."""
_NAME_LENGTH = (2, 50)
_LAUNCH = "run start play resume use launch ask open tell load begin enable".split()
_CONNECTING = "to from in using with about for that by if and whether".split()
_OWNED = "alexa amazon echo computer ziggy skill app".split()
"""Wake words, and what only Amazon may call a thing."""
_ARTICLES = "a an the".split()
_SLOT = re.compile(r"\{([^{}]*)\}")
_SLOT_NAME = re.compile(r"[A-Za-z][A-Za-z_]*")
_INTENT_NAME = re.compile(r"[A-Za-z][A-Za-z_]*|AMAZON\.[A-Za-z]+")
FALLBACK = "AMAZON.FallbackIntent"
"""The one built-in intent that takes samples: of what is none of the skill's business."""
_FREE = "AMAZON.SearchQuery"
_WAKE_WORDS = frozenset("alexa amazon echo ziggy".split())
"""Words that wake a speaker, but for "computer", of which people also talk."""
AMAZON_TYPES = frozenset(
    f"AMAZON.{name}"
    for name in "Actor Airline Airport Animal Artist AuthorityName Book City Color Corporation Country "
    "CreativeWorkType DATE DayOfWeek Dessert Drink DURATION EducationalOrganization FirstName Food "
    "FOUR_DIGIT_NUMBER Game Genre Landmark Language LastName LocalBusiness Month Movie Musician NUMBER "
    "Ordinal Person PhoneNumber PostalAddress Professional Region Room SearchQuery Sport StreetName TIME "
    "TVSeries US_CITY US_FIRST_NAME US_STATE VideoGame WeatherCondition".split()
)
"""Amazon's own slot types, of those that a skill like this might take."""

Model = Mapping[str, Any]


def model_faults(file: str, model: Model) -> Iterator[Fault]:
    """Everything about a model that Amazon would refuse, or that it takes and then answers badly to."""
    language = model["interactionModel"]["languageModel"]
    yield from invocation_faults(file, language["invocationName"])
    yield from _intents(file, language["intents"], language["invocationName"])
    yield from _slots(file, language)
    yield from _values(file, language.get("types", ()))
    size = len(json.dumps(model, ensure_ascii=False).encode())
    if size > LARGEST:
        hint = "shorten templates with many choices; each `(a|b)` multiplies the samples"
        yield Fault(file, "", f"a model of at most {LARGEST:,} bytes", f"{size:,} bytes", hint)


def invocation_faults(file: str, name: str) -> Iterator[Fault]:
    """What is wrong with an invocation name."""
    words = name.split()
    key = "invocationName"
    bad = sorted({letter for letter in name if not (letter.isalpha() and letter.islower()) and letter not in " .'"})
    if bad:
        hint = "write it as it is spoken: lowercase letters and spaces, numbers as words"
        yield Fault(file, key, "lowercase letters, spaces, apostrophes and periods", shown(name), hint)
    if not _NAME_LENGTH[0] <= len(name) <= _NAME_LENGTH[1]:
        expected = f"{_NAME_LENGTH[0]} to {_NAME_LENGTH[1]} characters"
        yield Fault(file, key, expected, f"{len(name)} in {shown(name)}", "choose another name")
    if len(words) < 2:
        yield Fault(file, key, "two words or more", shown(name), "one word is only for a brand of one's own")
    if len(words) == 2 and set(words) & set(_ARTICLES):
        yield Fault(file, key, "two words without an article", shown(name), f"leave out {either(_ARTICLES)}")
    for kind, taken in (
        ("launch word", _LAUNCH),
        ("connecting word", _CONNECTING),
        ("wake word or word of Amazon's", _OWNED),
    ):
        for word in words:
            if word.removesuffix("'s") in taken:
                hint = "Alexa would hear it as part of how a skill is asked for"
                yield Fault(file, key, f"no {kind}", f'"{word}" in {shown(name)}', hint)


def _intents(file: str, intents: list[dict[str, Any]], invocation: str) -> Iterator[Fault]:
    names = [intent["name"] for intent in intents]
    for name in BUILT_IN:
        if name not in names:
            yield Fault(file, "intents", f"the built-in `{name}`", "none", "list it without samples")
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault(file, place("intents", name), "each intent once", f"it {names.count(name)} times", "join them")
    for intent in intents:
        name, samples = intent["name"], intent.get("samples", [])
        key = place("intents", name)
        if not _INTENT_NAME.fullmatch(name):
            yield Fault(file, key, "a name of letters and underscores", shown(name), "rename the intent")
        if name.startswith("AMAZON.") and name != FALLBACK:
            if samples:
                hint = "Alexa's own phrases stop matching; put them into an intent of ours beside it"
                yield Fault(file, place(key, "samples"), "no samples on a built-in", shown(samples), hint)
            continue
        if not samples and name != FALLBACK:
            yield Fault(file, place(key, "samples"), "at least one sample", "none", "write a template for it")
        seen: set[str] = set()
        for sample in samples:
            if sample.lower() in seen:
                yield Fault(file, place(key, "samples"), "each sample once", shown(sample), "Alexa refuses to build it")
            seen.add(sample.lower())
            yield from _sample(file, key, sample, invocation)


def _sample(file: str, key: str, sample: str, invocation: str) -> Iterator[Fault]:
    key = place(key, "samples")
    bare = _SLOT.sub(" ", sample)
    bad = sorted({letter for letter in bare if not (letter.isalpha() or letter in " .'-_")})
    if any(letter.isdigit() for letter in bad):
        yield Fault(file, key, "numbers as words", shown(sample), "people say them: write `thirty`, not `30`")
    if others := [letter for letter in bad if not letter.isdigit()]:
        expected = "letters, spaces, apostrophes, periods, hyphens, underscores and {slots}"
        hint = f"leave out {either(f'`{letter}`' for letter in others)}"
        yield Fault(file, key, expected, shown(sample), hint)
    if re.search(r"\.(?!\s|$|')|(?<![A-Za-z])\.|\w{2,}\.", bare):
        hint = "a sample has no full stop"
        yield Fault(file, key, "periods only in abbreviations such as `a. m.`", shown(sample), hint)
    if re.search(r"[^\s{]\{|\}[^\s}'.-]", sample):
        yield Fault(file, key, "a space on both sides of a slot", shown(sample), "only `'s` may follow at once")
    if sample != " ".join(sample.split()) or not sample:
        yield Fault(file, key, "words with single spaces", shown(sample), "take out the other spaces")
    named = _SLOT.findall(sample)
    if len(set(named)) < len(named):
        yield Fault(file, key, "each slot once in a sample", shown(sample), "give the second one a name of its own")
    said = f" {bare.lower()} "
    if f" {invocation} " in said or _WAKE_WORDS.intersection(said.split()):
        hint = "the speaker hears it as a call, and the skill never does: take it out"
        yield Fault(file, key, "no wake word and no invocation name", shown(sample), hint)


def _slots(file: str, language: Mapping[str, Any]) -> Iterator[Fault]:
    declared = {kind["name"] for kind in language.get("types", ())}
    used_types: set[str] = set()
    types: dict[str, dict[str, str]] = defaultdict(dict)
    for intent in language["intents"]:
        key = place("intents", intent["name"])
        own = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        used_types |= set(own.values())
        for name, kind in own.items():
            types[name].setdefault(kind, intent["name"])
            if not _SLOT_NAME.fullmatch(name):
                hint = "rename the slot"
                yield Fault(file, place(key, "slots", name), "a name of letters and underscores", shown(name), hint)
            if kind not in declared and kind not in AMAZON_TYPES:
                hint = "a type is a file of the content or an entry under `types:` in the sentences"
                yield Fault(file, place(key, "slots", name), "a slot type that exists", shown(kind), hint)
        used = {name for sample in intent.get("samples", ()) for name in _SLOT.findall(sample)}
        for name in sorted(used - set(own)):
            expected = f"a declared slot: {either(own)}"
            yield Fault(file, place(key, "samples"), expected, f"`{{{name}}}`", "declare it under `slots:`, or mend it")
        for name in sorted(set(own) - used):
            hint = "use it in a template, or take it out"
            yield Fault(file, place(key, "slots", name), "a slot that a sample uses", "no sample with it", hint)
        yield from _free_text(file, key, own, intent.get("samples", ()))
    for name, kinds in types.items():
        if len(kinds) > 1:
            found = either(f"`{kind}` in {intent}" for kind, intent in kinds.items()).replace(" or ", " and ")
            hint = "a slot name has one type everywhere: rename the slot in one of them"
            yield Fault(file, place("slots", name), "one type for one slot name", found, hint)
    for name in sorted(declared - used_types):
        yield Fault(file, place("types", name), "a type that a slot uses", "none does", "take it out, or use it")


def _free_text(file: str, key: str, slots: Mapping[str, str], samples: Any) -> Iterator[Fault]:
    free = [name for name, kind in slots.items() if kind == _FREE]
    if len(free) > 1:
        yield Fault(file, place(key, "slots"), f"one {_FREE} an intent", either(free), "split the intent")
    for sample in samples:
        named = _SLOT.findall(sample)
        if not set(named) & set(free):
            continue
        if len(named) > 1:
            hint = "Alexa cannot tell where the free text ends; split the sample"
            yield Fault(file, place(key, "samples"), f"no other slot beside {_FREE}", shown(sample), hint)
        elif not _SLOT.sub("", sample).strip():
            yield Fault(file, place(key, "samples"), f"words around {_FREE}", shown(sample), "add a carrier phrase")


def _values(file: str, types: Any) -> Iterator[Fault]:
    for kind in types:
        key = place("types", kind["name"])
        if not kind.get("values"):
            yield Fault(file, key, "at least one value", "none", "fill it, or take the slot out")
        owners: dict[str, str] = {}
        for value in kind.get("values", ()):
            name = value.get("id") or value["name"]["value"]
            here = place(key, name)
            for phrase in (value["name"]["value"], *value["name"].get("synonyms", ())):
                yield from _phrase(file, here, phrase)
                other = owners.setdefault(phrase.lower(), name)
                if other != name:
                    hint = "Alexa takes either: keep it in one of them"
                    yield Fault(file, here, "a phrase that names one value", f"{shown(phrase)}, also `{other}`", hint)


def _phrase(file: str, key: str, phrase: str) -> Iterator[Fault]:
    if len(phrase) > LONGEST_VALUE:
        expected = f"at most {LONGEST_VALUE} characters"
        yield Fault(file, key, expected, f"{len(phrase)} in {shown(phrase)}", "say it in fewer words")
    if any(letter.isdigit() for letter in phrase):
        yield Fault(file, key, "numbers as words", shown(phrase), "people say them: write `twelve`, not `12`")
    if bad := sorted({letter for letter in phrase if not (letter.isalnum() or letter in " .'-_")}):
        hint = f"leave out {either(f'`{letter}`' for letter in bad)}"
        yield Fault(file, key, "letters, spaces, apostrophes, periods, hyphens and underscores", shown(phrase), hint)
    if phrase != " ".join(phrase.split()) or not phrase:
        yield Fault(file, key, "words with single spaces", shown(phrase), "take out the other spaces")
