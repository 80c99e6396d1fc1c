"""Whatever makes advice less safe is named until somebody accepts it, with a name and a role."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.advice import Advice
from skill.advice.store import CONTENT, YamlStore
from tests.advice.editing import copied, edit
from workshop import cli
from workshop.check import all_checks as check
from workshop.review import LOCK, Change, differences, read_entries, read_lock, review_faults
from workshop.review.command import accepting, listing
from workshop.review.lock import write_lock

EDITS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("edits.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything as it stands, accepted."""
    path = tmp_path_factory.mktemp("lock") / "lock.yaml"
    write_lock({}, path)
    path.write_text(
        path.read_text(encoding="utf-8")
        + "gone.entry: {hash: '0000000000000000', by: a, role: nurse, date: 2026-11-25}\n"
    )
    accepting(["*"], "maintainers", "developer", lock=path, date="2026-11-25")
    return path


def named(root: Path, lock: Path) -> list[str]:
    return [difference.id for difference in differences(read_entries(root), read_lock(lock)[0])]


def test_the_content_is_as_it_was_accepted() -> None:
    assert listing() == ("Every entry is as it was accepted.", 0)
    assert not list(review_faults())


@pytest.mark.parametrize("case", EDITS, ids=[case["name"] for case in EDITS])
def test_an_edit_is_named(tmp_path: Path, lock: Path, case: dict[str, Any]) -> None:
    root = copied(tmp_path)
    edit(root, case["file"], case["path"], case.get("set"), gone=case.get("gone", False))
    assert named(root, lock) == case["names"]
    told = [fault for fault in review_faults(root, lock) if "maintainers (developer) on 2026-11-25" in str(fault)]
    assert [fault.hint.split("cramp-coach review ")[1].split()[0] for fault in told] == case["names"]


def test_every_kind_of_entry_is_reviewed() -> None:
    kinds = {name.partition(".")[0] for name in read_entries()}
    assert kinds == {"regions", *(path.stem for path in (CONTENT / "facts").glob("*.yaml"))} - {"style"}


def test_a_new_sign_needs_its_tier_accepted(tmp_path: Path, lock: Path) -> None:
    root = copied(tmp_path)
    edit(root, "facts/symptoms.yaml", "blue_lips", {"tier": "book", "sources": ["nhs-dvt"]})
    (fault,) = review_faults(root, lock)
    assert (fault.file, fault.key) == ("facts/symptoms.yaml", "blue_lips")
    assert "cramp-coach review symptoms.blue_lips --as NAME --role ROLE" in fault.hint


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("rules:\n  cold_foot: {all: [cold], tier: emergency}\n  sore: {all: [sore], tier: book}\nlast: book\n",
         ["omens.last", "omens.rules.cold_foot", "omens.rules.sore"]),
        ("cold: {tier: emergency}\nsore: {tier: book}\n", ["omens.cold", "omens.sore"]),
    ],
)  # fmt: skip
def test_a_file_of_a_kind_not_known_today_is_reviewed(tmp_path: Path, lock: Path, text: str, names: list[str]) -> None:
    root = copied(tmp_path)
    (root / "facts" / "omens.yaml").write_text(text, encoding="utf-8")
    assert named(root, lock) == names


def test_a_new_remedy_is_covered_by_what_leaves_out_whole_files(tmp_path: Path) -> None:
    root = copied(tmp_path)
    fact = {"verdict": "unproven", "sources": ["synthesis"], "sources_read": "2026-11-21", "rows": ["stretch-first"]}
    edit(root, "facts/remedies.yaml", "snake_oil", fact)
    edit(root, "en/remedies.yaml", "snake_oil", {"name": "snake oil", "heard_as": ["snake oil"], "answer": ["No."]})
    advice = Advice(YamlStore(root))
    claim = advice.claim("remedies", "snake_oil")
    assert claim is not None
    for condition in ("child", "injury", "recent_surgery"):
        assert [hit.rule.do for hit in advice.claim_rules([condition], claim)] == ["leave_out"], condition
    harmless = advice.claim("remedies", "lemon")
    assert harmless is not None
    assert not advice.claim_rules(["injury"], harmless)


