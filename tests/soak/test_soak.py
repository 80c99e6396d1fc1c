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


def test_an_emergency_that_is_not_heard_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.soak import soak as module

    monkeypatch.setattr(module, "sentences", lambda: {"emergency": ("my calf is tight",)})
    soak = Soak()
    soak.speaker.say("open cramp coach")
    soak.in_own_words(soak.speaker, None)
    assert any(own.startswith("emergency: 'my calf is tight'") for own in soak.invalid)


def test_the_page_is_a_host_too() -> None:
    soak = Soak()
    before = soak.turns
    for _ in range(20):
        soak.on_the_page()
    assert soak.turns > before
    assert not soak.invalid
