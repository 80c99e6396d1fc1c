"""Screens as Amazon's own renderer draws them, where it is installed: nothing cut, nothing bright, and time moves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from workshop.screens import apl_lint, visual_rules
from workshop.screens.replies import Shown, everything
from workshop.screens.viewhost import Viewhost, missing, viewhost
from workshop.screens.viewport import VIEWPORTS, Viewport

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ALL = {shown.name: shown for shown in everything("en-AU")}
"""Australia has the longest sentence about whom to call."""
SKIPS = os.environ.get("CI") != "true"
"""In CI a check that cannot run is a failure, never a skip."""
needs_renderer = pytest.mark.skipif(SKIPS and bool(missing()), reason=missing())


def longest(kind: str) -> Shown:
    """The one with the most to show, of a kind of screen."""

    def much(shown: Shown) -> int:
        scene = shown.directive()["datasources"]["d"]["scenes"][0]
        words = [len(text) for _, text in scene.get("say", ())] or [len(scene.get(kind, ""))]
        return max(words) if kind in scene else -1

    return max(ALL.values(), key=much)


EXTREMES = {
    "step": longest("say"),
    "two sides": ALL["bedtime/calf_left"],
    "answer": longest("body"),
    "spoken": longest("whole"),
    "call": longest("help"),
    "signs": longest("signs"),
    "today": longest("rest"),
    "night": ALL["goodnight"],
}


@pytest.fixture(scope="module")
def host(browser: Browser) -> Iterator[Viewhost]:
    with viewhost(browser) as made:
        yield made


@needs_renderer
@pytest.mark.parametrize("viewport", VIEWPORTS, ids=lambda viewport: viewport.name)
def test_nothing_is_cut_bright_or_faint(host: Viewhost, viewport: Viewport) -> None:
    for kind, shown in EXTREMES.items():
        host.console.clear()
        host.show(shown.directive(), viewport, shown.held_at)
        texts, picture = host.texts(), host.picture()
        where = f"{shown.name} ({kind})"
        assert visual_rules.faults(texts, viewport) == [], where
        assert host.console == [], where
        assert visual_rules.brightest(picture) <= visual_rules.BRIGHTEST, where
        assert all(visual_rules.contrast(picture, text) >= visual_rules.LEAST_CONTRAST for text in texts), where
        scene = shown.directive()["datasources"]["d"]["scenes"][0]
        if "holds" in scene:
            assert visual_rules.mean_luminance(picture) < visual_rules.MOST_LIGHT, where
            assert len(texts) == 2, where
        else:
            there = {key.removesuffix("Round") for key, value in scene.items() if f"{key}Ems" in scene and value}
            # A small round screen has no room for sources.
            assert len(texts) == len(there - {"foot"} if viewport.round else there), where


@needs_renderer
def test_a_picture_is_drawn(host: Viewhost) -> None:
    shown, viewport = ALL["calf/stretch"], VIEWPORTS[2]
    host.show(shown.directive(), viewport, shown.held_at)
    left_half = host.picture().crop((0, 0, viewport.width // 2, viewport.height))
    assert visual_rules.linear(left_half).max() > 0.1


@needs_renderer
def test_the_left_leg_is_the_mirror_image(host: Viewhost) -> None:
    import numpy as np

    sides = []
    for name in ("bedtime/calf_left", "bedtime/calf_right"):
        host.show(ALL[name].directive(), VIEWPORTS[2], ALL[name].held_at)
        sides.append(visual_rules.linear(host.picture().crop((0, 0, 560, 600))))
    box = slice(17, 557)
    assert not np.allclose(sides[0], sides[1], atol=0.05)
    assert np.abs(sides[0][:, box].sum() - sides[1][:, box].sum()) < 0.1 * sides[1].sum()


@needs_renderer
def test_the_countdown_runs_on_the_device(host: Viewhost) -> None:
    shown = ALL["calf/stretch"]
    host.show(shown.directive(), VIEWPORTS[2], shown.held_at)
    number, ring = int(host.texts()[0]["words"]), host.picture()
    host.page.wait_for_function(f"texts()[0].words !== '{number}'")
    assert int(host.texts()[0]["words"]) < number
    assert host.picture().tobytes() != ring.tobytes()
    assert host.sent() == []


@needs_renderer
def test_silence_is_shown_the_next_step_and_then_asked_for_once(host: Viewhost) -> None:
    shown = ALL["calf/stretch"]
    made = shown.directive()
    host.show(made, VIEWPORTS[2], made["datasources"]["d"]["scenes"][1]["from"] + 2)
    assert any("footboard" in text["words"] for text in host.texts())
    wish = made["datasources"]["d"]["onward"]
    host.show(made, VIEWPORTS[2], wish["at"] - 0.2)
    host.page.wait_for_function("sent.length > 0")
    host.page.wait_for_timeout(600)
    assert [event["arguments"] for event in host.sent()] == [wish["arguments"]]


@needs_renderer
def test_a_touch_sends_its_name_and_stops_going_on(host: Viewhost) -> None:
    made = ALL["calf/stretch"].directive()
    wish = made["datasources"]["d"]["onward"]["at"]
    host.show(made, VIEWPORTS[2], wish - 3)
    # The last of the three signs at the bottom right.
    host.page.mouse.click(*_last_sign(VIEWPORTS[2]))
    host.page.wait_for_function("sent.length > 0")
    host.page.wait_for_timeout(3_200)
    assert [event["arguments"] for event in host.sent()] == [["stop", made["datasources"]["d"]["at"]]]


def _last_sign(viewport: Viewport) -> tuple[float, float]:
    return viewport.width * (0.58 + 0.39 * 5 / 6), viewport.height * 0.9


@needs_renderer
def test_goodnight_fades_to_black(host: Viewhost) -> None:
    made = ALL["goodnight"].directive()
    dark = made["datasources"]["d"]["scenes"][0]["dark"]
    host.show(made, VIEWPORTS[2], dark - 1)
    assert visual_rules.mean_luminance(host.picture()) > 0.001
    host.show(made, VIEWPORTS[2], dark + 20)
    host.page.wait_for_timeout(400)
    assert visual_rules.brightest(host.picture()) == 0


@pytest.mark.skipif(SKIPS and bool(apl_lint.missing()), reason=apl_lint.missing())
def test_amazons_linter_finds_nothing_and_would() -> None:
    documents = [shown.directive()["document"] for shown in ALL.values()]
    broken = {**documents[0], "mainTemplate": {"items": [{"type": "Text", "text": "x", "textAlign": "middle"}]}}
    *found, of_broken = apl_lint.findings([*documents, broken])
    assert of_broken
    assert [findings for findings in found if findings] == []
