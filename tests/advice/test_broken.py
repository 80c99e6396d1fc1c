"""Files that cannot be read: each is told of in one fault, whatever else is wrong is told too, and nothing raises."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.advice.store import CONTENT
from speaker.nlu.interaction_model import MODELS
from tests.advice.editing import copied, edit
from workshop import cli
from workshop.check import all_checks, check_content
from workshop.check.evidence import leaves, meets
from workshop.linting.yaml_files import EVIDENCE, read_content
from workshop.linting.yaml_reader import MOST_BYTES
from workshop.models import lint

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("broken.yaml").read_text(encoding="utf-8"))
ROOT = Path(__file__).parents[2]


def spoil(path: Path, how: dict[str, Any]) -> None:
    if "replace" in how:
        old, new = how["replace"]
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return
    path.unlink()
    if "text" in how:
        path.write_text(how["text"], encoding="utf-8")
    elif "link" in how:
        path.symlink_to(how["link"])
    elif "folder" in how:
        path.mkdir()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_broken_file_is_told(tmp_path: Path, case: dict[str, Any]) -> None:
    root = copied(tmp_path)
    spoil(root / case["file"], case)
    says = case["says"] if isinstance(case["says"], list) else [case["says"]]
    assert [str(fault) for fault in check_content(root)] == says


@pytest.mark.parametrize("text", ["a: " + "[" * 50_000, "x: " + "y" * 10_000_000], ids=["brackets", "ten megabytes"])
def test_a_file_too_large_to_be_meant_is_not_read(tmp_path: Path, text: str) -> None:
    root = copied(tmp_path)
    (root / "en" / "timing.yaml").write_text(text, encoding="utf-8")
    (fault,) = check_content(root)
    expected = "blocks at most 30 deep" if len(text) < MOST_BYTES else "a file of at most 200,000 bytes"
    assert str(fault).startswith(f"en/timing.yaml: expected {expected}, found ")


def test_aliases_of_aliases_are_not_written_out(tmp_path: Path) -> None:
    root = copied(tmp_path)
    lines = ["a0: &a0 [x, x]", *(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 12))]
    (root / "en" / "timing.yaml").write_text("\n".join(lines), encoding="utf-8")
    (fault,) = check_content(root)
    assert fault.expected == "aliases of finished blocks"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["en/timing.yaml", "en"])
def test_what_nobody_may_read_is_told(tmp_path: Path, name: str) -> None:
    path = copied(tmp_path) / name
    path.chmod(0)
    faults = check_content(path.parents[len(Path(name).parts) - 1])
    path.chmod(0o700)
    assert any('found what the system calls "Permission denied"' in str(fault) for fault in faults)


def test_a_file_that_the_system_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, whole = copied(tmp_path), Path.read_text

    def read(path: Path, *arguments: Any, **named: Any) -> str:
        if path.name == "timing.yaml" and path.parent.name == "en":
            raise PermissionError(13, "Permission denied")
        return whole(path, *arguments, **named)

    monkeypatch.setattr(Path, "read_text", read)
    assert [str(fault) for fault in check_content(root)] == [
        'en/timing.yaml: expected a file that can be read, found what the system calls "Permission denied". '
        "Hint: change who may read it"
    ]


@pytest.mark.parametrize("emptied", [True, False])
@pytest.mark.parametrize("folder", ["facts", "en"])
def test_a_folder_that_is_empty_or_gone_is_told(tmp_path: Path, folder: str, emptied: bool) -> None:
    root = copied(tmp_path)
    shutil.rmtree(root / folder)
    if emptied:
        (root / folder).mkdir()
    faults = check_content(root)
    assert any(fault.file.startswith(f"{folder}/") and "no" in fault.found for fault in faults)
    assert not any("None" in str(fault) for fault in faults)


def test_content_that_is_gone_is_told(tmp_path: Path) -> None:
    text, count = all_checks.report(root=tmp_path / "nowhere", models=tmp_path)
    assert count
    assert "content: expected to check all of it, found NotADirectoryError: expected a folder of content" in text


# ---- the bounds -----------------------------------------------------------------------------------


def test_the_bounds_are_checked_like_the_content(tmp_path: Path) -> None:
    root = copied(tmp_path)
    shutil.copytree(EVIDENCE, tmp_path / "evidence")
    edit(tmp_path, "evidence/bounds.yaml", "timing.minutes\\.resume.sources", gone=True)
    edit(tmp_path, "evidence/bounds.yaml", "timing.minutes\\.reassess.sources", ["nhs-night"])
    assert [str(fault).split(". Hint")[0] for fault in check_content(root, tmp_path / "evidence")] == [
        f"evidence/bounds.yaml: timing.minutes.{says}"
        for says in (
            'reassess.sources: expected a source of facts/sources.yaml, found "nhs-night"',
            "resume.sources: expected at least one source, each named once, found nothing",
        )
    ]


def test_a_number_goes_further_with_a_second_edit_in_the_bounds(tmp_path: Path) -> None:
    root = copied(tmp_path)
    shutil.copytree(EVIDENCE, tmp_path / "evidence")
    edit(root, "facts/timing.yaml", "minutes.reassess", 15)
    assert [fault.kind for fault in check_content(root, tmp_path / "evidence")] == ["bounds"]
    edit(tmp_path, "evidence/bounds.yaml", "timing.minutes\\.reassess.to", 15)
    assert not check_content(root, tmp_path / "evidence")


def test_every_bound_is_about_a_number_and_leaves_a_choice() -> None:
    content = read_content(CONTENT)
    for file, bounds in content.proof("bounds").items():
        places = [path for path, _ in leaves(content.fact(file))]
        assert all(any(meets(tuple(bound.split(".")), path) for path in places) for bound in bounds), file
        assert all(own["from"] < own["to"] for own in bounds.values()), file


# ---- the command ----------------------------------------------------------------------------------


def told(monkeypatch: pytest.MonkeyPatch, root: Path, models: Path = MODELS) -> tuple[list[str], int]:
    """What the command prints; the manifest has its own tests and is left out."""
    monkeypatch.setattr(all_checks, "check_manifest", lambda release, folder: [])
    text, count = all_checks.report(root=root, models=models)
    return text.splitlines(), count


@pytest.mark.parametrize("file", ["facts/remedies.yaml", "en/remedies.yaml", "regions.yaml"])
def test_the_command_tells_every_fault_of_every_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    root = copied(tmp_path)
    (root / file).write_text("a:\n\tb: [\n", encoding="utf-8")
    models = tmp_path / "interaction_models"
    shutil.copytree(MODELS / "sentences", models / "sentences")
    (models / "sentences" / "en" / "WhyIntent.yaml").write_text("intent: WhyIntent\n\tabout: x\n", encoding="utf-8")
    lines, count = told(monkeypatch, root, models)
    assert any(
        line.startswith(f"{root.as_posix()}/{file}:2: column 1: expected YAML that can be read") for line in lines
    )
    why = f"{models.as_posix()}/sentences/en/WhyIntent.yaml:2: column 1: expected YAML that can be read"
    assert any(line.startswith(why) for line in lines)
    assert count >= 2


def test_what_was_found_outlives_what_stops_the_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "locales", lambda store: ("en-US",))  # what stops one stops all
    root = copied(tmp_path)
    (root / "facts" / "tiers.yaml").write_text("a: [\n", encoding="utf-8")
    lines, count = told(monkeypatch, root)
    assert lines[0].startswith(f"{root.as_posix()}/facts/tiers.yaml:2: column 1: expected YAML")
    assert lines[1] == "content: 1 fault"
    assert any(line.startswith("sentences and models: ") for line in lines[2:])
    assert count


def test_an_error_of_our_own_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops() -> Any:
        raise KeyError("nothing of that name")

    monkeypatch.setattr(all_checks, "content_steps", lambda root: stops())
    monkeypatch.setattr(all_checks, "lint_steps", lambda models, root: iter(()))
    monkeypatch.setattr(all_checks, "check_manifest", lambda release, folder: [])
    text, count = all_checks.report()
    assert count == 1
    assert text.splitlines()[0].startswith(
        "content: expected to check all of it, found KeyError: 'nothing of that name' ("
    )


def test_the_command_line_needs_no_content_to_check_it(tmp_path: Path) -> None:
    """In a copy of the package, because a process reads its content once."""
    ignore = shutil.ignore_patterns("__pycache__", "graphics", "pictures", "static", "node_modules")
    for room in ("skill", "speaker", "workshop"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=ignore)
    shutil.copytree(ROOT / "interaction_models", tmp_path / "interaction_models")
    (tmp_path / "skill" / "content" / "regions.yaml").unlink()
    run = [sys.executable, "-m", "workshop.cli"]
    done = subprocess.run([*run, "check"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("skill/content/regions.yaml:1: expected a file, found no such file.")
    assert "Traceback" not in done.stdout + done.stderr
    done = subprocess.run([*run, "talk"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == cli.USAGE_ERROR
    assert "Hint: run `cramp-coach check`" in done.stderr
