"""What is on the screen at one time: a step, an answer, a call for help, a goodnight. Each is data and its component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skill.dialog import Reply, Screen
from skill.screen import parts, style
from skill.screen.measure import shown, widths
from skill.screen.parts import Component
from skill.screen.picture import load, picture_of
from skill.screen.track import Stretch

_LINES = {"title": 2, "caption": 7, "body": 14, "foot": 2, "call": 2, "signs": 7, "help": 9, "number": 1, "whole": 12}


@dataclass(frozen=True, slots=True)
class Scene:
    """One state of the screen: its data, and the component that shows it at `payload.d.scenes[n]`."""

    data: dict[str, Any]
    items: list[Component]
    boxes: tuple[str, ...]
    graphic: str = ""
    """The picture that it needs, by file."""
    ring: bool = False


def _fit(box: str, *blocks: tuple[str, ...]) -> list[float]:
    return widths(blocks, _LINES[box])


def _text(box: str, key: str, **look: Any) -> Component:
    return parts.text(box, f"${{s.{key}}}", f"s.{key}W", _LINES[box], **look)


def _block(box: str, key: str, lines: tuple[str, ...]) -> dict[str, Any]:
    return {key: "<br>".join(map(shown, lines)), f"{key}W": _fit(box, lines)}


def step(stretch: Stretch, with_picture: bool) -> Scene:
    """A guided step: picture, the sentence being spoken, and the hold counting down."""
    captions = tuple(dict.fromkeys(text for _, text in stretch.captions))
    drawn = picture_of(stretch.step) if with_picture else None
    data: dict[str, Any] = {
        "say": [[round(at, 1), shown(text)] for at, text in stretch.captions] or [[stretch.start, ""]],
        "sayW": _fit("caption", *((text,) for text in captions)),
        "holds": [[round(at, 1), length] for at, length in stretch.holds],
    }
    items: list[Component] = [*parts.ring(), parts.text("caption", "${s.say[i][1]}", "s.sayW", _LINES["caption"])]
    if drawn is not None:
        items.insert(
            0,
            {
                "type": "VectorGraphic",
                "source": drawn.name,
                "scale": "best-fit",
                "align": "center",
                "accessibilityLabel": load(drawn.name)["label"],
                **({"transform": [{"scaleX": -1}]} if drawn.mirrored else {}),
                **style.placed("picture"),
            },
        )
    return Scene(data, items, ("picture", "ring", "caption"), drawn.name if drawn else "", ring=True)


def words(lines: tuple[str, ...]) -> Scene:
    """Only what is said."""
    return Scene(_block("whole", "body", lines), [_text("whole", "body")], ("whole",))


def answer(screen: Screen, question: str | None) -> Scene:
    """An answer or a list: what it is about, the words, and who says so."""
    title = screen.title[:1].upper() + screen.title[1:]
    lines = screen.lines
    if screen.kind == "list":
        lines = tuple(f"{line[:1].upper()}{line[1:]}" for line in lines)
    foot = " · ".join(screen.sources) or (question or "")
    data = {
        **_block("title", "title", (title,)),
        **_block("body", "body", lines),
        **_block("foot", "foot", (foot,)),
    }
    items = [
        _text("title", "title", color=style.QUIET, largest=0.085),
        _text("body", "body", largest=0.11),
        _text("foot", "foot", color=style.QUIET, largest=0.05),
    ]
    return Scene(data, items, ("title", "body", "foot"))


def urgent(screen: Screen, asks: bool) -> Scene:
    """A call for help. In an emergency the number to call is the largest thing on the screen."""
    if not screen.number:
        data = {**_block("title", "title", (screen.title,)), **_block("body", "body", screen.lines)}
        items = [
            _text("title", "title", color=style.FIRM, largest=0.11),
            _text("body", "body", largest=0.1),
        ]
        return Scene(data, items, ("title", "body"))
    box = "signs" if asks else "help"
    data = {
        "number": shown(screen.number),
        "numberW": _fit("number", (screen.number,)),
        **_block("call", "call", (screen.title,)),
        **_block(box, "signs", screen.lines),
    }
    items = [
        _text("number", "number", color=style.FIRM, fontWeight="700", largest=0.44),
        _text("call", "call", color=style.FIRM, largest=0.1),
        _text(box, "signs", largest=0.09),
    ]
    return Scene(data, items, ("number", "call", box))


def night(screen: Screen, ends: float) -> Scene:
    """Goodnight, fading to black once everything is said (`ends`, in seconds)."""
    lines = (screen.title, *screen.lines) if screen.title not in screen.lines else screen.lines
    data = {**_block("whole", "body", lines), "dark": round(ends + 6, 1)}
    look = {"color": style.QUIET, "largest": 0.11, "opacity": "${Math.max(0,Math.min(1,1-(t-s.dark)/20))}"}
    return Scene(data, [_text("whole", "body", **look)], ("whole",))


def first(reply: Reply, stretch: Stretch, with_picture: bool) -> Scene:
    """What is shown while the reply itself is spoken."""
    screen = reply.screen
    if stretch.step:
        return step(stretch, with_picture)
    said = tuple(text for _, text in stretch.captions)
    if screen is None or screen.kind == "step":
        return words(said)
    if screen.kind == "night":
        return night(screen, stretch.end)
    if screen.kind == "urgent":
        return urgent(screen, reply.question is not None)
    return answer(screen, reply.question)


def later(stretch: Stretch, with_picture: bool) -> Scene:
    """What is shown while silence is answered."""
    if stretch.step:
        return step(stretch, with_picture)
    return words(tuple(text for _, text in stretch.captions))
