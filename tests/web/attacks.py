"""The attacks on the endpoint, each with the answer it must get. `python -m tests.web.attacks` writes the table.

Every one of them goes over HTTP to the running server. What a log line gives as the reason is part of the answer, so
that a request refused for the wrong reason is found out.
"""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from skill.web.application import LARGEST
from skill.web.certificates import Trust
from skill.web.fetch import LARGEST as LARGEST_CHAIN
from tests.web.authority import DAY, SKILL_ID, URL, Authority, Identity, encode, issue, launch, pem
from tests.web.bucket import Bucket, Thing, serving
from tests.web.running import Answer, coach, running, send

TABLE = Path(__file__).parents[2] / "docs" / "attacks.md"
GOOD = "/echo.api/echo-api-cert-1.pem"


@dataclass
class World:
    """A server, an Amazon and an authority, all on loopback."""

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
    """What is sent."""

    body: bytes | None
    headers: dict[str, str]
    method: str = "POST"
    path: str = "/alexa"


@dataclass(frozen=True)
class Attack:
    """One attack: what is sent, and what must come back."""

    kind: str
    name: str
    send: Callable[[World], Request]
    status: int = 400
    why: str = ""
    """The reason in the log; empty where the answer is HTTP's own."""
    later: float = 0.0
    """Seconds that have passed by the time it arrives."""
    fetches: bool = False
    """A certificate chain may be asked for."""


def good(world: World, url: str = URL, event: dict[str, Any] | None = None, **changes: Any) -> Request:
    """A request in perfect order."""
    body = encode(event or launch())
    return Request(body, world.authority.headers(body, url), **changes)


def without(world: World, *names: str) -> Request:
    """One with headers missing."""
    request = good(world)
    for name in names:
        del request.headers[name]
    return request


def with_header(world: World, name: str, value: str, **changes: Any) -> Request:
    """One with a header changed."""
    request = good(world, **changes)
    request.headers[name] = value
    return request


def altered(world: World, change: Callable[[bytes], bytes]) -> Request:
    """One whose body was changed after it was signed."""
    request = good(world)
    assert request.body is not None
    request.body = change(request.body)
    return request


def signed(world: World, body: bytes) -> Request:
    """Any bytes, well signed."""
    return Request(body, world.authority.headers(body))


def at(seconds: float) -> Callable[[World], Request]:
    """A request made so many seconds from now."""
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
    """A request whose chain is said to be there."""
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


def _chain(name: str, make: Callable[[Authority], tuple[Identity, ...]]) -> Callable[[World], Request]:
    return lambda world: good(world, world.chain(name, *make(world.authority)))


def _thing(name: str, thing: Thing) -> Callable[[World], Request]:
    return lambda world: good(world, world.thing(name, thing))


def _signature_by_another_key(world: World) -> Request:
    request = good(world)
    assert request.body is not None
    request.headers["Signature-256"] = world.authority.sign(request.body, world.authority.forger)
    return request


def _another_bodys_signature(world: World) -> Request:
    return with_header(world, "Signature-256", world.authority.sign(b"{}"))


S3 = "https://s3.amazonaws.com"
NESTED = b"[" * 60_000 + b"]" * 60_000


