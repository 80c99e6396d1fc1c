"""Every night in tests/conversations, a named test each: `pytest -k statins-mid-hold` finds one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.nights import NIGHTS, Night

FILES = sorted(NIGHTS.rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(NIGHTS).with_suffix("").as_posix() for path in FILES])
def test_night(path: Path, tmp_path: Path) -> None:
    faults = Night.read(path).play(tmp_path / "places.sqlite")
    assert not faults, "\n" + "\n".join(faults)


def test_there_are_nights() -> None:
    assert len(FILES) >= 15
