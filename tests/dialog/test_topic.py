"""What an answer was about comes back through the session attributes, and nothing else does."""

from __future__ import annotations

import pytest

from skill.dialog import State, controls, safety
from skill.dialog.topic import LONGEST, About, Line, Page, Signs, Topic, read_topic, said
from tests.dialog.turns import ADVICE, CALF, state_of, turn, words

TOPICS: list[Topic] = [
    About("remedies", "massage"),
    Page("causes"),
    Page("habits", 3),
    Signs(),
    Signs(3),
    Signs(0, "unknown_sign"),
    said(),
    said("no_sign"),
    said(Line("sign", "restless"), "book"),
    said(Line("noted", "pregnancy"), Line("noted", "statins")),
    said(Line("reason", "recent_surgery.plan"), "nothing_allowed"),
    said(Line("unknown", "habits")),
    said(Line("mark", "missed")),
]
NONE_AT_ALL: list[object] = [
    None,
    5,
    [],
    {},
    "",
    "claim",
    "claim/neck/massage",
    "claim/remedies/",
    "claim/remedies/massage/3",
    "list/answers",
    "list/causes/-1",
    "list/causes/٣",
    "list/causes/99999",
    "signs/x",
    "signs/0/goodnight",
    "say/",
    "say//book",
    "say/" + "x" * LONGEST,
    "say/\ud800",
    "neck/stretch",
]


@pytest.mark.parametrize("topic", TOPICS, ids=str)
def test_a_topic_comes_back(topic: Topic) -> None:
    assert read_topic(str(topic)) == topic
    assert State.from_json(CALF.with_(topic=topic).to_json()) == CALF.with_(topic=topic)


@pytest.mark.parametrize("raw", NONE_AT_ALL, ids=lambda raw: repr(raw)[:30])
def test_whatever_is_no_topic_is_none(raw: object) -> None:
    assert read_topic(raw) is None
    state = State.from_json({**CALF.to_json(), "topic": raw})
    assert state is not None
    assert (state.routine, state.topic) == ("calf", None)


@pytest.mark.parametrize("line", ["nobody", "hold_changed", "sign.nobody", "noted.", "reason.child", "reason.x.y"])
def test_what_the_content_does_not_hold_says_nothing(line: str) -> None:
    topic = read_topic(f"say/{line}")
    assert topic is not None
    state = State.from_json({**CALF.to_json(), "awaiting": "back", "topic": f"say/{line}"})
    assert not words(controls.repeat(turn(state)).script)


def test_the_reason_to_see_a_doctor_is_said_again() -> None:
    sign = next(own for name in ADVICE.symptoms() if (own := ADVICE.symptom(name)) and own.tier == "book")
    first = safety.volunteered(turn(CALF, symptom=sign.id))
    again = controls.whisper(turn(state_of(first)))
    assert ADVICE.say(sign.because) in words(first.script)
    assert words(again.script) == words(first.script)
