"""No sentence in the product is one of the articles'."""

import importlib.util
from pathlib import Path

from skill.advice.store import CONTENT
from workshop.check.spoken_text import regional, sounding, spoken
from workshop.linting.yaml_files import read_content

_spec = importlib.util.spec_from_file_location("seeds", Path(__file__).with_name("seeds.py"))
assert _spec and _spec.loader
seeds = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(seeds)


def known() -> set[str]:
    return set(seeds.FINGERPRINTS.read_text().split())


def test_no_sentence_is_one_of_the_articles() -> None:
    content = read_content(CONTENT)
    copied = []
    for part in [*spoken(content, "en"), *regional(content)]:
        prints = seeds.fingerprints(sounding(content, part.text))
        copied += [f"{part.file}: {part.key}: {prints[found]}" for found in prints.keys() & known()]
    assert not copied


def test_a_fingerprint_is_the_same_whatever_the_case_and_signs() -> None:
    ours = seeds.fingerprints("Magnesium pills don't stop any cramp at night, as far as anybody knows.")
    assert len(ours) == 1 + 13 - seeds.RUN + 1
    typed = "\n  MAGNESIUM pills don’t stop any cramp at night; as far as anybody knows"
    assert seeds.fingerprints(typed.replace(";", "")).keys() == ours.keys()


def test_a_run_of_their_words_inside_a_sentence_of_ours_is_found() -> None:
    theirs = seeds.fingerprints("Nobody has ever seen a calf let go of its own cramp.")
    ours = seeds.fingerprints("It is said that nobody has ever seen a calf let go, but it does.")
    assert theirs.keys() & ours.keys()


def test_the_list_covers_five_whole_articles() -> None:
    assert len(known()) > 1_500


def test_sentences_of_our_own_are_not_taken_for_theirs() -> None:
    assert not seeds.fingerprints("Magnesium pills are unlikely to help, of any kind, at any hour.").keys() & known()
