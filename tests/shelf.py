"""A store of places in memory, behind the SDK's interface, that one can look into."""

from __future__ import annotations

from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

from skill.memory import owed


class Shelf(AbstractPersistenceAdapter):  # type: ignore[misc]  # untyped to us
    """One person's place; nothing of it outlives the test."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    @property
    def kept(self) -> dict[str, Any]:
        """What is kept once nothing is owed any more."""
        assert owed.settled(self, 30)
        return self._kept

    @kept.setter
    def kept(self, place: dict[str, Any]) -> None:
        assert owed.settled(self, 30)
        self._kept = place

    def get_attributes(self, request_envelope: object) -> dict[str, Any]:
        return dict(self._kept)

    def save_attributes(self, request_envelope: object, attributes: dict[str, Any]) -> None:
        self._kept = dict(attributes)

    def delete_attributes(self, request_envelope: object) -> None:
        self._kept = {}