ATTACKS = (
    # ---- the signature -------------------------------------------------------------------------------
    Attack("signature", "no headers at all", lambda w: without(w, "SignatureCertChainUrl", "Signature-256"), 400, "unsigned"),
    Attack("signature", "no signature", lambda w: without(w, "Signature-256"), 400, "unsigned"),
    Attack("signature", "no certificate URL", lambda w: without(w, "SignatureCertChainUrl"), 400, "unsigned"),
    Attack("signature", "an empty certificate URL", lambda w: with_header(w, "SignatureCertChainUrl", " "), 400, "unsigned"),
    Attack("signature", "only the old SHA-1 header", lambda w: Request(
        encode(launch()), {"Content-Type": "application/json", "SignatureCertChainUrl": URL, "Signature": "AAAA"}
    ), 400, "unsigned"),
    Attack("signature", "empty signature", lambda w: with_header(w, "Signature-256", ""), 400, "unsigned"),
    Attack("signature", "not base64", lambda w: with_header(w, "Signature-256", "%%%"), 400, "signature-form"),
    Attack("signature", "too short to be one", lambda w: with_header(w, "Signature-256", "AAAA"), 400, "signature-form"),
    Attack("signature", "one bit altered", lambda w: with_header(
        w, "Signature-256", flipped(good(w).headers["Signature-256"])), 400, "signature", fetches=True),
    Attack("signature", "of another body", _another_bodys_signature, 400, "signature", fetches=True),
    Attack("signature", "by another key", _signature_by_another_key, 400, "signature", fetches=True),
    Attack("signature", "all zeros", lambda w: with_header(
        w, "Signature-256", base64.b64encode(bytes(256)).decode()), 400, "signature", fetches=True),
    # ---- the body ------------------------------------------------------------------------------------
    Attack("body", "one byte altered", lambda w: altered(
        w, lambda b: b.replace(b"LaunchRequest", b"launchRequest")), 400, "signature", fetches=True),
    Attack("body", "a space added", lambda w: altered(w, lambda b: b + b" "), 400, "signature", fetches=True),
    Attack("body", "cut short", lambda w: altered(w, lambda b: b[:-1]), 400, "signature", fetches=True),
    Attack("body", "emptied", lambda w: altered(w, lambda b: b""), 400, "signature", fetches=True),
    Attack("body", "not JSON, signed", raw(b"{"), 400, "malformed", fetches=True),
    Attack("body", "a JSON number, signed", raw(b"7"), 400, "malformed", fetches=True),
    Attack("body", "an empty object, signed", raw(b"{}"), 400, "malformed", fetches=True),
    Attack("body", "a request that is a list, signed", raw(b'{"request": []}'), 400, "malformed", fetches=True),
    Attack("body", "nested 60,000 deep, signed", raw(NESTED), 400, "malformed", fetches=True),
    Attack("body", "an integer of 5,000 digits, signed", raw(b'{"request": ' + b"9" * 5000 + b"}"), 400, "malformed", fetches=True),
    Attack("body", "not UTF-8, signed", raw(b'{"version": "\xff\xfe"}'), 400, "malformed"),
    Attack("body", "UTF-16, signed", raw(json.dumps(launch()).encode("utf-16")), 400, "malformed"),
    # ---- time ----------------------------------------------------------------------------------------
    Attack("time", "the same bytes again after 151 s", good, 400, "timestamp", later=151, fetches=True),
    Attack("time", "made 155 s ago", at(-155), 400, "timestamp", fetches=True),
    Attack("time", "made a day ago", at(-86_400), 400, "timestamp", fetches=True),
    Attack("time", "from 155 s ahead", at(155), 400, "timestamp", fetches=True),
    Attack("time", "no timestamp", stamped(None), 400, "timestamp", fetches=True),
    Attack("time", "a timestamp without a time zone", stamped("2030-01-01T00:00:00"), 400, "timestamp", fetches=True),
    Attack("time", "a timestamp that is none", stamped("yesterday"), 400, "timestamp", fetches=True),
    Attack("time", "a timestamp that is a number", stamped(1e300), 400, "timestamp", fetches=True),
    Attack("time", "a timestamp in the year 1", stamped("0001-01-01T00:00:00+14:00"), 400, "timestamp", fetches=True),
    # ---- another skill -------------------------------------------------------------------------------
    Attack("skill id", "another skill's", for_skills("amzn1.ask.skill.other", "amzn1.ask.skill.other"), 400, "skill-id", fetches=True),
    Attack("skill id", "ours in the session only", for_skills("amzn1.ask.skill.other", SKILL_ID), 400, "skill-id", fetches=True),
    Attack("skill id", "ours in the context only", for_skills(SKILL_ID, "amzn1.ask.skill.other"), 400, "skill-id", fetches=True),
    Attack("skill id", "none", for_skills(None, None), 400, "skill-id", fetches=True),
    # ---- the certificate chain -----------------------------------------------------------------------
    Attack("certificate", "expired yesterday", _chain("expired", lambda a: (
        a.leaf(since=-30 * DAY, until=-DAY), a.intermediate)), 400, "chain", fetches=True),
    Attack("certificate", "valid from tomorrow", _chain("early", lambda a: (
        a.leaf(since=DAY), a.intermediate)), 400, "chain", fetches=True),
    Attack("certificate", "another name", _chain("name", lambda a: (
        a.leaf(names=("www.example.com",)), a.intermediate)), 400, "chain", fetches=True),
    Attack("certificate", "no alternative names, though the common name is right", _chain("common", lambda a: (
        a.leaf(names=()), a.intermediate)), 400, "chain", fetches=True),
    Attack("certificate", "a wildcard that covers the name", _chain("wildcard", lambda a: (
        a.leaf(names=("*.amazon.com",)), a.intermediate)), 400, "chain", fetches=True),
    Attack("certificate", "a longer name that ends alike", _chain("longer", lambda a: (
        a.leaf(names=("echo-api.amazon.com.example.com", "xecho-api.amazon.com")), a.intermediate)), 400, "chain", fetches=True),
    Attack("certificate", "self-signed", _chain("self", lambda a: (
        issue("echo-api.amazon.com", key=a.key, names=("echo-api.amazon.com",)),)), 400, "chain", fetches=True),
    Attack("certificate", "an unknown root", _chain("stranger", lambda a: (
        a.leaf(issuer=a.stranger),)), 400, "chain", fetches=True),
    Attack("certificate", "an unknown root, sent along", _chain("stranger-too", lambda a: (
        a.leaf(issuer=a.stranger), a.stranger)), 400, "chain", fetches=True),
    Attack("certificate", "the intermediate missing", _chain("missing", lambda a: (a.leaf(),)), 400, "chain", fetches=True),
    Attack("certificate", "an intermediate that is no authority", _chain("not-ca", lambda a: (
        a.leaf(issuer=(middle := issue("Not An Authority", a.intermediate, names=("x.example",)))), middle, a.intermediate
    )), 400, "chain", fetches=True),
    Attack("certificate", "an expired intermediate", _chain("old-middle", lambda a: (
        a.leaf(issuer=(middle := issue("Old", a.root, ca=True, since=-9 * DAY, until=-DAY))), middle)), 400, "chain", fetches=True),
    Attack("certificate", "an elliptic-curve key", _chain("curve", lambda a: (
        issue("echo-api.amazon.com", a.intermediate, names=("echo-api.amazon.com",)), a.intermediate)), 400, "chain", fetches=True),
    Attack("certificate", "a file that is no certificate", _thing("text", Thing(b"hello")), 400, "chain", fetches=True),
    Attack("certificate", "an empty file", _thing("empty", Thing(b"")), 400, "chain", fetches=True),
    Attack("certificate", "twenty certificates", lambda w: good(
        w, w.chain("twenty", w.authority.signer, *[w.authority.intermediate] * 19)), 400, "chain", fetches=True),
    Attack("certificate", "a file too large", _thing("large", Thing(b"A" * (LARGEST_CHAIN + 1))), 400, "chain-fetch", fetches=True),
    Attack("certificate", "a good chain in a file too large", lambda w: good(w, w.thing("padded", Thing(
        pem(w.authority.signer, w.authority.intermediate) + b"\n" * LARGEST_CHAIN))), 400, "chain-fetch", fetches=True),
    Attack("certificate", "a file that is not there", at_address(f"{S3}/echo.api/none.pem"), 400, "chain-fetch", fetches=True),
    Attack("certificate", "a redirect to a good chain", _thing("moved", Thing(
        status=302, headers=(("Location", f"{S3}{GOOD}"),))), 400, "chain-fetch", fetches=True),
    Attack("certificate", "a redirect elsewhere", _thing("away", Thing(
        status=301, headers=(("Location", "https://example.com/echo.api/a.pem"),))), 400, "chain-fetch", fetches=True),
    # ---- the certificate's address -------------------------------------------------------------------
    *(
        Attack("address", name, at_address(url), 400, "chain-url")
        for name, url in (
            ("plain http", f"http://s3.amazonaws.com{GOOD}"),
            ("another scheme", f"file://s3.amazonaws.com{GOOD}"),
            ("no scheme", f"//s3.amazonaws.com{GOOD}"),
            ("another host", f"https://example.com{GOOD}"),
            ("a host that begins alike", f"https://s3.amazonaws.com.example.com{GOOD}"),
            ("a host that ends alike", f"https://evil-s3.amazonaws.com{GOOD}"),
            ("another bucket's host", f"https://evil.s3.amazonaws.com{GOOD}"),
            ("a trailing dot", f"https://s3.amazonaws.com.{GOOD}"),
            ("the host as a user", f"https://s3.amazonaws.com@example.com{GOOD}"),
            ("a user before the host", f"https://user:word@s3.amazonaws.com{GOOD}"),
            ("an IP address", f"https://127.0.0.1{GOOD}"),
            ("another port", f"https://s3.amazonaws.com:563{GOOD}"),
            ("a port that is none", f"https://s3.amazonaws.com:99999{GOOD}"),
            ("a port in words", f"https://s3.amazonaws.com:https{GOOD}"),
            ("another path", f"{S3}/invalid.path/echo-api-cert.pem"),
            ("the path in capitals", f"{S3}/EcHo.aPi/echo-api-cert.pem"),
            ("a path that begins alike", f"{S3}/echo.apix/cert.pem"),
            ("the folder itself", f"{S3}/echo.api"),
            ("out of the folder: /echo.api/../x", f"{S3}/echo.api/../x.pem"),
            ("out and in again elsewhere", f"{S3}/echo.api/../evil/../evil/cert.pem"),
            ("out of the folder, encoded", f"{S3}/echo.api/%2e%2e/x.pem"),
            ("a slash, encoded", f"{S3}/echo.api%2f..%2fx.pem"),
            ("a backslash", f"{S3}/echo.api\\..\\x.pem"),
            ("two slashes before the folder", f"{S3}//echo.api/x.pem"),
            ("a query", f"{S3}{GOOD}?redirect=https://example.com"),
            ("a fragment", f"{S3}{GOOD}#x"),
            ("a space", f"{S3}/echo.api/a b.pem"),
            ("a bracket that opens nothing", f"https://[s3.amazonaws.com{GOOD}"),
            ("letters that only look like it", "https://s3.am\u0430zonaws.com/echo.api/a.pem".encode().decode("latin-1")),
            ("9,000 characters", f"{S3}/echo.api/{'a' * 9000}.pem"),
        )
    ),
    # ---- HTTP ----------------------------------------------------------------------------------------
    *(
        Attack("HTTP", f"{method} instead of POST", lambda w, m=method: good(w, method=m), 405)  # type: ignore[misc]
        for method in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE")
    ),
    Attack("HTTP", "another path", lambda w: good(w, path="/alexa/"), 404),
    Attack("HTTP", "a path out of the server", lambda w: good(w, path="/../etc/passwd"), 404),
    Attack("HTTP", "a form", raw(b"a=1", Content_Type="application/x-www-form-urlencoded"), 415),
    Attack("HTTP", "plain text", raw(b"{}", Content_Type="text/plain"), 415),
    Attack("HTTP", "no content type", lambda w: without(w, "Content-Type"), 415),
    Attack("HTTP", "a compressed body", raw(b"{}", Content_Encoding="gzip"), 415),
    Attack("HTTP", "one byte over 128 KB", raw(b" " * (LARGEST + 1)), 413),
    Attack("HTTP", "a megabyte", raw(b" " * 1_000_000), 413),
    Attack("HTTP", "ten megabytes", raw(b" " * 10_000_000), 413),
    Attack("HTTP", "a length of a terabyte, announced", raw(b" ", Content_Length="1000000000000"), 413),
    Attack("HTTP", "a negative length", raw(b" ", Content_Length="-1"), 400),
    Attack("HTTP", "a length in words", raw(b" ", Content_Length="ten"), 400),
    Attack("HTTP", "two lengths", raw(b"{}", Content_Length="2, 3"), 400),
    Attack("HTTP", "20 KB of headers", lambda w: with_header(w, "X-Long", "a" * 20_000), 431),
    Attack("HTTP", "chunks that are none", raw(b"zz\r\n", Transfer_Encoding="chunked"), 400),
)  # fmt: skip

