"""The soak itself works: a short one passes, and it sees a fault where there is one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.soak.soak import Soak


def test_a_short_soak() -> None:
    soak = Soak()
    while soak.turns < 400:
        soak.turn()
    assert not soak.invalid
    assert not soak.raised
    assert soak.sessions > 3


def test_a_fault_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    soak = Soak()
    good = soak.skill

    def forgetful(event: dict[str, Any], context: object) -> dict[str, Any]:
        response = good(event, context)
        response["response"].pop("reprompt", None)
        return response

    monkeypatch.setattr(soak, "skill", forgetful)
    soak.turn()
    assert any("there is no reprompt" in fault for fault in soak.invalid)