def test_an_entry_that_is_gone_is_named_and_can_be_accepted(tmp_path: Path, lock: Path) -> None:
    root, own = copied(tmp_path), tmp_path / "lock.yaml"
    own.write_text(lock.read_text(encoding="utf-8"), encoding="utf-8")
    for file in ("facts/symptoms.yaml", "en/symptoms.yaml"):
        edit(root, file, "chest_pain", gone=True)
    (fault,) = review_faults(root, own)
    assert (fault.file, fault.key, fault.found) == (
        "workshop/review/lock.yaml",
        "symptoms.chest_pain",
        "none in the content",
    )
    assert "gone symptoms.chest_pain" in accepting(["symptoms.chest_*"], "Ada Byron", "pharmacist", root, own)
    assert not list(review_faults(root, own))


def test_who_accepted_is_kept_until_the_entry_changes(tmp_path: Path, lock: Path) -> None:
    root, own = copied(tmp_path), tmp_path / "lock.yaml"
    own.write_text(lock.read_text(encoding="utf-8"), encoding="utf-8")
    accepting(["remedies.heat"], "Ada Byron", "pharmacist", root, own, "2026-11-26")
    accepting(["*"], "maintainers", "developer", root, own, "2026-11-27")
    accepted, faults = read_lock(own)
    assert not faults
    assert str(accepted["remedies.heat"]) == "Ada Byron (pharmacist) on 2026-11-26"
    assert str(accepted["remedies.ice"]) == "maintainers (developer) on 2026-11-25"
    edit(root, "facts/remedies.yaml", "heat.numbers.minutes", 10)
    text, count = listing(root, own)
    assert count == 1
    assert "remedies.heat: changed, was accepted by Ada Byron (pharmacist) on 2026-11-26" in text


def test_the_lock_is_one_sorted_line_an_entry() -> None:
    lines = [line for line in LOCK.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines == sorted(lines, key=lambda line: line.partition(": ")[0])
    assert len(lines) == len(read_entries())


@pytest.mark.parametrize(
    "line",
    [
        "{hash: x, by: a, role: nurse, date: 2026-11-25}",
        "{hash: '0123456789abcdef', by: a, role: wizard, date: 2026-11-25}",
        "{hash: '0123456789abcdef', by: ' ', role: nurse, date: 2026-11-25}",
        "{hash: '0123456789abcdef', by: a, role: nurse, date: someday}",
        "{by: a}",
        "[]",
    ],
)
def test_a_line_that_cannot_be_used_accepts_nothing(tmp_path: Path, line: str) -> None:
    path = tmp_path / "lock.yaml"
    path.write_text(f"remedies.heat: {line}\n", encoding="utf-8")
    accepted, (fault,) = read_lock(path)
    assert not accepted
    assert fault.key == "remedies.heat"


def test_nothing_is_accepted_of_content_that_cannot_be_read(tmp_path: Path, lock: Path) -> None:
    root = copied(tmp_path)
    (root / "facts" / "tiers.yaml").write_text("a: [\n", encoding="utf-8")
    with pytest.raises(ValueError, match="expected content that can be read"):
        accepting(["*"], "a", "nurse", root, lock)
    assert not [fault for fault in review_faults(root, lock) if "tiers" in fault.file]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["remedies.heat"], "expected --as NAME and --role ROLE"),
        (["remedies.haet", "--as", "a", "--role", "nurse"], "expected the id of an entry"),
        (["remedies.heat", "--as", "a", "--role", "wizard"], "expected a role such as developer"),
    ],
)
def test_the_command_refuses_what_it_cannot_accept(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = LOCK.read_bytes()
    assert cli.main(["review", *arguments]) == cli.USAGE_ERROR
    assert says in capsys.readouterr().err
    assert LOCK.read_bytes() == before


def test_the_check_names_what_was_not_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "lint_steps", lambda models, root: iter(()))
    root = copied(tmp_path)
    edit(root, "en/remedies.yaml", "pickle_juice.answer.2", gone=True)
    text, count = check.report(root=root)
    assert count == 1
    assert (
        "pickle_juice: expected what maintainers (developer) on 2026-11-25 accepted as `remedies.pickle_juice`" in text
    )


def test_each_way_an_entry_differs_has_a_name() -> None:
    entries, (accepted, _) = read_entries(), read_lock()
    missing = {name: own for name, own in accepted.items() if name != "remedies.heat"}
    assert [(own.id, own.change) for own in differences(entries, missing)] == [("remedies.heat", Change.NEW)]
    fewer = {name: own for name, own in entries.items() if name != "remedies.heat"}
    assert [(own.id, own.change) for own in differences(fewer, accepted)] == [("remedies.heat", Change.GONE)]
