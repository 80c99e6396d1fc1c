"""What a turn owes its store, settled after Lambda has sent the answer.

Lambda freezes the process as soon as its runtime and all its extensions ask for the next event, and passes the answer
on as soon as the runtime has given it. So a thread of this process is registered as an internal extension, which asks
for its next event only when the deletion of an emergency has reached the table: nobody waits for it, and nothing is
frozen halfway. Its time is paid for, and a request that comes meanwhile goes to another process of the function.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
https://aws.amazon.com/blogs/compute/running-code-after-returning-a-response-from-an-aws-lambda-function/
"""

from __future__ import annotations

import json
import os
import threading
from time import sleep
from typing import TYPE_CHECKING, Any

from skill.memory import owed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

WAIT = "CRAMP_COACH_MEMORY_WAIT_MS"
"""Environment variable: milliseconds that an answer waits for what it owes the store, where no thread of ours may go on
after it. 150 unless set."""
_API = "AWS_LAMBDA_RUNTIME_API"
_VERSION = "/2020-01-01/extension"
_NAME = "cramp-coach-memory"
_LONGEST = 8192
"""Bytes of a line of a head."""
_TIMEOUT = 1.0
"""Seconds for registering, on the machine itself."""
_ANSWERED = 8.0
"""Seconds that a turn may take: the time limit of the function."""
_LET_GO = 0.05
"""Seconds in which the runtime client sends the answer, undisturbed by an import of boto3."""
SECONDS = 4.0
"""For all that is settled after one answer; answer and this together stay under the time limit of the function."""


def settled_after(
    answer: Callable[[Any, Any], Any], store: AbstractPersistenceAdapter, environment: Mapping[str, str] = os.environ
) -> Callable[[Any, Any], Any]:
    """The handler `answer` with its store settled after each answer, or, where that cannot be, during it for a moment.

    Raises:
        ValueError: the setting is no number of milliseconds.
    """
    milliseconds = _milliseconds(environment)
    address = environment.get(_API)
    identifier = _register(address) if address else None
    if address is None or identifier is None:
        owed.at_most(milliseconds / 1000)
        return answer
    owed.by_hand(True)
    answered = threading.Semaphore(0)
    follow = threading.Thread(
        target=_follow, args=(address, identifier, answered, store, milliseconds), name=_NAME, daemon=True
    )
    follow.start()

    def handler(event: Any, context: Any = None) -> Any:
        try:
            return answer(event, context)
        finally:
            answered.release()

    return handler


def _follow(
    address: str,
    identifier: str,
    answered: threading.Semaphore,
    store: AbstractPersistenceAdapter,
    milliseconds: int,
) -> None:
    """Settles after each answer, until the process ends."""
    warm = getattr(store, "warm", None)
    while True:
        try:
            _ask(address, "GET", "/event/next", {"Lambda-Extension-Identifier": identifier}, timeout=None)
        except (OSError, ValueError) as error:
            owed.failed("extension", error)
            owed.at_most(milliseconds / 1000)
            owed.by_hand(False)
            return
        answered.acquire(timeout=_ANSWERED)
        sleep(_LET_GO)
        owed.settle_all(SECONDS)
        if warm is not None:
            try:
                warm()  # while a person stretches: the first emergency pays for no import
            except Exception as error:
                owed.failed("warm", error)
            warm = None


def _register(address: str) -> str | None:
    """The identifier of the registered extension; None where there is none to be had. Before the first event only."""
    try:
        return _ask(address, "POST", "/register", {"Lambda-Extension-Name": _NAME}, {"events": ["INVOKE"]}, _TIMEOUT)
    except (OSError, ValueError) as error:
        owed.failed("extension", error)
        return None


def _ask(
    address: str, method: str, path: str, headers: dict[str, str], body: Any = None, timeout: float | None = None
) -> str:
    """The identifier that an answer of the Extensions API carries, or an empty text.

    By hand, since `http.client` would take 17 ms of every cold start, a tenth of it, for these two requests to the
    machine itself.

    Raises:
        OSError: no answer, or another one than 200.
    """
    import socket

    host, _, port = address.rpartition(":")
    data = json.dumps(body).encode() if body else b""
    lines = {"Host": address, "Connection": "close", "Content-Length": str(len(data)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    with socket.create_connection((host, int(port)), timeout) as own, own.makefile("rb") as answer:
        own.sendall(f"{method} {_VERSION}{path} HTTP/1.1\r\n{head}\r\n".encode() + data)
        status = answer.readline(_LONGEST).split(b" ")
        found = ""
        while (line := answer.readline(_LONGEST)).strip():
            name, _, value = line.decode("latin-1").partition(":")
            if name.lower() == "lambda-extension-identifier":
                found = value.strip()
    if len(status) < 2 or status[1] != b"200":
        raise OSError(f"expected 200 of the Extensions API, found {status[:2]}")
    return found


def _milliseconds(environment: Mapping[str, str]) -> int:
    text = environment.get(WAIT, "").strip() or "150"
    if not text.isascii() or not text.isdigit() or int(text) > 1500:
        raise ValueError(f"{WAIT}: expected 0 to 1500 milliseconds, found {text!r}. Hint: leave it unset for 150")
    return int(text)
