"""Setting it up: one question, which voice speaks the sentences."""

from __future__ import annotations

from typing import Any

import voluptuous as vol
from homeassistant.components.tts import DOMAIN as TTS_DOMAIN
from homeassistant.config_entries import ConfigFlow, ConfigFlowResult
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import EntitySelector, EntitySelectorConfig

from .const import CONF_VOICE, DOMAIN


class CoachConfigFlow(ConfigFlow, domain=DOMAIN):
    """Asks for the voice."""

    VERSION = 1

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """The first and only step."""
        return self._ask("user", user_input)

    def _ask(self, step: str, user_input: dict[str, Any] | None) -> ConfigFlowResult:
        voices = self._voices()
        if not voices:
            return self.async_abort(reason="no_voice")
        if user_input is not None:
            return self.async_create_entry(title="Cramp Coach", data=user_input)
        selector = EntitySelector(EntitySelectorConfig(domain=TTS_DOMAIN, include_entities=voices))
        return self.async_show_form(step_id=step, data_schema=vol.Schema({vol.Required(CONF_VOICE): selector}))

    def _voices(self) -> list[str]:
        """The engines of this house other than our own."""
        registry = er.async_get(self.hass)
        own = {entry.entity_id for entry in registry.entities.values() if entry.platform == DOMAIN}
        return sorted(set(self.hass.states.async_entity_ids(TTS_DOMAIN)) - own)
