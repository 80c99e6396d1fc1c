"""The RenderDocument directive of a reply: scenes over time, countdown and going on by itself, within Alexa's size."""

from __future__ import annotations

import json
from typing import Any

from skill.advice import Advice
from skill.dialog import Reply
from skill.screen import parts, style
from skill.screen.picture import load
from skill.screen.scenes import Scene, first, later
from skill.screen.track import goes_on_at, track

TOKEN = "cramp-coach"  # noqa: S105  (a document's name, no secret)
_TICK = 200
"""Milliseconds between two looks at the clock."""
_STAYS = 60_000
"""Milliseconds that a document stays after its last scene."""
_STAYS_URGENT = 600_000
_STEP_TOUCH = ("repeat", "next", "stop")
_OTHER_TOUCH = ("resume", "stop")

Directive = dict[str, Any]


def directive(reply: Reply, advice: Advice, room: int) -> Directive | None:
    """The directive, in at most `room` bytes; None for a reply that shows nothing or cannot be made to fit."""
    if not reply.script and not reply.question and reply.screen is None:
        return None
    for pictures in (8, 2, 1, 0):
        made = _made(reply, advice, pictures)
        if size(made) <= room:
            return made
    return None


def size(made: Directive) -> int:
    """Bytes as JSON, written the roomy way that hosts may write it."""
    return len(json.dumps(made).encode())


def _made(reply: Reply, advice: Advice, pictures: int) -> Directive:
    stretches = track(reply)
    scenes = [
        later(stretch, at < pictures) if at else first(reply, stretch, at < pictures)
        for at, stretch in enumerate(stretches)
    ]
    go = goes_on_at(reply, stretches)
    stamp = reply.state.at if reply.state else 0
    data: dict[str, Any] = {"scenes": []}
    for scene, stretch, ahead in zip(scenes, stretches, (*stretches[1:], None), strict=True):
        until = ahead.start if ahead else 1_000_000
        data["scenes"].append({"from": round(stretch.start, 1), "until": round(until, 1), **scene.data})
    if go is not None:
        data["onward"] = {"at": go, "arguments": ["onward", stamp]}
    return {
        "type": "Alexa.Presentation.APL.RenderDocument",
        "token": TOKEN,
        "document": _document(scenes, reply, advice, stamp, stretches[-1].end, go),
        "datasources": {"d": data},
    }


def _document(
    scenes: list[Scene], reply: Reply, advice: Advice, stamp: int, ends: float, go: float | None
) -> dict[str, Any]:
    urgent = reply.screen is not None and reply.screen.kind == "urgent"
    open_ = reply.state is not None and reply.question is not None
    labels = {name: advice.prompt(f"touch_{name}")[0] for name in {*_STEP_TOUCH, *_OTHER_TOUCH}} if open_ else {}
    boxes = {box for scene in scenes for box in scene.boxes}
    touch: set[str] = set()
    items = []
    for at, scene in enumerate(scenes):
        names, bar = (_STEP_TOUCH, "bar") if scene.ring else (_OTHER_TOUCH, "wide_bar")
        children = list(scene.items)
        if open_:
            children.append(parts.buttons(names, labels, stamp, bar))
            boxes.add(bar)
            touch.update(names)
        items.append(_scene(at, scene, children))
    graphics: dict[str, Any] = {scene.graphic: load(scene.graphic)["graphic"] for scene in scenes if scene.graphic}
    if any(scene.ring for scene in scenes):
        graphics["ring"] = parts.ring_graphic()
    graphics |= parts.icon_graphics(tuple(sorted(touch)))
    return {
        "type": "APL",
        "version": "1.4",
        "theme": "dark",
        "settings": {"idleTimeout": _STAYS_URGENT if urgent else int(max(ends, go or 0) * 1000) + _STAYS},
        "resources": style.resources(tuple(sorted(boxes))),
        "graphics": graphics,
        "mainTemplate": {"parameters": ["payload"], "items": [_root(items, go is not None)]},
    }


def _root(items: list[dict[str, Any]], goes: bool) -> dict[str, Any]:
    """The clock, and going on by itself when its time has come: once, unless a touch has stopped it."""
    ticks: list[dict[str, Any]] = [
        {
            "minimumDelay": _TICK,
            "commands": [{"type": "SetValue", "property": "t", "value": "${elapsedTime/1000}"}],
        }
    ]
    if goes:
        ticks.append(
            {
                "minimumDelay": _TICK,
                "when": "${goes && t >= payload.d.onward.at}",
                "commands": [
                    {"type": "SetValue", "property": "goes", "value": False},
                    {"type": "SendEvent", "sequencer": "onward", "arguments": "${payload.d.onward.arguments}"},
                ],
            }
        )
    return {
        "type": "Container",
        "id": "root",
        "width": "100vw",
        "height": "100vh",
        "bind": [{"name": "t", "type": "number", "value": 0}, {"name": "goes", "type": "boolean", "value": goes}],
        "handleTick": ticks,
        "items": [
            {"type": "Frame", "backgroundColor": style.BLACK, "position": "absolute", "width": "100%", "height": "100%"},
            *items,
        ],
    }


def _scene(at: int, scene: Scene, children: list[dict[str, Any]]) -> dict[str, Any]:
    """A scene, shown in its time. Its caption and its countdown move on by the clock."""
    made: dict[str, Any] = {
        "type": "Container",
        "bind": [{"name": "s", "type": "any", "value": f"${{payload.d.scenes[{at}]}}"}],
        "position": "absolute",
        "width": "100%",
        "height": "100%",
        "display": "${t >= s.from && t < s.until ? 'normal' : 'none'}",
        "items": children,
    }
    if not scene.ring:
        return made
    made["bind"] += [
        {"name": "i", "type": "number", "value": 0},
        {"name": "h", "type": "number", "value": 0},
        {"name": "ends", "type": "number", "value": "${s.holds[h][0]+s.holds[h][1]}"},
        {"name": "counts", "type": "boolean", "value": "${t < ends}"},
        {"name": "left", "type": "number", "value": "${Math.min(s.holds[h][1],Math.max(0,Math.ceil(ends-t)))}"},
        {"name": "part", "type": "number", "value": "${Math.min(1,Math.max(0,(ends-t)/s.holds[h][1]))}"},
    ]
    made["handleTick"] = [
        {
            "minimumDelay": _TICK,
            "when": "${i+1 < s.say.length && t >= s.say[i+1][0]}",
            "commands": [{"type": "SetValue", "property": "i", "value": "${i+1}"}],
        },
        {
            "minimumDelay": _TICK,
            "when": "${h+1 < s.holds.length && t >= ends}",
            "commands": [{"type": "SetValue", "property": "h", "value": "${h+1}"}],
        },
    ]
    return made
