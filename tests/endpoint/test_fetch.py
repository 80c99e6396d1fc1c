from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from endpoint.certificates import BadChain, Trust, public_roots, read_chain, verify_path
from endpoint.chain_cache import AT_A_TIME, AWAY_FOR, BAD_FOR, MOST_KEPT, Chains
from endpoint.chain_fetch import Fetcher, Unreachable
from endpoint.chain_shelf import MOST as MOST_SHELVED
from endpoint.chain_shelf import Shelf
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
    """Of four requests with a chain that is to be fetched, three wait at most."""
    fetch = Hanging()
    own = Chains(Trust((authority.root.certificate,), fetch, most_waiting=3))
    given_up = threading.Semaphore(0)

    def ask(number: int) -> None:
        with pytest.raises(Unreachable):
            own.signer(f"https://s3.amazonaws.com/echo.api/{0 if is_one else number}.pem")
        given_up.release()

    asking = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in asking:
        thread.start()
    assert given_up.acquire(timeout=10), "nobody gave way"
    assert len(own._waiters) <= 3
    fetch.let.set()
    for thread in asking:
        thread.join(20)
    assert not own._waiters
    assert own._fetchers <= AT_A_TIME


class Flooded:
    """Amazon's bucket on a bad day: made-up addresses are refused only when they are let, the real one is there."""

    def __init__(self, real: str, body: bytes) -> None:
        self.real, self.body, self.let, self.asked = real, body, threading.Event(), 0

    def __call__(self, url: str) -> bytes:
        self.asked += 1
        if url == self.real:
            return self.body
        self.let.wait(20)
        raise Unreachable("nothing there", is_final=True)


def test_made_up_addresses_do_not_keep_the_real_one_out(authority: Authority) -> None:
    """After a start without a shelf, or a rotation: all places are taken, and more come after it."""
    new = "https://s3.amazonaws.com/echo.api/echo-api-cert-2.pem"
    bucket = Flooded(new, pem(authority.signer, authority.intermediate))
    own = Chains(Trust((authority.root.certificate,), bucket, most_waiting=3))
    crowd = [
        threading.Thread(target=_refused, args=(own, f"https://s3.amazonaws.com/echo.api/{number}.pem"))
        for number in range(12)
    ]
    for thread in crowd:
        thread.start()
    found: list[object] = []
    real = threading.Thread(target=lambda: found.append(own.signer(new)))
    real.start()
    while not any(waiter.want.url == new for waiter in list(own._waiters)) and real.is_alive():
        pass
    bucket.let.set()
    real.join(20)
    assert found == [authority.signer.certificate]
    for thread in crowd:
        thread.join(20)


def test_the_real_one_that_was_crowded_out_is_the_most_wanted_when_it_comes_again(authority: Authority) -> None:
    new = "https://s3.amazonaws.com/echo.api/echo-api-cert-2.pem"
    bucket = Flooded(new, pem(authority.signer, authority.intermediate))
    own = Chains(Trust((authority.root.certificate,), bucket, most_waiting=1))
    with own._lock:
        own._fetchers = AT_A_TIME  # all busy
        first = own._queue(new)
        for number in range(100):
            own._queue(f"https://s3.amazonaws.com/echo.api/{number}.pem")
        assert first.done.is_set(), "crowded out"
        again = own._queue(new)
        for number in range(100, 200):
            with suppress(Unreachable):
                own._queue(f"https://s3.amazonaws.com/echo.api/{number}.pem")
        assert not again.done.is_set(), "it gives way to none that is wanted less"
        own._fetchers = 1
    bucket.let.set()
    own._fetch_all()
    assert again.done.is_set()
    assert again.want.chain is not None
    assert own.signer(new) == authority.signer.certificate


def _refused(own: Chains, url: str) -> None:
    with suppress(Unreachable):
        own.signer(url)


def test_one_failure_on_the_way_is_tried_again(authority: Authority) -> None:
    body, tries = pem(authority.signer, authority.intermediate), []

    def fetch(url: str) -> bytes:
        tries.append(url)
        if len(tries) == 1:
            raise Unreachable("connection reset")
        return body

    own = Chains(Trust((authority.root.certificate,), fetch))
    assert own.signer(URL) == authority.signer.certificate
    assert len(tries) == 2


def test_an_address_that_was_away_is_asked_again_within_a_second_or_so(authority: Authority) -> None:
    now, body = [0.0], pem(authority.signer, authority.intermediate)
    answers: list[bytes | None] = [None, None, body]

    def fetch(url: str) -> bytes:
        answer = answers.pop(0)
        if answer is None:
            raise Unreachable("connection reset")
        return answer

    own = Chains(Trust((authority.root.certificate,), fetch), clock=lambda: now[0])
    with pytest.raises(Unreachable):
        own.signer(URL)
    now[0] += AWAY_FOR
    assert own.signer(URL) == authority.signer.certificate


# ---- between two starts


def test_a_chain_outlives_a_start_and_is_verified_again(authority: Authority, bucket: Bucket, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "chains")
    roots = (authority.root.certificate,)
    assert Chains(Trust(roots, bucket.fetcher(), shelf=shelf)).signer(URL) == authority.signer.certificate
    (file,) = shelf.folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0

    def nobody(url: str) -> bytes:
        raise Unreachable("no network", is_final=True)

    assert Chains(Trust(roots, nobody, shelf=shelf)).signer(URL) == authority.signer.certificate
    for spoilt in (b"", b"nonsense", pem(authority.leaf(until=-DAY, since=-9 * DAY), authority.intermediate)):
        file.write_bytes(spoilt)
        with pytest.raises(Unreachable):
            Chains(Trust(roots, nobody, shelf=shelf)).signer(URL)
    file.write_bytes(pem(authority.signer, authority.intermediate))
    with pytest.raises(Unreachable):
        Chains(Trust((authority.stranger.certificate,), nobody, shelf=shelf)).signer(URL)


def test_a_shelf_that_cannot_be_written_costs_nothing(authority: Authority, bucket: Bucket, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    shelf = Shelf(tmp_path / "file" / "chains")
    own = Chains(Trust((authority.root.certificate,), bucket.fetcher(), shelf=shelf))
    assert own.signer(URL) == authority.signer.certificate
    assert shelf.read(URL) is None


def test_a_shelf_does_not_grow_without_end(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number in range(MOST_SHELVED + 5):
        shelf.write(f"https://s3.amazonaws.com/echo.api/{number}.pem", b"x")
    assert len(list(tmp_path.iterdir())) == MOST_SHELVED


def test_a_key_that_may_not_sign_is_no_signers(authority: Authority) -> None:
    chain = read_chain(pem(authority.leaf(may_sign=False), authority.intermediate))
    with pytest.raises(BadChain, match="digital signatures"):
        verify_path(chain, (authority.root.certificate,))


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
