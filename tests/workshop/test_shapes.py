"""A shape is declared once: what `make check` asks of a file and what the skill reads from it are the same fields."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest

from skill.advice import CLAIM_FILES
from skill.advice.model import Claim, Condition, CueRule, Muscle, Region, Rule, Source, Step, Symptom
from skill.advice.shape import FACTS, WORDS, build, entries, fact, path_of, shape, word
from skill.advice.store import CONTENT
from skill.triage.findings import Kind
from skill.triage.rules import Rule as TriageRule
from workshop.check.derived_schema import schema
from workshop.linting.schema_report import shape_faults
from workshop.linting.yaml_files import Content, read_content

CALF = {"kind": "stretch", "hold": 30, "longest": 60, "verdict": "plausible", "sources": ["nhs"], "minutes": 3}
SAID = {"do": ["Straighten your leg."]}


@shape
class Breathed(Step):
    """A step with two fields more."""

    breaths: int = fact("breaths in one hold", most=20)
    whispered: tuple[str, ...] = word("the instruction in a whisper", default=())


def faults(tree: object, cls: Any, half: str, facts: object = None) -> list[tuple[str, str]]:
    return [(own.key, own.expected) for own in shape_faults("file", tree, schema(cls, half, facts))]


def test_a_field_that_is_added_is_asked_for_and_read() -> None:
    assert faults(CALF, Step, FACTS) == []
    assert faults(CALF, Breathed, FACTS) == [("breaths", "breaths in one hold")]
    with pytest.raises(KeyError, match="breaths"):
        build(Breathed, CALF, SAID, id="stretch")

    facts, words = {**CALF, "breaths": 6}, {**SAID, "whispered": ["Softly."]}
    assert faults(facts, Breathed, FACTS) == []
    assert faults({**facts, "breaths": 21}, Breathed, FACTS) == [("breaths", "breaths in one hold")]
    assert faults(words, Step, WORDS) == [("whispered", "only the keys do, first, release and helper")]
    assert faults(words, Breathed, WORDS) == []
    step = build(Breathed, facts, words, id="stretch")
    assert (step.breaths, step.whispered, step.numbers) == (6, ("Softly.",), {"minutes": 3})
    # To a step without that field, it is a number for the words.
    assert build(Step, facts, SAID, id="stretch").numbers == {"minutes": 3, "breaths": 6}


def test_a_word_may_follow_from_a_fact() -> None:
    assert faults("Not now.", Rule, WORDS, {"do": "warn"}) == []
    assert [key for key, _ in faults({"because": "Not now."}, Rule, WORDS, {"do": "replace"})] == ["instead"]
    assert build(Rule, {"on": ["step.*"], "do": "warn"}, "Not now.", id="a").because == "Not now."


def test_what_a_declaration_cannot_mean_is_refused() -> None:
    @shape
    class Misspelled:
        hold: int = fact("seconds", lest=5)

    @shape
    class Untyped:
        hold: object = fact("seconds")

    with pytest.raises(TypeError, match=r"Misspelled.hold: expected one of .*, found \['lest'\]"):
        schema(Misspelled, FACTS)
    with pytest.raises(TypeError, match="hold: expected a type that content can have, found"):
        schema(Untyped, FACTS)


def test_values_of_one_shape_are_compared_and_shown_by_their_fields() -> None:
    facts, words = {"routine": "calf"}, {"name": "calf", "heard_as": []}
    muscle = build(Muscle, facts, words, id="calf")
    assert muscle == build(Muscle, facts, words, id="calf")
    assert muscle != build(Muscle, facts, words, id="shin")
    assert len({muscle, build(Muscle, facts, words, id="calf")}) == 1
    assert repr(muscle).startswith("Muscle(id='calf', routine='calf', alone=False, name='calf'")


def read() -> Iterator[tuple[Any, str, dict[str, Any], Any]]:
    """Every entry of the content that is one value: its shape, id, facts and words."""
    content: Content = read_content(CONTENT)
    files: list[tuple[Any, str]] = [(Muscle, "muscles"), (Symptom, "symptoms"), *((Claim, own) for own in CLAIM_FILES)]
    for cls, file in files:
        for name, own in content.fact(file).items():
            yield cls, name, own, content.word("en", file)[name]
    for name, own in content.fact("conditions").items():
        texts = content.word("en", "conditions")[name]
        bare = {key: value for key, value in own.items() if key != "rules"}
        yield Condition, name, bare, {key: value for key, value in texts.items() if key != "rules"}
        for rule, inner in own.get("rules", {}).items():
            yield Rule, rule, inner, texts["rules"][rule]
    for name, own in content.fact("routines")["shared"].items():
        yield Step, name, own, content.word("en", "routines")["shared"][name]
    for name, own in content.fact("timing")["cues"].items():
        if name != "sources":
            yield CueRule, name, own, content.word("en", "timing")["cues"][name]
    for cls, entries_of in (
        (Source, content.fact("sources")),
        (Kind, content.fact("findings")["findings"]),
        (TriageRule, content.fact("triage")["rules"]),
        (Region, content.regions or {}),
    ):
        for name, own in entries_of.items():
            yield cls, name, own, None


ENTRIES = list(read())
GIVEN = {Claim: {"topic": "remedies"}, Region: {"locale": "en-US"}}


def keys(facts: Any, words: Any) -> Iterator[tuple[str, str]]:
    """The keys of an entry, each with the half it stands in."""
    for half, tree in ((FACTS, facts), (WORDS, words)):
        yield from ((half, key) for key in tree or {} if isinstance(tree, dict))


@pytest.mark.parametrize("cls", list(dict.fromkeys(own[0] for own in ENTRIES)), ids=lambda cls: str(cls.__qualname__))
def test_schema_and_builder_ask_for_the_same(cls: Any) -> None:
    """Each key taken away from each entry: where the schema asks for it, nothing is built without it; only there."""
    follows = {own.name for own in fields(cls) if "when" in own.metadata}
    asked = 0
    for name, facts, words in (own[1:] for own in ENTRIES if own[0] is cls):
        given = GIVEN.get(cls, {}) if cls is Region else {**GIVEN.get(cls, {}), "id": name}
        for half, key in keys(facts, words):
            less = copy.deepcopy({FACTS: facts, WORDS: words})
            del less[half][key]
            told = any(at == key for at, _ in faults(less[half], cls, half, facts))
            if half == WORDS and key in follows:
                assert told, (name, key)  # the builder knows no conditions: it reads what is there
                continue
            try:
                build(cls, less[FACTS], less[WORDS], **given)
            except KeyError:
                assert told, (name, key)
                asked += 1
            else:
                assert not told, (name, key)
    assert asked


@pytest.mark.parametrize("cls", list(dict.fromkeys(own[0] for own in ENTRIES)), ids=lambda cls: str(cls.__qualname__))
def test_every_key_of_the_content_has_a_field(cls: Any) -> None:
    declared = {path_of(own.name, own.metadata)[0] for own in fields(cls)}
    found = {key for own in ENTRIES if own[0] is cls for _, key in keys(*own[2:])}
    # What a step has beyond its fields are numbers for its words.
    assert found - declared <= ({"minutes"} if cls is Step else set())


def test_a_block_of_entries_is_asked_for_entry_by_entry() -> None:
    @shape
    class Night:
        steps: tuple[Breathed, ...] = entries(Breathed, "the steps by id")

    assert faults({"steps": {"stretch": CALF}}, Night, FACTS) == [("steps.stretch.breaths", "breaths in one hold")]
    assert faults({}, Night, FACTS) == [("steps", "the steps by id")]
