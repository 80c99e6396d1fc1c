"""The command itself, in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from tests.endpoint.running import running, send

ROOT = Path(__file__).parents[2]


@contextmanager
def command(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CRAMP_COACH")}
    with subprocess.Popen(
        [sys.executable, "-m", "workshop.cli", "web", "--port", "0", *arguments],
        cwd=ROOT,
        env={**clean, **environment},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_it_starts_answers_and_stops_gracefully(tmp_path: Path) -> None:
    with command(XDG_STATE_HOME=str(tmp_path)) as process:
        assert process.stderr is not None
        head = [process.stderr.readline() for _ in range(4)]
        found = re.search(r"http://127\.0\.0\.1:(\d+)/alexa", head[0])
        assert found, head
        port = int(found[1])
        answer = send(port, None, {}, "GET", "/healthz")
        assert answer.status == 200 and '"status":"ok"' in answer.text
        assert "Server" not in answer.headers or "waitress" not in answer.headers["Server"]
        assert send(port, b"{}", {"Content-Type": "application/json"}).status == 400
        assert send(port, None, {}, "GET", "/").status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        rest = process.stderr.read()
        assert rest.endswith("Stopped.\n") and "Traceback" not in rest
        assert '"why":"unsigned"' in rest


def test_it_refuses_a_public_address_without_a_skill_id() -> None:
    with command("--host", "0.0.0.0", CRAMP_COACH_MEMORY="none") as process:
        _, said = process.communicate(timeout=30)
        assert process.returncode == 2
        assert said.startswith("cramp-coach web: CRAMP_COACH_SKILL_ID") and "Traceback" not in said


def test_an_unknown_memory_is_refused() -> None:
    with command(CRAMP_COACH_MEMORY="floppy:a") as process:
        _, said = process.communicate(timeout=30)
        assert process.returncode == 2 and "sqlite:PATH" in said


def test_a_port_that_is_taken_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with command("--port", str(taken.getsockname()[1]), CRAMP_COACH_MEMORY="none") as process:
            _, said = process.communicate(timeout=30)
            assert process.returncode == 2 and "Hint: another --port" in said


def test_an_address_that_is_not_this_machines_is_said() -> None:
    id_ = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
    with command("--host", "192.0.2.7", CRAMP_COACH_MEMORY="none", CRAMP_COACH_SKILL_ID=id_) as process:
        _, said = process.communicate(timeout=30)
        assert process.returncode == 2 and "Hint: another --host" in said and "--port" not in said


def test_a_stop_lets_a_request_under_way_finish() -> None:
    app, begun, release = Flask(__name__), threading.Event(), threading.Event()

    @app.get("/slow")
    def slow() -> str:
        begun.set()
        release.wait(10)
        return "finished"

    answers = []
    with running(app) as port:
        asking = threading.Thread(target=lambda: answers.append(send(port, None, {}, "GET", "/slow").text))
        asking.start()
        assert begun.wait(10)
        threading.Timer(0.3, release.set).start()
    asking.join(10)
    assert answers == ["finished"]


def test_a_body_that_never_ends_holds_nobody_up_and_is_cut_off(monkeypatch: object) -> None:
    import endpoint.server as server

    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "here")
    before, server.RECEIVE = server.RECEIVE, 0.5
    try:
        with running(app, workers=1) as port:
            slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
            for own in slow:
                own.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
            assert send(port, None, {}, "GET", "/").text == "here"
            for own in slow:
                own.settimeout(10)
                assert own.recv(100) == b"", "closed without an answer"
                own.close()
            assert send(port, None, {}, "GET", "/").text == "here"
    finally:
        server.RECEIVE = before


def test_a_crowd_of_silent_connections_keeps_nobody_out() -> None:
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "here")
    with running(app) as port:
        crowd = []
        for _ in range(1000):
            try:
                crowd.append(socket.create_connection(("127.0.0.1", port), timeout=5))
            except OSError:
                break  # this process may open no more
            if len(crowd) > 400:
                break
        time.sleep(0)
        assert send(port, None, {}, "GET", "/").text == "here"
        for own in crowd:
            own.close()
