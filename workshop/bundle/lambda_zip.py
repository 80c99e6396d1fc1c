"""Writes `build/`: a complete ASK CLI v2 project, and the same code as `build/lambda.zip`. Pure Python, reproducible.

Run as `make bundle`. The bytecode is for the interpreter named by `--python`, and for that one only; any other compiles
from the source beside it. A bundle for Lambda is built by the Python that runs there: `make bundle PYTHON=python3.13`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from skill.advice.store import CONTENT, compile_content
from workshop.bundle.ask_project import ROOT, CannotBundle, write_project
from workshop.check.all_checks import report

OUT = ROOT / "build"
REQUIREMENTS = ROOT / "lambda" / "requirements.txt"
TASK = "/var/task"
"""Where Lambda unpacks a function. Bytecode compiled with this path is loaded without being corrected."""

DATA = "screen/graphics/*.json"
"""Data files the skill reads besides its content. The SVG sources of the graphics are not shipped."""
_NEVER = ("yaml", "boto3", "botocore", "flask", "requests", "pytest")
"""Packages that must not end up in a bundle."""

_COMPILE = """
import importlib.util, pathlib, py_compile, sys
root, task = pathlib.Path(sys.argv[1]), sys.argv[2]
for path in sorted(root.rglob("*.py")):
    name = path.relative_to(root).as_posix()
    py_compile.compile(path, importlib.util.cache_from_source(path, optimization=""), f"{task}/{name}", doraise=True,
        optimize=0 if name.startswith("skill/") else 2, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
"""
_TRY = """
import json, sys
sys.path.insert(0, sys.argv[1])
from lambda_function import lambda_handler
answer = lambda_handler(json.load(sys.stdin), None)
sys.exit(answer["response"].get("shouldEndSession") is not False)
"""
_EVENT = {
    "version": "1.0",
    "session": {"new": True, "sessionId": "s", "user": {"userId": "u"}, "attributes": {}},
    "request": {"type": "LaunchRequest", "requestId": "r", "timestamp": "2026-01-01T03:00:00Z", "locale": "en-US"},
}


@dataclass(frozen=True)
class Interpreter:
    """The Python interpreter that the bytecode is compiled for."""

    command: str
    version: str
    """Such as `3.13`."""
    tag: str
    """Such as `cpython-313`, the tag in bytecode file names."""

    @staticmethod
    def find(command: str) -> Interpreter:
        """The interpreter with this name or path.

        Raises:
            CannotBundle: it does not run, or is older than the skill allows.
        """
        asks = "import sys; print('%d.%d' % sys.version_info[:2], sys.implementation.cache_tag, sys.executable)"
        try:
            said = subprocess.run([command, "-c", asks], capture_output=True, text=True, check=True).stdout
            version, tag, path = said.strip().split(maxsplit=2)
        except (OSError, subprocess.CalledProcessError, ValueError) as error:
            raise CannotBundle(
                f"--python: expected a Python interpreter, found {command!r}, which does not run ({error}). "
                "Hint: make bundle PYTHON=python3.13, with that Python installed"
            ) from error
        if tuple(map(int, version.split("."))) < (3, 11):
            raise CannotBundle(f"--python: expected Python 3.11 or later, found {version}. Hint: PYTHON=python3.13")
        return Interpreter(path, version, tag)


def bundle(python: Interpreter, out: Path = OUT, content: Path | None = None) -> Path:
    """Writes the bundle and returns the path of the zip. Reproducible: equal sources give equal bytes.

    Args:
        python: the interpreter that the bytecode is for.
        out: the output folder; an earlier bundle there is replaced.
        content: a content folder to use instead of the skill's own, for benchmarks.

    Raises:
        CannotBundle: something is missing or does not fit.
    """
    code = out / "lambda"
    shutil.rmtree(code, ignore_errors=True)
    code.mkdir(parents=True)
    copy_skill(code)
    compile_content_into(code, content)
    install(code)
    compile_bytecode(code, python)
    try_alone(code, python)
    archive = pack(code, out / "lambda.zip")
    write_project(out, python.version)
    return archive


def copy_skill(code: Path) -> None:
    """Copies the skill's modules and data files, and no stray files such as `.env` or `module.py~`."""
    for path in needed(ROOT / "skill"):
        target = code / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for path in sorted((ROOT / "lambda").glob("*.py")):
        shutil.copyfile(path, code / path.name)


def needed(skill: Path) -> Iterator[Path]:
    """The files the skill needs on Lambda: importable modules and their data."""
    for path in _files(skill):
        # An editor's copy or lock file (`module copy.py`, `.#module.py`) has no importable name.
        module = path.suffix == ".py" and path.stem.isidentifier()
        if module or path.relative_to(skill).match(DATA):
            yield path


def compile_content_into(code: Path, content: Path | None = None) -> None:
    """Compiles the content to where the store looks for it. The content is checked before compiling."""
    compile_content(content or CONTENT, code / "skill" / "content")


def install(code: Path, requirements: Path = REQUIREMENTS, only_ours: bool = True) -> None:
    """Installs the pinned packages from platform-independent wheels. `only_ours` refuses what our bundle bans.

    Raises:
        CannotBundle: pip fails, or a package is not pure Python or not wanted.
    """
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    flags = ["--require-hashes", "--no-deps", "--no-compile", "--only-binary=:all:", "--target", str(code)]
    done = subprocess.run(
        [*pip, *flags, "--requirement", str(requirements)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotBundle(f"{requirements.name}: pip could not install it:\n{done.stderr.strip()}")
    for found in sorted(code.glob("*.dist-info")):
        _keep_licence(found)
    native = [path.name for path in code.rglob("*") if path.suffix in (".so", ".pyd", ".dylib")]
    unwanted = [name for name in _NEVER if (code / name).exists()]
    if only_ours and (native or unwanted):
        raise CannotBundle(
            f"{requirements.name}: expected pure Python and none of {', '.join(_NEVER)}, "
            f"found {', '.join(native + unwanted)}. Hint: leave it out, or import it from where Lambda has it"
        )


def _keep_licence(info: Path) -> None:
    """Keeps only the metadata and licence of a package: the rest describes the local pip run."""
    for path in sorted(info.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir() if not any(path.iterdir()) else None
        elif not (path.name == "METADATA" or path.name.upper().startswith(("LICEN", "NOTICE"))):
            path.unlink()


def compile_bytecode(code: Path, python: Interpreter) -> None:
    """Compiles every module to bytecode that stays valid whatever mtime the zip gives the source.

    Packages lose their docstrings, which are half of the SDK. Our modules keep theirs: `dataclass` computes a signature
    for each class without a docstring, which costs more than it saves.

    Raises:
        CannotBundle: a module does not compile.
    """
    # A fixed hash seed: the order of some constants depends on it.
    environment = {"PYTHONHASHSEED": "0", "PATH": os.environ.get("PATH", "")}
    command = [python.command, "-S", "-s", "-c", _COMPILE, str(code), TASK]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise CannotBundle(f"Python {python.version} cannot compile the bundle:\n{done.stdout}{done.stderr}")


def try_alone(code: Path, python: Interpreter) -> None:
    """Launches the skill with nothing but the bundle and the standard library.

    Raises:
        CannotBundle: it does not import, or does not answer.
    """
    with tempfile.TemporaryDirectory(prefix="cramp-coach-") as empty:
        command = [python.command, "-I", "-S", "-B", "-c", _TRY, str(code)]
        event = json.dumps(_EVENT)
        done = subprocess.run(command, input=event, capture_output=True, text=True, cwd=empty, check=False)
    if done.returncode:
        raise CannotBundle(
            f"the bundle does not answer a launch by itself under Python {python.version}:\n{done.stderr}"
        )


def pack(code: Path, archive: Path) -> Path:
    """A reproducible zip of `code`: sorted, without dates, with the same mode for every file."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for path in _files(code):
            entry = zipfile.ZipInfo(path.relative_to(code).as_posix(), date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            file.writestr(entry, path.read_bytes(), compresslevel=9)
    return archive


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def sizes(code: Path, archive: Path) -> Iterator[str]:
    """The size report: the largest parts and the total."""
    parts = {path: [path] if path.is_file() else _files(path) for path in code.iterdir()}
    weights = {path.name: sum(file.stat().st_size for file in files) for path, files in parts.items()}
    for name, size in sorted(weights.items(), key=lambda item: -item[1]):
        if size >= 10_000:
            yield f"{size / 1000:9.0f} KB  {name}"
    bytecode = sum(path.stat().st_size for path in code.rglob("*.pyc"))
    yield f"{sum(weights.values()) / 1000:9.0f} KB  unpacked, of which {bytecode / 1000:.0f} KB bytecode"
    yield f"{archive.stat().st_size / 1000:9.0f} KB  {archive.name}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command-line entry point; returns the exit status."""
    parser = argparse.ArgumentParser("bundle", description="Write build/: the ASK CLI project and lambda.zip.")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that the bytecode is for")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write (default: build)")
    options = parser.parse_args(arguments)
    text, faults = report()
    if faults:
        print(f"{text}\nbundle: nothing is checked on Lambda, so nothing with faults is bundled", file=sys.stderr)
        return 1
    try:
        python = Interpreter.find(options.python)
        archive = bundle(python, options.out)
    except CannotBundle as error:
        print(f"bundle: {error}", file=sys.stderr)
        return 1
    for line in sizes(options.out / "lambda", archive):
        print(line)
    print(f"SHA-256 {hashlib.sha256(archive.read_bytes()).hexdigest()}  bytecode for Python {python.version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
