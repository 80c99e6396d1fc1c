"""What happens at the bed without a word: a satellite begins by itself, and goes on when nobody answers."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from homeassistant.components import tts
from homeassistant.components.assist_pipeline.pipeline import Pipeline, async_get_pipeline, async_get_pipelines
from homeassistant.components.assist_satellite import DOMAIN as SATELLITE
from homeassistant.components.assist_satellite import AssistSatelliteEntityFeature as Feature
from homeassistant.components.assist_satellite.const import DATA_COMPONENT as SATELLITES
from homeassistant.components.assist_satellite.entity import AssistSatelliteState as State
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_ENTITY_ID, ATTR_SUPPORTED_FEATURES, SERVICE_MEDIA_STOP, STATE_UNAVAILABLE, Platform
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event

from cramp_coach.skill.speech.limits import MICROPHONE_SECONDS
from cramp_coach.speaker import Turn

from .coach import Coach
from .const import DOMAIN, LOGGER
from .keeping import keep_no_sound
from .night import Night

_ANSWERS = MICROPHONE_SECONDS + 4.0
"""Seconds after the end of a question, on a satellite that does not tell when it listens, until that is silence."""
_EARLY = 3.0
"""Seconds: a satellite that falls silent so long before the end was stopped at the satellite."""
_ON_TIME = 1.0
"""Seconds: it listens because it was asked to, not because somebody called it, this close to the end or after it."""

_LOOK, _LOOKS = 0.1, 20
"""Seconds between two looks whether a satellite has fallen silent, and how many there are."""


class Bedside:
    """The satellites of a house, as the coach uses them."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, coach: Coach) -> None:
        self._hass, self._entry, self._coach = hass, entry, coach

    # ---- who is there -------------------------------------------------------------------------------

    def satellite_of(self, device: str | None) -> str | None:
        """Entity id of the satellite of a device; None for a chat."""
        if device is None:
            return None
        entries = er.async_entries_for_device(er.async_get(self._hass), device)
        return next((own.entity_id for own in entries if own.domain == SATELLITE), None)

    @property
    def bedtime(self) -> str:
        """What a person would say for the bedtime stretches."""
        return self._coach.bedtime

    def own(self, domain: Platform) -> str | None:
        """Entity id of our agent or of our voice."""
        return er.async_get(self._hass).async_get_entity_id(domain, DOMAIN, self._entry.entry_id)

    def pipeline(self, satellite: str) -> Pipeline | None:
        """The pipeline that a satellite is set to; None where the satellite is not there."""
        found = self._hass.data[SATELLITES].get_entity(satellite)
        if found is None:
            return None
        chosen = self._hass.states.get(found.pipeline_entity_id) if found.pipeline_entity_id else None
        named = {own.name: own for own in async_get_pipelines(self._hass)}
        return named.get(chosen.state if chosen else "") or async_get_pipeline(self._hass)

    # ---- what is asked of it ---------------------------------------------------------------------------

    async def start(self, satellite: str, words: str = "") -> None:
        """Begins on a satellite as if somebody there had called the coach, with `words` in the same breath.

        Raises:
            ServiceValidationError: not a satellite that can do it, or one that speaks and cannot be told to stop, with
                what to do.
        """
        device = self._checked(satellite)
        night = self._coach.night(device, satellite)
        async with night.lock:
            night.call_off()
            if not await self._silenced(satellite, device):
                raise self._refusal("busy", satellite)
            turn = await self._hass.async_add_executor_job(night.say, f"{self._coach.name} {words}".strip())
        self._play(night, turn)

    async def stop(self, satellite: str) -> None:
        """Ends the night on a satellite without a word, and what it plays where it can be told to."""
        registered = er.async_get(self._hass).async_get(satellite)
        if registered is None or registered.device_id is None:
            raise self._refusal("not_a_satellite", satellite)
        night = self._coach.night(registered.device_id, satellite)
        async with night.lock:
            night.call_off()
            await self._hass.async_add_executor_job(night.drop)
        await self._silenced(satellite, registered.device_id)

    def follow(self, night: Night) -> None:
        """After a reply: waits for an answer, and goes on as the coach does where there is none."""
        night.call_off()
        if night.satellite is not None and night.speaker.open:
            night.waiting = self._entry.async_create_background_task(
                self._hass, self._wait(night, night.satellite), f"{DOMAIN} waits"
            )

    # ---- how it is done ----------------------------------------------------------------------------------

    async def _silenced(self, satellite: str, device: str) -> bool:
        """Stops what a satellite plays, through the media player that most have; whether it is silent now."""
        if self._speaks(satellite):
            beside = er.async_entries_for_device(er.async_get(self._hass), device)
            players = [own.entity_id for own in beside if own.domain == Platform.MEDIA_PLAYER]
            if players:
                data = {ATTR_ENTITY_ID: players}
                await self._hass.services.async_call(Platform.MEDIA_PLAYER, SERVICE_MEDIA_STOP, data, blocking=True)
            for _ in range(_LOOKS):
                if not self._speaks(satellite):
                    break
                await asyncio.sleep(_LOOK)
        return not self._speaks(satellite)

    def _speaks(self, satellite: str) -> bool:
        state = self._hass.states.get(satellite)
        return state is not None and state.state == State.RESPONDING

    async def _wait(self, night: Night, satellite: str) -> None:
        if not await self._silent(night, satellite):
            # Whoever stopped it may still speak for as long as they would have been asked; then the night is over.
            await asyncio.sleep(max(0.0, night.played.ends + _ANSWERS - night.clock()))
            night.waiting = None
            async with night.lock:
                await self._hass.async_add_executor_job(night.drop)
            return
        async with night.lock:
            turn = await self._hass.async_add_executor_job(night.stay_silent)
        # This task has done its work: what is played next has a task of its own.
        night.waiting = None
        self._play(night, turn)

    async def _silent(self, night: Night, satellite: str) -> bool:
        """Waits until nobody has answered. False, and no more is said: it was stopped, or the satellite has gone."""
        changed = asyncio.Event()

        @callback
        def note(_: Event[EventStateChangedData]) -> None:
            changed.set()

        forget: CALLBACK_TYPE = async_track_state_change_event(self._hass, satellite, note)
        try:
            return await self._watch(night, satellite, changed)
        finally:
            forget()

    async def _watch(self, night: Night, satellite: str, changed: asyncio.Event) -> bool:
        played = night.played
        asked = responding = called = False
        while True:
            changed.clear()
            state = self._hass.states.get(satellite)
            now = night.clock()
            match state.state if state else None:
                case State.LISTENING if now >= played.ends - _ON_TIME:
                    asked = True
                case State.LISTENING:
                    # Somebody called it in the middle. What they say comes to the agent, which calls this off.
                    called = True
                    played.since = now - played.seconds
                case State.RESPONDING:
                    responding, asked = True, False
                case State.IDLE if asked:
                    return True
                case State.IDLE if responding and not called and played.lengths and now < played.ends - _EARLY:
                    return False
                case State.IDLE if now >= played.ends + _ANSWERS:
                    return True
                case _ if state is None or state.state == STATE_UNAVAILABLE:
                    return False
            # Once that is over, only the satellite itself has news: it still listens, or hears.
            left = played.ends + _ANSWERS - now
            with suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), left if left > 0 else None)

    def _play(self, night: Night, turn: Turn) -> None:
        """Plays a turn on the night's satellite, which listens after it where the coach asks."""
        voice, satellite = self.own(Platform.TTS), night.satellite
        if not turn.words or voice is None or satellite is None:
            return
        self._coach.remember(turn)
        keep_no_sound(self._hass, voice)
        self.follow(night)
        sound = tts.generate_media_source_id(self._hass, turn.words, engine=voice, cache=False)
        self._entry.async_create_background_task(
            self._hass, self._announce(satellite, sound, night.speaker.open), f"{DOMAIN} plays"
        )

    async def _announce(self, satellite: str, sound: str, listens: bool) -> None:
        state = self._hass.states.get(satellite)
        can = Feature(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0)) if state else Feature(0)
        if listens and Feature.START_CONVERSATION in can:
            action, data = "start_conversation", {"start_media_id": sound}
        elif Feature.ANNOUNCE in can:
            action, data = "announce", {"media_id": sound}
        else:
            return
        try:
            target = {ATTR_ENTITY_ID: satellite, "preannounce": False}
            await self._hass.services.async_call(SATELLITE, action, target | data, blocking=True)
        except HomeAssistantError as error:
            LOGGER.warning("%s did not play: %s", satellite, type(error).__name__)

    def _checked(self, satellite: str) -> str:
        """The device of a satellite that can begin by itself."""
        registered = er.async_get(self._hass).async_get(satellite)
        state = self._hass.states.get(satellite)
        if registered is None or registered.domain != SATELLITE or registered.device_id is None or state is None:
            raise self._refusal("not_a_satellite", satellite)
        can = Feature(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0))
        if Feature.ANNOUNCE not in can and Feature.START_CONVERSATION not in can:
            raise self._refusal("cannot_begin", satellite)
        pipeline = self.pipeline(satellite)
        if pipeline is None or pipeline.conversation_engine != self.own(Platform.CONVERSATION):
            raise self._refusal("other_agent", satellite)
        return registered.device_id

    def _refusal(self, key: str, satellite: str) -> ServiceValidationError:
        return ServiceValidationError(
            translation_domain=DOMAIN, translation_key=key, translation_placeholders={"satellite": satellite}
        )
