"""Times of day as people say them, and what only sounds like one."""

from __future__ import annotations

import pytest

from speaker.nlu.clock_times import clock_times
from speaker.nlu.normalize import spoken


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("half past nine", "09:30"),
        ("half nine", "09:30"),
        ("nine thirty", "09:30"),
        ("9:30 pm", "21:30"),
        ("21:45", "21:45"),
        ("ten o'clock", "10:00"),
        ("a quarter to ten", "09:45"),
        ("quarter past ten in the evening", "22:15"),
        ("twenty to eleven", "10:40"),
        ("nine oh five", "09:05"),
        ("eleven at night", "23:00"),
        ("twelve am", "00:00"),
        ("ten", "10:00"),
    ],
)
def test_a_time(said: str, time: str) -> None:
    words = spoken(said).split()
    assert clock_times(words)[0, len(words)] == time


@pytest.mark.parametrize("said", ["thirty seconds", "two to three", "thirty", "half", "a", "ten more minutes", ""])
def test_no_time(said: str) -> None:
    assert not clock_times(spoken(said).split())


def test_an_hour_alone_counts_only_where_a_time_is_told() -> None:
    assert clock_times("at ten".split()) == {(1, 2): "10:00"}
    assert not clock_times("i did ten of them".split())
