"""What more than one folder of tests uses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests.nights import EARS
from workshop.screens import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = Path(__file__).parent / "endpoint" / "browser" / "node_modules" / "axe-core" / "axe.min.js"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--ear own` or `--ear alexa` plays the nights under one ear alone."""
    parser.addoption("--ear", choices=EARS, help="play the nights under this ear alone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A night is a test for each ear."""
    if "hears" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--ear")
        metafunc.parametrize("hears", [chosen] if chosen else EARS)


def lacking(what: str, module: bool = False) -> NoReturn:
    """Skips with a message, or fails where nothing may be skipped (CI=true). `module`: skips the whole file."""
    if os.environ.get("CI") == "true":
        pytest.fail(what, pytrace=False)
    pytest.skip(what, allow_module_level=module)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, the same one for pages and screens."""
    if chromium.program() is None:
        lacking(chromium.MISSING)
    with chromium.launched() as running:
        yield running


@pytest.fixture(scope="session")
def axe() -> str:
    """What looks for barriers, as a script."""
    if not AXE.exists():
        lacking(f"expected axe-core at {AXE}, found none. Hint: npm --prefix {AXE.parents[2]} ci --ignore-scripts")
    return AXE.read_text(encoding="utf-8")
