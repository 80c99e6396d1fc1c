from __future__ import annotations

import pytest

from tests.endpoint.authority import Authority


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()
