"""Makes the environment of a verb, once: `set_up.py .venv run talk`. Only the standard library, and any Python 3.

Whatever happens on the way, the next run gets there: an environment that was not finished is made anew, two at a time
wait for each other, and a folder that cannot be written is named.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
STAGES = ("run", "web", "dev")
"""One environment; each file of pins is a superset of the one before."""
UNFINISHED = ".unfinished"
"""In an environment for as long as something is being put into it."""


class CannotSetUp(Exception):
    """What was expected, what was found, and what to do."""


def main(arguments: list[str]) -> int:
    """Sets up; returns the exit status."""
    try:
        folder, stage = Path(arguments[0]), arguments[1]
        verb = arguments[2] if len(arguments) > 2 and arguments[2] else "it"
        check_python(verb)
        with OnlyOne(folder):
            set_up(folder, stage, HERE / (stage + ".txt"), verb)
    except CannotSetUp as error:
        sys.stderr.write(f"make: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nmake: setting up was interrupted. Run it again, and it starts anew.\n")
        return 130
    return 0


def check_python(verb: str) -> None:
    """Raises CannotSetUp for a Python that is too old."""
    found = sys.version_info
    if found < (3, 11):
        raise CannotSetUp(
            "expected Python 3.11 or later, found {}.{}. Hint: make PYTHON=python3.12 {}".format(*found[:2], verb)
        )


class OnlyOne:
    """One process a folder: the others wait, and say so."""

    def __init__(self, folder: Path) -> None:
        name = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:16]
        self.path = Path(tempfile.gettempdir()) / f"cramp-coach-{os.getuid()}-{name}.lock"

    def __enter__(self) -> None:
        self.file = self.path.open("w")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Somebody else is setting up here; waiting for them.")
            fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.file.close()


def set_up(folder: Path, stage: str, pins: Path, verb: str) -> None:
    """Brings the environment to this stage; does nothing where it is there and newer than its pins."""
    stamp = folder / ("." + stage)
    if stamp.exists() and stamp.stat().st_mtime >= pins.stat().st_mtime and not (folder / UNFINISHED).exists():
        return
    whole = any((folder / ("." + own)).exists() for own in STAGES) and not (folder / UNFINISHED).exists()
    say(f"Setting up {folder} for make {verb}, once: this takes a minute or two, and the network.")
    try:
        if not whole:
            remove(folder)
            folder.mkdir(parents=True)
        (folder / UNFINISHED).write_text("")
        if not whole:
            make_environment(folder)
        install(folder, pins)
        for own in STAGES[: STAGES.index(stage) + 1]:
            (folder / ("." + own)).write_text("")
        (folder / UNFINISHED).unlink()
    except OSError as error:
        raise CannotSetUp(
            f"expected to write {folder.absolute()}, found: {error.strerror or error}. "
            f"Hint: make VENV=/tmp/cramp-coach {verb}, or a copy of the project"
        ) from error


def remove(folder: Path) -> None:
    """Removes what an earlier run left unfinished; never anything that is no environment."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CannotSetUp(f"expected a folder or none at {folder}, found something else. Hint: remove it")
    if folder.is_dir() and any(folder.iterdir()):
        names = {own.name for own in folder.iterdir()}
        if not names & {"pyvenv.cfg", "bin", UNFINISHED}:
            raise CannotSetUp(
                f"expected an environment of Python or nothing at {folder}, found other files. Hint: make VENV=PATH"
            )
    shutil.rmtree(str(folder), ignore_errors=False) if folder.exists() else None


def make_environment(folder: Path) -> None:
    """Makes an empty environment with pip."""
    done = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        if folder.exists() and not os.access(str(folder), os.W_OK):
            raise OSError(13, "no permission", str(folder))
        raise CannotSetUp(
            f"expected Python with venv, found: {last_line(done.stdout + done.stderr)}. Hint: apt install python3-venv"
        )


def install(folder: Path, pins: Path) -> None:
    """Installs the pinned packages, each checked against its hash."""
    if not [line for line in pins.read_text().splitlines() if line.strip() and not line.startswith("#")]:
        return
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    done = subprocess.run([*pip, "--require-hashes", "-r", str(pins)])  # noqa: S603
    if done.returncode:
        raise CannotSetUp(f"expected the packages of {pins.name}, found the fault above. Hint: the network, or a proxy")


def last_line(text: str) -> str:
    """The last line that says something."""
    return ([line for line in text.splitlines() if line.strip()] or ["nothing said"])[-1].strip()


def say(line: str) -> None:
    """One line, at once."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
