"""Every step has a picture, every picture says what to do, and what is committed is what the drawings make."""

from __future__ import annotations

import json
import re

import pytest

from skill.advice import open_advice
from skill.screen.picture import load, picture_of
from workshop.screens.drawing.album import ALBUM, Picture
from workshop.screens.graphics import GRAPHICS, PICTURES, NotConvertible, convert, to_json

STEPS = [
    f"{name}/{step.id}"
    for name in open_advice("en-US").routines()
    if (routine := open_advice("en-US").routine(name))
    for step in routine.steps
]


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_a_picture_with_a_description(step: str) -> None:
    picture = picture_of(step)
    assert picture is not None, f"expected a picture for {step} in skill/screen/picture.py, found none"
    loaded = load(picture.name)
    assert loaded["graphic"]["type"] == "AVG"
    assert len(loaded["label"]) > 20


def test_left_and_right_are_mirror_images() -> None:
    left, right = picture_of("bedtime/calf_left"), picture_of("bedtime/calf_right")
    assert left is not None
    assert right is not None
    assert left.name == right.name
    assert left.mirrored is not right.mirrored


def test_different_stretches_look_different() -> None:
    stretches = [step for step in STEPS if step.split("/")[1] not in ("massage", "warmth", "stand")]
    names = [picture_of(step) for step in stretches]
    assert len(set(names)) == len(stretches)


def test_a_step_done_in_another_way_has_no_picture() -> None:
    assert all(picture_of(f"{step}/changed") is None for step in STEPS)
    assert picture_of("") is None


@pytest.mark.parametrize("picture", ALBUM, ids=lambda picture: picture.name)
def test_committed_files_are_what_the_drawing_makes(picture: Picture) -> None:
    source = (PICTURES / f"{picture.name}.svg").read_text(encoding="utf-8")
    assert source == picture.svg(), "run: python -m workshop.screens.graphics"
    stored = (GRAPHICS / f"{picture.name}.json").read_text(encoding="utf-8")
    assert stored == to_json(convert(source, picture.name)), "run: python -m workshop.screens.graphics"


def test_no_file_is_left_over() -> None:
    names = {picture.name for picture in ALBUM}
    assert {path.stem for path in PICTURES.iterdir()} == {path.stem for path in GRAPHICS.iterdir()} == names
    used = {picture.name for step in STEPS if (picture := picture_of(step))}
    assert used == names


@pytest.mark.parametrize("picture", ALBUM, ids=lambda picture: picture.name)
def test_nothing_in_a_picture_is_bright(picture: Picture) -> None:
    for colour in re.findall(r"#[0-9a-f]{6}", picture.svg()):
        assert max(int(colour[at : at + 2], 16) for at in (1, 3, 5)) <= 0.7 * 255


def test_a_graphic_is_the_picture() -> None:
    source = (PICTURES / "calf-stretch.svg").read_text(encoding="utf-8")
    graphic = convert(source, "calf-stretch")["graphic"]
    shared = {parameter["name"]: parameter["default"] for parameter in graphic["parameters"]}
    paths = [re.sub(r"\$\{(\w+)\}", lambda name: shared[name[1]], item["pathData"]) for item in graphic["items"]]
    assert paths == re.findall(r' d="([^"]+)"', source)
    assert (graphic["width"], graphic["height"]) == (400, 300)


@pytest.mark.parametrize(
    ("svg", "says"),
    [
        ('<path d="M0 0" opacity="1"/>', "opacity"),
        ('<circle r="3"/>', "circle"),
        ("", "desc"),
    ],
)
def test_what_cannot_be_converted_is_named(svg: str, says: str) -> None:
    desc = "" if says == "desc" else "<desc>Do this.</desc>"
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">{desc}{svg}</svg>'
    with pytest.raises(NotConvertible, match=says):
        convert(whole, "x")


def test_graphics_are_small() -> None:
    assert max(len(json.dumps(load(picture.name))) for picture in ALBUM) < 5_500
