"""Intents, slots and ids that the tests of the sentences name, held against what there is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import yaml

from skill.handlers.intents import CONTENT_TYPES
from workshop.linting.fault import Fault, place, shown
from workshop.models.held_out import read_held_out
from workshop.models.sentences import BUILT_IN, Sentences

Ids = Mapping[str, Collection[str]]
_HINT = "a test that names what is not there can only fail: mend it, or take it out"


def id_faults(sentences: Sentences, content: Ids, own: Ids, held_out: Path | None = None) -> Iterator[Fault]:
    """Tests, near misses and held-out lines that name an intent, a slot or the id of a value which does not exist.

    `content` are ids by content file, `own` by slot type.
    """
    slots = {intent.name: intent.slots for intent in sentences.intents}
    for intent in sentences.intents:
        file = f"interaction_models/sentences/en/{intent.name}.yaml"
        for key, tests in (("tests", intent.tests), ("near_misses", intent.near_misses)):
            for at, test in enumerate(tests):
                kinds = slots.get(test.get("intent", intent.name), {})
                yield from _named(file, place(key, at), kinds, test.get("slots") or {}, content, own)
    if held_out is not None:
        yield from _held_out(held_out, slots, content, own)


def _held_out(path: Path, slots: Mapping[str, Mapping[str, str]], content: Ids, own: Ids) -> Iterator[Fault]:
    file = "interaction_models/tests/en/heldout.yaml"
    try:
        utterances = read_held_out(path)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, LookupError, TypeError, AttributeError) as error:
        found = " ".join(f"{type(error).__name__}: {error}".split())
        yield Fault(file, "", "a list of utterances, each with `say` and `intent`", found, "mend the file")
        return
    for at, line in enumerate(utterances):
        here = place("utterances", at)
        if line.intent not in slots and line.intent not in BUILT_IN:
            yield Fault(file, place(here, "intent"), "an intent of the model", shown(line.intent), _HINT)
            continue
        yield from _named(file, here, slots.get(line.intent, {}), line.slots, content, own)


def _named(
    file: str, key: str, kinds: Mapping[str, str], expected: Mapping[str, str], content: Ids, own: Ids
) -> Iterator[Fault]:
    for slot, value in expected.items():
        here = place(key, "slots", slot)
        if slot not in kinds:
            yield Fault(file, here, "a slot of the intent", shown(slot), _HINT)
            continue
        known = content.get(CONTENT_TYPES.get(kinds[slot], ""), own.get(kinds[slot]))
        # Amazon's own types, such as a duration, have no ids; a slot type that does not exist is told of as such.
        if known is not None and value not in known:
            yield Fault(file, here, f"the id of a value of {kinds[slot]}", shown(value), _HINT)
