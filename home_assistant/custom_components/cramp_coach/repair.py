"""Tells the people of the house what would break a night: a pipeline that lets another voice speak without pauses."""

from __future__ import annotations

from homeassistant.components.assist_pipeline.pipeline import async_get_pipelines
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .bedside import Bedside
from .const import DOMAIN

ISSUE = "voice_without_pauses"


@callback
def check_voices(hass: HomeAssistant, bedside: Bedside) -> None:
    """Raises an issue for pipelines that have our agent and not our voice, and takes it back once there are none."""
    agent, voice = bedside.own(Platform.CONVERSATION), bedside.own(Platform.TTS)
    wrong = [
        own.name
        for own in async_get_pipelines(hass)
        if own.conversation_engine == agent and own.tts_engine not in (None, voice)
    ]
    if not wrong:
        ir.async_delete_issue(hass, DOMAIN, ISSUE)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        ISSUE,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key=ISSUE,
        translation_placeholders={"pipelines": ", ".join(sorted(wrong))},
    )
