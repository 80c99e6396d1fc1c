"""A Home Assistant of its own for the tests: a process with a folder, reached by REST and websocket as an app would."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

HERE = Path(__file__).parent
COMPONENT = HERE.parent / "custom_components" / "cramp_coach"
AGENT, SATELLITE, VOICE = "conversation.cramp_coach", "assist_satellite.bed", "tts.espeak"
CLIENT = "http://127.0.0.1/"
PATIENCE = 4
"""What is waited for comes in its time on two free processors; where they are shared, in a few times that."""
START_SECONDS = 120.0
ANSWERS_SECONDS = 60.0
CONFIGURATION = """
http:
  server_host: 127.0.0.1
  server_port: {port}
config:
diagnostics:
repairs:
wyoming:
assist_pipeline:
automation: !include automations.yaml
logger:
  default: warning
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        return int(own.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as own:
        return own.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class House:
    """One Home Assistant, with a bedside satellite, a voice and an ear."""

    folder: Path
    package: Path
    """Where the wheel is installed."""
    country: str = "US"
    token: str = ""
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None
    _voices: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.config = self.folder / "config"
        self.recordings = self.folder / "recordings"
        self._loop = asyncio.new_event_loop()

    # ---- the process -------------------------------------------------------------------------------

    def build(self) -> None:
        """Lays the folder, starts both programs, makes the first user and sets the country."""
        components = self.config / "custom_components"
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(COMPONENT, components / "cramp_coach", ignore=ignore)
        shutil.copytree(HERE / "bed_satellite", components / "bed_satellite", ignore=ignore)
        self.recordings.mkdir()
        shutil.copytree(HERE.parent / "blueprints", self.config / "blueprints")
        (self.config / "automations.yaml").write_text("[]\n", encoding="utf-8")
        (self.config / "configuration.yaml").write_text(CONFIGURATION.format(port=self.port), encoding="utf-8")
        self.start()
        owner = {"client_id": CLIENT, "name": "Owner", "username": "owner", "password": "owner", "language": "en"}
        code = self.post("/api/onboarding/users", owner)["auth_code"]
        form = {"client_id": CLIENT, "grant_type": "authorization_code", "code": code}
        self.token = self._run(self._request("POST", "/auth/token", data=form))["access_token"]
        address = f"http://127.0.0.1:{self.port}"
        self.ask("config/core/update", country=self.country, language="en", internal_url=address)
        assert self.add_voice("en-US", "en-GB") == VOICE
        bed = {"recordings": str(self.recordings), "base": address}
        assert self.flow("bed_satellite", bed)["type"] == "create_entry"
        self.wait(lambda: self.state(SATELLITE), 20, "the satellite")

    def start(self) -> None:
        """Starts Home Assistant and waits until it answers.

        Raises:
            RuntimeError: it ended, or does not answer, with the end of its log.
        """
        command = [sys.executable, "-m", "homeassistant", "-c", str(self.config), "--skip-pip"]
        environment = os.environ | {"PYTHONPATH": str(self.package)}
        with (self.folder / "output.log").open("ab") as output:
            self._process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        self.wait(self._answers, START_SECONDS, "Home Assistant to answer")

    def stop(self) -> None:
        """Ends Home Assistant as the system does, so that it writes what it keeps."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(60)
            self._process = None

    def close(self) -> None:
        """Ends every program."""
        self.stop()
        for voice in self._voices:
            voice.terminate()
            voice.wait(10)
        self._loop.close()

    def restart(self) -> None:
        """Ends Home Assistant and starts it again, with its folder as it was left."""
        self.stop()
        self.start()
        self.wait(lambda: self.state(AGENT) and self.state(SATELLITE), 30, "the coach to be back")

    def log(self) -> str:
        """All that Home Assistant wrote so far."""
        paths = (self.folder / "output.log", self.config / "home-assistant.log")
        return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.exists())

    # ---- its interfaces ------------------------------------------------------------------------------

    def get(self, path: str) -> Any:
        """What a GET of the REST API answers."""
        return self._run(self._request("GET", path))

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """What a POST of the REST API answers."""
        return self._run(self._request("POST", path, json=body))

    def ask(self, kind: str, **more: Any) -> Any:
        """The result of one websocket command.

        Raises:
            RuntimeError: the command failed, with Home Assistant's words.
        """
        return self._run(self._ask({"id": 1, "type": kind, **more}))

    def act(self, action: str, **data: Any) -> Any:
        """Carries out an action over the websocket."""
        domain, _, name = action.partition(".")
        return self.ask("call_service", domain=domain, service=name, service_data=data)

    def sound(self, url: str) -> bytes:
        """The bytes that Home Assistant serves there."""
        return self._run(self._sound(url))

    def flow(self, domain: str, answers: dict[str, Any] | None) -> dict[str, Any]:
        """Starts the set-up of an integration, and answers its first form where there are answers."""
        path = "/api/config/config_entries/flow"
        step = self.post(path, {"handler": domain})
        if answers is None or step["type"] != "form":
            return dict(step)
        return dict(self.post(f"{path}/{step['flow_id']}", answers))

    def add_voice(self, *languages: str) -> str:
        """Starts a voice, sets it up as one sets up Piper, and gives its entity id back."""
        port, before = free_port(), set(self.states())
        program = [sys.executable, str(HERE / "wyoming_voice.py"), str(port), *languages]
        environment = os.environ | {"ASKED": str(self.folder / "asked.txt")}
        self._voices.append(subprocess.Popen(program, env=environment))
        self.wait(lambda: _listens(port), 20, "the voice to answer")
        assert self.flow("wyoming", {"host": "127.0.0.1", "port": port})["type"] == "create_entry"

        def new() -> list[str]:
            return [own for own in set(self.states()) - before if own.startswith("tts.")]

        return str(self.wait(new, 20, "the engine of the voice")[0])

    def entry(self, domain: str) -> str:
        """The id of the set-up of an integration."""
        (found,) = [own for own in self.get("/api/config/config_entries/entry") if own["domain"] == domain]
        return str(found["entry_id"])

    def remove(self, domain: str) -> None:
        """Removes an integration, as the app does."""
        self._run(self._request("DELETE", f"/api/config/config_entries/entry/{self.entry(domain)}"))

    def remove_all(self, domain: str) -> None:
        """Removes every set-up of an integration."""
        for own in self.get("/api/config/config_entries/entry"):
            if own["domain"] == domain:
                self._run(self._request("DELETE", f"/api/config/config_entries/entry/{own['entry_id']}"))

    def state(self, entity: str) -> str:
        """The state of an entity; empty where there is none."""
        return str(self.states().get(entity, ""))

    def states(self) -> dict[str, str]:
        """Every entity and its state."""
        return {own["entity_id"]: own["state"] for own in self.ask("get_states")}

    def assistant(self, name: str, agent: str, voice: str) -> str:
        """Makes an assistant the one that satellites use, and gives its id back."""
        made = self.ask(
            "assist_pipeline/pipeline/create", name=name, language="en", conversation_engine=agent,
            conversation_language="en", stt_engine="stt.reader", stt_language="en", tts_engine=voice,
            tts_language="en-US", tts_voice=None, wake_word_entity=None, wake_word_id=None,
        )  # fmt: skip
        self.ask("assist_pipeline/pipeline/set_preferred", pipeline_id=made["id"])
        return str(made["id"])

    def automate(self, name: str, blueprint: str, **inputs: Any) -> str:
        """Makes an automation of one of our blueprints, and gives its entity id back."""
        made = {"alias": name, "use_blueprint": {"path": f"cramp_coach/{blueprint}.yaml", "input": inputs}}
        self.post(f"/api/config/automation/config/{name}", made)
        self.wait(lambda: self.state(f"automation.{name}") == "on", 10, f"automation.{name}")
        return f"automation.{name}"

    def type(self, words: str, conversation: str | None = None, language: str = "en") -> dict[str, Any]:
        """Types to the coach, as in the app; the answer of Home Assistant."""
        more = {"conversation_id": conversation} if conversation else {}
        asked = {"text": words, "agent_id": AGENT, "language": language, **more}
        return dict(self.post("/api/conversation/process", asked))

    # ---- the bed ---------------------------------------------------------------------------------------

    def events(self) -> list[dict[str, Any]]:
        """What the satellite did so far, in order."""
        path = self.recordings / "events.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def plays(self) -> list[dict[str, Any]]:
        """The sounds that the satellite has begun to play so far, in order."""
        return [line for line in self.events() if "played" in line]

    def next_play(self, after: int, seconds: float = 15.0) -> dict[str, Any]:
        """The sound that begins once `after` have begun; fails where none does within `seconds`."""
        what = f"sound {after + 1} at the bed"
        return dict(self.wait(lambda: self.plays()[after : after + 1], seconds, what)[0])

    def speak(self, words: str) -> dict[str, Any]:
        """Speaks at the bed: into an open microphone, or after the wake word; the sound that answers."""
        before = len(self.plays())
        self.act("bed_satellite.speak_to", entity_id=SATELLITE, words=words)
        return self.next_play(before)

    def asked(self) -> list[str]:
        """The sentences that a voice was asked to speak so far."""
        path = self.folder / "asked.txt"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def recording(self, play: dict[str, Any]) -> Path:
        """The file of a sound that was played."""
        return self.recordings / f"{play['played']:03}.wav"

    def wait(self, until: Callable[[], Any], seconds: float, what: str) -> Any:
        """Waits for something to become true, and gives it back; on a busy machine for some times `seconds`.

        Raises:
            RuntimeError: it did not, with the end of Home Assistant's log.
        """
        end = time.monotonic() + PATIENCE * seconds
        while time.monotonic() < end:
            if self._process is not None and self._process.poll() is not None:
                raise RuntimeError(f"expected {what}, but Home Assistant ended:\n{self.log()[-4000:]}")
            if found := until():
                return found
            time.sleep(0.1)
        raise RuntimeError(f"expected {what} within {PATIENCE * seconds:g} s, found none:\n{self.log()[-4000:]}")

    def _answers(self) -> bool:
        try:
            return bool(self._run(self._request("GET", "/api/onboarding")))
        except (aiohttp.ClientError, OSError, ValueError):
            return False

    def _run(self, coroutine: Any) -> Any:
        return self._loop.run_until_complete(asyncio.wait_for(coroutine, ANSWERS_SECONDS))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    async def _request(self, method: str, path: str, **more: Any) -> Any:
        async with (
            aiohttp.ClientSession(f"http://127.0.0.1:{self.port}", headers=self._headers()) as session,
            session.request(method, path, **more) as response,
        ):
            text = await response.text()
            if response.status >= 400:
                raise ValueError(f"{method} {path}: {response.status} {text}")
            return json.loads(text)

    async def _sound(self, url: str) -> bytes:
        whole = url if url.startswith("http") else f"http://127.0.0.1:{self.port}{url}"
        async with aiohttp.ClientSession() as session, session.get(whole) as response:
            response.raise_for_status()
            return await response.read()

    async def _ask(self, command: dict[str, Any]) -> Any:
        address = f"http://127.0.0.1:{self.port}/api/websocket"
        async with aiohttp.ClientSession() as session, session.ws_connect(address) as socket_:
            await socket_.receive_json()
            await socket_.send_json({"type": "auth", "access_token": self.token})
            await socket_.receive_json()
            await socket_.send_json(command)
            answer = await socket_.receive_json()
        if not answer["success"]:
            raise RuntimeError(f"{command['type']}: {answer['error']}")
        return answer["result"]
