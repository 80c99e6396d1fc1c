from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from skill.web.certificates import BadChain, Trust, public_roots, read_chain, verify_path
from skill.web.chains import BAD_FOR, MOST_KEPT, Chains
from skill.web.fetch import Fetcher, Unreachable
from tests.web.authority import DAY, URL, Authority, pem
from tests.web.bucket import Bucket, Thing, serving

PATH = "/echo.api/echo-api-cert-1.pem"


@pytest.fixture
def bucket(authority: Authority) -> Iterator[Bucket]:
    with serving(authority) as own:
        own.things[PATH] = Thing(pem(authority.signer, authority.intermediate))
        yield own


def chains(authority: Authority, bucket: Bucket) -> Chains:
    return Chains(Trust((authority.root.certificate,), bucket.fetcher()))


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
    own, found = chains(authority, bucket), []

    def ask() -> None:
        with suppress(Unreachable):
            found.append(own.signer(URL))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6 and len(bucket.asked) <= 2


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
    from skill.web import mended

    verifier = mended.RequestVerifier()
    good = pem(authority.signer, authority.intermediate)
    with pytest.raises(mended.VerificationException):
        verifier._validate_cert_chain(good)
    monkeypatch.setattr(mended, "public_roots", lambda: (authority.root.certificate,))
    verifier._validate_cert_chain(good)
    with pytest.raises(mended.VerificationException):
        verifier._validate_cert_chain(pem(authority.leaf(since=-9 * DAY, until=-DAY), authority.intermediate))
