from __future__ import annotations

from pathlib import Path

import pytest

from endpoint.serve import greeting
from endpoint.server_settings import BadSettings, Settings
from speaker.page.visitors import Visitors

ID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
QUIET = {"CRAMP_COACH_MEMORY": "none"}


def read(host: str = "127.0.0.1", port: int = 8080, workers: int = 4, **environment: str) -> Settings:
    return Settings.read(host, port, workers, {**QUIET, **environment})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_loopback_needs_no_skill_id(host: str) -> None:
    assert read(host).loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "2001:db8::1"])
def test_a_public_address_needs_a_skill_id(host: str) -> None:
    with pytest.raises(BadSettings, match="CRAMP_COACH_SKILL_ID: expected the skill's id"):
        read(host)
    assert not read(host, CRAMP_COACH_SKILL_ID=ID).loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])
def test_verification_stays_on_at_a_public_address(host: str) -> None:
    with pytest.raises(BadSettings, match="CRAMP_COACH_VERIFY: expected on"):
        read(host, CRAMP_COACH_SKILL_ID=ID, CRAMP_COACH_VERIFY="off")


def test_switching_verification_off_is_said_at_every_start() -> None:
    assert "VERIFICATION IS OFF" in "\n".join(greeting(read(CRAMP_COACH_VERIFY="off"), 8080, Visitors(), "KEY"))
    assert "VERIFICATION" not in "\n".join(greeting(read(), 8080, Visitors()))


@pytest.mark.parametrize("said", ["no", "0", "false", "offf"])
def test_anything_but_off_does_not_switch_it_off(said: str) -> None:
    with pytest.raises(BadSettings, match="expected on or off"):
        read(CRAMP_COACH_VERIFY=said)


@pytest.mark.parametrize("wrong", ["my skill", "amzn1.ask.skill.", "amzn1.ask.account.1", f"{ID}; x"])
def test_a_skill_id_looks_like_one(wrong: str) -> None:
    with pytest.raises(BadSettings, match="developer console"):
        read(CRAMP_COACH_SKILL_ID=wrong)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"port": 70000}, "--port"),
        ({"port": -1}, "--port"),
        ({"workers": 0}, "--workers"),
        ({"workers": 1000}, "--workers"),
        ({"host": ""}, "--host"),
        ({"host": "no such host.invalid"}, "--host"),
    ],
)
def test_what_cannot_be_is_refused_with_a_hint(changes: dict[str, object], expected: str) -> None:
    with pytest.raises(BadSettings, match=f"{expected}: expected .* found"):
        read(**changes)  # type: ignore[arg-type]


def test_places_are_kept_in_sqlite_unless_told_otherwise(tmp_path: Path) -> None:
    desktop = Settings.read("127.0.0.1", 0, 1, {"XDG_STATE_HOME": str(tmp_path)})
    assert desktop.memory == f"sqlite:{tmp_path}/cramp-coach/places.sqlite"
    assert (tmp_path / "cramp-coach").stat().st_mode & 0o077 == 0
    service = Settings.read("127.0.0.1", 0, 1, {"STATE_DIRECTORY": str(tmp_path / "own")})
    assert service.memory == f"sqlite:{tmp_path}/own/places.sqlite"
    assert read(CRAMP_COACH_MEMORY="dynamodb:places").memory == "dynamodb:places"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSettings, match="CRAMP_COACH_MEMORY: expected a folder"):
        Settings.read("127.0.0.1", 0, 1, {"STATE_DIRECTORY": str(tmp_path / "file" / "deeper")})
