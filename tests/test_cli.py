"""The commands themselves: where they are installed, what they lack, who reads what they print."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from workshop import cli

ROOT = Path(__file__).parents[1]
ROOMS = ("skill", "speaker", "endpoint", "workshop")
SOURCES = (*ROOMS, "interaction_models", "pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")


def run(
    *arguments: str,
    cwd: Path = ROOT,
    stdin: bytes = b"",
    environment: dict[str, str] | None = None,
    program: tuple[str, ...] = (sys.executable, "-m", "workshop.cli"),
) -> subprocess.CompletedProcess[bytes]:
    command = [*program, *arguments]
    env = os.environ | (environment or {})
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=env, timeout=60, check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The environment that `pip install .` leaves, far from any clone. Its dependencies are lent from this one, since
    nothing here needs the network."""
    clone, out = tmp_path_factory.mktemp("clone"), tmp_path_factory.mktemp("out")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignore = shutil.ignore_patterns("__pycache__", "node_modules")
            shutil.copytree(ROOT / name, clone / name, ignore=ignore)
        else:
            shutil.copy(ROOT / name, clone)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    environment = out / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True, timeout=60)
    site = next(environment.glob("lib/python*/site-packages"))
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    flags = ["--no-deps", "--no-build-isolation", "--no-index"]
    install = [*pip, "--python", str(environment / "bin" / "python"), "install", *flags, str(clone)]
    done = subprocess.run(install, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return environment


def command(installed: Path) -> tuple[str, ...]:
    return (str(installed / "bin" / "cramp-coach"),)


def test_an_installed_package_takes_no_name_but_its_own(installed: Path) -> None:
    site = next(installed.glob("lib/python*/site-packages"))
    taken = {path.name for path in site.iterdir() if path.suffix not in (".dist-info", ".pth")}
    assert taken - {"__pycache__"} == {"cramp_coach"}
    assert (site / "cramp_coach" / "py.typed").is_file()


def test_an_installed_package_answers(installed: Path, tmp_path: Path) -> None:
    done = run("ask", "why do i cramp", "--sources", cwd=tmp_path, program=command(installed))
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"http" in done.stdout
    asked = ("ask", "does magnesium help", "--sources", "--locale", "en-GB")
    done = run(*asked, cwd=tmp_path, program=command(installed))
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"unlikely to help" in done.stdout and b"Verdict: unproven" in done.stdout


def test_an_installed_package_talks(installed: Path, tmp_path: Path) -> None:
    done = run("talk", "--fast", stdin=b"yes\n", cwd=tmp_path, program=command(installed))
    assert done.returncode == 0, done.stderr
    assert b"Goodnight." in done.stdout


def test_an_installed_bedside_page_opens(installed: Path, tmp_path: Path) -> None:
    opens = (
        "from cramp_coach.skill.app import create; from cramp_coach.speaker.page.device_pool import Speakers;"
        "from cramp_coach.endpoint.application import create_app; from cramp_coach.skill.app import builder;"
        "app = create_app(builder().create(), create(), None, speakers=Speakers(create()));"
        "answer = app.test_client().post('/bedside/open', json={'locale': 'en-GB'},"
        " headers={'Host': '127.0.0.1', 'Origin': 'http://127.0.0.1'});"
        "print(answer.status_code, answer.get_data(as_text=True)[:300])"
    )
    python = str(installed / "bin" / "python")
    done = subprocess.run([python, "-c", opens], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.startswith("200 "), (done.stdout, done.stderr)


@pytest.mark.parametrize("verb", ["check", "models", "understand", "document", "bundle"])
def test_what_edits_a_clone_refuses_without_one(installed: Path, tmp_path: Path, verb: str) -> None:
    done = run(verb, cwd=tmp_path, program=command(installed))
    told = done.stderr.decode()
    assert done.returncode == 2 and done.stdout == b""
    assert told.startswith(f"cramp-coach: {verb}: expected a clone of the project, found no ") and told.count("\n") == 1


@pytest.mark.parametrize(
    ("verb", "package", "hint"),
    [
        ("talk", "rapidfuzz", "`make talk`"),
        ("ask why", "rapidfuzz", "`make talk`"),
        ("web", "flask", "`make web`"),
        ("check", "hassil", "`make check`"),
        ("models", "hassil", "`make models`"),
        ("understand", "sklearn", "`make understand`"),
    ],
)
def test_a_package_that_is_not_installed_is_named(tmp_path: Path, verb: str, package: str, hint: str) -> None:
    stand_in = f"raise ModuleNotFoundError('No module named {package}', name='{package}')\n"
    (tmp_path / f"{package}.py").write_text(stand_in, encoding="utf-8")
    done = run(*verb.split(), environment={"PYTHONPATH": str(tmp_path)})
    told = done.stderr.decode()
    assert done.returncode == 2, told
    assert f"found no {package}. Hint: in a clone run {hint}" in told and told.count("\n") == 1


def test_a_fault_of_our_own_is_no_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(name: str) -> None:
        raise ModuleNotFoundError("No module named 'skill.talk'", name="skill.talk")

    monkeypatch.setattr(cli, "_speaker", lambda options, memory: fails("skill.talk"))
    with pytest.raises(ModuleNotFoundError):
        cli.main(["ask", "why"])


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX pipe")
def test_whoever_has_read_enough_may_leave() -> None:
    command = [sys.executable, "-m", "workshop.cli", "talk", "--fast", "--json"]
    talking = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert talking.stdout is not None
    talking.stdout.readline()
    talking.stdout.close()
    talking.stdout = None
    _, told = talking.communicate(b"no\n" * 20, timeout=30)
    assert told == b""


def test_bytes_that_are_no_letters_are_said_as_something() -> None:
    done = run("talk", "--fast", stdin=b"\xff\nyes\n", environment={"PYTHONIOENCODING": "utf-8:strict"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Goodnight." in done.stdout


def test_a_terminal_without_our_letters_gets_others() -> None:
    done = run("talk", "--fast", stdin=b"yes\n", environment={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Goodnight." in done.stdout


def test_a_wrong_flag_is_blamed_on_the_flag(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["talk", "--memory", "redis:x"]) == 2
    told = capsys.readouterr().err
    assert "--memory: expected one of none" in told and "CRAMP_COACH_MEMORY" not in told
