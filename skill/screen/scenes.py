"""What is on the screen at one time: a step, an answer, a call for help, a goodnight; its data and its component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skill.dialog import Reply, Screen
from skill.screen import style
from skill.screen.measure import ems, largest, shown, widths
from skill.screen.parts import SHOWN, Component, text
from skill.screen.picture import load, picture_of
from skill.screen.track import Stretch

LEAST = 24
"""The least size of text that is read and not glanced at, in device pixels, which are some 0.13 mm on bedside devices:
capitals of 2.2 mm, for good eyes a metre and a half away."""
_SMALLEST = 480
"""Device pixels of the smallest round screen."""
ROUND = "viewport.shape == 'round'"
_DOT = " · "
_FOOT_EMS = 45
"""The longest line of sources."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One state of the screen: its data, and the component that shows it, given an expression for that data."""

    data: dict[str, Any]
    component: Component
    boxes: tuple[str, ...]
    graphic: str = ""
    """The picture that it needs, by file."""
    guides: bool = False
    """A guided step, with a countdown."""


def step(stretch: Stretch, with_picture: bool) -> Scene:
    """A guided step: picture, the sentence being spoken, and the hold counting down."""
    captions = tuple(dict.fromkeys(words for _, words in stretch.captions)) or ("",)
    data = {
        "say": [[round(at, 1), shown(words)] for at, words in stretch.captions] or [[stretch.start, ""]],
        "ems": widths(tuple((words,) for words in captions)),
        "holds": [[round(at, 1), length] for at, length in stretch.holds],
    }
    component: Component = {"type": "Guide"}
    drawn = picture_of(stretch.step) if with_picture else None
    if drawn is not None:
        component |= {"picture": drawn.name, "label": load(drawn.name)["label"], "flip": -1 if drawn.mirrored else 1}
    boxes = ("picture", "ring", "caption", "bar")
    return Scene(data, component, boxes, drawn.name if drawn else "", guides=True)


def words(lines: tuple[str, ...]) -> Scene:
    """Only what is said."""
    return _plain(_part("whole", lines))


def answer(screen: Screen, question: str | None) -> Scene:
    """An answer or a list: what it is about, the words, and who says so."""
    lines = tuple(f"• {_capital(line)}" for line in screen.lines) if screen.kind == "list" else screen.lines
    foot = _some(screen.sources) or (question or "")
    return _plain(
        _part("title", (_capital(screen.title),), ink=style.QUIET, largest=0.085),
        _part("body", lines, largest=0.11),
        _part("foot", (foot,), ink=style.QUIET, largest=0.05, when=f"${{!({ROUND})}}"),
    )


def _some(sources: tuple[str, ...]) -> str:
    """Who says so, in one line that can be read: as many as there is room for. The voice tells them all when asked."""
    many = len(sources)
    while many > 1 and ems(_DOT.join(sources[:many])) > _FOOT_EMS:
        many -= 1
    return _DOT.join((*sources[:many], *(["…"] if many < len(sources) else [])))


def urgent(screen: Screen, asks: bool) -> Scene:
    """A call for help. In an emergency the number to call is the largest thing on the screen."""
    if not screen.number:
        return _plain(
            _part("head", (_capital(screen.title),), ink=style.FIRM, largest=0.14),
            _part("rest", tuple(line for line in screen.lines if line != screen.title), largest=0.09),
        )
    return _plain(
        _part("number", (screen.number,), ink=style.FIRM, largest=0.44),
        _part("call", (_capital(screen.title),), ink=style.FIRM, largest=0.1),
        _part("signs" if asks else "help", tuple(map(_capital, screen.lines)), largest=0.09),
    )


def night(screen: Screen, ends: float) -> Scene:
    """Goodnight, fading to black once everything is said (`ends`, in seconds)."""
    lines = (screen.title, *screen.lines) if screen.title not in screen.lines else screen.lines
    light = "${Math.max(0,Math.min(1,1-(t-s.dark)/20))}"
    scene = _plain(_part("whole", lines, ink=style.QUIET, largest=0.11, light=light))
    return Scene(scene.data | {"dark": round(ends + 6, 1)}, scene.component, scene.boxes)


def first(reply: Reply, stretch: Stretch, with_picture: bool) -> Scene:
    """What is shown while the reply itself is spoken."""
    screen = reply.screen
    if stretch.step:
        return step(stretch, with_picture)
    if screen is None or screen.kind == "step":
        return words(tuple(said for _, said in stretch.captions))
    if screen.kind == "night":
        return night(screen, stretch.end)
    if screen.kind == "urgent":
        return urgent(screen, reply.question is not None)
    return answer(screen, reply.question)


def later(stretch: Stretch, with_picture: bool) -> Scene:
    """What is shown while silence is answered."""
    if stretch.step:
        return step(stretch, with_picture)
    return words(tuple(said for _, said in stretch.captions))


@dataclass(frozen=True, slots=True)
class _Part:
    box: str
    lines: tuple[str, ...]
    look: dict[str, Any]


def _part(box: str, lines: tuple[str, ...], **look: Any) -> _Part:
    return _Part(box, lines, look)


def _plain(*parts: _Part) -> Scene:
    """Text in boxes."""
    data: dict[str, Any] = {}
    items = []
    for part in parts:
        data |= _data(part.box, part.lines)
        words, ems_ = f"s.{part.box}", f"s.{part.box}Ems"
        fewer = _legible(part)
        if fewer != part.lines:
            data |= _data(f"{part.box}Round", fewer)
            words, ems_ = (f"{ROUND} ? s.{part.box}Round{end} : s.{part.box}{end}" for end in ("", "Ems"))
        items.append(text(part.box, f"${{{words}}}", f"${{{ems_}}}", **part.look))
    component = {"type": "Container", "display": SHOWN, **style.WHOLE, "items": items}
    return Scene(data, component, (*(part.box for part in parts), "wide_bar"))


def _data(name: str, lines: tuple[str, ...]) -> dict[str, Any]:
    return {name: "<br>".join(map(shown, lines)), f"{name}Ems": widths((lines,))}


def _legible(part: _Part) -> tuple[str, ...]:
    """As many of the lines as can be read on a small round screen, from the first on; in an emergency what to do comes
    last and stays. The voice says all of them."""
    _, _, width, height = (side * _SMALLEST / 100 for side in style.BOXES["round"][part.box])
    for many in range(len(part.lines), 0, -1):
        some = part.lines[-many:] if part.box == "help" else part.lines[:many]
        if many == 1 or largest(widths((some,)), width, height) >= LEAST:
            return some
    return ()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
