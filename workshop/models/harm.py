"""What an utterance brings about in the skill, in the middle of the first hold: as JSON in, JSON out."""

from __future__ import annotations

from typing import Any

from skill.app import create
from speaker import request_envelope
from speaker.nlu.interaction_model import InteractionModel
from speaker.nlu.normalize import spoken
from speaker.nlu.recognizer import Heard
from speaker.request_envelope import Device, Session

_NOW = 1_800_000_000
_IN_THE_FIRST_HOLD = {
    "started_at": _NOW - 100, "at": _NOW - 60, "v": 1, "routine": "calf", "step": "stretch",
}  # fmt: skip


class Harm:
    """The skill in the first hold, asked once a line."""

    def __init__(self, model: InteractionModel) -> None:
        self._model = model
        self._skill = create()

    def of(self, heard: Heard, say: str, transcribes: bool) -> str:
        """`closed` where the session ends, goodnight or urgent care; `routine` where another one begins; or empty."""
        request = request_envelope.intent(
            heard, self._model.slots.get(heard.intent, {}), spoken(say) if transcribes else ""
        )
        session = Session(new=False, attributes=dict(_IN_THE_FIRST_HOLD))
        whole = request_envelope.envelope(Device(locale=self._model.locale), session, request, _NOW)
        response: dict[str, Any] = self._skill(whole, None)
        if response["response"].get("shouldEndSession"):
            return "closed"
        routine = (response.get("sessionAttributes") or {}).get("routine")
        return "routine" if routine != _IN_THE_FIRST_HOLD["routine"] else ""