WELCOME = (
    Attack("welcome", "a good request", good, 200, fetches=True),
    Attack("welcome", "made 140 s ago", at(-140), 200, fetches=True),
    Attack("welcome", "port 443 written out", at_address(f"https://s3.amazonaws.com:443{GOOD}"), 200, fetches=True),
    Attack("welcome", "scheme and host in capitals", at_address(f"HTTPS://S3.AmazonAWS.com{GOOD}"), 200, fetches=True),
    Attack("welcome", "a path that leads back: /echo.api/../echo.api/", at_address(
        f"{S3}/echo.api/../echo.api/echo-api-cert-1.pem"), 200, fetches=True),
    Attack("welcome", "the root sent along", _chain("whole", lambda a: (
        a.signer, a.intermediate, a.root)), 200, fetches=True),
    Attack("welcome", "more names than ours", _chain("names", lambda a: (
        a.leaf(names=("other.amazon.com", "echo-api.amazon.com")), a.intermediate)), 200, fetches=True),
)  # fmt: skip


@contextlib.contextmanager
def world(authority: Authority) -> Iterator[World]:
    """The running server with all that it needs."""
    with serving(authority) as bucket:
        bucket.things[GOOD] = Thing(pem(authority.signer, authority.intermediate))
        trust = Trust((authority.root.certificate,), bucket.fetcher())
        with running(coach(trust, SKILL_ID)) as port:
            yield World(authority, bucket, port)


