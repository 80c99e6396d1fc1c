"""Attacks on the endpoint with the required responses. `python -m tests.endpoint.attacks` writes the table.

Each is sent over HTTP to a running server. The logged reason is part of the response, so that a request refused for the
wrong reason is noticed.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from endpoint.application import LARGEST
from endpoint.chain_fetch import LARGEST as LARGEST_CHAIN
from tests.endpoint.authority import DAY, SKILL_ID, URL, Authority, encode, issue, launch, pem
from tests.endpoint.bucket import Thing
from tests.endpoint.sending import (
    GOOD,
    Request,
    World,
    altered,
    at,
    at_address,
    attempt,
    by_another_key,
    chain,
    flipped,
    for_skills,
    good,
    of_another_body,
    raw,
    stamped,
    thing,
    with_header,
    without,
    world,
)

TABLE = Path(__file__).parents[2] / "docs" / "attacks.md"


@dataclass(frozen=True)
class Attack:
    """One attack: the request and the required response."""

    kind: str
    name: str
    send: Callable[[World], Request]
    status: int = 400
    why: str = ""
    """The logged reason; empty if the HTTP layer answers."""
    later: float = 0.0
    """Seconds that pass before it arrives."""

    @property
    def fetches(self) -> bool:
        """Whether a chain may be fetched: only for a request that looks signed, and only from Amazon's store."""
        return self.why in ("", *NEED_A_CHAIN) and self.status in (200, 400)


NEED_A_CHAIN = ("chain-fetch", "chain", "signature", "timestamp", "skill-id", "malformed")
CHAIN_URL = "SignatureCertChainUrl"
OTHER = "amzn1.ask.skill.other"
S3 = "https://s3.amazonaws.com"
NESTED = b"[" * 60_000 + b"]" * 60_000


