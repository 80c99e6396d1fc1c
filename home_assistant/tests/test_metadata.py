"""What Home Assistant's own checker and HACS ask of the files, as far as it can be told without them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
import voluptuous as vol
import yaml
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.selector import validate_selector
from packaging.requirements import Requirement

HOME = Path(__file__).parents[1]
COMPONENT = HOME / "custom_components" / "cramp_coach"
MANIFEST = json.loads((COMPONENT / "manifest.json").read_text(encoding="utf-8"))
STRINGS = json.loads((COMPONENT / "strings.json").read_text(encoding="utf-8"))
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(COMPONENT.glob("*.py")))

MANIFEST_SCHEMA = vol.Schema(
    {
        vol.Required("domain"): "cramp_coach",
        vol.Required("name"): str,
        vol.Required("codeowners"): [vol.Match(r"^@")],
        vol.Required("config_flow"): True,
        vol.Required("documentation"): vol.Url(),
        vol.Required("integration_type"): vol.In(["device", "entity", "hardware", "helper", "hub", "service"]),
        vol.Required("iot_class"): vol.In(
            ["assumed_state", "calculated", "cloud_polling", "cloud_push", "local_polling", "local_push"]
        ),
        vol.Required("issue_tracker"): vol.Url(),
        vol.Required("requirements"): [vol.Match(r"^[a-z0-9-]+(\[[a-z,]+\])?==\d")],
        vol.Required("version"): vol.Match(r"^\d+\.\d+\.\d+$"),
        vol.Optional("dependencies"): [cv.slug],
        vol.Optional("after_dependencies"): [cv.slug],
        vol.Optional("loggers"): [str],
        vol.Optional("single_config_entry"): True,
    }
)


def test_the_manifest_has_the_keys_that_are_known_in_their_order() -> None:
    MANIFEST_SCHEMA(MANIFEST)
    assert list(MANIFEST) == ["domain", "name", *sorted(set(MANIFEST) - {"domain", "name"})]


def test_versions_are_those_of_the_package(package: Path) -> None:
    (wheel,) = [own for own in distributions(path=[str(package)]) if own.metadata["Name"] == "cramp-coach"]
    (asked,) = map(Requirement, MANIFEST["requirements"])
    assert asked.name == wheel.metadata["Name"]
    assert str(asked.specifier) == f"=={wheel.version}"
    assert asked.extras <= set(wheel.metadata.get_all("Provides-Extra") or ())
    assert MANIFEST["version"] == wheel.version


def test_every_part_of_home_assistant_that_is_used_is_named() -> None:
    used = set(re.findall(r"homeassistant\.components\.(\w+)", SOURCE))
    used |= {name for name in ("conversation", "tts") if f"from homeassistant.components import {name}" in SOURCE}
    assert used <= {*MANIFEST["dependencies"], *MANIFEST["after_dependencies"], "diagnostics"}


def test_nothing_of_the_tree_is_used_but_the_package() -> None:
    assert not re.search(r"^\s*(from|import) (skill|speaker|endpoint|workshop)\b", SOURCE, re.MULTILINE)


# ---- words ---------------------------------------------------------------------------------------------


def test_the_translation_is_the_strings() -> None:
    english = (COMPONENT / "translations" / "en.json").read_text(encoding="utf-8")
    assert english == (COMPONENT / "strings.json").read_text(encoding="utf-8")


def test_every_key_that_the_code_uses_has_words_and_every_word_is_used() -> None:
    exceptions = set(STRINGS["exceptions"])
    assert exceptions == {key for key in exceptions if f'"{key}"' in SOURCE}
    named = set(re.findall(r'(?:translation_key=|_refusal\(|async_get_exception_message\(DOMAIN, )"(\w+)"', SOURCE))
    assert named <= exceptions
    assert set(STRINGS["issues"]) == set(re.findall(r'^ISSUE = "(\w+)"', SOURCE, re.MULTILINE))
    aborts = set(re.findall(r'reason="(\w+)"', SOURCE)) | {"reconfigure_successful", "single_instance_allowed"}
    assert set(STRINGS["config"]["abort"]) == aborts
    assert set(STRINGS["config"]["step"]) == set(re.findall(r"async_step_(\w+)\(", SOURCE))


def test_actions_are_described_with_every_field() -> None:
    described = yaml.safe_load((COMPONENT / "services.yaml").read_text(encoding="utf-8"))
    icons = json.loads((COMPONENT / "icons.json").read_text(encoding="utf-8"))["services"]
    assert set(described) == set(STRINGS["services"]) == set(icons)
    for name, action in described.items():
        words = STRINGS["services"][name]
        assert set(words) == {"name", "description", "fields"}
        assert set(action["fields"]) == set(words["fields"])
        assert all(set(own) == {"name", "description"} for own in words["fields"].values())
        for own in action["fields"].values():
            validate_selector(own["selector"])


def test_the_words_follow_the_rules_of_the_house() -> None:
    """No exclamation mark, no please, nothing in quotes that would end a placeholder, no address."""

    def sentences(node: Any) -> list[str]:
        return [node] if isinstance(node, str) else [own for value in node.values() for own in sentences(value)]

    for sentence in sentences(STRINGS):
        assert "!" not in sentence
        assert "please" not in sentence.lower()
        assert "://" not in sentence
        assert re.sub(r"\{\w+\}", "", sentence).count("{") == 0


# ---- what HACS looks for -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "side"), [("icon.png", 256), ("icon@2x.png", 512)])
def test_the_icon_has_the_size_that_brands_have(name: str, side: int) -> None:
    data = (COMPONENT / "brand" / name).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(data[16:20]) == int.from_bytes(data[20:24]) == side


def test_hacs_finds_one_integration() -> None:
    hacs = json.loads((HOME / "hacs.json").read_text(encoding="utf-8"))
    assert set(hacs) <= {"name", "homeassistant", "country", "hide_default_branch", "render_readme"}
    assert [path.name for path in (HOME / "custom_components").iterdir() if path.is_dir()] == ["cramp_coach"]
    pinned = (HOME.parent / "requirements" / "home-assistant.in").read_text(encoding="utf-8")
    assert re.search(rf"^homeassistant=={re.escape(hacs['homeassistant'])}", pinned, re.MULTILINE)


# ---- types ----------------------------------------------------------------------------------------------


def test_types_hold(package: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--cache-dir", str(tmp_path)]
    environment = os.environ | {"MYPYPATH": f"{package}{os.pathsep}{HOME}"}
    done = subprocess.run(command, cwd=HOME, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pins_are_pins() -> None:
    text = (HOME.parent / "requirements" / "home-assistant.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert all("==" in line for line in text.splitlines() if line and not line.startswith((" ", "#")))
    project = tomllib.loads((HOME.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for asked in (*project["dependencies"], *project["optional-dependencies"]["speaker"]):
        name = Requirement(asked).name
        assert re.search(rf"^{name}==", text, re.MULTILINE | re.IGNORECASE), name
