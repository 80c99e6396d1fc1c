"""The place in a DynamoDB table, for the skill on Lambda.

The table has a string `id` as its partition key, and `expires_at` as its time-to-live attribute. The skill needs
dynamodb:GetItem, PutItem and DeleteItem on it.
"""

from __future__ import annotations

import os
import re
import threading
from typing import TYPE_CHECKING, Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

from skill.memory.deadline import Budget, still_wanted
from skill.memory.key import key
from skill.memory.record import checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from ask_sdk_model import RequestEnvelope

    from skill.memory.record import Record

_NAME = re.compile(r"[A-Za-z0-9_.-]{3,255}")
_TIMEOUT = 1.0
"""Seconds to connect, and between two bytes: after these, a thread that nobody waits for any more ends by itself."""


class WrongServer(ConnectionError):
    """Something answered that is not DynamoDB: a proxy, a sign-in page, another server."""


class DynamoDBMemory(AbstractPersistenceAdapter):
    """One item a person.

    Making one imports nothing and connects to nothing; region and credentials come from the environment at first use,
    and so does the address (AWS_ENDPOINT_URL_DYNAMODB) of a table elsewhere than at Amazon.

    The budget of `deadline` is for the first use as a whole, with the import of boto3 and the making of the client:
    0.2 s on a whole processor, several times that on a Lambda function of little memory, whose share of a processor is
    small. Where that alone spends the budget, the turn goes on without its place, nothing is sent, and the client is
    finished in the background for the next time. A function of 512 MB or more has time for both.
    There are no retries: a second attempt would wait as long as the first, and the next "continue" is one.
    """

    def __init__(self, table: str) -> None:
        if not _NAME.fullmatch(table):
            raise ValueError(
                f"dynamodb:{table}: expected a table's name, 3 to 255 letters, digits, '_', '-' or '.'. "
                "Hint: the name alone, without region or ARN"
            )
        self.table = table
        self._client: Any = None
        self._making = threading.Lock()

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """The kept place, of whatever age; empty where none is kept."""
        name = key(request_envelope)
        return Budget().run(lambda: self._read(name)) if name else {}

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Keeps the place.

        Raises:
            ValueError: more or less than a place was to be stored.
        """
        name = key(request_envelope)
        if name:
            self.keep_place(name, checked(attributes))

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Deletes the place."""
        name = key(request_envelope)
        if name:
            Budget().run(lambda: self._ask("delete_item", Key={"id": {"S": name}}))

    def keep_place(self, name: str, record: Record) -> None:
        """Keeps a place under its key."""
        item = {"id": name, **record}
        Budget().run(lambda: self._write(item))

    def delete_place(self, name: str, until: int) -> None:
        """Deletes the place of this key, unless it was left later than `until`, epoch seconds."""
        Budget().run(lambda: self._delete(name, until))

    def warm(self) -> None:
        """Imports boto3 and makes the client, without a connection: for a host with a moment to spare."""
        self._ready()

    def _read(self, name: str) -> dict[str, Any]:
        item = self._ask("get_item", Key={"id": {"S": name}}, ConsistentRead=True).get("Item") or {}
        from boto3.dynamodb.types import TypeDeserializer

        plain = TypeDeserializer().deserialize
        return {field: plain(value) for field, value in item.items() if field != "id"}

    def _write(self, item: dict[str, Any]) -> None:
        self._ready()
        from boto3.dynamodb.types import TypeSerializer

        typed = TypeSerializer().serialize
        self._ask("put_item", Item={field: typed(value) for field, value in item.items()})

    def _delete(self, name: str, until: int) -> None:
        try:
            self._ask(
                "delete_item",
                Key={"id": {"S": name}},
                ConditionExpression="attribute_not_exists(left_at) OR left_at <= :until",
                ExpressionAttributeValues={":until": {"N": str(until)}},
            )
        except Exception as error:
            if type(error).__name__ != "ConditionalCheckFailedException":  # a newer place, which stays
                raise

    def _ask(self, operation: str, **values: object) -> dict[str, Any]:
        client = self._ready()
        call: Callable[..., dict[str, Any]] = getattr(client, operation)
        still_wanted()
        try:
            # boto3 reads a page of HTML with status 200 as an empty answer, which is also what "nothing is kept" looks
            # like. Only DynamoDB says which table it used.
            answer = call(TableName=self.table, ReturnConsumedCapacity="TOTAL", **values)
        finally:
            # A night has one or two of these, minutes apart. A connection kept open over a Lambda function's sleep is
            # dead on waking, and without retries that would cost the place.
            client.close()
        if not (answer.get("ConsumedCapacity") or {}).get("TableName"):
            raise WrongServer(f"{operation}: expected DynamoDB's answer, found another server's")
        return answer

    def _ready(self) -> Any:
        with self._making:
            if self._client is None:
                import boto3
                from botocore.config import Config

                # A session of our own: boto3's default one may not be made by two threads at once. Lambda sets
                # AWS_REGION; boto3 by itself reads only AWS_DEFAULT_REGION and its files.
                session = boto3.session.Session(region_name=os.environ.get("AWS_REGION") or None)
                self._client = session.client(
                    "dynamodb",
                    config=Config(
                        connect_timeout=_TIMEOUT,
                        read_timeout=_TIMEOUT,
                        retries={"total_max_attempts": 1, "mode": "standard"},
                    ),
                )
            return self._client


def open_table(name: str) -> DynamoDBMemory:
    """The store in the table `name`.

    Raises:
        ValueError: not a table's name, or boto3 is not installed, with what to do.
    """
    from importlib.util import find_spec

    made = DynamoDBMemory(name)
    # Looks for the package without importing it.
    if find_spec("boto3") is None:
        raise ValueError(f"dynamodb:{name}: boto3 is not installed. Hint: pip install 'cramp-coach[dynamodb]'")
    return made