ATTACKS = (
    # ---- the signature -------------------------------------------------------------------------------
    Attack("signature", "neither header", lambda w: without(w, CHAIN_URL, "Signature-256"), why="unsigned"),
    Attack("signature", "no signature", lambda w: without(w, "Signature-256"), why="unsigned"),
    Attack("signature", "no certificate URL", lambda w: without(w, CHAIN_URL), why="unsigned"),
    Attack("signature", "an empty certificate URL", lambda w: with_header(w, CHAIN_URL, " "), why="unsigned"),
    Attack("signature", "only the old SHA-1 header", lambda w: Request(
        encode(launch()), {"Content-Type": "application/json", "SignatureCertChainUrl": URL, "Signature": "AAAA"}
    ), why="unsigned"),
    Attack("signature", "empty signature", lambda w: with_header(w, "Signature-256", ""), why="unsigned"),
    Attack("signature", "not base64", lambda w: with_header(w, "Signature-256", "%%%"), why="signature-form"),
    Attack("signature", "too short to be one", lambda w: with_header(w, "Signature-256", "AAAA"), why="signature-form"),
    Attack("signature", "one bit altered", lambda w: with_header(
        w, "Signature-256", flipped(good(w).headers["Signature-256"])), why="signature"),
    Attack("signature", "of another body", of_another_body, why="signature"),
    Attack("signature", "by another key", by_another_key, why="signature"),
    Attack("signature", "all zeros", lambda w: with_header(
        w, "Signature-256", base64.b64encode(bytes(256)).decode()), why="signature"),
    # ---- the body ------------------------------------------------------------------------------------
    Attack("body", "one byte altered", lambda w: altered(
        w, lambda b: b.replace(b"LaunchRequest", b"launchRequest")), why="signature"),
    Attack("body", "a space added", lambda w: altered(w, lambda b: b + b" "), why="signature"),
    Attack("body", "cut short", lambda w: altered(w, lambda b: b[:-1]), why="signature"),
    Attack("body", "emptied", lambda w: altered(w, lambda b: b""), why="signature"),
    Attack("body", "not JSON, signed", raw(b"{"), why="malformed"),
    Attack("body", "a JSON number, signed", raw(b"7"), why="malformed"),
    Attack("body", "an empty object, signed", raw(b"{}"), why="malformed"),
    Attack("body", "a request that is a list, signed", raw(b'{"request": []}'), why="malformed"),
    Attack("body", "nested 60,000 deep, signed", raw(NESTED), why="malformed"),
    Attack("body", "an integer of 5,000 digits, signed", raw(b'{"request": ' + b"9" * 5000 + b"}"), why="malformed"),
    Attack("body", "not UTF-8, signed", raw(b'{"version": "\xff\xfe"}'), why="malformed"),
    Attack("body", "UTF-16, signed", raw(json.dumps(launch()).encode("utf-16")), why="malformed"),
    # ---- time ----------------------------------------------------------------------------------------
    Attack("time", "the same bytes again after 151 s", good, why="timestamp", later=151),
    Attack("time", "made 155 s ago", at(-155), why="timestamp"),
    Attack("time", "made a day ago", at(-86_400), why="timestamp"),
    Attack("time", "from 155 s ahead", at(155), why="timestamp"),
    Attack("time", "no timestamp", stamped(None), why="timestamp"),
    Attack("time", "a timestamp without a time zone", stamped("2030-01-01T00:00:00"), why="timestamp"),
    Attack("time", "a timestamp that is none", stamped("yesterday"), why="timestamp"),
    Attack("time", "a timestamp that is a number", stamped(1e300), why="timestamp"),
    Attack("time", "a timestamp in the year 1", stamped("0001-01-01T00:00:00+14:00"), why="timestamp"),
    # ---- another skill -------------------------------------------------------------------------------
    Attack("skill id", "another skill's", for_skills(OTHER, OTHER), why="skill-id"),
    Attack("skill id", "ours in the session only", for_skills(OTHER, SKILL_ID), why="skill-id"),
    Attack("skill id", "ours in the context only", for_skills(SKILL_ID, OTHER), why="skill-id"),
    Attack("skill id", "none", for_skills(None, None), why="skill-id"),
    # ---- the certificate chain -----------------------------------------------------------------------
    Attack("certificate", "expired yesterday", chain("expired", lambda a: (
        a.leaf(since=-30 * DAY, until=-DAY), a.intermediate)), why="chain"),
    Attack("certificate", "valid from tomorrow", chain("early", lambda a: (
        a.leaf(since=DAY), a.intermediate)), why="chain"),
    Attack("certificate", "another name", chain("name", lambda a: (
        a.leaf(names=("www.example.com",)), a.intermediate)), why="chain"),
    Attack("certificate", "no alternative names, though the common name is right", chain("common", lambda a: (
        a.leaf(names=()), a.intermediate)), why="chain"),
    Attack("certificate", "a wildcard that covers the name", chain("wildcard", lambda a: (
        a.leaf(names=("*.amazon.com",)), a.intermediate)), why="chain"),
    Attack("certificate", "a longer name that ends alike", chain("longer", lambda a: (
        a.leaf(names=("echo-api.amazon.com.example.com", "xecho-api.amazon.com")), a.intermediate)), why="chain"),
    Attack("certificate", "self-signed", chain("self", lambda a: (
        issue("echo-api.amazon.com", key=a.key, names=("echo-api.amazon.com",)),)), why="chain"),
    Attack("certificate", "an unknown root", chain("stranger", lambda a: (
        a.leaf(issuer=a.stranger),)), why="chain"),
    Attack("certificate", "an unknown root, sent along", chain("stranger-too", lambda a: (
        a.leaf(issuer=a.stranger), a.stranger)), why="chain"),
    Attack("certificate", "the intermediate missing", chain("missing", lambda a: (a.leaf(),)), why="chain"),
    Attack("certificate", "an intermediate that is no authority", chain("not-ca", lambda a: (
        a.leaf(issuer=(no := issue("No Authority", a.intermediate, names=("x.example",)))), no, a.intermediate
    )), why="chain"),
    Attack("certificate", "an expired intermediate", chain("old-middle", lambda a: (
        a.leaf(issuer=(middle := issue("Old", a.root, ca=True, since=-9 * DAY, until=-DAY))), middle)), why="chain"),
    Attack("certificate", "an elliptic-curve key", chain("curve", lambda a: (
        issue("echo-api.amazon.com", a.intermediate, names=("echo-api.amazon.com",)), a.intermediate)), why="chain"),
    Attack("certificate", "a file that is no certificate", thing("text", Thing(b"hello")), why="chain"),
    Attack("certificate", "an empty file", thing("empty", Thing(b"")), why="chain"),
    Attack("certificate", "twenty certificates", lambda w: good(
        w, w.chain("twenty", w.authority.signer, *[w.authority.intermediate] * 19)), why="chain"),
    Attack("certificate", "a file too large", thing("large", Thing(b"A" * (LARGEST_CHAIN + 1))), why="chain-fetch"),
    Attack("certificate", "a good chain in a file too large", lambda w: good(w, w.thing("padded", Thing(
        pem(w.authority.signer, w.authority.intermediate) + b"\n" * LARGEST_CHAIN))), why="chain-fetch"),
    Attack("certificate", "a file that is not there", at_address(f"{S3}/echo.api/none.pem"), why="chain-fetch"),
    Attack("certificate", "a redirect to a good chain", thing("moved", Thing(
        status=302, headers=(("Location", f"{S3}{GOOD}"),))), why="chain-fetch"),
    Attack("certificate", "a redirect elsewhere", thing("away", Thing(
        status=301, headers=(("Location", "https://example.com/echo.api/a.pem"),))), why="chain-fetch"),
    # ---- the certificate's address -------------------------------------------------------------------
    *(
        Attack("address", name, at_address(url), why="chain-url")
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
    Attack("HTTP", "a length of 5,000 digits", raw(b" ", Content_Length="9" * 5000), 400),
    Attack("HTTP", "a length, and chunks", raw(
        b"2\r\n{}\r\n0\r\n\r\n", Content_Length="12", Transfer_Encoding="chunked"), 400),
    Attack("HTTP", "an address that opens a bracket", lambda w: with_header(
        w, "Host", "x", path="http://[/alexa"), 400),
    Attack("HTTP", "chunks that are none", raw(b"zz\r\n", Transfer_Encoding="chunked"), 400),
)  # fmt: skip

WELCOME = (
    Attack("welcome", "a good request", good, 200),
    Attack("welcome", "made 140 s ago", at(-140), 200),
    Attack("welcome", "port 443 written out", at_address(f"https://s3.amazonaws.com:443{GOOD}"), 200),
    Attack("welcome", "scheme and host in capitals", at_address(f"HTTPS://S3.AmazonAWS.com{GOOD}"), 200),
    Attack("welcome", "a path that leads back: /echo.api/../echo.api/", at_address(
        f"{S3}/echo.api/../echo.api/echo-api-cert-1.pem"), 200),
    Attack("welcome", "the root sent along", chain("whole", lambda a: (
        a.signer, a.intermediate, a.root)), 200),
    Attack("welcome", "more names than ours", chain("names", lambda a: (
        a.leaf(names=("other.amazon.com", "echo-api.amazon.com")), a.intermediate)), 200),
)  # fmt: skip


def table() -> str:
    """All attacks with the responses of the running server, as a table."""
    rows = []
    with world(Authority()) as own:
        for attack in (*ATTACKS, *WELCOME):
            answer, reasons = attempt(own, attack.send, attack.later)
            rows.append(f"| {attack.kind} | {attack.name} | {answer.status} | {', '.join(reasons)} |")
    return "\n".join((
        "# Attacks and answers",
        "",
        "What the running endpoint answered to each request that the tests send it, over HTTP, with a certificate",
        "authority made for the purpose. The reason is what the log says; the answer to the sender never tells it.",
        "The last rows are the requests that must get through. Written by `python -m tests.endpoint.attacks`; a test",
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
