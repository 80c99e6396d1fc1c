"""Which locale the coach speaks: from the country that Home Assistant is set to, since that decides the numbers."""

from __future__ import annotations

from homeassistant.core import HomeAssistant

from cramp_coach.speaker.nlu.interaction_model import MODELS

LANGUAGE = "en"
"""The one language with content so far."""
FALLBACK_MODEL = "en-US"
"""What people say, in a country that has no model of its own."""
UNKNOWN_COUNTRY = "ZZ"
"""As ISO 3166 reserves it for users: "your emergency number" is said, and no digits."""


def shipped() -> list[str]:
    """The locales with a model of what people say, sorted."""
    return sorted(path.stem for path in MODELS.glob(f"{LANGUAGE}-??.json"))


def locale_of(hass: HomeAssistant) -> str:
    """The locale for the country of this house, whether or not it is shipped: the content answers for any.

    A country without numbers of its own gets "Call your emergency number", never another country's digits.
    """
    return f"{LANGUAGE}-{hass.config.country or UNKNOWN_COUNTRY}"


def model_of(locale: str) -> str:
    """The locale whose model is used to understand people there."""
    return locale if locale in shipped() else FALLBACK_MODEL
