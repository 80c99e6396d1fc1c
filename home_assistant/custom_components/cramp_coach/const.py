"""Names that several modules share."""

from __future__ import annotations

from typing import Final

DOMAIN: Final = "cramp_coach"
CONF_VOICE: Final = "voice"
"""Entity id of the text-to-speech engine that speaks each sentence."""
PLACE_FILE: Final = "cramp_coach.sqlite"
"""In Home Assistant's storage folder: the place in a routine, for half an hour. It outlives a restart."""
