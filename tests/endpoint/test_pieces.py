"""Pieces of the server by themselves, where a whole request would not tell which of them held."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from endpoint.server import Server
from endpoint.verifiers import Refusal, SkillIdVerifier, Why
from speaker import Turn
from speaker.page.device_pool import Tab


@pytest.mark.parametrize("envelope", [{}, {"context": {}}, {"context": {"System": None}, "session": None}])
def test_an_envelope_that_names_no_skill_is_not_for_this_one(envelope: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        SkillIdVerifier("amzn1.ask.skill.ours").verify({}, "", envelope)
    assert refused.value.why is Why.SKILL_ID


class Playing(Turn):
    seconds = 40.0


class Closing:
    """A speaker whose session closes with every turn, which takes 40 seconds to play."""

    open = False

    def __init__(self) -> None:
        self.passed: list[float] = []

    def say(self, text: str, after: float | None) -> Turn:
        return Playing(text)

    def pass_time(self, seconds: float) -> None:
        self.passed.append(seconds)


def test_what_a_closed_session_still_plays_is_no_time_away() -> None:
    now = [0.0]
    speaker = Closing()
    tab = Tab(speaker, lambda: now[0])  # type: ignore[arg-type]
    tab.say("stop", None)
    now[0] = 100.0
    tab.say("continue", None)
    assert speaker.passed == [60.0]


def test_of_a_crowd_those_that_have_waited_longest_are_closed() -> None:
    server = Server(lambda environ, start: [], "127.0.0.1", 0, 1)
    server.adj.connection_limit = 8
    address = ("127.0.0.1", int(server.effective_port))
    crowd = []
    try:
        for _ in range(8):
            crowd.append(socket.create_connection(address))
            server._look(0.2)
        channels = sorted(server.active_channels.values(), key=lambda own: own.creation_time)
        assert len(channels) >= 5
        server.maintenance(time.time())
        closing = [channel.will_close for channel in channels]
        assert any(closing) and not all(closing)
        assert closing == sorted(closing, reverse=True)
    finally:
        for somebody in crowd:
            somebody.close()
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.task_dispatcher.shutdown(timeout=1)
        server.close()
        server.trigger.close()
