"""The house has one-way stairs: who may import whom, read from the source itself."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "skill"
FILES = sorted(HOUSE.rglob("*.py"))
ROOMS = sorted(own.name for own in HOUSE.iterdir() if own.is_dir() and any(own.glob("*.py")))

BESIDE = sorted(path.stem for path in HOUSE.glob("*.py") if path.stem != "__init__")

# What each room, and each file beside the rooms, may import of the house beside itself. One that is not named here has
# no rule yet, and fails.
MAY = {
    "advice": set(),
    "speech": set(),
    # Words to urgency: the same for every host.
    "triage": {"advice"},
    "dialog": {"advice", "speech", "triage"},
    "screen": {"advice", "dialog", "speech"},
    "memory": {"advice", "dialog"},
    "handlers": {"advice", "dialog", "speech", "screen", "memory"},
    # It knows how speech lasts; it talks to the skill through JSON alone.
    "speaker": {"speech"},
    # It holds the model against the intents that the skill answers.
    "interaction": {"advice", "app", "handlers", "speaker"},
    "web": {"advice", "app", "log", "memory", "screen", "speaker", "speech"},
    "app": {"handlers", "log", "memory"},
    "log": {"advice", "dialog"},
    "deferred": set(),
    "sources": {"advice", "dialog", "speech"},
    "check": {"advice", "interaction", "speaker"},
    # The commands use whatever they are about; nothing uses them.
    "cli": {"advice", "app", "check", "interaction", "memory", "sources", "speaker", "web"},
}
SDK = {"handlers", "app", "memory", "web"}
"""Rooms that may know Amazon's SDK."""
EXTRAS = {
    "speaker": ("speaker",),
    "memory": ("dynamodb",),
    "web": ("web",),
    # Only those who work on the project read, lint and measure sentences.
    "interaction": ("speaker", "dev"),
}
"""What more a room may use than every installation has: extras of pyproject.toml."""
PACKAGES = {
    "ask_sdk_model": "ask-sdk-core",
    "ask_sdk_runtime": "ask-sdk-core",
    "ask_sdk_webservice_support": "flask-ask-sdk",
    "botocore": "boto3",
    "sklearn": "scikit-learn",
    "werkzeug": "flask",
    "yaml": "pyyaml",
}
"""Modules to the requirement that brings them, where that has another name."""
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
    """Every module that a file imports anywhere, also inside functions, with its line."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: expected an absolute import, found a relative one"
            module = node.module or ""
            found.append((node.lineno, module))
            if module == "skill":
                found += [(node.lineno, f"skill.{alias.name}") for alias in node.names if alias.name[0] != "_"]
    return found


def room(path: Path) -> str:
    """The room of a file; for a file beside the rooms, its own name."""
    first = path.relative_to(HOUSE).parts[0]
    return first.removesuffix(".py")


def outside(path: Path) -> list[tuple[int, str]]:
    """What a file imports from elsewhere in the house: line and room."""
    named = [(line, name.split(".")) for line, name in imports(path)]
    return [(line, name[1]) for line, name in named if name[0] == "skill" and len(name) > 1 and name[1] != room(path)]


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_every_room_has_a_rule() -> None:
    assert {*ROOMS, *BESIDE} == set(MAY), f"expected rules for {sorted({*ROOMS, *BESIDE} ^ set(MAY))} to come or go"


@pytest.mark.parametrize("name", [*ROOMS, *BESIDE])
def test_stairs_go_one_way(name: str) -> None:
    wrong = [
        f"{where(path, line)} imports skill.{other}"
        for path in FILES
        if room(path) == name
        for line, other in outside(path)
        if other not in MAY[name]
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
        if module.split(".")[0] in WEB_ONLY and room(path) != "web"
    ]
    assert not wrong, wrong


def test_only_memory_knows_databases() -> None:
    wrong = [
        where(path, line)
        for path in FILES
        for line, module in imports(path)
        if module.split(".")[0] in ("boto3", "botocore", "sqlite3") and room(path) != "memory"
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
        if room(path) in ("dialog", "speech")
        for line, module in imports(path)
        if module.split(".")[0] in impure
    ]
    assert not wrong, wrong


def test_nothing_sleeps_in_a_request() -> None:
    for path in FILES:
        if room(path) in ("advice", "dialog", "speech", "screen", "handlers", "app"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                assert not (isinstance(node, ast.Attribute) and node.attr == "sleep"), where(path, node.lineno)


def test_no_circle_of_modules() -> None:
    """No module of the house needs itself in order to be imported."""
    names = {_module(path): path for path in FILES}
    needs = {name: _needed(path) & set(names) - {name} for name, path in names.items()}
    seen: dict[str, int] = {}

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert seen.get(name) != 1, " → ".join((*way, name))
        if name not in seen:
            seen[name] = 1
            # A package's own `__init__` gathers its modules, which may name the package.
            for other in sorted(needs[name]) if names[name].name != "__init__.py" else ():
                visit(other, (*way, name))
            seen[name] = 2

    for name in names:
        visit(name, ())


def _needed(path: Path) -> set[str]:
    """What is imported at once, when the file is: not in a function, not for type checkers alone."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.module or "" for node in body if isinstance(node, ast.ImportFrom)} | {
        alias.name for node in body if isinstance(node, ast.Import) for alias in node.names
    }


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_what_is_used_is_declared() -> None:
    """Everything imported comes with Python, is ours, or is a dependency of the package or of the room's own extra."""
    wrong = []
    for path in FILES:
        declared = requirements("", *EXTRAS.get(room(path), ()))
        if path.is_relative_to(HOUSE / "advice" / "check"):
            declared |= requirements("dev")
        for line, module in imports(path):
            top = module.split(".")[0]
            ours = top in sys.stdlib_module_names or top == "skill"
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
