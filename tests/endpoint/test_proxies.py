"""The endpoint behind nginx and Caddy as documented, and behind a bare `proxy_pass` that says nothing."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from speaker.page.pass_code import PassCode
from speaker.page.visitors import Visitors
from tests.conftest import lacking
from tests.endpoint.authority import SKILL_ID, encode, launch
from tests.endpoint.running import Answer, coach, running, send
from tests.endpoint.sending import World, attempt, good, world

if TYPE_CHECKING:
    from tests.endpoint.authority import Authority

DOCUMENT = (Path(__file__).parents[2] / "docs" / "self-hosting.md").read_text(encoding="utf-8")
KEY = "of this start"
BARE = """
server {
    listen 443 ssl;
    location / { proxy_pass http://127.0.0.1:8080; }
}
"""
"""What people write. It drops nothing, adds nothing, and sends the server's own address as Host."""
QUIET = "proxy_set_header X-Forwarded-For ''; proxy_set_header X-Real-IP ''; proxy_set_header Via '';"


def block(kind: str, number: int = 0) -> str:
    """A block of configuration in the document."""
    found = re.findall(rf"```{kind}\n(.*?)```", DOCUMENT, re.DOTALL)
    return str(found[number])


def free_port() -> int:
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        return int(own.getsockname()[1])


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        lacking(f"expected the program {name}, found none. Hint: apt install {name}")
    return found


@contextmanager
def nginx(site: str, behind: int, folder: Path) -> Iterator[int]:
    """nginx with this site, without its TLS, in front of the port `behind`."""
    port = free_port()
    site = re.sub(r"listen \[::\].*?;|ssl_\w+ .*?;|server_name .*?;", "", site)
    site = site.replace("listen 443 ssl", f"listen 127.0.0.1:{port}").replace("127.0.0.1:8080", f"127.0.0.1:{behind}")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    conf.write_text(
        f"pid {folder}/pid; error_log stderr; daemon off; worker_processes 1;\nevents {{}}\n"
        f"http {{ access_log off;\n{temporary}{site} }}\n"
    )
    with started([program("nginx"), "-p", str(folder), "-c", str(conf), "-e", "stderr"], port):
        yield port


@contextmanager
def caddy(site: str, behind: int, folder: Path) -> Iterator[int]:
    """Caddy with this site, over plain HTTP, in front of the port `behind`."""
    port = free_port()
    site = re.sub(r"^[\w.]+ \{", f"http://:{port} {{\n    bind 127.0.0.1", site.strip())
    site = site.replace("127.0.0.1:8080", f"127.0.0.1:{behind}").replace("    tls internal\n", "")
    conf = folder / "Caddyfile"
    conf.write_text(f"{{\n    admin off\n    auto_https off\n}}\n{site}\n")
    with started([program("caddy"), "run", "--config", str(conf), "--adapter", "caddyfile"], port, HOME=str(folder)):
        yield port


@contextmanager
def started(command: list[str], port: int, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, **environment})
    try:
        for _ in range(600):
            with socket.socket() as own:
                if own.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                break
            time.sleep(0.05)
        assert process.poll() is None, process.stderr.read().decode() if process.stderr else ""
        yield
    finally:
        process.terminate()
        process.wait(20)


PROXIES = {"nginx": (nginx, "nginx", 0), "caddy": (caddy, "caddyfile", 0)}


@pytest.fixture(params=[*PROXIES, "bare", "bare and quiet"])
def proxied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[object]:
    """A function that puts this proxy in front of a port."""
    if request.param in PROXIES:
        begin, kind, number = PROXIES[request.param]
        yield lambda behind: begin(block(kind, number), behind, tmp_path)
        return
    site = BARE if request.param == "bare" else BARE.replace("proxy_pass", f"{QUIET} proxy_pass")
    yield lambda behind: nginx(site, behind, tmp_path)


@pytest.fixture(scope="module")
def amazon(authority: Authority) -> Iterator[World]:
    with world(authority) as own:
        yield own


def test_amazons_requests_get_through_and_nobody_elses(amazon: World, proxied: object) -> None:
    with proxied(amazon.port) as port:  # type: ignore[operator]
        through = World(amazon.authority, amazon.bucket, port)
        answer, why = attempt(through, good)
        assert answer.status == 200, why
        request = good(through)
        assert request.body is not None
        request.body += b" "
        assert send(port, request.body, request.headers).status == 400
        assert send(port, request.body, {"Content-Type": "application/json"}).status == 400


def test_with_a_skill_id_there_is_no_page_behind_any_proxy(amazon: World, proxied: object) -> None:
    with proxied(amazon.port) as port:  # type: ignore[operator]
        for path in ("/", "/static/main.js", "/bedside/locales"):
            assert send(port, None, {}, "GET", path).status == 404, path


def test_without_verification_nothing_that_comes_through_a_proxy_is_answered(proxied: object) -> None:
    """A bare one makes every request look like this machine's own; it does not know the key of the start."""
    body = encode(launch())
    plain = {"Content-Type": "application/json"}
    with running(coach(None, SKILL_ID, key=KEY)) as behind:
        assert send(behind, body, {**plain, "X-Cramp-Coach-Key": KEY}).status == 200
        with proxied(behind) as port:  # type: ignore[operator]
            own = {"Host": f"127.0.0.1:{behind}"}
            for headers in ({}, own, {"X-Cramp-Coach-Key": "guessed"}, {"X-Forwarded-For": "127.0.0.1"}):
                assert send(port, body, {**plain, **headers}).status == 400, headers


def test_a_page_that_was_asked_for_asks_for_its_code_behind_any_proxy(proxied: object) -> None:
    app = coach(None, SKILL_ID, page=True, visitors=Visitors(PassCode()))
    with running(app) as behind, proxied(behind) as port:  # type: ignore[operator]
        assert "main.js" not in send(port, None, {}, "GET", "/").text
        assert send(port, None, {}, "GET", "/bedside/locales").status in (401, 403, 404)


@pytest.mark.parametrize("name", PROXIES)
def test_the_page_at_a_proxys_https_address_as_documented(name: str, tmp_path: Path) -> None:
    begin, kind, _ = PROXIES[name]
    code = PassCode()
    host = "bedside.home"
    app = coach(None, SKILL_ID, page=True, visitors=Visitors(code, f"https://{host}"))
    with running(app) as behind, begin(block(kind, 1), behind, tmp_path) as port:

        def ask(method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
            sent = {"Host": host, **headers} | ({"Origin": f"https://{host}"} if body else {})
            return send(port, body, sent, method, path)

        assert 'action="/bedside/code"' in ask("GET", "/").text
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        entered = ask("POST", "/bedside/code", urlencode({"code": code.text}).encode(), **form)
        known = entered.headers["Set-Cookie"].partition(";")[0]
        assert "main.js" in ask("GET", "/", Cookie=known).text
        opened = ask(
            "POST", "/bedside/open", b'{"locale": "en-US"}', Cookie=known, **{"Content-Type": "application/json"}
        )
        assert opened.status == 200
