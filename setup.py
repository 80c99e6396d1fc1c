"""Builds the wheel: the rooms of the clone, under the one name `cramp_coach` in anybody's site-packages.

In the clone a room is imported by its own name (`from skill.dialog import State`): Lambda's zip needs no name above it.
Installed, `skill`, `speaker` and `workshop` would be names that anybody may use, so each room becomes a package of
`cramp_coach`, and its `from <room>…` statements are written as `from cramp_coach.<room>…`. Everything else about the
package is in pyproject.toml.
"""

import re
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

NAME = "cramp_coach"
ROOMS = ("skill", "speaker", "endpoint", "workshop")
MODELS = Path("interaction_models")
LEFT_OUT = {"__pycache__", "node_modules"}
_ROOM = "|".join(ROOMS)
_FROM = re.compile(rf"^(\s*from )({_ROOM})(?=[.\s])", re.MULTILINE)
_IMPORT = re.compile(rf"^\s*import ({_ROOM})\b", re.MULTILINE)


def renamed(source: str, path: Path) -> str:
    """The source of a module as the installed package holds it.

    Raises:
        ValueError: it has an `import <room>` statement, whose name could not be kept.
    """
    if found := _IMPORT.search(source):
        raise ValueError(f"{path}: expected `from {found[1]} import …`, found `{found[0].strip()}`. Hint: import names")
    return _FROM.sub(rf"\1{NAME}.\2", source)


class Rooms(build_py):
    """Every room, and the interaction models beside them."""

    def run(self) -> None:
        """Raises FileNotFoundError where there is no model: nothing installed would hear a word."""
        if self.editable_mode:
            raise RuntimeError("expected `pip install .`, found an editable install. Hint: in a clone use `make talk`")
        target = Path(self.build_lib) / NAME
        models = sorted(MODELS.glob("[a-z][a-z]-[A-Z][A-Z].json"))
        if not models:
            raise FileNotFoundError(f"{MODELS}/: expected a model for each locale, found none. Hint: make models")
        self.mkpath(str(target))
        (target / "__init__.py").write_text('"""A voice coach for night leg cramps."""\n', encoding="utf-8")
        (target / "py.typed").touch()
        for room in ROOMS:
            for path in sorted(Path(room).rglob("*")):
                if path.is_file() and LEFT_OUT.isdisjoint(path.parts):
                    self._put(path, target / path)
        for model in models:
            self._put(model, target / model)

    def _put(self, path: Path, target: Path) -> None:
        self.mkpath(str(target.parent))
        if path.suffix == ".py":
            target.write_text(renamed(path.read_text(encoding="utf-8"), path), encoding="utf-8")
        else:
            self.copy_file(str(path), str(target))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """What was built, as installers ask."""
        return [str(path) for path in (Path(self.build_lib) / NAME).rglob("*") if path.is_file()]


setup(packages=[NAME], package_dir={NAME: "skill"}, cmdclass={"build_py": Rooms})
