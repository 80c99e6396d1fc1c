"""The agent: what a person says goes to the speaker, and its words come back."""

from __future__ import annotations

from typing import Literal

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import CoachEntry
from .coach import Coach
from .locale import LANGUAGE


async def async_setup_entry(
    hass: HomeAssistant, entry: CoachEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Adds the one agent."""
    async_add_entities([CoachAgent(entry)])


class CoachAgent(conversation.ConversationEntity):
    """Answers as the speaker by the bed does, and listens again while something is asked."""

    _attr_has_entity_name = True
    _attr_name = "Cramp Coach"

    def __init__(self, entry: CoachEntry) -> None:
        self._attr_unique_id = entry.entry_id
        self._coach: Coach = entry.runtime_data

    @property
    def supported_languages(self) -> list[str] | Literal["*"]:
        """The languages of the content."""
        return [LANGUAGE]

    async def _async_handle_message(
        self, user_input: conversation.ConversationInput, chat_log: conversation.ChatLog
    ) -> conversation.ConversationResult:
        night = self._coach.night(user_input.device_id or chat_log.conversation_id)
        async with night.lock:
            turn = await self.hass.async_add_executor_job(night.say, user_input.text)
        self._coach.remember(turn)
        response = intent.IntentResponse(language=user_input.language)
        response.async_set_speech(turn.words)
        return conversation.ConversationResult(
            response, chat_log.conversation_id, continue_conversation=night.speaker.open
        )
