"""The measures of light, against light that is known."""

from __future__ import annotations

import pytest
from PIL import Image

from screens import look


def test_the_measure_of_light_tells_light_from_dark() -> None:
    picture = Image.new("RGB", (100, 100), "black")
    picture.paste("white", (0, 0, 50, 100))
    assert look.mean_luminance(picture) == pytest.approx(0.5)
    assert look.brightest(picture) == 1.0


def test_light_is_linear_and_not_as_it_is_stored() -> None:
    assert look.mean_luminance(Image.new("RGB", (9, 9), (188, 188, 188))) == pytest.approx(0.5, abs=0.01)
    assert look.mean_luminance(Image.new("RGB", (9, 9), (0, 255, 0))) == pytest.approx(0.7152)
