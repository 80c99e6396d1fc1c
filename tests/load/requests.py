"""Nights, lived through once at the stand-in speaker and kept: every request signed, with the answer it must get."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass
from typing import Any

from skill.app import create
from speaker.request_envelope import Device
from tests.ears import model, speaker_for
from tests.endpoint.authority import SKILL_ID, Authority, encode
from tests.load.hello import WORDS

NIGHTS = (
    ("yes",),
    ("no", "yes"),
    ("my foot", "hold longer"),
    ("why do i get cramps", "no"),
    ("it's getting worse",),
    ("whisper", "next"),
    ("my chest hurts",),
    ("does magnesium help", "stop"),
)
LOCALES = ("en-US", "en-GB", "en-AU")


@dataclass(frozen=True)
class Signed:
    """One request, ready to be sent, and what is right for it."""

    body: bytes
    headers: dict[str, str]
    right: dict[str, Any]

    def is_right(self, which: str, answer: http.client.HTTPResponse, body: bytes) -> bool:
        """Whether this is the answer to this request, and to no other one."""
        if answer.status != http.client.OK:
            return False
        read = json.loads(body)
        if which == "kept":  # what is kept of one night changes what the next one hears
            return "response" in read
        if which == "hello":
            speech = read["response"].get("outputSpeech", {}).get("ssml", "")
            return speech in ("", f"<speak>{WORDS}</speak>")
        return bool(read["response"] == self.right["response"])


def nights(authority: Authority) -> list[Signed]:
    """All requests of all nights. They are fresh for two minutes."""
    skill = create(SKILL_ID)
    kept: list[Signed] = []

    def remembering(event: dict[str, Any], context: object) -> dict[str, Any]:
        answer = skill(event, context)
        body = encode(event)
        kept.append(Signed(body, authority.headers(body), json.loads(json.dumps(answer))))
        return answer

    for locale in LOCALES:
        for night in NIGHTS:
            speaker = speaker_for(remembering, Device(locale=locale, application_id=SKILL_ID))
            speaker.now = float(int(time.time()) - 20)
            for words in (f"alexa, open {model(locale).invocation}", *night):
                # Interrupted after a second, so that the night's clock stays near the wall's.
                speaker.say(words, after=1.0)
            if speaker.open:
                speaker.drop()
    return kept
