"""What a report of a fault may hold: versions and settings, and nothing of anybody's night."""

from __future__ import annotations

from typing import Any

from homeassistant.components.assist_pipeline.pipeline import async_get_pipelines
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from cramp_coach.skill import __version__

from . import CoachEntry
from .locale import shipped


async def async_get_config_entry_diagnostics(hass: HomeAssistant, entry: CoachEntry) -> dict[str, Any]:
    """The set-up as it is. No words, no satellite, no device, no hour."""
    coach, bedside = entry.runtime_data.coach, entry.runtime_data.bedside
    voice = er.async_get(hass).async_get(coach.voice)
    agent = bedside.own(Platform.CONVERSATION)
    pipelines = [own for own in async_get_pipelines(hass) if own.conversation_engine == agent]
    return {
        "package": __version__,
        "locale": coach.locale,
        "numbers_known": coach.locale in shipped(),
        "voice": voice.platform if voice else "not registered",
        "voice_there": hass.states.get(coach.voice) is not None,
        "pipelines": len(pipelines),
        "pipelines_with_our_voice": sum(own.tts_engine == bedside.own(Platform.TTS) for own in pipelines),
    }
