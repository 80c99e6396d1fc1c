"""The stores, each as the real thing: SQLite in a file, DynamoDB as moto's server on loopback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from skill.memory import deadline, dynamodb, owed
from skill.memory.choose import choose
from tests.conftest import lacking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TABLE = "cramp-coach-places"
"""Of a server that is none, or that never answers."""


@dataclass
class Table:
    """A table of DynamoDB as the template makes it, of a name of its own.

    What an earlier test's store is still owed is tried again in the background: a table of the same name would lose its
    row to that.
    """

    client: Any
    name: str

    @property
    def setting(self) -> str:
        return f"dynamodb:{self.name}"

    def items(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.client.scan(TableName=self.name)["Items"]
        return found


@dataclass
class Stored:
    """A store and a way to look into it from outside, once it is owed nothing."""

    adapter: Any
    rows: Callable[[], list[dict[str, Any]]]
    raw: Callable[[], bytes]
    """Everything that is stored, as bytes to search."""


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store is waited for as long as a busy machine needs: for tests of what is kept, not of how long that takes."""
    monkeypatch.setattr(deadline, "SECONDS", 30.0)
    monkeypatch.setattr(dynamodb, "_TIMEOUT", 30.0)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Points boto3 at an address, and at nothing of the machine's own."""
    for name in ("AWS_PROFILE", "AWS_DEFAULT_REGION", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return lambda url: monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", url)


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    try:
        from moto.server import ThreadedMotoServer
    except ImportError as error:
        lacking(f"expected the development package moto[server], found no {error.name}")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def table(moto_url: str, aws: Callable[[str], None]) -> Iterator[Table]:
    """An empty table."""
    import boto3

    aws(moto_url)
    client = boto3.session.Session(region_name="eu-west-1").client("dynamodb")
    name = f"{TABLE}-{uuid4()}"
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    client.update_time_to_live(TableName=name, TimeToLiveSpecification={"AttributeName": "expires_at", "Enabled": True})
    yield Table(client, name)
    client.delete_table(TableName=name)


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Stored:
    import sqlite3
    from contextlib import closing

    path = tmp_path / "place.db"

    store = choose(f"sqlite:{path}")

    def rows() -> list[dict[str, Any]]:
        assert owed.settled(store, 30)
        if not path.exists():
            return []
        with closing(sqlite3.connect(path)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute("select * from place")]

    def raw() -> bytes:
        assert owed.settled(store, 30)
        return b"".join(file.read_bytes() for file in sorted(tmp_path.glob("place.db*")))

    return Stored(store, rows, raw)


@pytest.fixture
def dynamodb_store(table: Table) -> Stored:
    store = choose(table.setting)

    def items() -> list[dict[str, Any]]:
        assert owed.settled(store, 30)
        return table.items()

    def rows() -> list[dict[str, Any]]:
        return [{name: next(iter(value.values())) for name, value in item.items()} for item in items()]

    return Stored(store, rows, lambda: repr(items()).encode())


@pytest.fixture(params=["sqlite", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Stored:
    """Either of the two."""
    found: Stored = request.getfixturevalue(f"{request.param}_store")
    return found
