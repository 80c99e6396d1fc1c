"""The parts that documents are made of: text that fits its box, the ring, the picture, and the buttons."""

from __future__ import annotations

from typing import Any

from skill.screen import style
from skill.screen.measure import LINE_HEIGHT

Component = dict[str, Any]

_RING_LENGTH = 1000


def fitted(box: str, ems: str, most: int, largest: float) -> str:
    """The size, in dp, at which text of these `ems` (an expression for the list of `measure.widths`) fits the box.

    `largest` is a share of the screen's shorter side.
    """
    fits = ",".join(f"Math.min(@{box}H/{line * LINE_HEIGHT:g},@{box}W/{ems}[{line - 1}])" for line in range(1, most + 1))
    return f"${{Math.floor(Math.min({largest:g}*Math.min(viewport.width,viewport.height),Math.max({fits})))}}"


def text(box: str, words: str, ems: str, most: int, **look: Any) -> Component:
    """Words in a box, as large as fits."""
    largest = look.pop("largest", 0.13)
    return {
        "type": "Text",
        "text": words,
        "fontSize": fitted(box, ems, most, largest),
        "lineHeight": LINE_HEIGHT,
        "fontFamily": "amazon-ember-display, sans-serif",
        "fontWeight": "500",
        "color": style.TEXT,
        "textAlign": "center",
        "textAlignVertical": "center",
        **style.placed(box),
        **look,
    }


def ring() -> list[Component]:
    """The countdown: a ring that runs out, and the seconds left in it. In a round screen it is the rim."""
    rim = "viewport.shape == 'round'"
    side = "Math.min(@ringW,@ringH)"
    return [
        {
            "type": "VectorGraphic",
            "source": "ring",
            "scale": "best-fit",
            "part": "${part}",
            "opacity": "${counts ? 1 : 0}",
            "position": "absolute",
            "left": f"${{@ringX+(@ringW-{side})/2}}",
            "top": f"${{@ringY+(@ringH-{side})/2}}",
            "width": f"${{{side}}}",
            "height": f"${{{side}}}",
        },
        {
            "type": "Text",
            "text": "${left}",
            "opacity": "${counts ? 1 : 0}",
            "color": style.TEXT,
            "fontFamily": "amazon-ember-display, sans-serif",
            "fontWeight": "500",
            "textAlign": "center",
            "textAlignVertical": "center",
            "fontSize": f"${{{rim} ? @ringH*0.1 : Math.min(@ringH,@ringW)*0.48}}",
            "position": "absolute",
            "left": "${@ringX}",
            "width": "${@ringW}",
            "top": f"${{{rim} ? @ringH*0.05 : @ringY}}",
            "height": f"${{{rim} ? @ringH*0.12 : @ringH}}",
        },
    ]


def ring_graphic() -> Component:
    """The ring; `part` is what is left of it."""
    circle = "M50,2 A48,48 0 1,1 49.99,2"
    stroke = {"type": "path", "pathData": circle, "fill": "#00000000", "strokeLineCap": "round"}
    return {
        "type": "AVG",
        "version": "1.1",
        "width": 100,
        "height": 100,
        "parameters": [{"name": "part", "type": "number", "default": 1}],
        "items": [
            {**stroke, "stroke": style.TRACK, "strokeWidth": 2},
            {
                **stroke,
                "stroke": style.ACCENT,
                "strokeWidth": 2,
                "strokeOpacity": "${part > 0.004 ? 1 : 0}",
                "pathLength": _RING_LENGTH,
                "strokeDashArray": [_RING_LENGTH, _RING_LENGTH],
                "strokeDashOffset": f"${{{_RING_LENGTH}-part*{_RING_LENGTH}}}",
            },
        ],
    }


_ICONS = {
    "repeat": "M33 16A12 12 0 1 0 36 24M36 8V18H26",
    "next": "M14 12L28 24L14 36ZM33 12V36",
    "resume": "M16 12L34 24L16 36Z",
    "stop": "M14 14H34V34H14Z",
}
"""Touch targets: what each sends, and its sign, in a box of 48."""


def icon_graphics(names: tuple[str, ...]) -> dict[str, Component]:
    """The signs as vector graphics."""
    return {
        f"touch_{name}": {
            "type": "AVG",
            "version": "1.1",
            "width": 48,
            "height": 48,
            "items": [
                {
                    "type": "path",
                    "pathData": _ICONS[name],
                    "stroke": style.QUIET,
                    "strokeWidth": 3,
                    "strokeLineCap": "round",
                    "strokeLineJoin": "round",
                    "fill": "#00000000",
                }
            ],
        }
        for name in names
    }


def buttons(names: tuple[str, ...], labels: dict[str, str], stamp: int, box: str) -> Component:
    """A row of signs to touch. A touch stops the document from going on by itself."""
    return {
        "type": "Container",
        "direction": "row",
        "alignItems": "center",
        "justifyContent": "spaceAround",
        **style.placed(box),
        "items": [
            {
                "type": "TouchWrapper",
                "id": f"touch_{name}",
                "accessibilityLabel": labels[name],
                "width": f"${{Math.floor(Math.min(@{box}H*1.4,0.94*@{box}W/{len(names)}))}}",
                "height": f"${{@{box}H}}",
                "onPress": [
                    {"type": "SetValue", "componentId": "root", "property": "goes", "value": False},
                    {"type": "SendEvent", "arguments": [name, stamp]},
                ],
                "items": [
                    {
                        "type": "VectorGraphic",
                        "source": f"touch_{name}",
                        "scale": "best-fit",
                        "width": "100%",
                        "height": "100%",
                    }
                ],
            }
            for name in names
        ],
    }
