"""The RenderDocument directive of a reply: scenes over time, countdown and going on by itself, within Alexa's size."""

from __future__ import annotations

import json
import marshal
from functools import lru_cache
from typing import Any, NamedTuple

from skill.advice import Advice
from skill.dialog import Reply, State
from skill.screen import parts, style
from skill.screen.picture import load
from skill.screen.scenes import Scene, first, later
from skill.screen.track import goes_on_at, track

TOKEN = "cramp-coach"  # noqa: S105  (a document's name, no secret)
_STAYS = 60_000
"""Milliseconds that a document stays after its last scene."""
_STAYS_URGENT = 600_000
_STEP_SIGNS = ("repeat", "next", "stop")
_OTHER_SIGNS = ("resume", "stop")
_FOR_EVER = 1_000_000
_MOST_PICTURES = 8
_LONGEST_STAMP = 10**10 - 1
"""Epoch seconds, the largest of ten digits."""

Directive = dict[str, Any]


def directive(reply: Reply, advice: Advice, room: int) -> Directive | None:
    """The directive, in at most `room` bytes; None for a reply that shows nothing or cannot be made to fit."""
    if not reply.script and not reply.question and reply.screen is None:
        return None
    stamp = reply.state.answered_at if reply.state else 0
    shown = _worded(reply)
    for pictures in (_MOST_PICTURES, 2, 1, 0):
        kept = _kept(shown, advice, pictures)
        if kept.size <= room:
            return _stamped(marshal.loads(kept.made), stamp)  # noqa: S302  (our own bytes of a moment ago)
    return None


def _worded(reply: Reply) -> Reply:
    """Of a reply only what its document depends on, without the time, which is the stamp that its events carry."""
    state = reply.state
    if state is not None:
        state = State(
            routine=state.routine,
            awaiting=state.awaiting,
            step_offsets=state.step_offsets,
            routine_ends=state.routine_ends,
        )
    return Reply(reply.script, reply.question, reply.reprompt, state, screen=reply.screen)


class _Kept(NamedTuple):
    """A directive without its stamp, as bytes, so that no caller can change another's."""

    made: bytes
    size: int
    """Bytes as JSON with a stamp, written the roomy way that hosts may write it."""


# The same steps are shown night after night. 64 of these are a megabyte at most.
@lru_cache(maxsize=64)
def _kept(reply: Reply, advice: Advice, pictures: int) -> _Kept:
    text = json.dumps(_stamped(_made(reply, advice, pictures), _LONGEST_STAMP))
    # Through JSON once, so that no two of its parts are one object; marshal is read twice as fast as that.
    return _Kept(marshal.dumps(json.loads(text)), len(text))


def _stamped(made: Directive, stamp: int) -> Directive:
    """The directive with the time stamp that all of its events carry."""
    data = made["datasources"]["d"]
    data["at"] = stamp
    if "onward" in data:
        data["onward"]["arguments"] = ["onward", stamp]
    return made


def _made(reply: Reply, advice: Advice, pictures: int) -> Directive:
    stretches = track(reply)
    scenes = [
        later(stretch, at < pictures) if at else first(reply, stretch, at < pictures)
        for at, stretch in enumerate(stretches)
    ]
    go = goes_on_at(reply, stretches)
    starts = [round(stretch.start, 1) for stretch in stretches]
    data: dict[str, Any] = {
        "scenes": [
            {"from": start, "until": until, **scene.data}
            for scene, start, until in zip(scenes, starts, (*starts[1:], _FOR_EVER), strict=True)
        ]
    }
    if go is not None:
        data["onward"] = {"at": go}
    urgent = reply.screen is not None and reply.screen.kind == "urgent"
    stays = _STAYS_URGENT if urgent else int(max(stretches[-1].end, go or 0) * 1000) + _STAYS
    labels = {name: advice.prompt(f"touch_{name}")[0] for name in {*_STEP_SIGNS, *_OTHER_SIGNS}}
    touchable = reply.state is not None and reply.question is not None
    return {
        "type": "Alexa.Presentation.APL.RenderDocument",
        "token": TOKEN,
        "document": _document(scenes, labels if touchable else {}, go is not None, stays),
        "datasources": {"d": data},
    }


def _document(scenes: list[Scene], labels: dict[str, str], goes: bool, stays: int) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    for at, scene in enumerate(scenes):
        data = f"${{payload.d.scenes[{at}]}}"
        # A layout takes the data as a parameter, a plain container binds it.
        given = {"s": data} if scene.guides else {"bind": [{"name": "s", "type": "any", "value": data}]}
        items.append({**scene.component, **given})
    layouts: dict[str, Any] = {"Fit": parts.fit_layout()}
    graphics: dict[str, Any] = {scene.graphic: load(scene.graphic)["graphic"] for scene in scenes if scene.graphic}
    if any(scene.guides for scene in scenes):
        layouts["Guide"] = parts.guide_layout()
        graphics["ring"] = parts.ring_graphic()
    if labels:
        layouts["Touch"] = parts.touch_layout()
        graphics["sign"] = parts.sign_graphic()
        items.extend(_signs(scenes, labels))
    return {
        "type": "APL",
        "version": "1.4",
        "theme": "dark",
        "settings": {"idleTimeout": stays},
        "resources": style.resources(tuple(sorted({box for scene in scenes for box in scene.boxes}))),
        "layouts": layouts,
        "graphics": graphics,
        "mainTemplate": {"parameters": ["payload"], "items": [_root(items, goes)]},
    }


def _signs(scenes: list[Scene], labels: dict[str, str]) -> list[dict[str, Any]]:
    """The signs to touch, which are not the same in a step and elsewhere; every scene after the first is a step, or
    like the first."""
    rows = []
    for guides, names, box in ((True, _STEP_SIGNS, "bar"), (False, _OTHER_SIGNS, "wide_bar")):
        times = [f"t >= payload.d.scenes[{at}].from && t < payload.d.scenes[{at}].until"
                 for at, scene in enumerate(scenes) if scene.guides is guides]  # fmt: skip
        if times:
            shown = "true" if len(times) == len(scenes) else " || ".join(f"({time})" for time in times)
            rows.append(parts.signs(names, labels, box, shown))
    return rows


def _root(items: list[dict[str, Any]], goes: bool) -> dict[str, Any]:
    """The clock, and going on by itself when its time has come: once, unless a touch has stopped it."""
    clock = {"type": "SetValue", "property": "t", "value": "${elapsedTime/1000}"}
    ticks: list[dict[str, Any]] = [{"minimumDelay": parts.TICK, "commands": [clock]}]
    if goes:
        ticks.append(
            {
                "minimumDelay": parts.TICK,
                "when": "${goes && t >= payload.d.onward.at}",
                "commands": [
                    {"type": "SetValue", "property": "goes", "value": False},
                    # Ticks run in fast mode, which drops events; a sequencer of its own does not.
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
        "items": [{"type": "Frame", "backgroundColor": style.BLACK, **style.WHOLE}, *items],
    }
