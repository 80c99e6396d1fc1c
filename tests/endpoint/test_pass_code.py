"""The page on another device: only with the code, only from the same network, and guessing gets nowhere."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from endpoint.serve import greeting, visitors_of
from endpoint.server_settings import BadSettings, Settings
from speaker.page.pass_code import COOKIE, LENGTH, TRIES, TRIES_ALL, PassCode, TooMany
from speaker.page.visitors import Visitors, is_near
from tests.endpoint.running import Answer, coach, running, send

ID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
AT = "https://bedside.example"


@pytest.fixture
def code() -> PassCode:
    return PassCode()


@pytest.fixture
def port(code: PassCode) -> Iterator[int]:
    with running(coach(None, page=True, visitors=Visitors(code))) as own:
        yield own


def enter(port: int, code: str, **headers: str) -> Answer:
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}", **headers}
    return send(port, urlencode({"code": code}).encode(), form, path="/bedside/code")


def cookie(answer: Answer) -> dict[str, str]:
    return {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}


def opens(port: int, **headers: str) -> Answer:
    sent = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}", **headers}
    return send(port, json.dumps({"locale": "en-US"}).encode(), sent, path="/bedside/open")


def test_without_the_code_there_is_the_question_for_it_and_nothing_else(port: int) -> None:
    asked = send(port, None, {}, "GET", "/")
    assert asked.status == 200
    assert 'action="/bedside/code"' in asked.text
    assert "main.js" not in asked.text
    assert "form-action 'self'" in asked.headers["Content-Security-Policy"]
    assert send(port, None, {}, "GET", "/bedside/locales").status == 401
    assert opens(port).status == 401
    assert opens(port, Cookie=f"{COOKIE}=guessed").status == 401


def test_with_the_code_a_device_is_known_from_then_on(port: int, code: PassCode) -> None:
    entered = enter(port, f" {code.shown.upper()} ")
    assert (entered.status, entered.headers["Location"]) == (303, "/")
    for flag in ("HttpOnly", "SameSite=Strict"):
        assert flag in entered.headers["Set-Cookie"]
    known = cookie(entered)
    page = send(port, None, known, "GET", "/")
    assert "main.js" in page.text
    assert "form-action 'none'" in page.headers["Content-Security-Policy"]
    assert opens(port, **known).status == 200


def test_a_wrong_code_lets_nobody_in_and_the_right_one_after_too_many_neither(port: int, code: PassCode) -> None:
    for _ in range(TRIES):
        wrong = enter(port, "wrongone")
        assert (wrong.status, wrong.headers["Location"]) == (303, "/?wrong")
        assert "Set-Cookie" not in wrong.headers
    late = enter(port, code.text)
    assert late.headers["Location"] == "/?wait"
    assert "Set-Cookie" not in late.headers


def test_guessing_is_slow_from_one_address_and_from_all() -> None:
    now = [0.0]
    code = PassCode(clock=lambda: now[0])
    for number in range(TRIES_ALL):
        assert code.enter("wrongone", f"192.168.1.{number // TRIES}") is None
    with pytest.raises(TooMany):
        code.enter(code.text, "192.168.1.99")
    now[0] = 61.0
    assert code.enter(code.text, "192.168.1.99")


@pytest.mark.parametrize("typed", ["", "-", " ", "é" * 8, "k" * 10_000])
def test_no_odd_code_is_right(typed: str) -> None:
    assert PassCode().enter(typed, "192.168.1.2") is None


def test_every_start_has_another_code_of_signs_that_nobody_confuses() -> None:
    codes = {PassCode().text for _ in range(200)}
    assert len(codes) == 200
    assert all(len(own) == LENGTH and not set(own) & set("01ilo") for own in codes)
    assert PassCode("My-Own-Code-9").enter("my own code 9", "::1")


def test_a_device_is_forgotten_in_the_end() -> None:
    now = [0.0]
    code = PassCode(clock=lambda: now[0])
    secret = code.enter(code.text, "192.168.1.2")
    assert secret
    assert code.knows(secret)
    now[0] = 15 * 86400.0
    assert not code.knows(secret)
    assert not code.knows("")


# ---- from where


@pytest.mark.parametrize("remote", ["127.0.0.1", "::1", "192.168.1.7", "10.0.0.3", "172.16.9.9", "fe80::1", "fd00::2"])
def test_the_local_network_is_near(remote: str) -> None:
    assert is_near(remote)
    assert is_near(f"::ffff:{remote}") or ":" in remote


@pytest.mark.parametrize("remote", ["203.0.114.9", "8.8.8.8", "2600::1", "::ffff:8.8.8.8", "", "x", "0.0.0.0", "::"])
def test_the_internet_is_not(remote: str) -> None:
    assert not is_near(remote)
    visitors = Visitors(PassCode())
    assert visitors.fault("GET", {"Host": "192.168.1.5:8080"}, remote, 8080) is not None


def test_a_tablet_comes_by_number_or_by_the_machines_name() -> None:
    visitors = Visitors(PassCode())
    for host in (
        "192.168.1.5:8080",
        "[fd00::2]:8080",
        f"{socket.gethostname()}:8080",
        f"{socket.gethostname()}.local:8080",
    ):
        headers = {"Host": host, "Origin": f"http://{host.lower()}"}
        assert visitors.fault("POST", headers, "192.168.1.7", 8080) is None, host
    for host in ("evil.example:8080", "8.8.8.8:8080", "192.168.1.5:1", "192.168.1.5"):
        headers = {"Host": host, "Origin": f"http://{host}"}
        assert visitors.fault("POST", headers, "192.168.1.7", 8080) is not None, host


def test_behind_a_proxy_the_page_has_the_proxys_address_alone() -> None:
    visitors = Visitors(PassCode(), AT)
    forwarded = {"Host": "bedside.example", "X-Forwarded-For": "203.0.113.9"}
    assert visitors.fault("GET", forwarded, "127.0.0.1", 8080) is None
    assert visitors.fault("POST", {**forwarded, "Origin": AT}, "127.0.0.1", 8080) is None
    for origin in ("http://bedside.example", "https://evil.example", "null"):
        assert visitors.fault("POST", {**forwarded, "Origin": origin}, "127.0.0.1", 8080) is not None
    assert visitors.fault("GET", {"Host": "127.0.0.1:8080"}, "127.0.0.1", 8080) is not None
    assert Visitors(PassCode()).fault("GET", {**forwarded, "Host": "127.0.0.1:8080"}, "127.0.0.1", 8080) is not None


def test_over_https_the_cookie_is_for_https_alone(code: PassCode) -> None:
    with running(coach(None, page=True, visitors=Visitors(code, AT))) as port:
        answer = enter(port, code.text, Host="bedside.example", Origin=AT)
        assert "Secure" in answer.headers["Set-Cookie"]
        page = send(port, None, {"Host": "bedside.example", **cookie(answer)}, "GET", "/")
        assert f"frame-src {AT}/screen/" in page.headers["Content-Security-Policy"]


# ---- settings


def settings(host: str = "127.0.0.1", page: str = "auto", **environment: str) -> Settings:
    return Settings.read(host, 8080, 4, {"CRAMP_COACH_MEMORY": "none", **environment}, page)


def test_the_page_is_for_this_machine_and_with_a_skill_id_it_is_off_unless_asked_for() -> None:
    assert settings().page == "here"
    assert settings(CRAMP_COACH_SKILL_ID=ID).page == "off"
    assert settings(page="off").page == "off"
    asked = settings(page="on", CRAMP_COACH_SKILL_ID=ID)
    assert asked.page == "code"
    assert visitors_of(asked).code is not None
    assert settings("0.0.0.0", CRAMP_COACH_SKILL_ID=ID).page == "off"


def test_at_an_address_that_others_reach_there_is_a_code_and_without_a_skill_id_no_endpoint() -> None:
    alone = settings("0.0.0.0", "on")
    assert (alone.page, alone.endpoint) == ("code", False)
    visitors = visitors_of(alone)
    assert visitors.code is not None
    said = "\n".join(greeting(alone, 8080, visitors))
    assert visitors.code.shown in said
    assert "/alexa" not in said
    assert settings("0.0.0.0", "on", CRAMP_COACH_SKILL_ID=ID).endpoint


def test_an_address_of_a_proxy_has_a_code_too() -> None:
    proxied = settings(page="https://Bedside.example/")
    assert visitors_of(proxied).at == AT
    assert visitors_of(proxied).code is not None


@pytest.mark.parametrize("page", ["yes", "http://bedside.example", "https://", "https://a b", "https://x/path"])
def test_anything_else_is_refused_with_the_choices(page: str) -> None:
    with pytest.raises(BadSettings, match="--page: expected auto, on, off or an address"):
        settings(page=page)


@pytest.mark.parametrize("code", ["short", "1-2-3-4", "ééééééééé"])
def test_a_code_of_ones_own_is_no_shorter(code: str) -> None:
    with pytest.raises(BadSettings, match="CRAMP_COACH_PAGE_CODE: expected 8 letters and digits or more"):
        settings(page="on", CRAMP_COACH_PAGE_CODE=code)
    assert visitors_of(settings("0.0.0.0", "on", CRAMP_COACH_PAGE_CODE="my-own-code-9")).code.text == "myowncode9"  # type: ignore[union-attr]


def test_a_server_for_the_page_alone_has_no_endpoint() -> None:
    from endpoint.application import create_app
    from skill.app import builder

    app = create_app(builder().create(), None, None)
    with running(app) as port:
        assert send(port, b"{}", {"Content-Type": "application/json"}).status == 404
