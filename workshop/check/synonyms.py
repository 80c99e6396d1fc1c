"""Synonyms (`heard_as`): matchable by a speaker, and unique within a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skill.advice.text import plain
from workshop.linting.fault import Fault, place, shown
from workshop.linting.yaml_files import Content, blocks, texts

_SOUNDS = re.compile(r"[a-z](?:[a-z' -]*[a-z'])?")
NEED_PHRASES = ("muscles", "symptoms", "conditions", "remedies", "habits", "lookalikes")
"""Files in which every entry needs at least one synonym."""


def heard_faults(content: Content) -> Iterator[Fault]:
    """Synonyms that cannot be matched, or that belong to two entries."""
    limits = blocks(content.fact("style").get("heard_as"))
    most_words, most_characters = limits.get("words"), limits.get("characters")
    for language, files in content.words.items():
        for name in files:
            file = f"{language}/{name}.yaml"
            owners: dict[str, str] = {}
            for entry, words in content.word(language, name).items():
                if "heard_as" not in blocks(words):
                    continue
                key, phrases = place(entry, "heard_as"), texts(blocks(words)["heard_as"])
                if not phrases and name in NEED_PHRASES:
                    hint = "write what people call it, so that they can ask for it"
                    yield Fault(file, key, "at least one phrase", "none", hint)
                for phrase in phrases:
                    if not _SOUNDS.fullmatch(phrase):
                        hint = "write it as it sounds: small letters, spaces, apostrophes and hyphens; numbers as words"
                        yield Fault(file, key, "letters as they are heard", shown(phrase), hint)
                    if isinstance(most_words, int) and len(plain(phrase).split()) > most_words:
                        hint = "keep the words that name it"
                        yield Fault(file, key, f"at most {most_words} words", shown(phrase), hint)
                    if isinstance(most_characters, int) and len(phrase) > most_characters:
                        hint = "keep the words that name it"
                        found = f"{len(phrase)} in {shown(phrase)}"
                        yield Fault(file, key, f"at most {most_characters} characters", found, hint)
                    heard = plain(phrase)
                    if heard in owners:
                        hint = "keep it where it is meant most often, and remove the other"
                        found = f'"{phrase}", which is under `{owners[heard]}` already'
                        yield Fault(file, key, "a phrase that means one thing only", found, hint)
                    owners.setdefault(heard, str(entry))
