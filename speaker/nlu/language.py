"""The words of one language that the ear needs beside a model: a folder of YAML a language, checked when it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
"""A folder a language beside this file."""
NEEDED: Mapping[str, str | Mapping[str, str]] = {
    "context": {
        "negation": "negations none refusals unbroken counted supposed pseudo not_meant",
        "temporality": "over goes until_over not_over long_ago still began up_to not_before awake and_so",
        "experiencer": "oneself talked_to",
        "hypothetical": "asking before_asking blame blame_links blame_on",
        "explained": "from warmed lain_on taken cramped moves dying dying_for killing right_now",
    },
    "words": "fillers filler_phrases grammar slack literal literal_phrases common_verbs beside other_places "
    "adverb_endings instead_of meant",
    "spelling": "variants whole endings doubling doubled loose letter_words irregular ones tens hundred and called "
    "single units lengths counts more and_a_half heard_lengths",
    "invocation": "wake polite before articles kinds links after",
    "built_in": "published also",
    "sounds": "sounds",
}
"""The keys of every file of a language; of `context`, those of every section."""
UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
"""The units that `spelling.yaml: units` gives words for."""

Tree = Mapping[str, Any]


class LanguageFault(ValueError):
    """A file of a language that is missing, cannot be read, or lacks a key."""


@dataclass(frozen=True)
class Language:
    """One language."""

    name: str
    files: Mapping[str, Tree]

    def words(self, key: str, file: str = "words") -> frozenset[str]:
        """A list of single words."""
        return frozenset(self.files[file][key])

    def phrases(self, key: str, file: str = "words") -> tuple[str, ...]:
        """A list of phrases, in order."""
        return tuple(self.files[file][key])

    def cue(self, section: str, key: str) -> frozenset[str]:
        """The words of `context.yaml` under a section."""
        return frozenset(self.files["context"][section][key])


@lru_cache
def language(name: str, folder: Path = FOLDER) -> Language:
    """The language of that name, such as `en`.

    Raises:
        LanguageFault: whatever is wrong with its files, all of it.
    """
    files: dict[str, Tree] = {}
    faults = list(_faults(name, folder, files))
    if faults:
        raise LanguageFault("\n".join(faults))
    return Language(name, files)


def _faults(name: str, folder: Path, files: dict[str, Tree]) -> Iterator[str]:
    for file, needed in NEEDED.items():
        where = f"speaker/nlu/{name}/{file}.yaml"
        try:
            tree = yaml.safe_load((folder / name / f"{file}.yaml").read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            have = ", ".join(sorted(own.parent.name for own in folder.glob("*/words.yaml"))) or "none"
            found = " ".join(str(error).split())
            yield f"{where}: expected a file of words, found {found}. Hint: languages that are whole: {have}"
            continue
        files[file] = tree if isinstance(tree, dict) else {}
        sections: Mapping[str, str] = needed if isinstance(needed, dict) else {"": str(needed)}
        for section, keys in sections.items():
            own = files[file].get(section, {}) if section else files[file]
            for key in keys.split():
                if not isinstance(own, dict) or not isinstance(own.get(key), list | dict) or not own[key]:
                    place = f"{section}.{key}" if section else key
                    found = repr(own.get(key)) if isinstance(own, dict) else repr(own)
                    yield f"{where}: {place}: expected a list of words, found {found}. Hint: see the comments in en/"
                elif isinstance(own[key], list) and not all(isinstance(word, str) and word for word in own[key]):
                    bad = next(word for word in own[key] if not isinstance(word, str) or not word)
                    yield f"{where}: {key}: expected text, found {bad!r}. Hint: put yes, no and numbers in quotes"
    units = files.get("spelling", {}).get("units", {})
    if isinstance(units, dict) and (missing := [unit for unit in UNITS if unit not in units]):
        yield f"speaker/nlu/{name}/spelling.yaml: units: expected words for {', '.join(missing)}, found none. Hint: add"
