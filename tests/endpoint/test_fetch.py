from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

import pytest

from endpoint.certificates import BadChain, Trust, public_roots, read_chain, verify_path
from endpoint.chain_cache import AT_A_TIME, BAD_FOR, MOST_KEPT, Chains
from endpoint.chain_fetch import Fetcher, Unreachable
from tests.endpoint.authority import DAY, URL, Authority, pem
from tests.endpoint.bucket import Bucket, Thing, serving

PATH = "/echo.api/echo-api-cert-1.pem"


@pytest.fixture
def bucket(authority: Authority) -> Iterator[Bucket]:
    with serving(authority) as own:
        own.things[PATH] = Thing(pem(authority.signer, authority.intermediate))
        yield own


def chains(authority: Authority, bucket: Bucket, most_waiting: int = 3) -> Chains:
    return Chains(Trust((authority.root.certificate,), bucket.fetcher(), most_waiting))


def test_it_fetches(bucket: Bucket) -> None:
    assert bucket.fetcher()(URL) == bucket.things[PATH].body


def test_it_believes_no_server_that_is_not_amazons(authority: Authority) -> None:
    with serving(authority, host="s3.example.com") as other:
        with pytest.raises(Unreachable, match="SSLCertVerificationError"):
            other.fetcher()(URL)
        assert other.asked == []


def test_a_drip_is_given_up(bucket: Bucket) -> None:
    bucket.things[PATH] = Thing(b"x" * 5000, drip=0.02)
    with pytest.raises(Unreachable, match=r"within 0\.3 s"):
        bucket.fetcher(timeout=0.3)(URL)


def test_silence_is_given_up(authority: Authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        fetcher = Fetcher(authority.client(), mute.getsockname(), timeout=0.2)
        with pytest.raises(Unreachable, match="TimeoutError"):
            fetcher(URL)


def test_nobody_there(authority: Authority) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = free.getsockname()
    with pytest.raises(Unreachable, match="ConnectionRefused"):
        Fetcher(authority.client(), address)(URL)


def test_a_good_chain_is_fetched_once(authority: Authority, bucket: Bucket) -> None:
    own = chains(authority, bucket)
    assert own.signer(URL) == own.signer(URL) == authority.signer.certificate
    assert bucket.asked == [PATH]


def test_many_at_once_fetch_it_once(authority: Authority, bucket: Bucket) -> None:
    own, found = chains(authority, bucket, most_waiting=6), []

    def ask() -> None:
        with suppress(Unreachable):
            found.append(own.signer(URL))

    at_once([ask] * 6)
    assert len(found) == 6 and len(bucket.asked) == 1


def at_once(asking: list[Callable[[], None]]) -> None:
    """Calls them all, each in a thread of its own."""
    threads = [threading.Thread(target=own) for own in asking]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


class Hanging:
    """Fetches that take until they are let, and then find nothing."""

    def __init__(self) -> None:
        self.begun, self.let, self.asked = threading.Semaphore(0), threading.Event(), 0

    def __call__(self, url: str) -> bytes:
        self.asked += 1
        self.begun.release()
        self.let.wait(10)
        raise Unreachable("nothing there")


@pytest.mark.parametrize("is_one", [True, False], ids=["one address", "many addresses"])
def test_made_up_addresses_leave_a_worker_free(authority: Authority, is_one: bool) -> None:
    """Of four requests with a chain that is to be fetched, one at least is refused at once: a worker is free."""
    fetch = Hanging()
    own = Chains(Trust((authority.root.certificate,), fetch, most_waiting=3))
    refused = threading.Semaphore(0)

    def ask(number: int) -> None:
        with pytest.raises(Unreachable):
            own.signer(f"https://s3.amazonaws.com/echo.api/{0 if is_one else number}.pem")
        refused.release()

    def look() -> None:
        for _ in range(1 if is_one else 2):
            assert fetch.begun.acquire(timeout=5)
        free = [refused.acquire(timeout=0.5) for _ in range(2)]
        fetch.let.set()
        assert free == [True, not is_one]

    failed: list[AssertionError] = []

    def looking() -> None:
        try:
            look()
        except AssertionError as error:
            failed.append(error)

    at_once([looking, *(partial(ask, number) for number in range(4))])
    assert not failed and fetch.asked == (1 if is_one else AT_A_TIME)
    assert own._waiting == 0 and not own._under_way


def test_a_bad_address_is_not_asked_again_at_once(authority: Authority, bucket: Bucket) -> None:
    now = [0.0]
    own = Chains(Trust((authority.root.certificate,), bucket.fetcher()), clock=lambda: now[0])
    none = "https://s3.amazonaws.com/echo.api/none.pem"
    for _ in range(3):
        with pytest.raises(Unreachable):
            own.signer(none)
    assert len(bucket.asked) == 1
    now[0] += BAD_FOR + 1
    with pytest.raises(Unreachable):
        own.signer(none)
    assert len(bucket.asked) == 2


def test_a_chain_that_runs_out_is_fetched_anew(authority: Authority, bucket: Bucket) -> None:
    own = chains(authority, bucket)
    own._good[URL] = [authority.leaf(since=-9 * DAY, until=-DAY).certificate, authority.intermediate.certificate]
    assert own.signer(URL) == authority.signer.certificate
    assert bucket.asked == [PATH]


def test_no_more_than_so_many_are_kept(authority: Authority, bucket: Bucket) -> None:
    own = chains(authority, bucket)
    for number in range(MOST_KEPT + 4):
        bucket.things[f"/echo.api/{number}.pem"] = bucket.things[PATH]
        own.signer(f"https://s3.amazonaws.com/echo.api/{number}.pem")
    assert len(own._good) == MOST_KEPT


def test_there_are_public_roots_and_ours_is_none_of_them(authority: Authority) -> None:
    names = {root.subject.rfc4514_string() for root in public_roots()}
    assert any("Amazon Root CA 1" in name for name in names)
    with pytest.raises(BadChain):
        verify_path(read_chain(pem(authority.signer, authority.intermediate)), public_roots())


def test_the_stand_in_does_what_amazons_code_asks_of_it(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """Amazon's own `RequestVerifier`, as published, accepts and refuses through it."""
    from endpoint import flask_ask_sdk_compat

    verifier = flask_ask_sdk_compat.RequestVerifier()
    good = pem(authority.signer, authority.intermediate)
    with pytest.raises(flask_ask_sdk_compat.VerificationException):
        verifier._validate_cert_chain(good)
    monkeypatch.setattr(flask_ask_sdk_compat, "public_roots", lambda: (authority.root.certificate,))
    verifier._validate_cert_chain(good)
    with pytest.raises(flask_ask_sdk_compat.VerificationException):
        verifier._validate_cert_chain(pem(authority.leaf(since=-9 * DAY, until=-DAY), authority.intermediate))
