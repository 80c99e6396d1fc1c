"""Everything wrong with sentences and models, gathered at once: what `make check` prints of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skill.advice import Advice, locales
from skill.advice.store import CONTENT, Store, YamlStore
from skill.handlers.intents import CONTENT_TYPES, INTENTS
from speaker.nlu.interaction_model import MODELS
from workshop.linting.fault import Fault, place, shown
from workshop.linting.yaml_files import blocks
from workshop.linting.yaml_reader import read_tree
from workshop.models.amazon import model_faults
from workshop.models.build import Model, build_model, own_types
from workshop.models.conflicts import Utterances
from workshop.models.entry_ids import id_faults
from workshop.models.finding_types import named_phrases, setting_faults
from workshop.models.held_out import HELD_OUT
from workshop.models.sentence_files import file_faults
from workshop.models.sentences import SENTENCES, Sentences, read_sentences

UNSLOTTED = {"causes": ("why",), "lookalikes": ("kinds",)}
"""Entries that the dialog names itself, so that no slot needs to."""


@dataclass(frozen=True)
class Skill:
    """What the models are held against."""

    handled: Mapping[str, Mapping[str, str]]
    """The table of intents: by name, the slots that each reads, and their types."""
    content: Mapping[str, Collection[str]]
    """Ids by content file."""
    phrases: Mapping[str, str]
    """Amazon's own phrases, to the built-in intent that each reaches."""
    types: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Ids by slot type, of the types whose values are no content."""
    held_out: Path | None = None
    """The file of held-out utterances."""


def lint(sentences: Sentences, models: Mapping[str, Model], skill: Skill) -> list[Fault]:
    """Every fault of these sentences and of the models (by locale) that were built from them."""
    found = [*template_faults(sentences), *rule_faults(sentences)]
    found += id_faults(sentences, skill.content, skill.types, skill.held_out)
    for locale, model in models.items():
        file = f"interaction_models/{locale}.json"
        found += model_faults(file, model)
        found += conflict_faults(file, model)
        found += phrase_faults(file, model, skill.phrases)
        found += handler_faults(file, model, skill.handled)
        found += content_faults(file, model, skill.content, skill.types)
    return once(found)


def lint_all(folder: Path = MODELS, root: Path = CONTENT) -> list[Fault]:
    """Lints the sentence files under `folder`, the models they build, and the models committed there."""
    return sorted(lint_steps(folder, root))


def lint_steps(folder: Path = MODELS, root: Path = CONTENT) -> Iterator[Fault]:
    """The faults of `lint_all` as they are found: what is wrong with the files comes before anything is built of them.

    Raises:
        KeyError, TypeError, ValueError, AttributeError, OSError, YAMLError: content under `root` that cannot be built
            of; `check_content` tells what is wrong with it.
    """
    known = [name for name in blocks(read_tree(root / "regions.yaml", "regions.yaml")[0]) if name != "default"]
    sentence_root = folder / SENTENCES.name
    faults = list(file_faults(known, root=sentence_root))
    yield from faults
    if faults:
        return  # what cannot be read in full is not built: half a model has faults of its own
    sentences = read_sentences(root=sentence_root)
    faults = [*template_faults(sentences), *type_faults(sentences)]
    yield from faults
    if faults:
        yield from rule_faults(sentences)
        return
    store = YamlStore(root)
    advice = Advice(store)
    words = named_phrases(advice.words("findings"), advice.facts("findings"))
    yield from setting_faults(sentences.findings, words)
    built = {locale: build_model(locale, sentences, store) for locale in locales(store)}
    yield from lint(sentences, built, the_skill(sentences, store))
    yield from committed_faults(folder, built)


def the_skill(sentences: Sentences, store: Store) -> Skill:
    """The assembled skill and its content, as the lint sees them."""
    from speaker.nlu.interaction_model import built_in_phrases

    read = store.read
    return Skill(
        handled={name: dict(intent.slots) for name, intent in INTENTS.items()},
        content={
            file: (*read(f"facts/{file}"), *sentences.things.get(kind, ())) for kind, file in CONTENT_TYPES.items()
        },
        phrases=built_in_phrases("en", "published"),
        types={name: tuple(values) for name, values in own_types(Advice(store), sentences).items()},
        held_out=HELD_OUT,
    )


def once(faults: Iterable[Fault]) -> list[Fault]:
    """Faults in order; one that every locale shares is told for the first, with how many others have it too."""
    first: dict[tuple[str, str, str, str], Fault] = {}
    files: dict[tuple[str, str, str, str], list[str]] = {}
    for fault in faults:
        same = (fault.key, fault.expected, fault.found, fault.hint)
        first.setdefault(same, fault)
        own = files.setdefault(same, [])
        if fault.file not in own:
            own.append(fault.file)
    told = []
    for same, fault in first.items():
        others = len(files[same]) - 1
        more = f" (and {others} other {'locale' if others == 1 else 'locales'})" if others else ""
        told.append(Fault(fault.file, fault.key, fault.expected, fault.found + more, fault.hint))
    return sorted(told)


def template_faults(sentences: Sentences) -> Iterator[Fault]:
    """Templates that cannot be read, or that name a rule which does not exist."""
    for intent in sentences.intents:
        file = f"interaction_models/sentences/en/{intent.name}.yaml"
        texts = [(place("templates", at), text) for at, text in enumerate(intent.templates)]
        for locale, own in intent.regional.items():
            texts += [(place("regional", locale, at), text) for at, text in enumerate(own)]
        for key, text in texts:
            try:
                sentences.expand(text)
            except ValueError as error:
                hint = "see the rules in _rules.yaml; brackets and braces come in pairs"
                yield Fault(file, key, "a template that can be read", f"{shown(text)} ({_why(error)})", hint)


def _why(error: ValueError) -> str:
    return " ".join(str(error.__cause__ or error).split()) or type(error.__cause__).__name__


def rule_faults(sentences: Sentences) -> Iterator[Fault]:
    """Rules that no template and no other rule uses."""
    regional = (text for intent in sentences.intents for own in intent.regional.values() for text in own)
    texts = [*(text for intent in sentences.intents for text in intent.templates), *regional, *sentences.rules.values()]
    for name in sentences.rules:
        if not any(f"<{name}>" in text for text in texts):
            file = "interaction_models/sentences/en/_rules.yaml"
            yield Fault(file, place("rules", name), "a rule that a template uses", "none does", "take it out")


def type_faults(sentences: Sentences) -> Iterator[Fault]:
    """Slots of a type that has neither content nor an entry of its own: nothing could be built for them."""
    for intent in sentences.intents:
        for name, kind in intent.slots.items():
            if not kind.startswith("AMAZON.") and kind not in CONTENT_TYPES and kind not in sentences.own_types:
                file = f"interaction_models/sentences/en/{intent.name}.yaml"
                known = ", ".join(sorted((*CONTENT_TYPES, *sentences.own_types)))
                hint = f"known are {known}; others go under `types:` in _types.yaml"
                yield Fault(file, place("slots", name), "a slot type that exists", shown(kind), hint)


def conflict_faults(file: str, model: Model) -> Iterator[Fault]:
    """Utterances that two intents share."""
    for conflict in Utterances(model["interactionModel"]["languageModel"]).conflicts():
        yield Fault(
            file,
            place("intents", conflict.intent, "samples"),
            f"{shown(conflict.utterance)} in one intent",
            f"`{conflict.sample}` here and `{conflict.other_sample}` in {conflict.other_intent}",
            "take it out of the one that fits it less, or add a word that tells them apart",
        )


def phrase_faults(file: str, model: Model, phrases: Mapping[str, str]) -> Iterator[Fault]:
    """Custom samples that are a phrase of a built-in intent, which Alexa hears first."""
    shipped = {intent["name"] for intent in model["interactionModel"]["languageModel"]["intents"]}
    for intent in model["interactionModel"]["languageModel"]["intents"]:
        for sample in intent.get("samples", ()):
            taken = phrases.get(sample.lower())
            if taken in shipped and taken != intent["name"]:
                key = place("intents", intent["name"], "samples")
                hint = "take it out: Alexa may send either, and the built-in is the likelier"
                yield Fault(file, key, "no phrase of a built-in", f"{shown(sample)}, which reaches {taken}", hint)


def handler_faults(file: str, model: Model, handled: Mapping[str, Mapping[str, str]]) -> Iterator[Fault]:
    """Intents that nobody answers, answers that nobody can ask for, and slots that one of both does not know."""
    intents = model["interactionModel"]["languageModel"]["intents"]
    names = {intent["name"] for intent in intents}
    for intent in intents:
        name, slots = intent["name"], {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        own = handled.get(name, slots)
        for slot in sorted({*slots, *own}):
            if slots.get(slot) != own.get(slot):
                key = place("intents", name, "slots", slot)
                hint = "the sentences and the row in skill/handlers/intents.py name the same slots and types"
                yield Fault(
                    file, key, f"the type {own.get(slot, 'none')}, as its row has it", slots.get(slot, "none"), hint
                )
    for name in sorted(names - set(handled)):
        hint = "add a row to skill/handlers/intents.py"
        yield Fault(file, place("intents", name), "a handler for every intent", "none", hint)
    for name in sorted(set(handled) - names):
        hint = "write sentences for it, or take its row out of skill/handlers/intents.py"
        yield Fault(file, place("intents", name), "an intent for every handler", f"a handler of `{name}` only", hint)


def content_faults(
    file: str, model: Model, content: Mapping[str, Collection[str]], own: Mapping[str, Collection[str]]
) -> Iterator[Fault]:
    """Slot values that no content answers, and content that no slot value names."""
    for kind in model["interactionModel"]["languageModel"].get("types", ()):
        name = kind["name"]
        source = CONTENT_TYPES.get(name, "")
        known = content.get(source) if source else own.get(name)
        if known is None:
            continue
        ids = [value.get("id", "") for value in kind["values"]]
        for value in ids:
            if value not in known:
                where = f"facts/{source}.yaml" if source else "_types.yaml"
                yield Fault(file, place("types", name, value), f"an entry in {where}", "none", "add it, or take it out")
        for entry in known:
            if entry not in ids and entry not in UNSLOTTED.get(source, ()):
                hint = "give it `heard_as:` in its file of words, and run `make models`"
                yield Fault(file, place("types", name, entry), "a slot value that names this entry", "none", hint)


def committed_faults(folder: Path, built: Mapping[str, Model]) -> Iterator[Fault]:
    """Committed models that are not what the sentences and the content build."""
    hint = "run `make models` and commit what it writes"
    for locale, model in built.items():
        file, path = f"interaction_models/{locale}.json", folder / f"{locale}.json"
        if not path.exists():
            yield Fault(file, "", "a model for every locale", "no such file", hint)
            continue
        try:
            committed = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            why = getattr(error, "strerror", None) or str(error)
            yield Fault(file, "", "JSON that can be read", why, hint)
            continue
        if committed != model:
            yield Fault(file, "", "what the sentences and the content build", difference(model, committed), hint)
    for path in sorted(folder.glob("??-??.json")):
        if path.stem not in built:
            hint = "add the locale to regions.yaml, or remove the file"
            yield Fault(f"interaction_models/{path.name}", "", "a locale of regions.yaml", shown(path.stem), hint)


def difference(built: Model, committed: Any) -> str:
    """In which part two models differ, and by how many samples or values."""
    for part, of in (("intents", "samples"), ("types", "values")):
        new, old = (_parts(model, part, of) for model in (built, committed))
        for name in sorted(set(new) | set(old)):
            missing, extra = new.get(name, set()) - old.get(name, set()), old.get(name, set()) - new.get(name, set())
            if missing or extra or (name in new) != (name in old):
                example = sorted(missing or extra)
                shows = f", such as {example[0][:90]}" if example else ""
                return f"{name} with {len(missing)} {of} missing and {len(extra)} too many{shows}"
    return "another order, or other settings"


def _parts(model: Any, part: str, of: str) -> dict[str, set[str]]:
    try:
        entries = model["interactionModel"]["languageModel"][part]
        return {entry["name"]: {json.dumps(own, sort_keys=True) for own in entry.get(of, ())} for entry in entries}
    except (KeyError, TypeError, AttributeError):
        return {}
