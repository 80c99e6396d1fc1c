"""What Alexa accepts in one response, and what we allow ourselves under it."""

from __future__ import annotations

RESPONSE_CHARACTERS = 8_000
"""Alexa's limit for the text of one output speech."""
RESPONSE_BYTES = 24 * 1024
"""The older, smaller limit for a whole response; today's is 120 KB."""
RESPONSE_SECONDS = 240.0
"""Alexa's limit for audio in output speech; ours for speech and silence together."""
REPROMPT_SECONDS = 90.0
"""The same for a reprompt."""
MICROPHONE_SECONDS = 8.0
"""How long Alexa listens after a question, and again after the reprompt."""
