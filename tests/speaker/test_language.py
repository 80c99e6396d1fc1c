"""A language is a folder of words; whatever is missing in it is told, all at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from speaker.nlu.context import context
from speaker.nlu.language import FOLDER, LanguageFault, language
from speaker.nlu.slot_values import HeardSlot, Span


def copy_of_english(folder: Path) -> Path:
    shutil.copytree(FOLDER / "en", folder / "xx")
    return folder / "xx"


def test_every_language_is_whole() -> None:
    names = [path.parent.name for path in FOLDER.glob("*/words.yaml")]
    assert "en" in names
    assert all(language(name).words("fillers") for name in names)


def test_a_language_without_a_folder_names_those_that_are_whole() -> None:
    with pytest.raises(LanguageFault, match=r"speaker/nlu/xx/words\.yaml: expected a file of words.*: en"):
        language("xx")


def test_every_fault_of_a_language_is_told_at_once(tmp_path: Path) -> None:
    own = copy_of_english(tmp_path)
    (own / "words.yaml").write_text("fillers: [um, no]\n", encoding="utf-8")
    (own / "invocation.yaml").unlink()
    with pytest.raises(LanguageFault) as told:
        language("xx", tmp_path)
    text = str(told.value)
    assert "words.yaml: fillers: expected text, found False" in text
    assert "words.yaml: slack: expected a list of words, found None" in text
    assert "invocation.yaml: expected a file of words" in text


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("my leg is SIGN", True),
        ("my leg is not SIGN", False),
        ("my leg is not only SIGN", True),
        ("the SIGN has gone", False),
        ("the SIGN has gone up", True),
        ("years ago i had SIGN", False),
        ("years ago i had SIGN and again tonight", True),
        ("can a cramp cause SIGN", False),
        ("does a cramp give you SIGN because i have it", True),
    ],
)
def test_how_a_sign_is_meant(text: str, stated: bool) -> None:
    words = text.replace("SIGN", "swelling").split()
    at = words.index("swelling")
    span = Span(at, at + 1, HeardSlot("SYMPTOM", "swelling", "one_leg_swelling", "swelling"))
    assert context().stated(words, span, [span]) is stated
