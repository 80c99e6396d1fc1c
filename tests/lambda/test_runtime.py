"""The unzipped bundle under Amazon's own runtime client, a thousand events long."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from skill.app import create
from tests.conftest import lacking
from tests.envelopes import ended, envelope, intent, launch

from .hostile import INTENTS, faults
from .runtime_api import RuntimeApi

if importlib.util.find_spec("awslambdaric") is None:
    lacking("expected the package awslambdaric, found none: Amazon has no build for this machine", module=True)

EVENTS = 1_000
SETTLED = 300
"""Events after which whatever is kept, such as content and sentences, has been kept."""
GROWTH = 1_024
"""KB that the process may grow from then on."""
STATE = {"version": 2, "routine": "calf", "step": "stretch", "started_at": 1_799_999_900, "answered_at": 1_799_999_940}


def every_kind() -> Iterator[Any]:
    """All intents in the middle of a stretch, and what else may come, round and round."""
    while True:
        yield launch()
        for name in INTENTS:
            yield intent(name, attributes=STATE)
        yield intent("SymptomIntent", symptom="chest_pain", attributes=STATE, locale="en-GB")
        yield intent("RemedyIntent", remedy="magnesium")
        yield intent("NobodyKnowsThisIntent", attributes={"version": 99})
        yield intent("WhyIntent", heard={"cause": "<&>" * 200}, locale="xx-XX")
        yield ended(attributes=STATE)
        yield envelope({"type": "AudioPlayer.PlaybackFinished"})
        yield envelope({"type": "AlexaSkillEvent.SkillDisabled"})
        yield {"request": None}
        yield {"request": {"type": "IntentRequest", "intent": 7}, "session": []}
        yield []


@contextmanager
def running(code: Path, api: RuntimeApi, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """The runtime client with the function, until the block is left."""
    environment = {"AWS_LAMBDA_RUNTIME_API": api.address, "AWS_LAMBDA_FUNCTION_NAME": "cramp-coach", **settings}
    environment |= {
        "LAMBDA_TASK_ROOT": str(code),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment |= {"AWS_LAMBDA_FUNCTION_VERSION": "1", "PATH": "/usr/bin:/bin"}
    with (code.parent / "log").open("wb") as log:
        command = [sys.executable, "-m", "awslambdaric", "lambda_function.lambda_handler"]
        process = subprocess.Popen(command, cwd=code, env=environment, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@pytest.fixture
def code(build: Path, tmp_path: Path) -> Path:
    zipfile.ZipFile(build / "lambda.zip").extractall(tmp_path / "task")
    return tmp_path / "task"


def test_a_thousand_events(code: Path) -> None:
    events = [event for _, event in zip(range(EVENTS), every_kind(), strict=False)]
    sizes: list[int] = []

    def weigh() -> None:
        status = Path(f"/proc/{process.pid}/status")
        if status.exists():
            line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
            sizes.append(int(line.split()[1]))

    with RuntimeApi(events, at={SETTLED: weigh, EVENTS: weigh}) as api, running(code, api) as process:
        assert api.done.wait(60), f"only {len(api.answers)} of {EVENTS} events were answered"
        api.server.shutdown()

    log = (code.parent / "log").read_text()
    assert api.failed_start is None
    assert not api.errors, log[-2000:]
    assert sorted(api.answers) == list(range(EVENTS))
    skill = create()
    for number, event in enumerate(events):
        answer = api.answers[number]
        assert not faults(event, answer), event
        if number < 100:
            expected = skill(event, None)
            assert without_clock(answer) == without_clock(expected), event
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert sum(line["what"] == "request" for line in lines) == EVENTS
    assert [line["cold"] for line in lines if line["what"] == "request"].count(True) == 1
    if len(sizes) == 2:
        assert sizes[1] - sizes[0] <= GROWTH, f"grew from {sizes[0]} to {sizes[1]} KB"


def without_clock(answer: Any) -> Any:
    """The answer without the second at which a request without a time of its own was answered."""
    attributes = {
        key: value for key, value in answer.get("sessionAttributes", {}).items() if key not in ("at", "started_at")
    }
    return {"sessionAttributes": attributes, "response": answer["response"]}


def test_a_wrong_skill_is_reported_and_nothing_else_is_lost(code: Path) -> None:
    right, wrong = launch(), launch()
    wrong["context"]["System"]["application"]["applicationId"] = "amzn1.ask.skill.PLANTED"
    settings = {"CRAMP_COACH_SKILL_ID": "amzn1.ask.skill.test"}
    with RuntimeApi([right, wrong, right]) as api, running(code, api, **settings):
        assert api.done.wait(30)
    assert sorted(api.answers) == [0, 2]
    assert api.errors[1]["errorType"] == "WrongSkill"
    assert "PLANTED" not in json.dumps(api.errors) + (code.parent / "log").read_text()


def test_a_wrong_setting_stops_the_start_and_says_why(code: Path) -> None:
    with RuntimeApi([launch()]) as api, running(code, api, CRAMP_COACH_MEMORY="papyrus"):
        assert api.done.wait(30)
    assert "none, sqlite:PATH, dynamodb:TABLE" in json.dumps(api.failed_start)
