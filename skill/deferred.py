"""What Amazon's SDK imports and we never use, put off until somebody does.

`ask_sdk_core.skill` and `ask_sdk_core.serialize` import `ask_sdk_model.services`, and that the clients of eleven of
Amazon's service APIs (reminders, lists, purchases …): 120 modules and a fifth of a cold start. They are reached through
one class, `ServiceClientFactory`, which the SDK makes only for a skill that has an API client. Ours has none.

So that one module is replaced, before the SDK is imported, by one of the same name whose class loads the real module
when it is first made. Nothing of the SDK is changed, and a skill that did use a service would get the real thing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

SERVICES = "ask_sdk_model.services.service_client_factory"


class ServiceClientFactory:
    """Stands for the SDK's class of that name: making one makes the real one."""

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        """An instance of the SDK's own class."""
        return _real().ServiceClientFactory(*arguments, **named)


def defer_services() -> bool:
    """Puts the stand-in in place; False where the SDK has been imported already and there is nothing to save."""
    if SERVICES in sys.modules:
        return False
    module = ModuleType(SERVICES, __doc__)
    module.ServiceClientFactory = ServiceClientFactory  # type: ignore[attr-defined]
    sys.modules[SERVICES] = module
    return True


def _real() -> ModuleType:
    found = sys.modules.get(SERVICES)
    if found is None or getattr(found, "ServiceClientFactory", None) is ServiceClientFactory:
        sys.modules.pop(SERVICES, None)
        found = import_module(SERVICES)
    return found
