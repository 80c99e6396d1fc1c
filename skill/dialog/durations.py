"""Lengths of time as Alexa sends them."""

from __future__ import annotations

import re

_DURATION = re.compile(
    r"P(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?"
    r"(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:\.\d+)?S)?)?"
)
_UNITS = (31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60, 1)
"""Seconds of a year of 365 days, a month of 30, a week, a day, an hour, a minute and a second."""


def seconds_in(heard: str) -> int | None:
    """Seconds in an AMAZON.DURATION ("PT1M30S", "P2W": ISO 8601) or a plain number; None for a date, "?" or anything
    else."""
    text = heard.strip().upper()
    if text.isascii() and text.isdigit() and len(text) <= 6:
        return int(text)
    match = _DURATION.fullmatch(text)
    if not match or not any(match.groups()):
        return None
    return sum(int(part or 0) * unit for part, unit in zip(match.groups(), _UNITS, strict=True))
