"""The models are built by many tests here."""

from tests.remembered import remembered

__all__ = ["remembered"]
