"""How loud it speaks: as loud as a bedroom at night can bear, whatever the voice."""

from __future__ import annotations

from dataclasses import dataclass

from speaker.bedside.sound import Samples, at_level, trimmed

BEDROOM = 40
"""Percent. The loudspeaker's own volume comes on top of it."""
_FULL_DB = -14.0
"""Decibels below full scale of speech at 100 percent: no voice clips there, even one that is meant to be loud."""
_RANGE_DB = 25.0
"""From 100 percent down to nothing much."""
_STYLES_DB = {"whispered": -8.0, "x-soft": -6.0, "soft": -2.0, "loud": 4.0, "x-loud": 7.0}


@dataclass(frozen=True, slots=True)
class Volume:
    """The loudness of everything spoken."""

    percent: int = BEDROOM

    def applied(self, samples: Samples, style: str = "") -> Samples:
        """A sentence at this volume, in the style of `skill.speech.Speech`, without silence around it."""
        if self.percent <= 0:
            return samples * 0
        decibels = _FULL_DB - _RANGE_DB * (100 - min(100, self.percent)) / 100
        return at_level(trimmed(at_level(samples, _FULL_DB)), decibels + _STYLES_DB.get(style, 0.0))
