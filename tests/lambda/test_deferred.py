"""Putting the SDK's imports off changes when something is loaded, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

COMPARE = """
import importlib, json, pkgutil, sys
sys.path.insert(0, {root!r})
if {deferred}:
    from lazy_sdk import defer
    assert defer()
import ask_sdk_core.skill_builder
import ask_sdk_model
found = {{}}
walked = pkgutil.walk_packages(ask_sdk_model.__path__, "ask_sdk_model.")
for own in ("ask_sdk_model", *(info.name for info in walked if info.ispkg)):
    package = importlib.import_module(own)
    names = {names}.get(own) or [name for name, value in vars(package).items() if isinstance(value, type)]
    found[own] = {{name: f"{{(it := getattr(package, name)).__module__}}.{{it.__qualname__}}" for name in names}}
print(json.dumps(found))
"""


def classes(root: str, deferred: bool, names: str = "{}") -> dict[str, dict[str, str]]:
    code = COMPARE.format(root=root, deferred=deferred, names=names)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, str]] = json.loads(done.stdout)
    return found


def test_every_name_of_every_package_is_the_same_class(pytestconfig: pytest.Config) -> None:
    root = str(pytestconfig.rootpath / "lambda")
    plain = classes(root, deferred=False)
    assert sum(map(len, plain.values())) > 500
    late = classes(root, deferred=True, names=repr({package: list(own) for package, own in plain.items()}))
    factory = ("ask_sdk_model.services", "ServiceClientFactory")
    assert late[factory[0]].pop(factory[1]) == "lazy_sdk.ServiceClientFactory"
    plain[factory[0]].pop(factory[1])
    assert late == plain


USE = """
import sys
sys.path.insert(0, {root!r})
from lazy_sdk import defer
defer()
from ask_sdk_core.api_client import DefaultApiClient
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_core.utils import get_slot_value
from ask_sdk_model.services import ApiConfiguration, ServiceClientFactory
made = ServiceClientFactory(ApiConfiguration())
assert type(made).__module__ == "ask_sdk_model.services.service_client_factory", type(made)
assert type(ServiceClientFactory(ApiConfiguration())) is type(made)
assert made.get_reminder_management_service
try:
    import ask_sdk_model
    ask_sdk_model.NoSuchModel
except AttributeError:
    print("as it should be")
"""


def test_a_skill_that_uses_a_service_gets_the_real_one(pytestconfig: pytest.Config) -> None:
    code = USE.format(root=str(pytestconfig.rootpath / "lambda"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "as it should be", done.stderr


def test_too_late_is_said() -> None:
    import ask_sdk_model
    from lazy_sdk import defer

    assert ask_sdk_model
    assert defer() is False
