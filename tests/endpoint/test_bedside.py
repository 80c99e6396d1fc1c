from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from skill.app import create
from skill.speech import Silence, Speech
from speaker.page.device_pool import Gone, Speakers
from speaker.page.hold_progress import parts
from speaker.page.loopback_only import fault, is_own
from tests.ears import speaker_for
from tests.endpoint.running import Answer, coach, running, send


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running(coach(None, page=True)) as own:
        yield own


def post(port: int, path: str, body: Any, **headers: str) -> Answer:
    sent = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    return send(port, body if isinstance(body, bytes) else json.dumps(body).encode(), sent, path=path)


# ---- who may see it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:{port}"}, 200),
        ({"Host": "evil.example:{port}"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"X-Forwarded-For": "203.0.113.9"}, 403),
        ({"Forwarded": "for=203.0.113.9"}, 403),
        ({"Via": "1.1 proxy"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/", "/static/main.js", "/bedside/locales"])
def test_only_this_machines_browser_sees_the_page(port: int, path: str, headers: dict[str, str], status: int) -> None:
    filled = {name: value.format(port=port) for name, value in headers.items()}
    answer = send(port, None, filled, "GET", path)
    assert answer.status == status
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "http://localhost:1", ""])
def test_no_other_page_may_talk_to_the_speaker(port: int, origin: str) -> None:
    assert post(port, "/bedside/open", {"locale": "en-US"}, Origin=origin).status == 403
    assert post(port, "/bedside/open", {"locale": "en-US"}).status == 200


def test_a_post_without_an_origin_is_nobodys() -> None:
    headers = {"Host": "127.0.0.1:8080"}
    assert fault("POST", headers, "127.0.0.1", 8080) is not None
    assert fault("GET", headers, "127.0.0.1", 8080) is None
    assert fault("GET", headers, "192.0.2.1", 8080) is not None
    assert fault("GET", headers, "", 8080) is not None


def test_any_loopback_number_is_this_machine_and_no_name_that_looks_like_one_is() -> None:
    for host in ("127.0.0.1:81", "127.0.0.2:81", "LocalHost:81", "[::1]:81"):
        assert is_own(host, 81), host
    wrong = "127.0.0.1 127.0.0.1:80 127.1:81 0.0.0.0:81 192.0.2.1:81 a.127.0.0.1:81 127.0.0.1.a:81 ::1:81 [::1] :81"
    for host in ("", "[::2]:81", *wrong.split()):
        assert not is_own(host, 81), host
    assert is_own("localhost", 80) and is_own("[::1]", 80) and is_own("127.0.0.1:80", 80)


def test_a_page_at_another_loopback_address_is_shown() -> None:
    with running(coach(None, page=True), host="127.0.0.2") as own:
        there = {"Host": f"127.0.0.2:{own}", "Origin": f"http://127.0.0.2:{own}"}
        answer = send(own, None, there, "GET", "/", "127.0.0.2")
        assert answer.status == 200 and f"frame-src http://127.0.0.2:{own}/screen/" in str(answer.headers)


def test_there_is_no_page_where_others_could_come() -> None:
    with running(coach(None, page=False)) as own:
        assert send(own, None, {}, "GET", "/").status == 404
        assert post(own, "/bedside/open", {}).status == 404


def test_without_verification_only_this_machine_is_answered(port: int) -> None:
    body = json.dumps({"version": "1.0", "request": {"type": "LaunchRequest", "locale": "en-US"}}).encode()
    json_ = {"Content-Type": "application/json"}
    assert send(port, body, json_).status == 200
    refused = (
        {"X-Forwarded-For": "203.0.113.9"},
        {"Host": f"evil.example:{port}"},  # a name that was rebound to this machine
        {"Origin": "https://evil.example"},
        {"Origin": f"http://127.0.0.1:{port}"},
    )
    for headers in refused:
        assert send(port, body, {**json_, **headers}).status == 400, headers


# ---- what it takes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/bedside/open", b"{", 400),
        ("/bedside/open", [], 400),
        ("/bedside/open", b"[" * 60_000, 400),
        ("/bedside/open", {"locale": "xx-XX"}, 400),
        ("/bedside/open", {"locale": ["en-US"]}, 400),
        ("/bedside/open", {"locale": "../../etc/passwd"}, 400),
        ("/bedside/say", {"tab": "none", "text": "yes"}, 404),
        ("/bedside/say", {"tab": {"a": 1}, "text": "yes"}, 404),
        ("/bedside/touch", {"tab": "none", "arguments": ["next"]}, 404),
        ("/bedside/touch", {"tab": "TAB"}, 400),
        ("/bedside/touch", {"tab": "TAB", "arguments": []}, 400),
        ("/bedside/touch", {"tab": "TAB", "arguments": ["next"] * 5}, 400),
        ("/bedside/touch", {"tab": "TAB", "arguments": [{"a": 1}]}, 400),
        ("/bedside/touch", {"tab": "TAB", "arguments": ["a" * 301]}, 400),
        ("/bedside/touch", b'{"tab": "TAB", "arguments": [NaN]}', 400),
        ("/bedside/touch", b'{"tab": "TAB", "arguments": [1e999]}', 400),
        ("/bedside/say", {"tab": "TAB", "text": ""}, 400),
        ("/bedside/say", {"tab": "TAB", "text": 7}, 400),
        ("/bedside/say", {"tab": "TAB", "text": "a" * 301}, 400),
        ("/bedside/say", {"tab": "TAB", "text": "yes", "after": -1}, 400),
        ("/bedside/say", {"tab": "TAB", "text": "yes", "after": 1e9}, 400),
        ("/bedside/say", {"tab": "TAB", "text": "yes", "after": "soon"}, 400),
        ("/bedside/say", b'{"tab": "TAB", "text": "yes", "after": NaN}', 400),
        ("/bedside/silence", {}, 404),
        ("/bedside/nothing", {}, 404),
    ],
)
def test_what_is_no_use_is_refused(port: int, path: str, body: Any, status: int) -> None:
    tab = json.loads(post(port, "/bedside/open", {"locale": "en-US"}).body)["tab"]
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = post(port, path, raw.replace(b"TAB", tab.encode()))
    assert answer.status == status and "Traceback" not in answer.text


