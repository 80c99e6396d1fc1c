"""Every kind of fault that the lint knows, made on purpose in a small model, and none in what is committed."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from workshop.models.amazon import invocation_faults, model_faults
from workshop.models.entry_ids import id_faults
from workshop.models.lint import (
    Skill,
    committed_faults,
    conflict_faults,
    content_faults,
    handler_faults,
    lint,
    lint_all,
    phrase_faults,
    rule_faults,
    template_faults,
    type_faults,
)
from workshop.models.sentence_files import file_faults
from workshop.models.sentences import BUILT_IN, Intent, Sentences

if TYPE_CHECKING:
    from pathlib import Path

    from workshop.linting.fault import Fault

LOCALES = ("en-US", "en-GB")
FILE = "interaction_models/en-US.json"


def intent(name: str, *samples: str, **slots: str) -> dict[str, Any]:
    return {"name": name, "samples": list(samples), "slots": [{"name": n, "type": t} for n, t in slots.items()]}


def values(name: str, **phrases: list[str]) -> dict[str, Any]:
    entries = [{"id": id_, "name": {"value": own[0], "synonyms": own[1:]}} for id_, own in phrases.items()]
    return {"name": name, "values": entries}


def model(
    *intents: dict[str, Any], types: tuple[dict[str, Any], ...] = (), name: str = "cramp coach"
) -> dict[str, Any]:
    built_in: list[dict[str, Any]] = [{"name": own, "samples": []} for own in BUILT_IN]
    language = {"invocationName": name, "intents": [*built_in, *intents], "types": list(types)}
    return {"interactionModel": {"languageModel": language}}


NO_SLOTS: dict[str, dict[str, str]] = {name: {} for name in BUILT_IN}
MUSCLE = values("MUSCLE", calf=["calf", "lower leg"], arch=["foot"])
RELIEF = intent("ReliefIntent", "my {muscle} hurts", "it hurts", muscle="MUSCLE")
GOOD = model(RELIEF, types=(MUSCLE,))


def told(faults: Any) -> str:
    return "\n".join(map(str, faults))


def spoilt(change: Any) -> dict[str, Any]:
    made = copy.deepcopy(GOOD)
    change(made["interactionModel"]["languageModel"])
    return made


def test_a_good_model_has_no_fault() -> None:
    skill = Skill(
        handled={**NO_SLOTS, "ReliefIntent": {"muscle": "MUSCLE"}},
        content={"muscles": ["calf", "arch"]},
        phrases={"stop": "AMAZON.StopIntent"},
    )
    assert lint(Sentences(()), {"en-US": GOOD, "en-GB": GOOD}, skill) == []


@pytest.mark.parametrize(
    ("name", "expected", "found"),
    [
        ("coach", "two words or more", '"coach"'),
        ("Cramp Coach", "lowercase letters", '"Cramp Coach"'),
        ("cramp coach 2", "lowercase letters", '"cramp coach 2"'),
        ("open cramp coach", "no launch word", '"open"'),
        ("help with cramps", "no connecting word", '"with"'),
        ("cramp skill", "no wake word or word of Amazon's", '"skill"'),
        ("alexa's coach", "no wake word or word of Amazon's", '"alexa\'s"'),
        ("the coach", "without an article", '"the coach"'),
        ("a" * 30 + " " + "b" * 30, "2 to 50 characters", "61 in"),
    ],
)
def test_invocation_names(name: str, expected: str, found: str) -> None:
    text = told(invocation_faults(FILE, name))
    assert f"{FILE}: invocationName: expected" in text
    assert expected in text
    assert found in text
    assert "Hint: " in text


def test_a_good_invocation_name() -> None:
    assert not list(invocation_faults(FILE, "cramp coach"))


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("hold it for 30 seconds", "expected numbers as words, found"),
        ("why, oh why", "Hint: leave out `,`"),
        ("it hurts!", "Hint: leave out `!`"),
        ("does it?", "Hint: leave out `?`"),
        ("it hurts. a lot", "periods only in abbreviations"),
        ("my{muscle} hurts", "a space on both sides of a slot"),
        ("it  hurts", "words with single spaces"),
        ("", "words with single spaces"),
        ("IT HURTS", 'expected each sample once, found "IT HURTS"'),
        ("my {mussel} hurts", "expected a declared slot: muscle, found `{mussel}`"),
        ("not my {muscle} my {muscle}", 'each slot once in a sample, found "not my {muscle} my {muscle}"'),
        ("good night Alexa", 'no wake word and no invocation name, found "good night Alexa"'),
        ("what is cramp coach", 'no wake word and no invocation name, found "what is cramp coach"'),
    ],
)
def test_samples(sample: str, expected: str) -> None:
    bad = model(intent("ReliefIntent", "my {muscle} hurts", "it hurts", sample, muscle="MUSCLE"), types=(MUSCLE,))
    assert expected in told(model_faults(FILE, bad))


@pytest.mark.parametrize("sample", ["my {muscle}'s gone", "at five a. m.", "it's my mother-in-law", "pins and needles"])
def test_samples_that_amazon_takes(sample: str) -> None:
    good = model(intent("ReliefIntent", "my {muscle} hurts", sample, muscle="MUSCLE"), types=(MUSCLE,))
    assert told(model_faults(FILE, good)) == ""


def test_samples_on_a_built_in() -> None:
    bad = spoilt(lambda language: language["intents"][0].update(samples=["forget about it"]))
    assert "intents.AMAZON.CancelIntent.samples: expected no samples on a built-in" in told(model_faults(FILE, bad))


def test_a_missing_built_in() -> None:
    bad = spoilt(lambda language: language["intents"].pop(0))
    assert "expected the built-in `AMAZON.CancelIntent`, found none" in told(model_faults(FILE, bad))


def test_an_intent_twice_without_samples_and_badly_named() -> None:
    bad = model(intent("Relief2"), intent("Relief2"))
    text = told(model_faults(FILE, bad))
    assert "expected each intent once, found it 2 times" in text
    assert "expected at least one sample, found none" in text
    assert 'expected a name of letters and underscores, found "Relief2"' in text


def test_one_slot_name_with_two_types() -> None:
    other = intent("WhyIntent", "why {muscle}", muscle="CAUSE")
    text = told(model_faults(FILE, model(RELIEF, other, types=(MUSCLE, values("CAUSE", age=["age"])))))
    assert "slots.muscle: expected one type for one slot name, found `MUSCLE` in ReliefIntent and `CAUSE` in" in text


def test_slots_and_types_that_nobody_uses_or_made() -> None:
    idle = intent("WhyIntent", "why", cause="CAUSE")
    text = told(model_faults(FILE, model(RELIEF, idle, types=(MUSCLE, values("HABIT", bed=["bed"])))))
    assert "intents.WhyIntent.slots.cause: expected a slot that a sample uses, found no sample with it" in text
    assert 'intents.WhyIntent.slots.cause: expected a slot type that exists, found "CAUSE"' in text
    assert "types.HABIT: expected a type that a slot uses, found none does" in text


@pytest.mark.parametrize(("kind", "known"), [("AMAZON.DURATION", True), ("AMAZON.NoSuchType", False)])
def test_slot_types_of_amazon(kind: str, known: bool) -> None:
    text = told(model_faults(FILE, model(intent("HoldIntent", "hold {seconds}", seconds=kind))))
    assert ('expected a slot type that exists, found "AMAZON.NoSuchType"' in text) is not known


@pytest.mark.parametrize(
    ("template", "rules", "why"),
    [
        ("", {}, "it is empty"),
        ("my <leg>", {"leg": "(leg|my <leg>)"}, "one of its rules contains itself"),
        ("my <leg>", {"leg": "<foot>", "foot": "<leg>"}, "one of its rules contains itself"),
    ],
)
def test_templates_that_come_to_nothing_or_never_end(template: str, rules: dict[str, str], why: str) -> None:
    bad = Intent("ReliefIntent", "", {}, ("it hurts", template), {})
    (fault,) = template_faults(Sentences((bad,), rules))
    assert fault.key == "templates.2"
    assert why in fault.found


def test_ids_that_tests_and_held_out_lines_make_up(tmp_path: Path) -> None:
    tests = ({"say": "my calf", "slots": {"muscle": "calf"}}, {"say": "my elbow", "slots": {"muscle": "elbow"}})
    misses = ({"say": "sit", "intent": "BedIntent", "slots": {"seat": "sofa"}},)
    sentences = Sentences(
        (
            Intent("ReliefIntent", "", {"muscle": "MUSCLE"}, ("it hurts",), {}, tests, misses),
            Intent("BedIntent", "", {"posture": "POSTURE", "seconds": "AMAZON.DURATION"}, ("bed",), {}),
        )
    )
    held_out = tmp_path / "heldout.yaml"
    held_out.write_text(
        "utterances:\n"
        "- {say: bed, intent: BedIntent, slots: {posture: lying, seconds: 30}}\n"
        "- {say: bad, intent: BadIntent}\n"
        "- {say: stop, intent: AMAZON.StopIntent}\n"
    )
    found = list(id_faults(sentences, {"muscles": ["calf"]}, {"POSTURE": ["seated"]}, held_out))
    assert [(fault.key, fault.found) for fault in found] == [
        ("tests.2.slots.muscle", '"elbow"'),
        ("near_misses.1.slots.seat", '"seat"'),
        ("utterances.1.slots.posture", '"lying"'),
        ("utterances.2.intent", '"BadIntent"'),
    ]
    for broken in ("utterances: [", "utterances: [{say: bed}]", "- bed"):
        held_out.write_text(broken)
        assert "expected a list of utterances" in told(id_faults(Sentences(()), {}, {}, held_out))


def test_an_empty_type() -> None:
    text = told(model_faults(FILE, model(RELIEF, types=(values("MUSCLE"),))))
    assert "types.MUSCLE: expected at least one value, found none" in text


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("x" * 141, "expected at most 140 characters, found 141"),
        ("vitamin b12", "numbers as words"),
        ("calf (left)", "Hint: leave out `(` or `)`"),
        ("calf  left", "words with single spaces"),
        ("foot", 'a phrase that names one value, found "foot", also `calf`'),
    ],
)
def test_values(phrase: str, expected: str) -> None:
    bad = model(RELIEF, types=(values("MUSCLE", calf=["calf", phrase], arch=["foot"]),))
    assert expected in told(model_faults(FILE, bad))


def test_free_text_keeps_its_distance() -> None:
    free = {"query": "AMAZON.SearchQuery", "muscle": "MUSCLE", "other": "AMAZON.SearchQuery"}
    bad = model(intent("AskIntent", "find {query} for {muscle}", "{query}", "and {other}", **free), types=(MUSCLE,))
    text = told(model_faults(FILE, bad))
    assert 'no other slot beside AMAZON.SearchQuery, found "find {query} for {muscle}"' in text
    assert 'words around AMAZON.SearchQuery, found "{query}"' in text
    assert "one AMAZON.SearchQuery an intent, found query or other" in text


def test_a_model_that_is_too_large() -> None:
    samples = [f"it hurts {'so ' * 40}{'very ' * at}" for at in range(800)]
    text = told(model_faults(FILE, model(intent("ReliefIntent", *(" ".join(own.split()) for own in samples)))))
    assert "expected a model of at most 1,500,000 bytes, found 1," in text


@pytest.mark.parametrize(
    ("first", "second", "utterance"),
    [
        (("it hurts", {}), ("It hurts", {}), "it hurts"),
        (("my {m} hurts", {"m": "MUSCLE"}), ("my calf hurts", {}), "my calf hurts"),
        (("my {m} hurts", {"m": "MUSCLE"}), ("my {s}", {"s": "SIGN"}), "my calf hurts"),
        (("my {m} hurts", {"m": "MUSCLE"}), ("my {p} hurts", {"p": "PLACE"}), "my foot hurts"),
        (("my {m} swollen", {"m": "MUSCLE"}), ("my calf {s}", {"s": "SIGN"}), "my calf swollen"),
        (("my {p} hurts now", {"p": "PLACE"}), ("my left {s} now", {"s": "SIGN"}), "my left calf hurts now"),
        (
            ("{m} and {s}", {"m": "MUSCLE", "s": "SIGN"}),
            ("{k} and {s}", {"k": "MUSCLE", "s": "SIGN"}),
            "{MUSCLE} and {SIGN}",
        ),
    ],
)
def test_an_utterance_in_two_intents(
    first: tuple[str, dict[str, str]], second: tuple[str, dict[str, str]], utterance: str
) -> None:
    types = (
        values("MUSCLE", calf=["calf", "lower leg"]),
        values("SIGN", hot=["calf hurts", "lower leg hurts", "swollen"]),
        values("PLACE", left=["left calf", "foot"]),
    )
    types[0]["values"].append({"id": "arch", "name": {"value": "foot"}})
    bad = model(intent("OneIntent", first[0], **first[1]), intent("TwoIntent", second[0], **second[1]), types=types)
    (fault,) = conflict_faults(FILE, bad)
    assert f'expected "{utterance}" in one intent' in str(fault)
    assert f"found `{first[0]}` here and `{second[0]}` in TwoIntent" in str(fault)


def test_utterances_that_only_look_alike_are_no_conflict() -> None:
    types = (MUSCLE, values("SIGN", hot=["hot"]))
    good = model(RELIEF, intent("SymptomIntent", "my {s} is hot", "my {s}", s="SIGN"), types=types)
    assert not list(conflict_faults(FILE, good))


def test_the_same_utterance_twice_in_one_intent_is_no_conflict() -> None:
    good = model(intent("ReliefIntent", "my {muscle} hurts", "my calf hurts", muscle="MUSCLE"), types=(MUSCLE,))
    assert not list(conflict_faults(FILE, good))


def test_a_sample_that_is_a_built_in_phrase() -> None:
    text = told(phrase_faults(FILE, model(intent("EndIntent", "stop")), {"stop": "AMAZON.StopIntent"}))
    assert 'no phrase of a built-in, found "stop", which reaches AMAZON.StopIntent' in text


def test_intents_and_handlers_meet() -> None:
    text = told(handler_faults(FILE, GOOD, {**NO_SLOTS, "OldIntent": {}}))
    assert "intents.ReliefIntent: expected a handler for every intent, found none" in text
    assert "intents.OldIntent: expected an intent for every handler, found a handler of `OldIntent` only" in text


def test_slots_and_rows_meet() -> None:
    rows: dict[str, dict[str, str]] = {
        **NO_SLOTS,
        "ReliefIntent": {"muscle": "PLACE", "side": "SIDE"},
    }
    text = told(handler_faults(FILE, GOOD, rows))
    assert "intents.ReliefIntent.slots.muscle: expected the type PLACE, as its row has it, found MUSCLE" in text
    assert "intents.ReliefIntent.slots.side: expected the type SIDE, as its row has it, found none" in text


def test_values_and_content_meet() -> None:
    content = {"muscles": ["calf", "shin"]}
    text = told(content_faults(FILE, GOOD, content, {}))
    assert "types.MUSCLE.arch: expected an entry in facts/muscles.yaml, found none" in text
    assert "types.MUSCLE.shin: expected a slot value that names this entry, found none" in text
    posture = model(intent("BedIntent", "{posture}", posture="POSTURE"), types=(values("POSTURE", sat=["sat"]),))
    text = told(content_faults(FILE, posture, {}, {"POSTURE": ["seated"]}))
    assert "types.POSTURE.sat: expected an entry in _types.yaml" in text


def sentences(*templates: str, regional: dict[str, tuple[str, ...]] | None = None, **rules: str) -> Sentences:
    return Sentences((Intent("ReliefIntent", "", {"muscle": "MUSSEL"}, templates, regional or {}),), rules)


@pytest.mark.parametrize("template", ["(it hurts", "[it] hurts]", "<nosuchrule> hurts", "my {muscle hurts"])
def test_templates_that_cannot_be_read(template: str) -> None:
    for made, key in (
        (sentences("it hurts", template), "templates.2"),
        (sentences("it hurts", regional={"en-GB": (template,)}), "regional.en-GB.1"),
    ):
        (fault,) = template_faults(made)
        assert f"sentences/en/ReliefIntent.yaml: {key}: expected a template that can be read, found" in str(fault)
        assert template in fault.found


def test_rules_and_types_that_do_not_meet() -> None:
    made = sentences("<um> it hurts", um="(um|uh)", ouch="(ow|ouch)")
    assert "rules.ouch: expected a rule that a template uses, found none does" in told(rule_faults(made))
    assert "rules.um:" not in told(rule_faults(made))
    assert 'slots.muscle: expected a slot type that exists, found "MUSSEL"' in told(type_faults(made))


# ---- files ---------------------------------------------------------------------------------------

TEST_FILE = """\
intent: ReliefIntent
about: It hurts.
templates: [it hurts]
tests: [{say: it hurts}]
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEST_FILE + "template: [ow]\n", "template: expected only the keys"),
        (TEST_FILE.replace("ReliefIntent", "OtherIntent"), "intent: expected `ReliefIntent`, as the file is called"),
        (TEST_FILE.replace("[it hurts]", "it hurts"), "templates: expected a list of at least one template"),
        (TEST_FILE.replace("[it hurts]", "[]"), "templates: expected a list of at least one template"),
        (
            TEST_FILE.replace("about: It hurts.\n", ""),
            "about: expected one sentence on when people say this, found nothing",
        ),
        (TEST_FILE + "regional: {en-ZZ: [ow]}\n", "regional.en-ZZ: expected a locale: en-US or en-GB"),
        (TEST_FILE.replace("it hurts}", "it hurts, slots: {muscle: calf}}"), "tests.1.slots.muscle: expected a slot"),
        (TEST_FILE.replace("it hurts}", "it hurts, locale: xx}"), "tests.1.locale: expected a locale"),
        (TEST_FILE + "near_misses: [{say: why, intent: NoIntent}]\n", "near_misses.1.intent: expected the name of a"),
        (
            TEST_FILE + "near_misses: [{say: ow, intent: ReliefIntent}]\n",
            "expected an intent other than `ReliefIntent`",
        ),
        (TEST_FILE + "near_misses: [{say: ow}]\n", "near_misses.1.intent: expected the intent that it must reach"),
        ("templates: [it hurts\n", "expected YAML that can be read"),
        ("intent: x\n\tabout: y\n", "ReliefIntent.yaml: line 2, column 1: expected YAML that can be read"),
        ("intent: x\0\n", "ReliefIntent.yaml: line 1: expected plain text"),
        ("intent: *x\n", 'found what YAML calls "found undefined alias"'),
        ("", "expected at least one entry, found an empty file"),
    ],
)
def test_sentence_files(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in told(faults_of(tmp_path, text))


def test_sentence_files_that_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "en" / "ReliefIntent.yaml").mkdir(parents=True)
    (tmp_path / "en" / "WhyIntent.yaml").symlink_to("nowhere.yaml")
    text = told(file_faults(LOCALES, root=tmp_path))
    assert "ReliefIntent.yaml: expected a file, found a folder of that name" in text
    assert "WhyIntent.yaml: expected a file, found a link to `nowhere.yaml`, which is not there" in text
    assert "expected a folder of sentence files" in told(file_faults(LOCALES, root=tmp_path / "nowhere"))


