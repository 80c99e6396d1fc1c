"""Runs Amazon's APL renderer in headless Chromium: draws a directive at a viewport, at any second of its life."""

from __future__ import annotations

import copy
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workshop.screens import chromium
from workshop.screens.viewport import Viewport

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Browser, Page, Route

HERE = Path(__file__).resolve().parent
RENDERER = HERE / "node_modules" / "apl-viewhost-web" / "index.js"
_FONT_HOST = "cloudfront.net"
_SETTLE = 500
"""Milliseconds until the first ticks have run and everything is painted."""
_SETTLE_STILL = 60
"""The same for a document without a countdown."""


class NoViewhost(RuntimeError):
    """Chromium or Amazon's renderer is not installed; the message says how to get it."""


def missing() -> str:
    """What is not installed and how to get it; empty if nothing is missing."""
    if not RENDERER.is_file():
        return "expected apl-viewhost-web, found none. Hint: npm ci --ignore-scripts --prefix workshop/screens"
    return "" if chromium.program() else chromium.MISSING


def font() -> Path | None:
    """A local sans serif font in place of Amazon's, which would be downloaded."""
    tool = shutil.which("fc-match")
    if tool is None:
        return None
    found = subprocess.run(
        [tool, "-f", "%{file}", "sans-serif:bold=0"], capture_output=True, text=True, check=False
    ).stdout
    return Path(found) if found and Path(found).is_file() else None


@dataclass
class Viewhost:
    """A browser page running the renderer."""

    page: Page
    console: list[str] = field(default_factory=list)
    """Errors and warnings logged by the renderer and the page."""

    def show(self, directive: dict[str, Any], viewport: Viewport, second: float = 0.0) -> None:
        """Draws the directive as it looks `second` seconds after it arrived."""
        self.page.set_viewport_size({"width": viewport.width, "height": viewport.height})
        self.page.evaluate("([d, v]) => show(d, v)", [at(directive, second), asdict(viewport)])
        moves = "Guide" in directive["document"]["layouts"]
        self.page.wait_for_timeout(_SETTLE if moves else _SETTLE_STILL)

    def picture(self) -> Image:
        """A screenshot."""
        from PIL import Image

        return Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")

    def texts(self) -> list[dict[str, Any]]:
        """Every visible text: `words`, `size`, `given` (its box) and `lines` (the boxes of its ink)."""
        found: list[dict[str, Any]] = self.page.evaluate("texts()")
        return found

    def sent(self) -> list[dict[str, Any]]:
        """The user events sent by the document: `arguments` and `source`."""
        found: list[dict[str, Any]] = self.page.evaluate("sent")
        return found


def at(directive: dict[str, Any], second: float) -> dict[str, Any]:
    """The directive as if `second` seconds had passed: every time in its data is moved back."""
    moved = copy.deepcopy(directive)
    data = moved["datasources"]["d"]
    for scene in data["scenes"]:
        for key in ("from", "until", "dark"):
            if key in scene:
                scene[key] -= second
        if scene["from"] <= 0:
            scene["from"] = 0
        for key in ("say", "holds"):
            for row in scene.get(key, ()):
                row[0] -= second
        # Past rows are left out, so that the right one is shown first.
        if scene.get("say"):
            scene["say"] = scene["say"][max((n for n, row in enumerate(scene["say"]) if row[0] <= 0), default=0) :]
        if scene.get("holds"):
            scene["holds"] = [row for row in scene["holds"] if sum(row) > 0] or scene["holds"][-1:]
    if "onward" in data:
        data["onward"]["at"] -= second
    return moved


@contextmanager
def viewhost(browser: Browser | None = None) -> Iterator[Viewhost]:
    """A viewhost ready to draw, in a new browser or the given one.

    Raises:
        NoViewhost: Chromium or the renderer is not installed.
    """
    if lacking := missing():
        raise NoViewhost(lacking)
    letters = font()

    def serve(route: Route) -> None:
        if _FONT_HOST in route.request.url and letters is not None:
            route.fulfill(path=letters, headers={"Access-Control-Allow-Origin": "*"})
        else:
            route.abort()

    with chromium.launched() if browser is None else nullcontext(browser) as running:
        page = running.new_page()
        try:
            made = Viewhost(page)
            page.on("console", lambda m: made.console.append(m.text) if m.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: made.console.append(str(error)))
            page.route(re.compile("^https?:"), serve)
            page.goto((HERE / "viewhost.html").as_uri())
            if not page.evaluate("start()"):
                raise NoViewhost("expected Amazon's renderer to start, and it did not. Hint: run npm ci again")
            yield made
        finally:
            page.close()
