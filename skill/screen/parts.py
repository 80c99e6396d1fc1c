"""The parts that documents are made of, as APL layouts: text that fits its box, the guided step, the touch signs."""

from __future__ import annotations

from typing import Any

from skill.screen import style
from skill.screen.measure import LINE_HEIGHT, LINES

Component = dict[str, Any]

TICK = 200
"""Milliseconds between two looks at the clock."""
_RING_LENGTH = 1000
_FONT = {"fontFamily": "amazon-ember-display, sans-serif", "fontWeight": "500"}
_CENTRE = {"textAlign": "center", "textAlignVertical": "center"}


def text(box: str, words: str, ems: str, **look: Any) -> Component:
    """Words in a box, as large as fits. `ems` is an expression for the list of `measure.widths`; `largest`, a share of
    the screen's shorter side, holds short words back."""
    sides = {side.lower(): f"${{@{box}{side}}}" for side in "XYWH"}
    return {"type": "Fit", "words": words, "ems": ems, **sides, **look}


def fit_layout() -> Component:
    """`Fit`: takes the largest size at which the words fit into some number of lines."""
    fits = ",".join(f"Math.min(h/{line * LINE_HEIGHT:g},w/ems[{line - 1}])" for line in range(1, LINES + 1))
    size = f"${{Math.floor(Math.min(largest*Math.min(viewport.width,viewport.height),Math.max({fits})))}}"
    return {
        "parameters": [
            "words",
            {"name": "ems", "type": "any"},
            *({"name": name, "type": "number"} for name in "xywh"),
            {"name": "largest", "type": "number", "default": 0.13},
            {"name": "ink", "type": "string", "default": style.TEXT},
            {"name": "light", "type": "number", "default": 1},
        ],
        "items": [
            {
                "type": "Text",
                "text": "${words}",
                "fontSize": size,
                "lineHeight": LINE_HEIGHT,
                "color": "${ink}",
                "opacity": "${light}",
                **_FONT,
                **_CENTRE,
                **style.at("x", "y", "w", "h"),
            }
        ],
    }


def guide_layout() -> Component:
    """`Guide`: a guided step. Its caption and its countdown move on by the clock `t` of the document."""
    return {
        "parameters": [
            {"name": "s", "type": "any"},
            {"name": "picture", "type": "string", "default": ""},
            {"name": "label", "type": "string", "default": ""},
            {"name": "flip", "type": "number", "default": 1},
        ],
        "items": [
            {
                "type": "Container",
                "bind": [
                    {"name": "i", "type": "number", "value": 0},
                    {"name": "n", "type": "number", "value": 0},
                    {"name": "ends", "type": "number", "value": "${s.holds[n][0]+s.holds[n][1]}"},
                    {"name": "counts", "type": "number", "value": "${t < ends ? 1 : 0}"},
                    {"name": "left", "value": "${Math.min(s.holds[n][1],Math.max(0,Math.ceil(ends-t)))}"},
                    {"name": "part", "value": "${Math.min(1,Math.max(0,(ends-t)/s.holds[n][1]))}"},
                ],
                **style.WHOLE,
                "display": SHOWN,
                "handleTick": [
                    _step_on("i", "i+1 < s.say.length && t >= s.say[i+1][0]"),
                    _step_on("n", "n+1 < s.holds.length && t >= ends"),
                ],
                "items": [
                    {
                        "type": "VectorGraphic",
                        "when": "${picture != ''}",
                        "source": "${picture}",
                        "scale": "best-fit",
                        "accessibilityLabel": "${label}",
                        "transform": [{"scaleX": "${flip}"}],
                        **style.placed("picture"),
                    },
                    *_ring(),
                    text("caption", "${s.say[i][1]}", "${s.ems}"),
                ],
            }
        ],
    }


SHOWN = "${t >= s.from && t < s.until ? 'normal' : 'none'}"
"""Whether the time of scene `s` has come."""


def _step_on(name: str, when: str) -> Component:
    commands = [{"type": "SetValue", "property": name, "value": f"${{{name}+1}}"}]
    return {"minimumDelay": TICK, "when": f"${{{when}}}", "commands": commands}


