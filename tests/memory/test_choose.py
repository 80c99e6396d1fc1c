"""The setting: refused at start where it is wrong, and nothing imported or opened before it is needed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skill.app import from_environment
from skill.memory.choose import CHOICES, choose

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("setting", ["", "none", " none "])
def test_no_memory(setting: str) -> None:
    assert choose(setting) is None


@pytest.mark.parametrize(
    "setting",
    ["redis:x", "sqlite", "sqlite:", "dynamodb", "dynamodb:", "none:", "none:x", ":", "yes", "SQLITE:x", "dynamodb:a",
     "dynamodb:two words", "dynamodb:" + "x" * 256, "dynamodb:table/../x", "sqlite::memory:", "sqlite:file:x?mode=ro",
     "sqlite:\x00"],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_the_choices(setting: str) -> None:
    with pytest.raises(ValueError) as refused:
        from_environment({"CRAMP_COACH_MEMORY": setting})
    assert "CRAMP_COACH_MEMORY" in str(refused.value)
    assert CHOICES in str(refused.value)


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "place.db"
    with pytest.raises(ValueError) as refused:
        choose(f"sqlite:{path}")
    assert str(path) in str(refused.value)
    assert "create it" in str(refused.value)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="found a folder"):
        choose(f"sqlite:{tmp_path}")


@pytest.mark.parametrize("content", [b"root:x:0:0", b"SQLite format 2\0" * 100, b"S"])
def test_another_kind_of_file_is_found_out_at_start_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "passwd"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"expected a file of SQLite's .*Hint: name another path"):
        choose(f"sqlite:{path}")
    assert path.read_bytes() == content


def test_a_device_is_no_file() -> None:
    with pytest.raises(ValueError, match="found a device"):
        choose("sqlite:/dev/null")


def test_an_empty_file_and_a_database_are_good(tmp_path: Path) -> None:
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.touch()
    with closing(sqlite3.connect(full)) as database:
        database.execute("create table any (thing text)")
    for path in (empty, full):
        assert choose(f"sqlite:{path}").path == path  # type: ignore[union-attr]


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(ValueError, match="cannot be written"):
        choose(f"sqlite:{tmp_path / 'place.db'}")


def test_a_path_is_taken_from_where_the_skill_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for setting in ("sqlite:place.db", "sqlite:~/place.db"):
        assert choose(setting).path == tmp_path / "place.db"  # type: ignore[union-attr]


def test_choosing_touches_no_file(tmp_path: Path) -> None:
    choose(f"sqlite:{tmp_path / 'place.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    from skill.app import create
    from tests.memory.night import Night

    path = tmp_path / "place.db"
    night = Night(create(memory=choose(f"sqlite:{path}")))
    night.launch()
    night.resume()
    assert list(tmp_path.iterdir()) == [], "looking for a place makes no file"
    night.drop()
    assert path.stat().st_mode & 0o077 == 0


def test_boto3_that_is_not_installed_is_said_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"cramp-coach\[dynamodb\]"):
        choose("dynamodb:places")


COLD = """
import os, sys
for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
from skill.app import create, from_environment
from tests.memory.night import Night, is_open
loaded = lambda: sorted({name.split(".")[0] for name in sys.modules} & {"boto3", "botocore", "sqlite3", "urllib3"})
night = Night(from_environment({"CRAMP_COACH_MEMORY": sys.argv[1]}))
assert is_open(night.launch())
night.say("AMAZON.NoIntent")
print("after launch:", *[name for name in loaded() if name in ("boto3", "botocore")])
if sys.argv[1].startswith("dynamodb"):
    os.environ.update(AWS_EC2_METADATA_DISABLED="true", AWS_CONFIG_FILE=os.devnull)
    night.drop()
    print("after the end:", *[name for name in loaded() if name in ("boto3", "botocore")])
"""


def cold(setting: str) -> str:
    """What a process of its own prints, with no region and no credentials anywhere."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", COLD, setting], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_boto3_is_imported_at_first_use_and_not_before(tmp_path: Path, aws: Callable[[str], None]) -> None:
    assert cold("none").splitlines() == ["after launch:"]
    assert cold(f"sqlite:{tmp_path / 'place.db'}").splitlines() == ["after launch:"]
    assert cold("dynamodb:places").splitlines() == ["after launch:", "after the end: boto3 botocore"]
