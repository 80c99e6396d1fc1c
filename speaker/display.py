"""The screen of the speaker: its APL document, and when that document sends a timed event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

USER_EVENT = "Alexa.Presentation.APL.UserEvent"
_RENDER = "Alexa.Presentation.APL.RenderDocument"
LINGERS = 30.0
"""Seconds that a session with a screen stays open after the last question, with the microphone closed."""


@dataclass(frozen=True, slots=True)
class Display:
    """A document shown since `since` (epoch seconds)."""

    token: str
    document: dict[str, Any]
    datasources: dict[str, Any]
    since: float

    @property
    def due(self) -> float | None:
        """When its timed event is due, in epoch seconds; None if it has none."""
        at = self._onward().get("at")
        return self.since + float(at) if self._ticks() and isinstance(at, int | float) else None

    @property
    def arguments(self) -> list[Any]:
        """The arguments of that event."""
        return list(self._onward().get("arguments") or ())

    def _onward(self) -> dict[str, Any]:
        onward = (self.datasources.get("d") or {}).get("onward")
        return onward if isinstance(onward, dict) else {}

    def _ticks(self) -> bool:
        """Whether a tick handler of the document sends that event."""
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
