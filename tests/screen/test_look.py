"""The measures of light, against light that is known."""

from __future__ import annotations

import pytest
from PIL import Image

from skill.screen import style
from workshop.screens import visual_rules
from workshop.screens.viewport import VIEWPORTS


def test_the_measure_of_light_tells_light_from_dark() -> None:
    picture = Image.new("RGB", (100, 100), "black")
    picture.paste("white", (0, 0, 50, 100))
    assert visual_rules.mean_luminance(picture) == pytest.approx(0.5)
    assert visual_rules.brightest(picture) == 1.0


def test_light_is_linear_and_not_as_it_is_stored() -> None:
    assert visual_rules.mean_luminance(Image.new("RGB", (9, 9), (188, 188, 188))) == pytest.approx(0.5, abs=0.01)
    assert visual_rules.mean_luminance(Image.new("RGB", (9, 9), (0, 255, 0))) == pytest.approx(0.7152)


@pytest.mark.parametrize(
    ("box", "least"), [("number", 90), ("caption", 28), ("foot", 15), ("help", 24), ("body", 24), ("ring", 24)]
)
def test_letters_have_a_least_size(box: str, least: int) -> None:
    for viewport in VIEWPORTS:
        shape = "round" if viewport.round else "landscape" if viewport.width >= viewport.height else "portrait"
        left, top, width, height = style.BOXES[shape][box]
        given = [left * viewport.width / 100, top * viewport.height / 100]
        given += [given[0] + width * viewport.width / 100, given[1] + height * viewport.height / 100]
        text = {"words": "Hold.", "given": given, "lines": [], "size": least}
        assert visual_rules.box_of(text, viewport) == box
        assert visual_rules.faults([text], viewport) == []
        assert visual_rules.faults([text | {"size": least - 1}], viewport) == [
            f"smaller than {least}: 'Hold.' ({least - 1})"
        ]
