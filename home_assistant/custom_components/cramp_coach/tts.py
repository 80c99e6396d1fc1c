"""The voice: another engine's sentences, with the silences of our timeline between them, as one sound."""

from __future__ import annotations

import asyncio
from typing import Any

from homeassistant.components import tts
from homeassistant.components.tts.helper import get_engine_instance
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import language as language_util

from cramp_coach.skill.speech import Event, Silence, Speech

from . import CoachEntry
from .coach import Coach
from .const import DOMAIN
from .locale import shipped
from .pacing import paced
from .waveform import RATE, NotSpoken, Sound, read, silence, styled, trimmed, wav

_AT_ONCE = 4
"""Sentences that the engine is asked for at a time."""
_FORMAT: dict[str, Any] = {
    tts.ATTR_PREFERRED_FORMAT: "wav",
    tts.ATTR_PREFERRED_SAMPLE_RATE: RATE,
    tts.ATTR_PREFERRED_SAMPLE_CHANNELS: 1,
    tts.ATTR_PREFERRED_SAMPLE_BYTES: 2,
}


async def async_setup_entry(
    hass: HomeAssistant, entry: CoachEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Adds the one voice."""
    async_add_entities([CoachVoice(entry)])


class CoachVoice(tts.TextToSpeechEntity):
    """Speaks what the agent said, in its time; any other words as they stand."""

    _attr_has_entity_name = True
    _attr_name = "Cramp Coach"
    _attr_supported_options = [tts.ATTR_VOICE]

    def __init__(self, entry: CoachEntry) -> None:
        self._attr_unique_id = entry.entry_id
        self._coach: Coach = entry.runtime_data.coach
        self._attr_supported_languages = shipped()
        own = self._coach.locale
        self._attr_default_language = own if own in self._attr_supported_languages else "en-US"

    @callback
    def async_get_supported_voices(self, language: str) -> list[tts.Voice] | None:
        """The voices of the engine behind."""
        engine = get_engine_instance(self.hass, self._coach.voice)
        spoken = self._language(language)
        return engine.async_get_supported_voices(spoken) if engine and spoken else None

    async def async_get_tts_audio(self, message: str, language: str, options: dict[str, Any]) -> tts.TtsAudioType:
        """The sound of a message, as WAV."""
        events = self._coach.scores.get(message) or (Speech(message, 0.0),)
        spoken = self._language(language)
        if spoken is None:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="voice_not_there",
                translation_placeholders={"voice": self._coach.voice, "language": language},
            )
        places = asyncio.Semaphore(_AT_ONCE)

        async def sound(event: Event) -> Sound:
            if isinstance(event, Silence):
                return silence(event.seconds)
            async with places:
                return await self._spoken(event, spoken, options)

        sounds = paced(events, await asyncio.gather(*(sound(event) for event in events)))
        data = await self.hass.async_add_executor_job(wav, sounds)
        self._coach.sounded(events, tuple(own.seconds for own in sounds))
        return "wav", data

    def _language(self, language: str) -> str | None:
        """The engine's own name of a language; None where it has none or is not there."""
        engine = get_engine_instance(self.hass, self._coach.voice)
        if engine is None:
            return None
        return next(iter(language_util.matches(language, engine.supported_languages or ())), None)

    async def _spoken(self, speech: Speech, language: str, options: dict[str, Any]) -> Sound:
        wanted = _FORMAT | {key: value for key, value in options.items() if key == tts.ATTR_VOICE}
        words = speech.aloud or speech.text
        source = tts.generate_media_source_id(
            self.hass, words, engine=self._coach.voice, language=language, options=wanted, cache=False
        )
        _, data = await tts.async_get_media_source_audio(self.hass, source)
        try:
            return await self.hass.async_add_executor_job(lambda: styled(trimmed(read(data)), speech.style))
        except NotSpoken as error:
            raise HomeAssistantError(f"{self._coach.voice}: {error}") from error
