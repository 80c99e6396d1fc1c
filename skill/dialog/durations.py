"""Lengths of time as Alexa sends them."""

from __future__ import annotations

import re

_DURATION = re.compile(r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:\.\d+)?S)?)?")


def seconds_in(heard: str) -> int | None:
    """Seconds in an AMAZON.DURATION ("PT1M30S", ISO 8601) or a plain number; None where there is neither."""
    text = heard.strip().upper()
    if text.isascii() and text.isdigit() and len(text) <= 6:
        return int(text)
    match = _DURATION.fullmatch(text)
    if not match or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
