"""`make check` is all that somebody who edits content needs: every fault once, with its path, line and mending."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from skill.advice import open_advice
from skill.advice.store import CONTENT
from speaker.nlu.interaction_model import MODELS
from tests.advice.editing import copied, edit
from workshop.advice_document import document
from workshop.check import all_checks
from workshop.check.named_prompts import ROOMS, expanded, named_prompts, prompt_faults
from workshop.check.stale_documents import stale_faults
from workshop.documents import DOCUMENTS
from workshop.linting.fault import Fault
from workshop.linting.fold import MOST, fold, fold_files
from workshop.linting.places import ROOT, line_of, located
from workshop.linting.yaml_lint import CONFIG, lint_faults
from workshop.models import lint

# ---- where a fault is -------------------------------------------------------------------------------

FILE = """\
# a comment
calf:
  order: [stretch,
    massage]
  steps:
    stretch: {hold: 30}
    "*.steps.*.rounds":
      - one
      - two
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("calf", 2),
        ("calf.order", 3),
        ("calf.order.2", 4),
        ("calf.order.9", 3),
        ("calf.steps.stretch.hold", 6),
        ("calf.steps.stretch.missing", 6),
        ("calf.steps.*.steps.*.rounds.2", 9),
        ("calf.missing.more", 2),
        ("missing", 1),
        ("", 1),
    ],
)
def test_a_place_has_its_line(tmp_path: Path, key: str, line: int) -> None:
    path = tmp_path / "routines.yaml"
    path.write_text(FILE, encoding="utf-8")
    assert line_of(path, key) == line


def test_a_place_in_a_model_has_its_line() -> None:
    path = MODELS / "en-US.json"
    line = line_of(path, "intents.WhyIntent.samples")
    assert '"samples"' in path.read_text(encoding="utf-8").splitlines()[line - 1]
    assert '"WhyIntent"' in "".join(path.read_text(encoding="utf-8").splitlines()[line - 30 : line])


def test_a_fault_has_the_path_from_the_root_once() -> None:
    fault = Fault("facts/tiers.yaml", "book.stops", "true", "`false`", "mend it")
    line = 1 + (CONTENT / "facts" / "tiers.yaml").read_text(encoding="utf-8").split("\nbook:")[0].count("\n") + 1
    at = f"skill/content/facts/tiers.yaml:{line}: book.stops"
    assert located(fault, [CONTENT]) == f"{at}: expected true, found `false`. Hint: mend it"
    typed = Fault("facts/tiers.yaml", "line 7, column 3", "YAML", "none", "mend it")
    assert located(typed, [CONTENT]).startswith("skill/content/facts/tiers.yaml:7: column 3: expected YAML")


# ---- the whole loop ---------------------------------------------------------------------------------


def test_one_edit_is_told_with_every_command_that_it_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "locales", lambda store: ("en-US",))  # the models of the others are as stale
    root = copied(tmp_path)
    edit(root, "en/conditions.yaml", "child.heard_as", ["a small person"])
    edit(root, "en/conditions.yaml", "child.noted", "A child needs a doctor or nurse.")
    lines = all_checks.report(root=root, documents=DOCUMENTS)[0].splitlines()
    assert any(line.startswith("interaction_models/en-US.json:") and "make models" in line for line in lines)
    assert any(line.startswith("docs/advice.md:") and "make document" in line for line in lines)
    assert any("cramp-coach review conditions.child " in line for line in lines)
    assert len(lines) == len(set(lines))


def test_a_syntax_error_is_told_once(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / "en" / "symptoms.yaml").write_text("chest_pain:\n\tsign: [\n", encoding="utf-8")
    text, count = all_checks.report(root=root, documents=DOCUMENTS)
    assert count == 1
    assert text.count("expected") == 1
    assert text.startswith(f"{root.as_posix()}/en/symptoms.yaml:2: column 1: expected YAML that can be read")
    assert "documents: not all of it could be checked" in text


# ---- documents --------------------------------------------------------------------------------------


