"""The actions: a satellite begins the stretch or the bedtime routine by itself, or falls silent."""

from __future__ import annotations

import voluptuous as vol
from homeassistant.components.assist_satellite import DOMAIN as SATELLITE
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from .bedside import Bedside
from .const import ATTR_WORDS, DOMAIN

_ONE = {vol.Required(ATTR_ENTITY_ID): cv.entities_domain(SATELLITE)}
START, BEDTIME, STOP = "start", "bedtime", "stop"


@callback
def register(hass: HomeAssistant) -> None:
    """Offers the actions. They say so where there is no coach to carry them out."""

    async def start(call: ServiceCall) -> None:
        for satellite in call.data[ATTR_ENTITY_ID]:
            await _bedside(hass).start(satellite, call.data[ATTR_WORDS])

    async def bedtime(call: ServiceCall) -> None:
        for satellite in call.data[ATTR_ENTITY_ID]:
            await _bedside(hass).start(satellite, _bedside(hass).bedtime)

    async def stop(call: ServiceCall) -> None:
        for satellite in call.data[ATTR_ENTITY_ID]:
            await _bedside(hass).stop(satellite)

    words = {vol.Optional(ATTR_WORDS, default=""): cv.string}
    hass.services.async_register(DOMAIN, START, start, vol.Schema(_ONE | words))
    hass.services.async_register(DOMAIN, BEDTIME, bedtime, vol.Schema(_ONE))
    hass.services.async_register(DOMAIN, STOP, stop, vol.Schema(_ONE))


@callback
def withdraw(hass: HomeAssistant) -> None:
    """Takes the actions back."""
    for name in (START, BEDTIME, STOP):
        hass.services.async_remove(DOMAIN, name)


def _bedside(hass: HomeAssistant) -> Bedside:
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry.state is ConfigEntryState.LOADED:
            bedside: Bedside = entry.runtime_data.bedside
            return bedside
    raise ServiceValidationError(translation_domain=DOMAIN, translation_key="not_set_up")
