"""Converts SVG pictures to APL vector graphics: `python -m workshop.screens.graphics` draws and converts all of them.

The converter supports what the drawings use (paths with fill and stroke, caps and joins of the root) and refuses
anything else by name, so that nothing is lost silently.
"""

from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from workshop.screens.drawing.album import ALBUM

HERE = Path(__file__).resolve().parent
SCREEN = HERE.parents[1] / "skill" / "screen"
PICTURES = HERE / "pictures"
"""The SVG sources."""
GRAPHICS = SCREEN / "graphics"
"""One APL vector graphic per file, loaded when its step is shown."""

_SVG = "{http://www.w3.org/2000/svg}"
_PATH = {"d": "pathData", "fill": "fill", "stroke": "stroke", "stroke-width": "strokeWidth"}
_ROOT = {"stroke-linecap": "strokeLineCap", "stroke-linejoin": "strokeLineJoin"}


class NotConvertible(ValueError):
    """The SVG uses something the converter does not support."""


def convert(source: str, name: str) -> dict[str, Any]:
    """An SVG file as `{"label": what a screen reader says, "graphic": AVG 1.1}`.

    Raises:
        NotConvertible: an unsupported element or attribute; the message names it.
    """
    root = ET.fromstring(source)  # noqa: S314  (the project's own drawings)
    left, top, width, height = (float(value) for value in root.get("viewBox", "").split())
    if (left, top) != (0, 0):
        raise NotConvertible(f"{name}: expected a viewBox that begins at 0 0, found {left:g} {top:g}")
    common = {_ROOT[key]: value for key, value in root.attrib.items() if key in _ROOT}
    items, label = [], ""
    for node in root:
        tag = node.tag.removeprefix(_SVG)
        if tag == "desc":
            label = (node.text or "").strip()
        elif tag == "path":
            items.append(_path(node.attrib, common, name))
        elif tag != "title":
            raise NotConvertible(f"{name}: expected <path>, found <{tag}>. Hint: turn it into a path")
    parameters = _shared(items)
    if not label:
        raise NotConvertible(f"{name}: expected a <desc> that says what to do, found none")
    graphic = {"type": "AVG", "version": "1.1", "width": width, "height": height}
    graphic |= {"viewportWidth": width, "viewportHeight": height}
    graphic |= {"parameters": parameters, "items": items}
    return {"label": label, "graphic": json.loads(json.dumps(graphic), parse_float=_short)}


def _path(attributes: dict[str, str], common: dict[str, str], name: str) -> dict[str, Any]:
    item: dict[str, Any] = {"type": "path"}
    for key, value in attributes.items():
        if key not in _PATH:
            raise NotConvertible(f"{name}: expected {', '.join(_PATH)} on a path, found {key}")
        if key == "stroke-width":
            item["strokeWidth"] = _short(value)
        elif value == "none":
            continue
        else:
            item[_PATH[key]] = re.sub(r"\s+", " ", value.strip())
    if "fill" not in item:
        item["fill"] = "#00000000"
    return item | (common if "stroke" in item else {})


def _shared(items: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Path data shared by an outline and its fill, written once as a parameter."""
    found = [item["pathData"] for item in items]
    parameters: list[dict[str, str]] = []
    for data in dict.fromkeys(data for data in found if found.count(data) > 1):
        name = f"d{len(parameters)}"
        parameters.append({"name": name, "type": "string", "default": data})
        for item in items:
            if item["pathData"] == data:
                item["pathData"] = f"${{{name}}}"
    return parameters


def _short(text: str) -> int | float:
    value = float(text)
    return int(value) if value == int(value) else value


def to_json(converted: dict[str, Any]) -> str:
    """The JSON as stored: compact, on one line."""
    return json.dumps(converted, separators=(",", ":"), ensure_ascii=False) + "\n"


def main() -> int:
    """Writes every picture and its graphic, and removes stale ones."""
    for folder in (PICTURES, GRAPHICS):
        folder.mkdir(parents=True, exist_ok=True)
    kept = set()
    for picture in ALBUM:
        source = PICTURES / f"{picture.name}.svg"
        source.write_text(picture.svg(), encoding="utf-8")
        target = GRAPHICS / f"{picture.name}.json"
        target.write_text(to_json(convert(source.read_text(encoding="utf-8"), source.name)), encoding="utf-8")
        kept |= {source, target}
        sys.stdout.write(f"{source.name} -> {target.name} {target.stat().st_size} bytes\n")
    for path in (*PICTURES.glob("*.svg"), *GRAPHICS.glob("*.json")):
        if path not in kept:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
