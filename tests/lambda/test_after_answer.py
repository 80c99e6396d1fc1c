"""What is owed to the table reaches it after the answer, though Lambda freezes the process at its first idle moment."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import zipfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import lacking
from tests.memory import servers
from tests.memory.conftest import TABLE, Table, aws, moto_url, table  # noqa: F401
from tests.memory.night import ADVICE, Night

from .runtime_api import RuntimeApi
from .test_runtime import running

if TYPE_CHECKING:
    from collections.abc import Callable

if importlib.util.find_spec("awslambdaric") is None:
    lacking("expected the package awslambdaric, found none: Amazon has no build for this machine", module=True)

EMERGENCY = next(name for name in ADVICE.symptoms() if ADVICE.symptom(name).tier == "emergency")  # type: ignore[union-attr]


@pytest.fixture
def code(build: Path, tmp_path: Path) -> Path:
    zipfile.ZipFile(build / "lambda.zip").extractall(tmp_path / "task")
    return tmp_path / "task"


def events() -> list[Any]:
    """A place is kept, the skill is opened again, and there is an emergency."""
    sent: list[Any] = []

    def skill(event: Any, context: object) -> Any:
        sent.append(json.loads(json.dumps(event)))
        return real(event, context)

    from skill.app import create

    class Kept:
        def get_attributes(self, request_envelope: object) -> dict[str, Any]:
            return {}

        def save_attributes(self, request_envelope: object, attributes: object) -> None:
            pass

        def delete_attributes(self, request_envelope: object) -> None:
            pass

    real = create(memory=Kept())
    night = Night(skill)
    night.to_step(2)
    night.drop()
    night.launch()
    night.say("SymptomIntent", symptom=("it", EMERGENCY))
    return sent


def environment(setting: str = f"dynamodb:{TABLE}", **more: str) -> dict[str, str]:
    """What the function needs to find its table, packages of the tests included: Lambda has boto3 by itself."""
    names = ("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_DYNAMODB", "NO_PROXY")
    own = {name: os.environ[name] for name in (*names, "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")}
    return {**own, "CRAMP_COACH_MEMORY": setting, **more}


class Freezer:
    """Stops the process where Lambda would, looks, and lets it go on."""

    def __init__(self, look: Callable[[], object]) -> None:
        self.look = look
        self.found: list[object] = []
        self.process: subprocess.Popen[bytes] | None = None

    def __call__(self) -> None:
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGSTOP)
        self.found.append(self.look())
        os.kill(self.process.pid, signal.SIGCONT)


@pytest.mark.parametrize("extensions", [True, False])
def test_after_an_emergency_the_place_is_gone_before_the_process_is_frozen(
    code: Path,
    table: Table,  # noqa: F811
    extensions: bool,
) -> None:
    """With an extension after the answer; without one the answer waits, as long as the setting says."""
    sent = events()
    kept, gone = len(sent) - 2, len(sent)
    freezer = Freezer(lambda: len(table.items()))
    at: dict[int, Callable[[], None]] = {kept: freezer, gone: freezer}
    settings = environment(table.setting, CRAMP_COACH_MEMORY_WAIT_MS="1500")
    with RuntimeApi(sent, at, extensions) as api, running(code, api, **settings) as freezer.process:
        assert api.done.wait(60), (code.parent / "log").read_text()[-2000:]
    assert api.registered is extensions
    assert freezer.found == [1, 0], (code.parent / "log").read_text()[-2000:]


def test_a_table_that_hangs_keeps_nobody_waiting(code: Path, aws: Callable[[str], None]) -> None:  # noqa: F811
    """The answer is out before the table is even asked; the next event is not lost either."""
    sent = events()
    asked_at_answer: list[int] = []
    with ExitStack() as stack:
        server = stack.enter_context(servers.serving(servers.hangs))
        aws(server.url)

        class Api(RuntimeApi):
            def _take(self, request: Any) -> None:
                asked_at_answer.append(len(server.requests))
                super()._take(request)

        api = stack.enter_context(Api([sent[0], sent[-1], sent[0]]))
        stack.enter_context(running(code, api, **environment()))
        assert api.done.wait(60), (code.parent / "log").read_text()[-2000:]
    assert sorted(api.answers) == [0, 1, 2]
    assert api.answers[1]["response"]["shouldEndSession"] is True
    assert asked_at_answer[1] == 0, "the words came first"
    assert server.requests, "and the deletion after them"


def test_the_first_answer_imports_no_boto3(code: Path, aws: Callable[[str], None]) -> None:  # noqa: F811
    aws(servers.stopped_url())
    script = (
        "import json, sys, lambda_function as f; from skill.memory import owed; owed.by_hand(True);"
        "answer = f.lambda_handler(json.load(sys.stdin), None);"
        "print(answer['response']['shouldEndSession'], 'boto3' in sys.modules, owed.settle_all(0.0))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=code,
        env={"PATH": "/usr/bin:/bin", **environment()},
        input=json.dumps(events()[-1]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.split() == ["True", "False", "False"], said.stderr


@pytest.mark.parametrize("setting", ["soon", "-1", "1501", "٣"])
def test_a_wait_that_is_none_stops_the_start(code: Path, setting: str) -> None:
    settings = {"CRAMP_COACH_MEMORY": f"dynamodb:{TABLE}", "CRAMP_COACH_MEMORY_WAIT_MS": setting}
    with RuntimeApi([]) as api, running(code, api, **settings):
        assert api.done.wait(30)
    assert "expected 0 to 1500 milliseconds" in json.dumps(api.failed_start)