def test_a_stale_document_is_told_with_its_first_other_line(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    lines = document(open_advice("en-US")).splitlines()
    lines[41] = "Something else."
    (tmp_path / "docs" / "advice.md").write_text("\n".join(lines), encoding="utf-8")
    advice = {name: written for name, written in DOCUMENTS.items() if name == "docs/advice.md"}
    (fault,) = stale_faults(advice, CONTENT, tmp_path)
    assert (fault.file, fault.key, fault.found) == ("docs/advice.md", "line 42", '"Something else."')
    (tmp_path / "docs" / "advice.md").unlink()
    gone = list(stale_faults(DOCUMENTS, CONTENT, tmp_path))
    assert [fault.file for fault in gone] == list(DOCUMENTS)
    assert all("make document" in fault.hint for fault in gone)


# ---- prompts ----------------------------------------------------------------------------------------


def test_nearly_every_prompt_is_found_in_the_source() -> None:
    named = {name for own in named_prompts() for name in expanded(own.name)}
    known = set(open_advice("en-US").facts("prompts"))
    assert len(known & named) > 0.8 * len(known)


@pytest.mark.parametrize("name", ["stuck", "resumed", "hold_at_limit", "fallback_eased", "list_remedies", "overdose"])
def test_a_prompt_that_the_content_lacks_is_told(tmp_path: Path, name: str) -> None:
    root = copied(tmp_path)
    edit(root, "facts/prompts.yaml", name, gone=True)
    faults = list(prompt_faults(root))
    assert faults
    assert all(f"`{name}`" in fault.found for fault in faults)
    for fault in faults:
        if fault.file.endswith(".py"):
            line = int(fault.key.removeprefix("line "))
            asked = (ROOT / fault.file).read_text(encoding="utf-8").splitlines()[line - 1]
            assert "prompt(" in asked or "line(" in asked


SOURCE = """\
NAMES = {1: "from_a_table"}
def tell(moment, name, long):
    other = "assigned" if long else "otherwise"
    prompt(moment, name)
    line(moment, other)
    moment.advice.prompt("direct")
    prompt(moment, NAMES[1])
    prompt(moment, f"part_{long}")
    prompt(moment, long)
def ask(moment):
    tell(moment, "given", True)
"""


def test_names_are_read_however_they_are_written(tmp_path: Path) -> None:
    room = tmp_path / ROOMS[0]
    room.mkdir(parents=True)
    (room / "tell.py").write_text(SOURCE, encoding="utf-8")
    found = {(named.line, named.name) for named in named_prompts(tmp_path)}
    names = {(4, "given"), (5, "assigned"), (5, "otherwise"), (6, "direct"), (7, "from_a_table"), (8, "part_{}")}
    assert found == names


# ---- YAML as it is written --------------------------------------------------------------------------

WRITTEN = {
    "key-duplicates": "a: 1\nb: 2\na: 3\n",
    "truthy": "a: {on: [b]}\n",
    "trailing-spaces": "a: 1 \nb: 2\n",
    "line-length": f"a: {'b' * MOST}\n",
    "indentation": "a:\n   b: 1\n",
    "octal-values": "a: 010\n",
}


@pytest.mark.parametrize("rule", WRITTEN)
def test_yaml_that_misleads_is_told(tmp_path: Path, rule: str) -> None:
    (tmp_path / "a.yaml").write_text(WRITTEN[rule], encoding="utf-8")
    (fault,) = lint_faults(tmp_path)
    assert (fault.file, fault.kind) == ("a.yaml", "yaml")
    assert f"({rule})" in fault.expected


def test_the_check_holds_all_that_people_edit_to_it(tmp_path: Path) -> None:
    root = copied(tmp_path)
    models = Path(shutil.copytree(MODELS, tmp_path / "interaction_models"))
    for path in (root / "facts" / "tiers.yaml", models / "sentences" / "en" / "WhyIntent.yaml"):
        path.write_text(path.read_text(encoding="utf-8") + "about: x \n", encoding="utf-8")
    lines = all_checks.report(root=root, models=models)[0].splitlines()
    told = [line.split(":")[0] for line in lines if "(trailing-spaces)" in line]
    assert told == [f"{root}/facts/tiers.yaml", f"{models}/sentences/en/WhyIntent.yaml"]


def test_what_cannot_be_read_is_left_to_its_reader(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: [\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_bytes(b"\xff")
    assert not list(lint_faults(tmp_path))


def test_folding_keeps_to_the_length_that_is_linted() -> None:
    assert yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["rules"]["line-length"]["max"] == MOST


LONG = [
    "a: [" + ", ".join(f"word number {at}" for at in range(40)) + "]",
    "a: {" + ", ".join(f'k{at}: "it, is, {at}"' for at in range(20)) + "}",
    "a: {b: [" + ", ".join(f"w{at}" for at in range(60)) + "], c: leave_out}   # why, and wherefore",
    "a:\n  - [" + ", ".join(f"don't {at}" for at in range(40)) + "]",
    "a: [" + ", ".join(f"'it''s, {at}'" for at in range(30)) + "]",
    "# " + "words and words " * 20 + "\na: 1",
]


@pytest.mark.parametrize("text", LONG)
def test_a_folded_line_says_the_same(text: str) -> None:
    folded = fold(text + "\n")
    assert yaml.safe_load(folded) == yaml.safe_load(text)
    assert all(len(line) <= MOST for line in folded.splitlines())
    assert fold(folded) == folded


def test_what_cannot_be_folded_stays_as_it_is_and_is_told(tmp_path: Path) -> None:
    text = f'a: "{"a sentence, and more " * 10}"\n'
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert fold_files(tmp_path) == []
    (fault,) = lint_faults(tmp_path)
    assert (fault.file, fault.key) == ("a.yaml", "line 1, column 161")


def test_folding_the_content_changes_nothing_that_it_says(tmp_path: Path) -> None:
    def read(path: Path) -> object:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

    root = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    for path in root.rglob("*.yaml"):
        whole = read(path)
        path.write_text(yaml.dump(whole, default_flow_style=None, sort_keys=False, width=10_000), encoding="utf-8")
    before = {path: read(path) for path in root.rglob("*.yaml")}
    assert fold_files(root)
    assert {path: read(path) for path in root.rglob("*.yaml")} == before
