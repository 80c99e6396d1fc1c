"""The screen of the speaker: what document is on it, and when that document sends an event by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

USER_EVENT = "Alexa.Presentation.APL.UserEvent"
_RENDER = "Alexa.Presentation.APL.RenderDocument"
LINGERS = 30.0
"""Seconds that a session stays open on a device with a screen, without a microphone, after the last question."""


@dataclass(frozen=True, slots=True)
class Display:
    """A document since `since` (epoch seconds)."""

    token: str
    document: dict[str, Any]
    datasources: dict[str, Any]
    since: float

    @property
    def due(self) -> float | None:
        """When its clock sends an event, in epoch seconds; None for a document that sends none."""
        at = self._onward().get("at")
        return self.since + float(at) if self._ticks() and isinstance(at, int | float) else None

    @property
    def arguments(self) -> list[Any]:
        """What that event carries."""
        return list(self._onward().get("arguments") or ())

    def _onward(self) -> dict[str, Any]:
        onward = (self.datasources.get("d") or {}).get("onward")
        return onward if isinstance(onward, dict) else {}

    def _ticks(self) -> bool:
        """Whether a tick of the document really sends that event."""
        root = (self.document.get("mainTemplate") or {}).get("items") or [{}]
        commands = [command for tick in root[0].get("handleTick", ()) for command in tick.get("commands", ())]
        return any(command.get("type") == "SendEvent" for command in commands)


def shown(response: dict[str, Any], now: float) -> Display | None:
    """The document of a response, if it has one."""
    for directive in (response.get("response") or {}).get("directives") or ():
        if directive.get("type") == _RENDER:
            return Display(
                str(directive.get("token") or ""), directive["document"], directive.get("datasources") or {}, now
            )
    return None
