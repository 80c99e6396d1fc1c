"""The telephone numbers that a response tells somebody to call at once, to be shown large until they are left."""

from __future__ import annotations

import re
from typing import Any

_FIRST = re.compile(r"<s>(.*?)</s>", re.DOTALL)
_NUMBER = re.compile(r'<say-as interpret-as="digits">([^<]+)</say-as>')


def numbers_to_call(response: dict[str, Any] | None) -> list[str]:
    """All numbers of a response that ends the session and whose first sentence names one; none of any other.

    An emergency says the number first, and nothing else does: an answer that mentions it further down is no emergency.
    """
    said = (response or {}).get("response") or {}
    if said.get("shouldEndSession") is not True:
        return []
    ssml = str((said.get("outputSpeech") or {}).get("ssml", ""))
    first = _FIRST.search(ssml)
    return list(dict.fromkeys(_NUMBER.findall(ssml))) if first and _NUMBER.search(first[1]) else []
