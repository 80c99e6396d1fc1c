"""Nothing is kept: no sound of a reply on the disk, no place in a routine once the coach is removed.

Home Assistant's text-to-speech keeps every sound as a file named by a digest of its words, for good. A reply tells what
somebody had at night, so ours are kept in memory alone, for the minutes in which they are played.
"""

from __future__ import annotations

from pathlib import Path

from homeassistant.components.tts.const import DATA_TTS_MANAGER
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import STORAGE_DIR

from .const import PLACE_FILE


def places(hass: HomeAssistant) -> Path:
    """The file with the places in a routine."""
    return Path(hass.config.path(STORAGE_DIR, PLACE_FILE))


@callback
def keep_no_sound(hass: HomeAssistant, voice: str | None) -> None:
    """Before a reply is spoken: no file will be kept of it, and no earlier sound of the same words be played again.

    A pipeline has a setting for neither. Files are off for every sound that is on its way, since the reply may be
    spoken by another voice than ours. The same words sound different when they are whispered, or slower.
    """
    manager = hass.data[DATA_TTS_MANAGER]
    for stream in manager.token_to_stream.values():
        stream.use_file_cache = False
    for key in [key for key in manager.mem_cache if voice and key.endswith(f"_{voice}")]:
        manager.mem_cache.pop(key)


@callback
def sounds_of(hass: HomeAssistant, voice: str) -> list[Path]:
    """The files that text-to-speech has of our voice, which it forgets: those of a user's own actions."""
    manager = hass.data[DATA_TTS_MANAGER]
    ours = [key for key in manager.file_cache if key.endswith(f"_{voice}")]
    return [Path(manager.cache_dir) / manager.file_cache.pop(key) for key in ours]


def delete(paths: list[Path]) -> None:
    """Deletes the files that are there."""
    for path in paths:
        path.unlink(missing_ok=True)
