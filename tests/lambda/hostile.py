"""Generates hostile envelopes, and states what must hold for every response.

python -m tests.lambda.hostile 20000
"""

from __future__ import annotations

import copy
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ask_sdk_model import Request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.app import WrongSkill, create
from skill.handlers import intents
from skill.speech.limits import RESPONSE_BYTES
from speaker.playback import read
from tests.envelopes import ended, envelope, intent, launch
from tests.shelf import Shelf

SKILL = "amzn1.ask.skill.test"
SPOKEN = ("LaunchRequest", "IntentRequest")
INTENTS = sorted(intents.INTENTS)
TYPES = sorted({*Request.discriminator_value_class_map, "Nobody.KnowsThis", "", "launchrequest"})
LOCALES = (
    "ar-SA de-DE en-AU en-CA en-GB en-IN en-US es-ES es-MX es-US fr-CA fr-FR hi-IN it-IT ja-JP nl-NL pt-BR xx-XX en"
).split()
SLOTS = sorted({*(slot for own in intents.INTENTS.values() for slot in own.slots), "nobody"})
STATES: tuple[dict[str, Any], ...] = (
    {},
    {"version": 2, "routine": "calf", "step": "stretch", "started_at": 1_799_999_900, "answered_at": 1_799_999_940},
    {"version": 2, "awaiting": "signs", "topic": "say/worse", "stopped": True},
    {"version": 2, "routine": "calf", "step": "stretch", "awaiting": "paused"},
    {"version": 0, "routine": "calf"},
)
HUGE = (
    "x" * 100_000,
    "\x00\x01\ufffe" * 1_000,
    "\ud800\udfff" * 500,
    "<break time='99s'/>&" * 500,
    "🦵" * 5_000,
    "9" * 400,
)


class _Odd:
    """A value JSON cannot represent."""

    def __repr__(self) -> str:
        return "<odd>"


def deep(levels: int) -> Any:
    """Nested objects and lists; from about 500 levels on deeper than the JSON parser goes."""
    node: Any = {}
    for _ in range(levels):
        node = {"a": [node]}
    return node


_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=20),
    st.sampled_from(HUGE),
    st.sampled_from([b"\xff\x00", _Odd(), 10**400, -1, 2**63, {1: 2}, ("a",)]).map(copy.deepcopy),
)
junk = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
"""Any value, whether JSON can represent it or not."""

_words = st.one_of(st.text(max_size=40), st.sampled_from(["chest pain", "my leg is swollen", "calf", "PT30S", *HUGE]))


@st.composite
def _plain(draw: st.DrawFn) -> dict[str, Any]:
    """A valid envelope: any request type, locale, state and slots."""
    locale, attributes = draw(st.sampled_from(LOCALES)), copy.deepcopy(draw(st.sampled_from(STATES)))
    kind = draw(st.sampled_from(("launch", "intent", "intent", "intent", "ended", "other")))
    if kind == "launch":
        return launch(locale=locale)
    if kind == "ended":
        return ended(draw(st.sampled_from(("USER_INITIATED", "ERROR", "NEW_REASON"))), attributes=attributes)
    if kind == "other":
        return envelope({"type": draw(st.sampled_from(TYPES))}, attributes=attributes, locale=locale)
    heard = draw(st.dictionaries(st.sampled_from(SLOTS), _words, max_size=3))
    resolved = draw(
        st.dictionaries(st.sampled_from(SLOTS), st.sampled_from(("calf", "chest_pain", "statins", "")), max_size=2)
    )
    name = draw(st.sampled_from(INTENTS) | st.text(max_size=20))
    return intent(name, heard=heard, resolved=resolved, attributes=attributes, locale=locale)


def _paths(node: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path for key, value in items for path in ((*above, key), *_paths(value, (*above, key)))]


@st.composite
def _broken(draw: st.DrawFn) -> dict[str, Any]:
    """A valid envelope with up to four parts missing, replaced or misplaced."""
    event: dict[str, Any] = json.loads(json.dumps(draw(_plain())))  # shares no part with another envelope
    for _ in range(draw(st.integers(1, 4))):
        paths = _paths(event)
        if not paths:
            break
        path = draw(st.sampled_from(paths))
        holder: Any = event
        for key in path[:-1]:
            holder = holder[key]
        match draw(st.sampled_from(("drop", "junk", "junk", "list", "dict", "text"))):
            case "drop":
                del holder[path[-1]]
            case "junk":
                holder[path[-1]] = draw(junk)
            case "list":
                holder[path[-1]] = [holder[path[-1]]]
            case "dict":
                holder[path[-1]] = {"value": holder[path[-1]]}
            case "text":
                holder[path[-1]] = str(holder[path[-1]])
    return event


def envelopes() -> st.SearchStrategy[Any]:
    """Hostile envelopes."""
    return st.one_of(_broken(), _broken(), _broken(), _plain(), junk)


def faults(event: Any, response: Any) -> list[str]:
    """The faults of a response, whatever was asked."""
    try:
        size = len(json.dumps(response, allow_nan=False).encode())
    except (TypeError, ValueError) as error:
        return [f"is no JSON: {error}"]
    if (
        not isinstance(response, dict)
        or response.get("version") != "1.0"
        or not isinstance(response.get("response"), dict)
    ):
        return [f"is no response envelope: {response!r:.200}"]
    found = [f"has {size} bytes"] if size > RESPONSE_BYTES else []
    if not isinstance(response.get("sessionAttributes", {}), dict):
        found.append("its session attributes are no object")
    request = event.get("request") if isinstance(event, dict) else None
    kind = request.get("type") if isinstance(request, dict) else None
    played = read(response, kind if isinstance(kind, str) else "")
    found += played.faults
    said = response["response"].get("outputSpeech")
    if kind in SPOKEN and not said and not _is_home(request):
        found.append(f"{kind} is answered without a word")
    if kind not in SPOKEN and said:
        found.append(f"{kind!r} is answered with words")
    return found


def _is_home(request: Any) -> bool:
    named = request.get("intent")
    return isinstance(named, dict) and named.get("name") == "AMAZON.NavigateHomeIntent"


Skill = Callable[[Any, object], Any]


def skills() -> tuple[Skill, Skill]:
    """The skill with a store, and one restricted to one skill id."""
    return create(memory=Shelf()), create(skill_id=SKILL)


def hold_against(pair: tuple[Skill, Skill], event: Any) -> None:
    """Asserts that both respond without faults. Only a wrong skill id may raise, and only if an id is set."""
    for skill in pair:
        try:
            response = skill(copy.deepcopy(event), None)
        except WrongSkill:
            assert skill is pair[1], "a skill without a skill id refused a request"
            continue
        found = faults(event, response)
        assert not found, found


def main(count: int = 20_000) -> int:
    """Sends the number of envelopes given; returns the exit status."""
    logging.getLogger("cramp_coach").setLevel(logging.CRITICAL)
    pair = skills()
    sent = 0

    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(event=envelopes())
    def send(event: Any) -> None:
        nonlocal sent
        sent += 1
        hold_against(pair, event)

    try:
        send()
    except AssertionError as error:
        # The error's notes hold the minimal failing envelope, truncated if huge.
        notes = "\n".join(getattr(error, "__notes__", ()))
        sys.stdout.write(f"{error!s:.2000}\n{notes:.4000}\n")
        return 1
    sys.stdout.write(f"{Path(__file__).stem}: {sent} envelopes, each answered twice, none without a valid response\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
