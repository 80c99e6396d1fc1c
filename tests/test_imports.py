"""Holds the layering: which package may import which, read from the source."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("skill", "speaker", "endpoint", "workshop")
PACKAGE = "cramp_coach"
"""What the rooms are called by a host that has the project installed; Home Assistant is one."""
HOMES = (*ROOMS, "home_assistant/custom_components")
FILES = sorted(path for name in HOMES for path in (ROOT / name).rglob("*.py") if "node_modules" not in path.parts)

# What each package may import of the others. A package not listed here fails.
MAY = {
    # What ships. Nothing in it imports anything outside it.
    "skill": set(),
    "skill.advice": set(),
    "skill.triage": {"skill.advice"},
    "skill.speech": set(),
    "skill.dialog": {"skill.advice", "skill.speech", "skill.triage"},
    "skill.screen": {"skill.advice", "skill.dialog", "skill.speech"},
    "skill.memory": {"skill.advice", "skill.dialog"},
    "skill.handlers": {"skill.advice", "skill.dialog", "skill.speech", "skill.screen", "skill.memory"},
    "skill.app": {"skill.handlers", "skill.log", "skill.memory"},
    "skill.log": {"skill.advice", "skill.dialog", "skill.handlers"},
    # The speaker knows how speech lasts; otherwise it talks to a skill through request and response JSON alone.
    "speaker": {"skill.speech", "speaker.nlu"},
    "speaker.nlu": set(),
    "speaker.terminal": {"speaker", "skill.speech"},
    "speaker.page": {"speaker", "speaker.nlu", "skill.speech", "skill.advice"},
    "endpoint": {"skill", "skill.advice", "skill.app", "skill.log", "skill.memory", "speaker", "speaker.page"},
    "speaker.bedside": {"speaker", "speaker.nlu", "skill.speech"},
    # A host of the speaker, which has nothing but the installed package.
    "home_assistant": {"skill", "skill.app", "skill.memory", "skill.speech", "speaker", "speaker.nlu"},
    # The workshop uses what it builds and checks; nothing uses the workshop.
    "workshop.linting": {"skill.advice"},
    "workshop.models": {
        "skill.advice", "skill.app", "skill.dialog", "skill.handlers", "speaker", "speaker.nlu", "workshop.linting",
    },
    "workshop.check": {
        "skill.advice", "skill.dialog", "skill.speech", "skill.triage", "speaker.nlu", "workshop.linting",
        "workshop.models", "workshop.review",
    },
    "workshop.review": {"skill.advice", "workshop.linting"},
    "workshop.bundle": {"skill.advice", "workshop.check"},
    "workshop.bench": {
        "skill.advice", "skill.app", "skill.dialog", "skill.handlers", "skill.speech", "speaker", "speaker.bedside",
        "speaker.nlu", "workshop.bundle",
    },
    "workshop.screens": {"skill.advice", "skill.app", "skill.dialog", "skill.screen", "skill.speech", "speaker"},
    "workshop.peers": {"skill.advice", "skill.app", "skill.dialog", "skill.handlers", "speaker"},
    "workshop.triage": {
        "skill.advice", "skill.app", "skill.dialog", "skill.triage", "speaker", "speaker.nlu", "workshop.models",
    },
    # The commands.
    "workshop": {
        "skill", "skill.advice", "skill.app", "skill.dialog", "skill.handlers", "skill.memory", "skill.speech",
        "speaker", "speaker.bedside", "speaker.terminal", "endpoint", "workshop.check", "workshop.models",
        "workshop.bundle", "workshop.linting", "workshop.review",
    },
}  # fmt: skip
SDK = {"skill.handlers", "skill.app", "skill.memory", "endpoint", "workshop.peers", "workshop.bench"}
"""Packages that may import Amazon's SDK."""
FLASK = {"endpoint", "speaker.page"}
EXTRAS = {
    "speaker": ("speaker",),
    "speaker.nlu": ("speaker",),
    "speaker.page": ("web",),
    "speaker.bedside": ("speaker", "listen", "listen-models"),
    "skill.memory": ("dynamodb",),
    "endpoint": ("web",),
    # Only developers lint and measure sentences.
    "workshop.bench": ("listen",),
    "workshop.check": ("dev",),
    "workshop.linting": ("dev",),
    "workshop.models": ("speaker", "dev"),
    "workshop.screens": ("dev",),
}
"""The extras of pyproject.toml that a package may rely on."""
PACKAGES = {
    "ask_sdk_model": "ask-sdk-core",
    "ask_sdk_runtime": "ask-sdk-core",
    "ask_sdk_webservice_support": "flask-ask-sdk",
    "PIL": "pillow",
    "botocore": "boto3",
    "sklearn": "scikit-learn",
    "werkzeug": "flask",
    "piper": "piper-tts",
    "yaml": "pyyaml",
}
"""The distribution of each module whose name differs."""
NAME = re.compile(r"[\w-]+")
WEB_ONLY = {
    "flask",
    "flask_ask_sdk",
    "ask_sdk_webservice_support",
    "werkzeug",
    "waitress",
    "cryptography",
    "certvalidator",
}


