"""The agent: what a person says goes to the speaker, and its words come back."""

from __future__ import annotations

from typing import Literal

from homeassistant.components import conversation
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.translation import async_get_exception_message

from cramp_coach.speaker import Turn

from . import CoachEntry, House
from .const import DOMAIN
from .keeping import keep_no_sound
from .locale import LANGUAGE
from .night import Night
from .repair import check_voices

_NOT_UNDERSTOOD = {
    intent.IntentResponseErrorCode.NO_INTENT_MATCH,
    intent.IntentResponseErrorCode.NO_VALID_TARGETS,  # "a cramp in my foot": no area of the house is called foot
}


async def async_setup_entry(
    hass: HomeAssistant, entry: CoachEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Adds the one agent."""
    async_add_entities([CoachAgent(entry)])


class CoachAgent(conversation.ConversationEntity):
    """Answers as the speaker by the bed does, and listens again while something is asked.

    While no night is under way it leaves the house to Home Assistant's own agent, so that a satellite with this agent
    still switches the light; what that one does not understand and is about a cramp opens the night.
    """

    _attr_has_entity_name = True
    _attr_name = "Cramp Coach"

    def __init__(self, entry: CoachEntry) -> None:
        self._attr_unique_id = entry.entry_id
        self._entry = entry
        self._house: House = entry.runtime_data

    @property
    def supported_languages(self) -> list[str] | Literal["*"]:
        """The languages of the content."""
        return [LANGUAGE]

    async def _async_handle_message(
        self, user_input: conversation.ConversationInput, chat_log: conversation.ChatLog
    ) -> conversation.ConversationResult:
        # Nothing is added to `chat_log`: Home Assistant keeps a log only where somebody answers into it.
        bedside, key = self._house.bedside, chat_log.conversation_id
        keep_no_sound(self.hass, bedside.own(Platform.TTS))
        if user_input.language.partition("-")[0] != LANGUAGE:
            return self._refuse(user_input, key)
        satellite = getattr(user_input, "satellite_id", None) or bedside.satellite_of(user_input.device_id)
        night = self._house.coach.night(user_input.device_id or key, satellite)
        async with night.lock:
            night.call_off()
            turn = await self.hass.async_add_executor_job(night.say, user_input.text)
        if turn.request is None and not turn.plays:
            other = await self._other_agent(user_input)
            if other.response.error_code not in _NOT_UNDERSTOOD:
                return other
            if not await self.hass.async_add_executor_job(self._house.coach.concerns, user_input.text):
                return other
            async with night.lock:
                called = f"{self._house.coach.name} {user_input.text}"
                turn = await self.hass.async_add_executor_job(night.say, called)
        return self._answer(user_input, key, night, turn)

    def _answer(
        self, user_input: conversation.ConversationInput, key: str, night: Night, turn: Turn
    ) -> conversation.ConversationResult:
        self._house.coach.remember(turn)
        self._house.bedside.follow(night)
        if night.satellite is not None:
            check_voices(self.hass, self._house.bedside)
        response = intent.IntentResponse(language=user_input.language)
        response.async_set_speech(turn.words)
        return conversation.ConversationResult(response, key, continue_conversation=night.speaker.open)

    async def _other_agent(self, user_input: conversation.ConversationInput) -> conversation.ConversationResult:
        return await conversation.async_converse(
            self.hass,
            user_input.text,
            user_input.conversation_id,
            user_input.context,
            language=user_input.language,
            agent_id=conversation.HOME_ASSISTANT_AGENT,
            device_id=user_input.device_id,
        )

    def _refuse(self, user_input: conversation.ConversationInput, key: str) -> conversation.ConversationResult:
        response = intent.IntentResponse(language=user_input.language)
        response.async_set_error(
            intent.IntentResponseErrorCode.FAILED_TO_HANDLE,
            async_get_exception_message(DOMAIN, "language_not_shipped", {"language": user_input.language}),
        )
        return conversation.ConversationResult(response, key)
