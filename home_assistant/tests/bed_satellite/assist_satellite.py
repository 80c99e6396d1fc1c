"""The satellite. It behaves as an ESPHome one does: it fetches the sound that it is told of, plays it for as long as it
lasts, listens again where asked to, and stops what it plays when it is called."""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import time
import wave
from collections.abc import AsyncIterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import run
from typing import Any
from urllib.parse import parse_qs, urlparse

import voluptuous as vol
from homeassistant.components.assist_pipeline import PipelineEvent, PipelineEventType
from homeassistant.components.assist_satellite import (
    AssistSatelliteAnnouncement,
    AssistSatelliteConfiguration,
    AssistSatelliteEntity,
    AssistSatelliteEntityFeature,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_platform
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

LISTENS = 5.0
"""Seconds that the microphone stays open for somebody to begin."""
_CHUNK = 320


async def async_setup_entry(
    hass: HomeAssistant, entry: ConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    async_add_entities([BedSatellite(entry)])
    platform = entity_platform.async_get_current_platform()
    platform.async_register_entity_service("speak_to", {vol.Required("words"): str}, "async_speak_to")
    platform.async_register_entity_service("cut_off", {}, "async_cut_off")


class BedSatellite(AssistSatelliteEntity):
    _attr_has_entity_name = True
    _attr_name = None
    _attr_unique_id = "bed"
    _attr_supported_features = AssistSatelliteEntityFeature.ANNOUNCE | AssistSatelliteEntityFeature.START_CONVERSATION
    _attr_device_info = DeviceInfo(identifiers={("bed_satellite", "bed")}, name="Bed")
    _attr_tts_options = {
        "preferred_format": "wav",
        "preferred_sample_rate": 16000,
        "preferred_sample_channels": 1,
        "preferred_sample_bytes": 2,
    }

    def __init__(self, entry: ConfigEntry) -> None:
        self._entry = entry
        self._folder = Path(entry.data["recordings"])
        self._numbers = itertools.count(1)
        self._words: asyncio.Queue[str] = asyncio.Queue()
        self._ended = asyncio.Event()
        self._continues = False
        self._listening = False
        self._writer = ThreadPoolExecutor(1)

    def async_get_configuration(self) -> AssistSatelliteConfiguration:
        return AssistSatelliteConfiguration([], [], 0)

    async def async_set_configuration(self, config: AssistSatelliteConfiguration) -> None:
        raise NotImplementedError

    # ---- what the test does ------------------------------------------------------------------------

    async def async_speak_to(self, words: str) -> None:
        """Somebody speaks: into the open microphone, or after the wake word, which ends whatever plays."""
        self._words.put_nowait(words)
        if not self._listening:
            self._ended.set()
            self._background(self._listen())

    async def async_cut_off(self) -> None:
        """The stop word of the satellite itself: it falls silent, and tells nobody why."""
        self._continues = False
        self._ended.set()

    # ---- what a satellite does -----------------------------------------------------------------------

    def on_pipeline_event(self, event: PipelineEvent) -> None:
        data = event.data or {}
        self._write({"event": str(event.type)})
        if event.type is PipelineEventType.INTENT_END:
            self._continues = data["intent_output"]["continue_conversation"]
        elif event.type is PipelineEventType.TTS_START:
            self._said = data["tts_input"]
        elif event.type is PipelineEventType.TTS_END:
            self._background(self._respond(data["tts_output"]["url"]))

    async def async_announce(self, announcement: AssistSatelliteAnnouncement) -> None:
        self._said = _words_of(announcement)
        await self._play(announcement.media_id)

    async def async_start_conversation(self, start_announcement: AssistSatelliteAnnouncement) -> None:
        self._continues = True
        self._said = _words_of(start_announcement)
        if await self._play(start_announcement.media_id) and self._continues:
            self._background(self._listen())

    async def _respond(self, url: str) -> None:
        heard_out = await self._play(url)
        self.tts_response_finished()
        if heard_out and self._continues:
            await self._listen()

    async def _play(self, url: str) -> bool:
        """Plays a sound for as long as it lasts; whether nothing ended it."""
        self._ended.clear()
        asked = time.monotonic()
        whole = url if url.startswith("http") else self._entry.data["base"] + url
        async with async_get_clientsession(self.hass).get(whole) as response:
            response.raise_for_status()
            data = await response.read()
        number = next(self._numbers)
        seconds = await self.hass.async_add_executor_job(self._record, number, data)
        self._write({"played": number, "says": self._said, "seconds": seconds, "waited": time.monotonic() - asked})
        try:
            await asyncio.wait_for(self._ended.wait(), seconds)
        except TimeoutError:
            return True
        return False

    async def _listen(self) -> None:
        self._listening = True
        self._write({"event": "listens"})
        try:
            await self.async_accept_pipeline_from_satellite(self._microphone())
        finally:
            self._listening = False

    async def _microphone(self) -> AsyncIterable[bytes]:
        try:
            words = (await asyncio.wait_for(self._words.get(), LISTENS)).encode()
        except TimeoutError:
            words = b""
        yield words.ljust((len(words) // _CHUNK + 1) * _CHUNK, b"\0")

    def _record(self, number: int, data: bytes) -> float:
        """Keeps a sound in the folder of the test; its seconds."""
        path = self._folder / f"{number:03}.wav"
        if data[:4] != b"RIFF":
            # An announcement comes in Home Assistant's own format, as a satellite would decode it.
            command = ["ffmpeg", "-loglevel", "error", "-i", "pipe:", "-ac", "1", "-ar", "16000", str(path)]
            run(command, input=data, check=True)
        else:
            path.write_bytes(data)
        with wave.open(io.BytesIO(path.read_bytes())) as file:
            # What is there: a sound that is served while it is made cannot tell its length beforehand.
            samples = len(file.readframes(file.getnframes())) / file.getsampwidth() / file.getnchannels()
            return samples / file.getframerate()

    def _write(self, line: dict[str, Any]) -> None:
        text = json.dumps({"at": time.time(), **line}) + "\n"

        def append() -> None:
            with (self._folder / "events.jsonl").open("a", encoding="utf-8") as file:
                file.write(text)

        self._writer.submit(append)

    def _background(self, coroutine: Any) -> None:
        self._entry.async_create_background_task(self.hass, coroutine, "bed")


def _words_of(announcement: AssistSatelliteAnnouncement) -> str:
    """What is spoken in an announcement of text-to-speech; empty for any other sound."""
    return "".join(parse_qs(urlparse(announcement.original_media_id).query).get("message", []))