def imports(path: Path) -> list[tuple[int, str]]:
    """Every module that a file imports, also inside functions, with its line."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if room(path) == "home_assistant" and node.level == 1:
                continue  # its parts among themselves, as Home Assistant would have it
            assert node.level == 0, f"{path}:{node.lineno}: expected an absolute import, found a relative one"
            module = (node.module or "").removeprefix(f"{PACKAGE}.")
            found.append((node.lineno, module))
            if module in MAY:
                found += [(node.lineno, f"{module}.{alias.name}") for alias in node.names]
    return found


def room_of(module: str) -> str | None:
    """The package of a module; None for one that is not ours."""
    parts = module.split(".")
    return next((name for n in (2, 1) if (name := ".".join(parts[:n])) in MAY), None)


def room(path: Path) -> str:
    """The package of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return room_of(".".join(parts)) or ".".join(parts[:2])


def outside(path: Path) -> list[tuple[int, str]]:
    """A file's imports from other packages, also inside functions: line and package."""
    named = {(line, room_of(name)) for line, name in imports(path) if name not in ("skill", "speaker", "workshop")}
    return sorted((line, other) for line, other in named if other is not None and other != room(path))


def test_only_home_assistant_has_the_package_installed() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                installed = (node.module or "").split(".")[0] == PACKAGE
                ours = (node.module or "").split(".")[0] in ROOMS
                assert not (ours if room(path) == "home_assistant" else installed), where(path, node.lineno)


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_every_room_has_a_rule() -> None:
    have = {room(path) for path in FILES}
    assert have == set(MAY), f"expected rules for {sorted(have ^ set(MAY))} to come or go"