def test_sentence_files_are_checked_where_nobody_knows_the_locales(tmp_path: Path) -> None:
    assert not faults_of(tmp_path, TEST_FILE + "regional: {en-ZZ: [ow]}\n", ())


def test_a_good_sentence_file(tmp_path: Path) -> None:
    assert not faults_of(tmp_path, TEST_FILE + "near_misses: [{say: stop, intent: AMAZON.StopIntent}]\n")


def test_shared_files(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "_types.yaml").write_text("typs: {}\ntypes: {POSTURE: {seated: {heard_as: []}}}\n")
    text = told(file_faults(LOCALES, root=tmp_path))
    assert (
        "_types.yaml: typs: expected only the keys rules, types, things and findings, found `typs`. Hint: did you mean "
        "`types`?" in text
    )
    assert "types.POSTURE.seated.heard_as: expected a list of what people call it" in text


def faults_of(folder: Path, text: str, locales: tuple[str, ...] = LOCALES) -> list[Fault]:
    (folder / "en").mkdir()
    (folder / "en" / "ReliefIntent.yaml").write_text(text)
    return list(file_faults(locales, root=folder))


def test_committed_models(tmp_path: Path) -> None:
    def commit(made: object) -> str:
        (tmp_path / "en-US.json").write_text(json.dumps(made))
        return told(committed_faults(tmp_path, {"en-US": GOOD}))

    assert "en-US.json: expected a model for every locale, found no such file. Hint: run `make models`" in told(
        committed_faults(tmp_path, {"en-US": GOOD})
    )
    assert commit(GOOD) == ""
    without = spoilt(lambda language: language["intents"][-1]["samples"].pop())
    assert 'found ReliefIntent with 1 samples missing and 0 too many, such as "it hurts"' in commit(without)
    assert "MUSCLE with 1 values missing" in commit(spoilt(lambda language: language["types"][0]["values"].pop()))
    (tmp_path / "en-US.json").unlink()
    (tmp_path / "en-US.json").mkdir()
    assert "JSON that can be read, found Is a directory" in told(committed_faults(tmp_path, {"en-US": GOOD}))
    (tmp_path / "en-US.json").rmdir()
    assert "another order, or other settings" in commit(spoilt(lambda language: language["intents"].reverse()))
    assert "expected what the sentences and the content build" in commit([])
    (tmp_path / "en-US.json").write_text("{")
    (tmp_path / "en-ZZ.json").write_text("{}")
    text = told(committed_faults(tmp_path, {"en-US": GOOD}))
    assert "expected JSON that can be read" in text
    assert 'en-ZZ.json: expected a locale of regions.yaml, found "en-ZZ"' in text


def test_a_fault_of_every_locale_is_told_once() -> None:
    skill = Skill(handled=NO_SLOTS, content={"muscles": ["calf", "arch"]}, phrases={})
    (fault,) = lint(Sentences(()), {"en-US": GOOD, "en-GB": GOOD, "en-AU": GOOD}, skill)
    assert fault.found == "none (and 2 other locales)"


def test_what_is_committed_has_no_fault() -> None:
    assert told(lint_all()) == ""