@contextlib.contextmanager
def _later(seconds: float) -> Iterator[None]:
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
        """Keeps the reason of a refusal."""
        if record.getMessage() == "refused":
            self.found.append(getattr(record, "fields", {}).get("why", ""))
        elif record.getMessage() == "failed":
            self.found.append("failed")


def attempt(world: World, attack: Attack) -> tuple[Answer, list[str]]:
    """Sends it; the answer, and the reasons logged."""
    request = attack.send(world)
    log, reasons = logging.getLogger("cramp_coach"), Reasons()
    log.addHandler(reasons)
    try:
        if attack.later:
            before = send(world.port, request.body, request.headers)
            assert before.status == 200, "the same bytes were to be good at first"
        with _later(attack.later) if attack.later else contextlib.nullcontext():
            answer = send(world.port, request.body, request.headers, request.method, request.path)
    finally:
        log.removeHandler(reasons)
    return answer, reasons.found


def table() -> str:
    """All attacks with the answers that the running server gives."""
    rows = []
    with world(Authority()) as own:
        for attack in (*ATTACKS, *WELCOME):
            answer, reasons = attempt(own, attack)
            rows.append(f"| {attack.kind} | {attack.name} | {answer.status} | {', '.join(reasons)} |")
    return "\n".join((
        "# Attacks and answers",
        "",
        "What the running endpoint answered to each request that the tests send it, over HTTP, with a certificate",
        "authority made for the purpose. The reason is what the log says; the answer to the sender never tells it.",
        "The last rows are the requests that must get through. Written by `python -m tests.web.attacks`; a test",
        "compares it with the attacks.",
        "",
        "| about | attack | answer | reason in the log |",
        "|---|---|---|---|",
        *rows,
        "",
    ))  # fmt: skip


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
    sys.stdout.write(f"{TABLE}\n")