def _ring() -> list[Component]:
    """The countdown: a ring that runs out, and the seconds left in it. On a round screen it is the rim."""
    rim = "viewport.shape == 'round'"
    side = "Math.min(@ringW,@ringH)"
    return [
        {
            "type": "VectorGraphic",
            "source": "ring",
            "scale": "best-fit",
            "part": "${part}",
            "thick": f"${{{rim} ? 1.3 : 2}}",
            "opacity": "${counts}",
            **style.at(f"@ringX+(@ringW-{side})/2", f"@ringY+(@ringH-{side})/2", side, side),
        },
        {
            "type": "Text",
            "text": "${left}",
            "opacity": "${counts}",
            "color": style.TEXT,
            "fontSize": f"${{{rim} ? @ringH*0.1 : {side}*0.48}}",
            **_FONT,
            **_CENTRE,
            **style.at("@ringX", f"{rim} ? @ringH*0.05 : @ringY", "@ringW", f"{rim} ? @ringH*0.12 : @ringH"),
        },
    ]


def ring_graphic() -> Component:
    """The ring; `part` is what is left of it."""
    stroke = {
        "type": "path",
        "pathData": "M50,2 A48,48 0 1,1 49.99,2",
        "fill": "#00000000",
        "strokeLineCap": "round",
        "strokeWidth": "${thick}",
    }
    return {
        "type": "AVG",
        "version": "1.1",
        "width": 100,
        "height": 100,
        "parameters": [{"name": name, "type": "number", "default": 1} for name in ("part", "thick")],
        "items": [
            {**stroke, "stroke": style.TRACK},
            {
                **stroke,
                "stroke": style.ACCENT,
                "strokeOpacity": "${part > 0.004 ? 1 : 0}",
                "pathLength": _RING_LENGTH,
                "strokeDashArray": [_RING_LENGTH, _RING_LENGTH],
                "strokeDashOffset": f"${{{_RING_LENGTH}-part*{_RING_LENGTH}}}",
            },
        ],
    }


_SIGNS = {
    "repeat": "M33 16A12 12 0 1 0 36 24M36 8V18H26",
    "next": "M14 12L28 24L14 36ZM33 12V36",
    "resume": "M16 12L34 24L16 36Z",
    "stop": "M14 14H34V34H14Z",
}
"""What can be touched, each with its sign in a box of 48."""


def sign_graphic() -> Component:
    """A sign; `d` is its path."""
    path = {"type": "path", "pathData": "${d}", "stroke": style.QUIET, "strokeWidth": 3, "fill": "#00000000"}
    return {
        "type": "AVG",
        "version": "1.1",
        "width": 48,
        "height": 48,
        "parameters": [{"name": "d", "type": "string", "default": ""}],
        "items": [{**path, "strokeLineCap": "round", "strokeLineJoin": "round"}],
    }


def touch_layout() -> Component:
    """`Touch`: a sign that sends its name and the stamp of the reply that it was shown with.

    A touch stops the document from going on by itself.
    """
    names = ("name", "label", "d")
    return {
        "parameters": [*names, *({"name": side, "type": "number"} for side in "wh")],
        "items": [
            {
                "type": "TouchWrapper",
                "id": "touch_${name}",
                "accessibilityLabel": "${label}",
                "width": "${w}",
                "height": "${h}",
                "onPress": [
                    {"type": "SetValue", "componentId": "root", "property": "goes", "value": False},
                    {"type": "SendEvent", "arguments": ["${name}", "${payload.d.at}"]},
                ],
                "items": [
                    {
                        "type": "VectorGraphic",
                        "source": "sign",
                        "d": "${d}",
                        "scale": "best-fit",
                        "width": "100%",
                        "height": "100%",
                    }
                ],
            }
        ],
    }


def signs(names: tuple[str, ...], labels: dict[str, str], box: str, shown: str) -> Component:
    """A row of signs to touch, there while `shown` holds."""
    width = f"${{Math.floor(Math.min(@{box}H*1.4,0.94*@{box}W/{len(names)}))}}"
    return {
        "type": "Container",
        "direction": "row",
        "alignItems": "center",
        "justifyContent": "spaceAround",
        "display": f"${{{shown} ? 'normal' : 'none'}}",
        **style.placed(box),
        "items": [
            {"type": "Touch", "name": name, "label": labels[name], "d": _SIGNS[name], "w": width, "h": f"${{@{box}H}}"}
            for name in names
        ],
    }
