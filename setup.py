"""Puts the interaction models into the package that is built: in a clone they lie beside it, where Amazon's tools look.

Everything else about the package is in pyproject.toml.
"""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

MODELS = Path("interaction_models")


class WithModels(build_py):
    """The package, and one model a locale."""

    def run(self) -> None:
        """Raises FileNotFoundError where there is no model: nothing installed would hear a word."""
        super().run()
        if self.editable_mode:
            return  # the clone itself is used, models and all
        models = sorted(MODELS.glob("[a-z][a-z]-[A-Z][A-Z].json"))
        if not models:
            raise FileNotFoundError(f"{MODELS}/: expected a model for each locale, found none. Hint: make models")
        target = Path(self.build_lib) / "skill" / "speaker" / "models"
        self.mkpath(str(target))
        for model in models:
            self.copy_file(str(model), str(target / model.name))


setup(cmdclass={"build_py": WithModels})
