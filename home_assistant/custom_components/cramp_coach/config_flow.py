"""Setting it up: one question, which voice speaks the sentences."""

from __future__ import annotations

from typing import Any

import voluptuous as vol
from homeassistant.components.tts.helper import get_engine_instance
from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigFlow, ConfigFlowResult
from homeassistant.const import Platform
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import EntitySelector, EntitySelectorConfig
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import language as language_util

from .const import CONF_VOICE, DOMAIN
from .locale import LANGUAGE, locale_of, shipped


class CoachConfigFlow(ConfigFlow, domain=DOMAIN):
    """Asks for the voice, and tells which emergency numbers will be said."""

    VERSION = 1

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """The first and only step."""
        return await self._ask("user", user_input)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Another voice."""
        return await self._ask("reconfigure", user_input)

    async def _ask(self, step: str, user_input: dict[str, Any] | None) -> ConfigFlowResult:
        voices = self._voices()
        if not voices:
            return self.async_abort(reason="no_voice")
        errors: dict[str, str] = {}
        if user_input is not None:
            if self._speaks(user_input[CONF_VOICE]):
                return self._keep(user_input)
            errors[CONF_VOICE] = "no_english"
        chosen = vol.Required(CONF_VOICE, default=(user_input or {}).get(CONF_VOICE, voices[0]))
        selector = EntitySelector(EntitySelectorConfig(domain=Platform.TTS, include_entities=voices))
        return self.async_show_form(
            step_id=step,
            data_schema=vol.Schema({chosen: selector}),
            errors=errors,
            description_placeholders={"numbers": await self._numbers()},
        )

    def _keep(self, data: dict[str, Any]) -> ConfigFlowResult:
        if self.source == SOURCE_RECONFIGURE:
            return self.async_update_reload_and_abort(self._get_reconfigure_entry(), data=data)
        return self.async_create_entry(title="Cramp Coach", data=data)

    def _voices(self) -> list[str]:
        """The engines of this house other than our own."""
        registry = er.async_get(self.hass)
        own = {entry.entity_id for entry in registry.entities.values() if entry.platform == DOMAIN}
        return sorted(set(self.hass.states.async_entity_ids(Platform.TTS)) - own)

    def _speaks(self, voice: str) -> bool:
        engine = get_engine_instance(self.hass, voice)
        return bool(engine and language_util.matches(LANGUAGE, engine.supported_languages or ()))

    async def _numbers(self) -> str:
        """A sentence about the numbers of this country, in the language of the house."""
        key = "numbers_known" if locale_of(self.hass) in shipped() else "numbers_unknown"
        language = self.hass.config.language
        sentences = await async_get_translations(self.hass, language, "exceptions", {DOMAIN})
        sentence = sentences.get(f"component.{DOMAIN}.exceptions.{key}.message", "")
        return sentence.format(country=self.hass.config.country or "?")
