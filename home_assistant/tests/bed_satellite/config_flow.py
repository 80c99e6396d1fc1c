from __future__ import annotations

from typing import Any

import voluptuous as vol
from homeassistant.config_entries import ConfigFlow, ConfigFlowResult


class BedConfigFlow(ConfigFlow, domain="bed_satellite"):
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        if user_input is not None:
            return self.async_create_entry(title="Bed", data=user_input)
        schema = vol.Schema({vol.Required("recordings"): str, vol.Required("base"): str})
        return self.async_show_form(step_id="user", data_schema=schema)
