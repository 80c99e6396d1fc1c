from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator

import pytest

from tests.endpoint.attacks import ATTACKS, BESIDE, TABLE, WELCOME, Attack
from tests.endpoint.authority import Authority
from tests.endpoint.bucket import Thing
from tests.endpoint.running import send
from tests.endpoint.sending import World, attempt, good, world


@pytest.fixture(scope="module")
def here(authority: Authority) -> Iterator[World]:
    with world(authority) as own:
        yield own


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: f"{a.kind}: {a.name}")
def test_it_is_refused_for_the_right_reason(here: World, attack: Attack) -> None:
    here.bucket.asked.clear()
    answer, reasons = attempt(here, attack.send, attack.later)
    assert answer.status == attack.status
    assert reasons == ([attack.why] if attack.why else [])
    assert "Traceback" not in answer.text and ".py" not in answer.text
    assert attack.fetches or not here.bucket.asked, "nothing was to be fetched for this"
    if attack.why:
        assert json.loads(answer.body) == {"error": "This is not a request from Alexa for this skill."}


@pytest.mark.parametrize("attack", WELCOME, ids=lambda a: a.name)
def test_a_good_request_is_answered(here: World, attack: Attack) -> None:
    answer, reasons = attempt(here, attack.send, attack.later)
    assert (answer.status, reasons) == (200, [])
    assert "<speak>" in json.loads(answer.body)["response"]["outputSpeech"]["ssml"]


def test_strangers_with_made_up_addresses_keep_nobody_waiting(authority: Authority) -> None:
    """Amazon's host answers none of them at once; who comes with a chain that is kept does not notice."""
    with world(authority) as here:
        assert attempt(here, good)[0].status == 200, "the chain is kept now"
        crowd = [
            good(here, here.thing(f"slow-{number}", Thing(b"x" * 5000, drip=0.05)))  # given up after three seconds
            for number in range(40)
        ]
        strangers = [threading.Thread(target=send, args=(here.port, own.body, own.headers)) for own in crowd]
        for stranger in strangers:
            stranger.start()
        took = []
        for _ in range(10):
            began = time.monotonic()
            assert attempt(here, good)[0].status == 200
            took.append(time.monotonic() - began)
            time.sleep(0.05)
        assert sum(took) < 3, took  # a busy machine may hold one of them up; behind the crowd it takes ten seconds
        for stranger in strangers:
            stranger.join(20)


def test_every_way_of_being_wrong_differs_from_a_good_request_in_that_way_only() -> None:
    """A table whose rows are all refused for one reason would prove nothing."""
    assert len({attack.why for attack in ATTACKS}) >= 9
    assert len({(attack.kind, attack.name) for attack in ATTACKS}) == len(ATTACKS)


def test_the_table_in_the_documents_is_that_of_the_attacks() -> None:
    rows = [f"| {a.kind} | {a.name} | {a.status} | {a.why} |" for a in (*ATTACKS, *WELCOME)]
    generated, _, by_hand = TABLE.read_text(encoding="utf-8").partition(BESIDE)
    written = [line for line in generated.splitlines() if line.startswith("| ")][1:]
    assert written == rows, "docs/attacks.md is behind. Hint: python -m tests.endpoint.attacks"
    for name in re.findall(r"`(tests/[^`]+)`", by_hand):
        assert (TABLE.parents[1] / name).exists(), name