def test_no_file_but_the_pages_own(port: int) -> None:
    for path in ("/static/../page.py", "/static/%2e%2e/page.py", "/static/..%2fpage.py", "/static//etc/passwd"):
        assert send(port, None, {}, "GET", path).status == 404


def test_a_turn_over_json(port: int) -> None:
    tab = json.loads(post(port, "/bedside/open", {"locale": "en-US"}).body)["tab"]
    turn = json.loads(post(port, "/bedside/say", {"tab": tab, "text": "alexa, open cramp coach"}).body)
    assert turn["light"] == "listening" and turn["request"]["request"]["type"] == "LaunchRequest"
    assert turn["plays"][0]["words"] and turn["plays"][0]["hold"] is None
    silence = json.loads(post(port, "/bedside/silence", {"tab": tab}).body)
    assert silence["light"] == "reprompting" and silence["request"] is None
    over = json.loads(post(port, "/bedside/silence", {"tab": tab}).body)
    assert over["light"] == "closed" and over["request"]["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"


# ---- holds --------------------------------------------------------------------------------------------


def test_the_cues_of_a_hold_are_part_of_it() -> None:
    events = (Speech("For 30 seconds.", 1), Silence(14), Speech("Halfway.", 1), Silence(15), Speech("Ease off.", 1))
    assert [(part.at, part.of) if part else None for part in parts(events)] == [
        None,
        (0, 30),
        (14, 30),
        (15, 30),
        None,
    ]


def test_two_holds_with_a_word_between_them_are_two() -> None:
    events = (Speech("For 10 seconds.", 1), Silence(10), Speech("Rest.", 0.4), Silence(9.6))
    assert [part.of if part else None for part in parts(events)] == [None, 10, None, 9.6]


def test_without_a_number_the_cues_still_belong() -> None:
    events = (Speech("Wait.", 1), Silence(5), Speech("Soon.", 1), Silence(4), Speech("Go.", 1), Speech("On.", 1))
    assert [part.of if part else None for part in parts(events)] == [None, 10, 10, 10, None, None]


def test_a_breath_between_sentences_is_no_hold() -> None:
    assert parts((Speech("One.", 1), Silence(0.5), Speech("Two.", 1))) == (None, None, None)
    assert parts(()) == ()


@pytest.mark.parametrize("muscle", ["calf", "foot", "toes", "shin", "hamstring", "thigh", "inner thigh"])
def test_every_hold_of_every_routine_is_as_long_as_is_said(muscle: str) -> None:
    speaker = speaker_for(create())
    turns = [speaker.say("alexa, open cramp coach"), speaker.say(f"it's my {muscle}")]
    while speaker.open and len(turns) < 12:
        turns.append(speaker.say("no"))
    found = 0
    for turn in turns:
        marked = parts(turn.plays)
        for index, part in enumerate(marked):
            if part and part.at == 0:
                before = " ".join(e.text for e in turn.plays[:index] if isinstance(e, Speech))
                assert f"{part.of:g} seconds" in before
                found += 1
    assert found >= 3


# ---- speakers -----------------------------------------------------------------------------------------


def test_there_are_only_so_many_speakers_and_the_oldest_makes_room() -> None:
    now = [0.0]
    speakers = Speakers(create(), most=3, idle=100, clock=lambda: now[0])
    names = [speakers.open("en-US")[0] for _ in range(3)]
    speakers.find(names[0])
    speakers.open("en-US")
    assert len(speakers) == 3
    speakers.find(names[0])
    with pytest.raises(Gone):
        speakers.find(names[1])


def test_an_idle_speaker_is_forgotten() -> None:
    now = [0.0]
    speakers = Speakers(create(), idle=100, clock=lambda: now[0])
    name, _ = speakers.open("en-US")
    now[0] = 99
    speakers.find(name)
    now[0] = 250
    with pytest.raises(Gone):
        speakers.find(name)
    assert len(speakers) == 0


def test_tabs_do_not_hear_each_other() -> None:
    speakers = Speakers(create())
    (_, one), (_, other) = speakers.open("en-US"), speakers.open("en-GB")
    one.say("alexa, open cramp coach", None)
    assert one.speaker.open and not other.speaker.open
    assert one.speaker.device.user_id != other.speaker.device.user_id


def test_time_goes_by_while_a_speaker_is_closed() -> None:
    now = [0.0]
    _, tab = Speakers(create(), clock=lambda: now[0]).open("en-US")
    tab.say("alexa, open cramp coach", None)
    tab.say("stop", None)
    closed = tab.speaker.now
    now[0] = 600
    tab.say("hello", None)
    assert tab.speaker.now - closed == pytest.approx(602, abs=3)
