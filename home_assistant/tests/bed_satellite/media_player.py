"""The loudspeaker of the satellite, which can be told to stop."""

from __future__ import annotations

from homeassistant.components.media_player import MediaPlayerEntity, MediaPlayerEntityFeature, MediaPlayerState
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback


async def async_setup_entry(
    hass: HomeAssistant, entry: ConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    async_add_entities([BedLoudspeaker()])


class BedLoudspeaker(MediaPlayerEntity):
    _attr_has_entity_name = True
    _attr_name = None
    _attr_unique_id = "bed"
    _attr_state = MediaPlayerState.PLAYING
    _attr_supported_features = MediaPlayerEntityFeature.STOP
    _attr_device_info = DeviceInfo(identifiers={("bed_satellite", "bed")}, name="Bed")

    async def async_media_stop(self) -> None:
        """Ends what the satellite plays, as on the device itself."""
        await self.hass.services.async_call("bed_satellite", "cut_off", {"entity_id": "assist_satellite.bed"})
