"""Cramp Coach for Home Assistant: a conversation agent with a voice that keeps its silences, and actions to begin."""

from __future__ import annotations

from dataclasses import dataclass

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.typing import ConfigType

from . import actions, keeping
from .bedside import Bedside
from .coach import Coach
from .const import CONF_VOICE, DOMAIN
from .locale import locale_of

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)
PLATFORMS = [Platform.CONVERSATION, Platform.TTS]


@dataclass(frozen=True, slots=True)
class House:
    """What the entities and actions of a set-up share."""

    coach: Coach
    bedside: Bedside


CoachEntry = ConfigEntry[House]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Offers the actions, also while nothing is set up yet: automations that name them can be checked."""
    actions.register(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: CoachEntry) -> bool:
    """Opens the coach of the house."""
    actions.register(hass)  # again, where it was removed and is set up once more
    coach = await hass.async_add_executor_job(Coach.open, locale_of(hass), entry.data[CONF_VOICE], keeping.places(hass))
    entry.runtime_data = House(coach, Bedside(hass, entry, coach))
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    await _forget_sounds(hass, entry)

    async def moved(_: Event) -> None:
        if locale_of(hass) != coach.locale:
            hass.config_entries.async_schedule_reload(entry.entry_id)

    async def stopping(_: Event) -> None:
        # Nothing is unloaded when Home Assistant stops: the place in a routine would be lost.
        await _end_nights(hass, coach)

    entry.async_on_unload(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, moved))
    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stopping))
    return True


async def async_unload_entry(hass: HomeAssistant, entry: CoachEntry) -> bool:
    """Ends every night."""
    await _forget_sounds(hass, entry)
    await _end_nights(hass, entry.runtime_data.coach)
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: CoachEntry) -> None:
    """Leaves nothing behind."""
    actions.withdraw(hass)
    for domain, key in list(ir.async_get(hass).issues):
        if domain == DOMAIN:
            ir.async_delete_issue(hass, domain, key)
    await hass.async_add_executor_job(keeping.delete, [keeping.places(hass)])


async def _end_nights(hass: HomeAssistant, coach: Coach) -> None:
    for night in coach.nights.values():
        night.call_off()
    await hass.async_add_executor_job(coach.close)


async def _forget_sounds(hass: HomeAssistant, entry: CoachEntry) -> None:
    voice = er.async_get(hass).async_get_entity_id(Platform.TTS, DOMAIN, entry.entry_id)
    if voice is not None:
        await hass.async_add_executor_job(keeping.delete, keeping.sounds_of(hass, voice))
