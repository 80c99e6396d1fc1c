"""Draws with Amazon's renderer: one screen for docs/, contact sheets of all for build/; and lists every picture.

Run as `python -m workshop.screens.sheet`; `make pictures` does, and takes the other pictures of the documents too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from skill.screen.picture import picture_of
from workshop.screens.drawing.album import ALBUM
from workshop.screens.replies import Shown, everything, steps
from workshop.screens.viewhost import NoViewhost, Viewhost, viewhost
from workshop.screens.viewport import VIEWPORTS, Viewport

if TYPE_CHECKING:
    from PIL.Image import Image

ROOT = Path(__file__).resolve().parents[2]
DOCS, SHEETS, ONE = ROOT / "docs", ROOT / "build" / "screens", ROOT / "docs" / "screenshots" / "echo-show.png"
_ROW = 250
"""Height of a screen on the sheet, in pixels."""
_GAP = 10
_COLUMNS = 2
_THREE = tuple(v for v in VIEWPORTS if v.name in ("round hub", "medium landscape", "portrait"))
ECHO_SHOW = next(viewport for viewport in VIEWPORTS if viewport.name == "medium landscape")
_OTHERS = ("causes/why", "remedies/magnesium_pill", "list causes 0", "list habits 0", "signs 0", "sign chest_pain",
           "sign one_leg_swelling", "stuck", "worse", "pause", "help", "goodnight", "leave")  # fmt: skip


_PAGE = """\
# The screens

Drawn from the documents that the skill sends, by Amazon's own renderer. Everything is dark and warm: guided steps have
a mean luminance under 3 %, and nothing is brighter than 70 % of white.

![The first hold on an Echo Show](screenshots/echo-show.png)

`make pictures` draws every step at three viewports, and answers, lists, warning signs and calls for help, as two sheets
in `build/screens/`. In the table below, each picture is linked.

## A silent night

A device with a screen hears what any speaker says, and silence is answered as on any speaker: the question, eight
seconds, the next step, the question again. The screen shows each step as it is spoken and counts the hold down by
itself. When the last question has gone unanswered and the microphone has closed, where a speaker's session ends,
the document sends an event and the skill goes on. So nothing is said twice, the microphone is open after every
step, and a screen that fails leaves what a speaker gives. After the last step comes what is said to everybody
whose cramp may not have stopped, beginning with *if*; then goodnight.

A touch or a word ends the wish to go on. Every event carries the time stamp of the answer that it belongs to, and one
that comes after another answer is ignored, so that a double tap on *next* skips one stretch and not two. *Stop* is
obeyed whenever it comes. Questions, lists, a pause and a stop wait for the person.

When the microphone closes is an estimate, since Alexa tells nobody how long she speaks. Holds are exact; what can be
out is the speech outside them, 13 to 50 seconds a step with its reprompt at 2.5 words a second. The document waits two
seconds and a third of that speech longer than estimated, enough for a voice that needs a third more time; before sleep,
where most is said, the session's end leaves room for a quarter more. The session
ends about 30 seconds after the microphone, so a voice that needs a quarter less time still leaves some two seconds.
With a voice further out than that, the next step may begin while the microphone is open, or the session may end as on
a speaker without a screen. The ring is right to the same measure: each hold has its true length, and begins as early
or late as the voice is.

## Who is sent a document

A device that names `Alexa.Presentation.APL` with a `runtime.maxVersion` of 1.4 or later, or with none that can be read:
Amazon's model has it as optional, and a document that is not shown leaves what a speaker gives. What else a device
tells of itself is not read, so that no new kind of screen is in the way of an answer. A document that fails, here or on
the device, is counted (`ScreenFailures`, see `skill/log.py`).

The documents of the last 64 different replies are kept, as bytes and without their time stamp: a warm turn with a
screen takes about 0.08 ms more than one without, and one or two milliseconds for a reply that was not made before.

## The size of letters

`workshop/screens/visual_rules.py` holds every drawn text to a least size, in device pixels of some 0.13 mm on the
devices that stand by a bed: 90 for the number to call, 28 for a step's caption, 24 for what is read, 15 for sources.
Capitals of the number are then 8 mm high, three times what good eyes need at two metres; those of a caption are just
what they need, and the picture and the ring do without letters. On a round screen an answer has no sources, and what
does not fit at that size is left to the voice, which says all of it: in an emergency, what to do stays, and the
reason goes.

## To see them

```
make talk ARGS=--screen                        # a speaker with a screen: silence goes on by itself
apt install chromium nodejs npm
npm ci --ignore-scripts --prefix workshop/screens       # Amazon's renderer and linter
.venv/bin/python -m workshop.screens.graphics  # draw the pictures: SVG, and APL vector graphics from it
.venv/bin/python -m workshop.screens.render_check     # every document at every viewport: cut, bright, faint, linted
make pictures                                  # the sheets, the picture above, and this page
```

## What a person should do, from the picture alone

The stretches before sleep are drawn for the right leg and mirrored for the left.

| picture | do this |
|---|---|
"""


def pictured() -> Iterator[Shown]:
    """Every step with its own picture, once per picture and side."""
    seen = set()
    for shown in steps():
        picture = picture_of(shown.name)
        if picture not in seen:
            seen.add(picture)
            yield shown


def others() -> Iterator[Shown]:
    """One screen of each other kind."""
    return (shown for shown in everything() if shown.name in _OTHERS)


def sheet(host: Viewhost, rows: Iterable[Shown]) -> Image:
    """The screens of these replies at three viewports, one column each."""
    from PIL import Image

    drawn = [[_thumbnail(host, shown, viewport) for viewport in _THREE] for shown in rows]
    width = sum(one.width + _GAP for one in drawn[0]) + 2 * _GAP
    lines = -(-len(drawn) // _COLUMNS)
    whole = Image.new("RGB", (_COLUMNS * width, lines * (_ROW + _GAP) + _GAP), (24, 24, 24))
    for number, row in enumerate(drawn):
        left, top = (number // lines) * width + _GAP, (number % lines) * (_ROW + _GAP) + _GAP
        for one in row:
            whole.paste(one, (left, top))
            left += one.width + _GAP
    return whole


def _thumbnail(host: Viewhost, shown: Shown, viewport: Viewport) -> Image:
    from PIL import Image

    host.show(shown.directive(), viewport, shown.held_at)
    picture = host.picture()
    return picture.resize((round(picture.width * _ROW / picture.height), _ROW), Image.Resampling.LANCZOS)


def words() -> str:
    """docs/screens.md: what a person should do from each picture alone."""
    rows = [
        f"| [{picture.name}](../workshop/screens/pictures/{picture.name}.svg) | {picture.description} |"
        for picture in ALBUM
    ]
    return _PAGE + "\n".join(rows) + "\n"


def save(image: Image, path: Path) -> None:
    """Writes a picture in few colours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image.quantize(96).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} KB\n")


def main() -> int:
    """Writes the page and the pictures. The exit status is 2 if the renderer is not installed."""
    (DOCS / "screens.md").write_text(words(), encoding="utf-8")
    try:
        with viewhost() as host:
            first = next(steps())
            host.show(first.directive(), ECHO_SHOW, first.held_at)
            save(host.picture(), ONE)
            for name, rows in (("steps", pictured()), ("others", others())):
                save(sheet(host, rows), SHEETS / f"{name}.png")
    except NoViewhost as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
