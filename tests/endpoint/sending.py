"""Builds valid and invalid requests to the endpoint, and sends them."""

from __future__ import annotations

import base64
import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from endpoint.certificates import Trust
from tests.endpoint.authority import SKILL_ID, URL, Authority, Identity, encode, launch, pem
from tests.endpoint.bucket import Bucket, Thing, serving
from tests.endpoint.running import Answer, coach, running, send

GOOD = "/echo.api/echo-api-cert-1.pem"


@dataclass
class World:
    """A server, a stand-in for Amazon and a certificate authority, all on loopback."""

    authority: Authority
    bucket: Bucket
    port: int

    def chain(self, name: str, *identities: Identity) -> str:
        """The URL of a chain, put into the bucket."""
        return self.thing(name, Thing(pem(*identities)))

    def thing(self, name: str, thing: Thing) -> str:
        """The URL of a thing, put into the bucket."""
        self.bucket.things[f"/echo.api/{name}.pem"] = thing
        return f"https://s3.amazonaws.com/echo.api/{name}.pem"


@dataclass
class Request:
    """A request to send."""

    body: bytes | None
    headers: dict[str, str]
    method: str = "POST"
    path: str = "/alexa"


def good(world: World, url: str = URL, event: dict[str, Any] | None = None, **changes: Any) -> Request:
    """A valid request."""
    body = encode(event or launch())
    return Request(body, world.authority.headers(body, url), **changes)


def without(world: World, *names: str) -> Request:
    """A valid request without some headers."""
    request = good(world)
    for name in names:
        del request.headers[name]
    return request


def with_header(world: World, name: str, value: str, **changes: Any) -> Request:
    """A valid request with one header changed."""
    request = good(world, **changes)
    request.headers[name] = value
    return request


def altered(world: World, change: Callable[[bytes], bytes]) -> Request:
    """A request whose body was changed after signing."""
    request = good(world)
    assert request.body is not None
    request.body = change(request.body)
    return request


def signed(world: World, body: bytes) -> Request:
    """Any bytes with a valid signature."""
    return Request(body, world.authority.headers(body))


def at(seconds: float) -> Callable[[World], Request]:
    """A request stamped `seconds` from now."""
    return lambda world: good(world, event=launch(time.time() + seconds))


def stamped(stamp: Any) -> Callable[[World], Request]:
    """A request with this timestamp."""

    def make(world: World) -> Request:
        event = launch()
        event["request"]["timestamp"] = stamp
        return good(world, event=event)

    return make


def for_skills(context: str | None, session: str | None) -> Callable[[World], Request]:
    """A request for these application ids."""

    def make(world: World) -> Request:
        event = launch()
        for place, own in ((event["context"]["System"], context), (event["session"], session)):
            if own is None:
                del place["application"]
            else:
                place["application"]["applicationId"] = own
        return good(world, event=event)

    return make


def at_address(url: str) -> Callable[[World], Request]:
    """A request with this certificate URL."""
    return lambda world: good(world, url)


def raw(body: bytes, **headers: str) -> Callable[[World], Request]:
    """A signed request of any bytes, headers changed."""

    def make(world: World) -> Request:
        request = signed(world, body)
        request.headers |= {name.replace("_", "-"): value for name, value in headers.items()}
        return request

    return make


def flipped(text: str) -> str:
    """A signature with one bit changed."""
    data = bytearray(base64.b64decode(text))
    data[0] ^= 1
    return base64.b64encode(bytes(data)).decode()


def chain(name: str, make: Callable[[Authority], tuple[Identity, ...]]) -> Callable[[World], Request]:
    """A request whose chain consists of these certificates."""
    return lambda world: good(world, world.chain(name, *make(world.authority)))


def thing(name: str, thing: Thing) -> Callable[[World], Request]:
    """A request whose certificate URL serves this."""
    return lambda world: good(world, world.thing(name, thing))


def by_another_key(world: World) -> Request:
    """A request signed with another key."""
    request = good(world)
    assert request.body is not None
    request.headers["Signature-256"] = world.authority.sign(request.body, world.authority.forger)
    return request


def of_another_body(world: World) -> Request:
    """A request with the signature of another body."""
    return with_header(world, "Signature-256", world.authority.sign(b"{}"))


@contextlib.contextmanager
def world(authority: Authority) -> Iterator[World]:
    """Runs the server and everything it depends on."""
    with serving(authority) as bucket:
        bucket.things[GOOD] = Thing(pem(authority.signer, authority.intermediate))
        trust = Trust((authority.root.certificate,), bucket.fetcher())
        with running(coach(trust, SKILL_ID)) as port:
            yield World(authority, bucket, port)


@contextlib.contextmanager
def _clock(seconds: float) -> Iterator[None]:
    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=seconds)

    with patch("ask_sdk_webservice_support.verifier.datetime", Later):
        yield


class Reasons(logging.Handler):
    """The reasons that are logged."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Records the reason of a refusal."""
        if record.getMessage() == "refused":
            self.found.append(getattr(record, "fields", {}).get("why", ""))
        elif record.getMessage() == "failed":
            self.found.append("failed")


def attempt(world: World, make: Callable[[World], Request], later: float = 0.0) -> tuple[Answer, list[str]]:
    """Sends a request; returns the response and the logged reasons."""
    request = make(world)
    log, reasons = logging.getLogger("cramp_coach"), Reasons()
    log.addHandler(reasons)
    try:
        if later:
            before = send(world.port, request.body, request.headers)
            assert before.status == 200, "the same bytes were to be good at first"
        with _clock(later) if later else contextlib.nullcontext():
            answer = send(world.port, request.body, request.headers, request.method, request.path)
    finally:
        log.removeHandler(reasons)
    return answer, reasons.found
