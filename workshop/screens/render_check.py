"""Renders every document at every viewport with Amazon's renderer and prints the faults: `make screens`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from workshop.screens import apl_lint, visual_rules
from workshop.screens.replies import Shown, everything
from workshop.screens.viewhost import NoViewhost, Viewhost, viewhost
from workshop.screens.viewport import VIEWPORTS, Viewport


def seen(host: Viewhost, shown: Shown, viewport: Viewport) -> Iterator[str]:
    """The faults of one reply at one viewport."""
    made = shown.directive()
    host.console.clear()
    host.show(made, viewport, shown.held_at)
    texts, picture = host.texts(), host.picture()
    yield from visual_rules.faults(texts, viewport)
    if not texts:
        yield "no text"
    guides = "Guide" in made["document"]["layouts"] and "holds" in made["datasources"]["d"]["scenes"][0]
    if guides and visual_rules.mean_luminance(picture) > visual_rules.MOST_LIGHT:
        yield f"mean luminance {visual_rules.mean_luminance(picture):.3f}"
    if visual_rules.brightest(picture) > visual_rules.BRIGHTEST:
        yield f"a pixel at {visual_rules.brightest(picture):.2f} of white"
    yield from (f"contrast {ratio:.1f}: {t['words'][:30]!r}" for t in texts
                if (ratio := visual_rules.contrast(picture, t)) < visual_rules.LEAST_CONTRAST)  # fmt: skip
    yield from host.console


def _is_step(shown: Shown) -> bool:
    return shown.reply.screen is not None and shown.reply.screen.kind == "step"


def main() -> int:
    """The exit status is 1 if anything is wrong; `--quick` renders the steps only."""
    all_ = [shown for shown in everything() if "--quick" not in sys.argv or _is_step(shown)]
    wrong = 0
    if lacking := apl_lint.missing():
        sys.stderr.write(f"{lacking}\n")
        return 2
    for shown, findings in zip(all_, apl_lint.findings(s.directive()["document"] for s in all_), strict=True):
        for finding in findings:
            wrong += 1
            sys.stdout.write(f"{shown.name}: apl-suggester: {finding}\n")
    brightest_step = 0.0
    try:
        with viewhost() as host:
            for viewport in VIEWPORTS:
                for shown in all_:
                    for fault in seen(host, shown, viewport):
                        wrong += 1
                        sys.stdout.write(f"{viewport.name}: {shown.name}: {fault}\n")
                    if "holds" in shown.directive()["datasources"]["d"]["scenes"][0]:
                        brightest_step = max(brightest_step, visual_rules.mean_luminance(host.picture()))
    except NoViewhost as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{len(all_)} documents at {len(VIEWPORTS)} viewports, {wrong} faults, ")
    sys.stdout.write(f"brightest step {brightest_step:.2%}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
