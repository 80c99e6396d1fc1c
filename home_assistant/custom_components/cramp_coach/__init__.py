"""Cramp Coach for Home Assistant: a conversation agent with a voice that keeps its silences, and actions to begin."""

from __future__ import annotations

from pathlib import Path

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import STORAGE_DIR

from .coach import Coach
from .const import CONF_VOICE, PLACE_FILE
from .locale import locale_of

PLATFORMS = [Platform.CONVERSATION, Platform.TTS]

type CoachEntry = ConfigEntry[Coach]


async def async_setup_entry(hass: HomeAssistant, entry: CoachEntry) -> bool:
    """Opens the coach of the house."""
    places = Path(hass.config.path(STORAGE_DIR, PLACE_FILE))
    entry.runtime_data = await hass.async_add_executor_job(
        Coach.open, locale_of(hass), entry.data[CONF_VOICE], places
    )
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: CoachEntry) -> bool:
    """Ends every night."""
    await hass.async_add_executor_job(entry.runtime_data.close)
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
