"""The check of content is repeated in most tests here."""

from tests.remembered import remembered

__all__ = ["remembered"]
