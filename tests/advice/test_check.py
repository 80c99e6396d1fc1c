"""Every kind of fault: the content with that one thing changed, and where its editor is sent, by which rule."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.advice import gazetteer as gazetteer_module
from skill.advice.store import CONTENT
from tests.advice.editing import copied, edit
from workshop.check import Fault, check_content, report
from workshop.check.readability import grade
from workshop.check.spoken_text import regional, sounding, spoken
from workshop.linting.yaml_files import read_content

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text(encoding="utf-8"))


def test_the_content_has_no_faults() -> None:
    assert report() == ("The content has no faults.", 0)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_fault_is_told(tmp_path: Path, case: dict[str, Any]) -> None:
    root = copied(tmp_path)
    edit(root, case["file"], case["path"], case.get("set"), gone=case.get("gone", False))
    faults = check_content(root)
    assert [(where(fault), fault.kind) for fault in faults] == [(own["at"], own["kind"]) for own in case["says"]]
    for fault, own in zip(faults, case["says"], strict=True):
        assert own["word"] in str(fault).removeprefix(where(fault))


def where(fault: Fault) -> str:
    return f"{fault.file}: {fault.key}" if fault.key else fault.file


def typed(root: Path, file: str, text: str) -> list[str]:
    """The faults once `file` says `text`."""
    (root / file).write_text(text, encoding="utf-8")
    return [str(fault) for fault in check_content(root)]


def test_yaml_that_does_not_parse_is_told_with_line_and_column(tmp_path: Path) -> None:
    broken = 'calf: {routine: calf}\narch: {routine: "arch}\n'
    (fault,) = typed(copied(tmp_path), "facts/muscles.yaml", broken)
    assert fault == (
        "facts/muscles.yaml: line 3, column 1: expected YAML that can be read, found what YAML calls "
        '"found unexpected end of stream". '
        "Hint: look at that line and the one above it for spaces, a colon or a quotation mark that is missing"
    )


def test_a_broken_file_hides_nothing_in_the_others_and_invents_nothing(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edit(root, "facts/routines.yaml", "shin.steps.stretch.hold", 90)
    edit(root, "en/remedies.yaml", "quinine.name", gone=True)
    faults = typed(root, "facts/sources.yaml", "nhs: [\n")
    assert [fault.split(": expected")[0] for fault in faults] == [
        "en/remedies.yaml: quinine.name",
        *["facts/routines.yaml: shin.steps.stretch.hold"] * 3,
        "facts/sources.yaml: line 2, column 1",
    ]


FILES = sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.yaml"))


@pytest.mark.parametrize(
    "text", ["a: [\n", "", "- a\n", "a: 1\nb: [2]\nc: {d: {e: null}}\n", "\tx", "? [a]\n: b\n", "a: &a [*a]\n", "\0"]
)
def test_no_text_can_stop_the_check(tmp_path: Path, text: str) -> None:
    root = copied(tmp_path)
    for file in FILES:
        (root / file).write_text(text, encoding="utf-8")
    told = {fault.file for fault in check_content(root)}
    assert told >= {file for file in FILES if not file.startswith("en/")}


@pytest.mark.parametrize("file", FILES)
def test_no_file_can_stop_the_check(tmp_path: Path, file: str) -> None:
    faults = typed(
        copied(tmp_path), file, "child: {rules: [1], steps: 2, order: x, sources: {a: b}, uses: 3, words: []}\n"
    )
    assert any(fault.startswith(f"{file}: ") for fault in faults)


def test_a_key_that_yaml_takes_for_yes_is_told(tmp_path: Path) -> None:
    root = copied(tmp_path)
    text = (root / "facts" / "conditions.yaml").read_text(encoding="utf-8")
    faults = typed(
        root,
        "facts/conditions.yaml",
        text.replace('{"on": [routine.inner_thigh], do: leave_out}', "{on: [routine.inner_thigh], do: leave_out}"),
    )
    assert any("rules.inner_thigh.on: expected a key that is text, found `on` on line" in fault for fault in faults)


def test_a_file_that_is_gone_or_unknown_is_told(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / "en" / "tiers.yaml").unlink()
    (root / "facts" / "folklore.yaml").write_text("soap: {}\n", encoding="utf-8")
    assert [str(fault) for fault in check_content(root)] == [
        "en/folklore.yaml: expected the words for facts/folklore.yaml, found no such file. Hint: restore it from git",
        "en/tiers.yaml: expected the words for facts/tiers.yaml, found no such file. Hint: restore it from git",
        "facts/folklore.yaml: expected one of the known facts files, found another. "
        "Hint: move its entries into one of them",
    ]


def test_all_faults_are_told_at_once_and_sorted(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edit(root, "regions.yaml", "en-IN.emergency", 112)
    edit(root, "en/prompts.yaml", "last_step", "Please stop in 3 minutes")
    faults = [str(fault) for fault in check_content(root)]
    assert len(faults) == 4
    assert faults == sorted(faults)
    text, code = report(root)
    assert code == 1
    assert text.endswith("\n4 faults in the content.")


def test_no_content_at_all(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="expected a folder of content, found none at"):
        check_content(tmp_path / "nowhere")
    text, code = report(tmp_path / "nowhere")
    assert (text.startswith("expected a folder of content"), code) == (True, 2)


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    text, code = report()
    assert text == "expected the package jsonschema, found none. Hint: pip install jsonschema textstat==0.7.8"
    assert code == 2


def test_a_hold_within_changed_bounds_is_no_fault(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edit(root, "facts/timing.yaml", "hold.longest", 50)
    faults = [str(fault) for fault in check_content(root)]
    assert faults
    assert all("from 5 to 50" in fault for fault in faults)


def test_every_text_of_the_content_is_looked_at() -> None:
    content = read_content(CONTENT)
    seen = {part.text for part in [*spoken(content, "en"), *regional(content)]}

    def walk(node: object, path: tuple[str, ...]) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                walk(value, (*path, str(key)))
        elif isinstance(node, list):
            for item in node:
                walk(item, path)
        elif isinstance(node, str) and "heard_as" not in path and path[0] not in ("style", "findings"):
            assert node in seen, f"{'.'.join(path)}: {node}"

    for name, tree in content.words["en"].items():
        walk(tree, (name,))


def test_the_whole_content_is_read_by_a_child_of_eleven() -> None:
    content = read_content(CONTENT)
    assert grade([sounding(content, part.text) for part in spoken(content, "en") if part.is_sentence]) <= 6


def test_the_checker_and_the_loader_mean_the_same() -> None:
    style = read_content(CONTENT).fact("style")
    assert style["heard_as"]["words"] == gazetteer_module._LONGEST
