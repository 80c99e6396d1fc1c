"""The time zone of the device that asks, which a routine at a time of day needs: one question to Alexa's own settings.

It is asked only once a person has named a time, and of Alexa alone; where there is no answer, the routine goes without.
It needs no permission of the person's.

https://developer.amazon.com/ja-JP/docs/alexa/smapi/alexa-settings-api-reference.html
https://developer.amazon.com/blogs/alexa/post/c2ba44fa-4bd8-4b49-925d-29dbc0330b1e
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skill.handlers.lenient_envelope import LenientEnvelope

SECONDS = 1.5
"""How long the answer may take; the person waits for it."""
_ALEXA = re.compile(r"https://api(?:\.[a-z]{2})?\.amazonalexa\.com/?")
_ZONE = re.compile(r"[A-Za-z_]{1,30}(?:/[A-Za-z0-9_+-]{1,30}){0,2}")
_MOST = 200
"""Bytes of an answer that are read."""


def zone_of(envelope: LenientEnvelope, ask: Callable[[str, str], bytes] | None = None) -> str:
    """The zone, such as Europe/London; empty where Alexa does not say. Raises nothing.

    `ask` gets an address and a token; it is for tests.
    """
    # The token goes to Alexa and to nobody else, whatever address a request brings.
    if not (envelope.access_token and envelope.device_id and _ALEXA.fullmatch(envelope.api_endpoint)):
        return ""
    # Not above: a first answer asks for no zone, and is not to wait for what it does not need.
    from urllib.parse import quote

    address = f"{envelope.api_endpoint.rstrip('/')}/v2/devices/{quote(envelope.device_id, safe='')}/settings"
    try:
        answer = json.loads((ask or _ask)(f"{address}/System.timeZone", envelope.access_token))
    except Exception:  # whatever a network does: the routine goes without
        return ""
    return answer if isinstance(answer, str) and _ZONE.fullmatch(answer) else ""


def _ask(address: str, token: str) -> bytes:
    from urllib.request import Request, urlopen

    asked = Request(address, headers={"Authorization": f"Bearer {token}", "Accept": "application/json"})  # noqa: S310
    with urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 - https alone, see _ALEXA
        return bytes(answer.read(_MOST))