@pytest.mark.parametrize("name", sorted(MAY))
def test_stairs_go_one_way(name: str) -> None:
    wrong = [
        f"{where(path, line)} imports {other}"
        for path in FILES
        if room(path) == name
        for line, other in outside(path)
        if other not in MAY[name] and not (path.name == "__init__.py" and other.startswith(f"{name}."))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_circle_of_rooms() -> None:
    below: dict[str, set[str]] = {}
    left = dict(MAY)
    while free := {name for name, needs in left.items() if needs <= set(below) | {name}}:
        below |= {name: left.pop(name) for name in free}
    assert not left, f"expected stairs that go one way, found a circle among {sorted(left)}"


def test_what_ships_imports_nothing_beside_it() -> None:
    wrong = [
        f"{where(path, line)} imports {other}"
        for path in FILES
        if room(path).startswith("skill")
        for line, other in outside(path)
        if not other.startswith("skill")
    ]
    assert not wrong, "\n".join(wrong)


def test_only_some_rooms_know_the_sdk() -> None:
    wrong = [
        where(path, line)
        for path in FILES
        for line, module in imports(path)
        if module.split(".")[0] in ("ask_sdk_core", "ask_sdk_model", "ask_sdk_runtime", "ask_sdk_dynamodb")
        and room(path) not in SDK
    ]
    assert not wrong, f"expected Amazon's SDK only in {sorted(SDK)}, found it in {wrong}"


def test_only_the_web_knows_the_web() -> None:
    wrong = [
        where(path, line)
        for path in FILES
        for line, module in imports(path)
        if module.split(".")[0] in WEB_ONLY and room(path) not in FLASK
    ]
    assert not wrong, wrong


def test_only_memory_knows_databases() -> None:
    wrong = [
        where(path, line)
        for path in FILES
        for line, module in imports(path)
        if module.split(".")[0] in ("boto3", "botocore", "sqlite3") and room(path) != "skill.memory"
    ]
    assert not wrong, wrong


def test_boto3_is_imported_only_when_it_is_wanted() -> None:
    for path in FILES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                assert not any(name.split(".")[0] in ("boto3", "botocore") for name in names), where(path, node.lineno)


def test_the_dialog_keeps_no_clock_and_rolls_no_dice() -> None:
    impure = {"time", "datetime", "random", "os", "io", "logging", "threading", "json", "uuid"}
    wrong = [
        f"{where(path, line)} imports {module}"
        for path in FILES
        if room(path) in ("skill.dialog", "skill.speech", "skill.triage")
        for line, module in imports(path)
        if module.split(".")[0] in impure
    ]
    assert not wrong, wrong


def test_nothing_sleeps_in_a_request() -> None:
    for path in FILES:
        if room(path).startswith("skill.") and room(path) != "skill.memory":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                assert not (isinstance(node, ast.Attribute) and node.attr == "sleep"), where(path, node.lineno)


def test_no_circle_of_modules() -> None:
    """There are no import cycles, counting imports inside functions."""
    names = {_module(path): path for path in FILES}
    needs = {name: {other for _, other in imports(path)} & set(names) - {name} for name, path in names.items()}
    seen: dict[str, int] = {}

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert seen.get(name) != 1, " → ".join((*way, name))
        if name not in seen:
            seen[name] = 1
            # A package's `__init__` re-exports its modules, which may import the package.
            for other in sorted(needs[name]) if names[name].name != "__init__.py" else ():
                visit(other, (*way, name))
            seen[name] = 2

    for name in names:
        visit(name, ())


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_what_is_used_is_declared() -> None:
    """Everything imported comes with Python, is ours, or is a dependency of the package or of the room's own extra."""
    wrong = []
    house = {line.partition("==")[0] for line in (ROOT / "requirements/home-assistant.txt").read_text().splitlines()}
    for path in FILES:
        declared = house if room(path) == "home_assistant" else requirements("", *EXTRAS.get(room(path), ()))
        for line, module in imports(path):
            top = module.split(".")[0]
            ours = top in sys.stdlib_module_names or top in (*ROOMS, "lambda_function")
            if not ours and PACKAGES.get(top, top.replace("_", "-")) not in declared:
                wrong.append(f"{where(path, line)} imports {top}, expected one of {sorted(declared)}")
    assert not wrong, "\n".join(wrong)


def test_the_extra_for_developers_is_what_they_install() -> None:
    wanted: set[str] = set()
    for file in ("run", "web", "dev"):
        text = (ROOT / "requirements" / f"{file}.in").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line and not line.startswith(("#", "-r"))]
        wanted |= {NAME.match(line)[0] for line in lines}  # type: ignore[index]
    assert requirements("", "web", "dynamodb", "dev") - {"cramp-coach"} == wanted


def requirements(*extras: str) -> set[str]:
    """The names of the packages that pyproject.toml asks for: in the extras, and for "" in any case."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [
        line for extra in extras for line in (project["optional-dependencies"] | {"": project["dependencies"]})[extra]
    ]
    return {NAME.match(line)[0] for line in asked}  # type: ignore[index]
