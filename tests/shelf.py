"""A store of places in memory, behind the SDK's interface, that one can look into."""

from __future__ import annotations

from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter


class Shelf(AbstractPersistenceAdapter):  # type: ignore[misc]  # untyped to us
    """One person's place; nothing of it outlives the test."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def get_attributes(self, request_envelope: object) -> dict[str, Any]:
        return dict(self.kept)

    def save_attributes(self, request_envelope: object, attributes: dict[str, Any]) -> None:
        self.kept = dict(attributes)

    def delete_attributes(self, request_envelope: object) -> None:
        self.kept = {}
