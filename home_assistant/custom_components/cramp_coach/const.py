"""Names that several modules share."""

from __future__ import annotations

import logging
from typing import Final

DOMAIN: Final = "cramp_coach"
LOGGER: Final = logging.getLogger(__package__)
CONF_VOICE: Final = "voice"
"""Entity id of the text-to-speech engine that speaks each sentence."""
ATTR_WORDS: Final = "words"
PLACE_FILE: Final = "cramp_coach.sqlite"
"""In Home Assistant's storage folder: the place in a routine, for half an hour. It outlives a restart."""
