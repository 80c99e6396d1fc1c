"""Defers imports of Amazon's SDK that this skill never uses, until they are needed.

`ask_sdk_model` is six hundred modules, one class each, in packages whose `__init__` imports every class they have.
To define its own classes, the SDK loads 238 of them, the clients of eleven service APIs (reminders, lists, purchases …)
included; to read the request of a speaker with a screen, seventy more, all of APL. So, where a cold start counts:

- those packages do not run their `__init__`: a class is imported from its own module when it is first asked for;
- `ServiceClientFactory`, the one door to the service APIs, is a stand-in that becomes the real one when it is made.

Nothing of the SDK is changed, every name gives the very class that it would have given, and a package that holds a name
in any other way runs its `__init__` after all.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader

MODELS = "ask_sdk_model"
FACTORY = "ask_sdk_model.services.service_client_factory"


def defer() -> bool:
    """Installs the hook. Call it before the SDK is imported; returns False if that is too late."""
    if MODELS in sys.modules:
        return False
    sys.meta_path.insert(0, _Finder())
    stand_in = ModuleType(FACTORY)
    stand_in.ServiceClientFactory = ServiceClientFactory  # type: ignore[attr-defined]
    sys.modules[FACTORY] = stand_in
    return True


class ServiceClientFactory:
    """A stand-in for the SDK's class: creating an instance creates one of the real class."""

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        """An instance of the SDK's own class."""
        if getattr(sys.modules.get(FACTORY), "ServiceClientFactory", None) is cls:
            del sys.modules[FACTORY]
        return import_module(FACTORY).ServiceClientFactory(*arguments, **named)


# Neither derives from its class in `importlib.abc`: that module costs as much as all that is saved by half of this one.
class _Finder:
    """Finds the model packages as Python does, but loads them with `_Loader`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != MODELS and not fullname.startswith(f"{MODELS}."):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.submodule_search_locations is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)  # type: ignore[assignment]
        return spec


class _Loader:
    """Loads a package as empty, with a `__getattr__` that imports each name when it is first used."""

    def __init__(self, own: Loader) -> None:
        self.own = own

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.own.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        def find(name: str) -> Any:
            # Module names are lower case: Python imports those itself after the AttributeError.
            if name.startswith("_") or name.islower():
                raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
            own = f"{module.__name__}.{module_name(name)}"
            try:
                value = getattr(import_module(own), name)
            except (ModuleNotFoundError, AttributeError):
                del module.__dict__["__getattr__"]
                self.own.exec_module(module)
                return getattr(module, name)
            setattr(module, name, value)
            return value

        module.__dict__["__getattr__"] = find


def module_name(class_name: str) -> str:
    """The module of a class in Amazon's models: `AplMainTemplate` is in `apl_main_template`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in class_name).lstrip("_")
