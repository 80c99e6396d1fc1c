"""What reaches the handlers in any shape gets a valid answer, by keyword, through the one renderer."""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from skill.advice import open_advice
from skill.app import create
from skill.dialog import State, TurnContext
from skill.dialog.durations import seconds_in
from skill.dialog.turn_context import BODY, DENIED, SIGNS, TRANSCRIPT, Slot
from skill.handlers import intents
from skill.handlers.exception_handler import CatchAllExceptionHandler
from skill.handlers.lenient_envelope import epoch, read
from skill.handlers.request_handlers import ANSWERS, HANDLERS
from skill.speech.limits import RESPONSE_BYTES
from tests.ears import model
from tests.envelopes import Json, ended, envelope, intent, launch, slot
from tests.invariants import faults

ADVICE = open_advice("en-US")
MODEL = model()
RENDER = "Alexa.Presentation.APL.RenderDocument"


@pytest.fixture
def skill() -> Callable[[Json, object], Json]:
    return create()


def spoken(response: Json) -> str:
    return str(response["response"].get("outputSpeech", {}).get("ssml", ""))


# ---- how the SDK calls


@pytest.mark.parametrize("make", HANDLERS, ids=list(ANSWERS))
def test_handlers_take_what_the_sdk_names(make: Callable[[], object]) -> None:
    for method in ("can_handle", "handle"):
        assert list(inspect.signature(getattr(make(), method)).parameters) == ["handler_input"]


def test_the_error_handler_takes_what_the_sdk_names() -> None:
    for method in ("can_handle", "handle"):
        names = list(inspect.signature(getattr(CatchAllExceptionHandler, method)).parameters)
        assert names == ["self", "handler_input", "exception"]


def test_the_order_of_the_handlers_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    events = [launch(), ended(), intent("MadeUpIntent"), *(intent(name) for name in intents.INTENTS)]
    plain = [create()(event, None) for event in events]
    monkeypatch.setattr("skill.app.HANDLERS", tuple(reversed(HANDLERS)))
    assert [create()(event, None) for event in events] == plain


def test_every_intent_of_the_model_has_one_row_with_its_slots() -> None:
    assert {name: dict(own.slots) for name, own in intents.INTENTS.items()} == MODEL.slots


class Recorded(dict[str, Slot]):
    """Slots that remember which of them were looked for by name."""

    def __init__(self) -> None:
        super().__init__()
        self.read: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return default


@pytest.mark.parametrize("name", sorted(intents.INTENTS))
def test_an_intent_reads_the_slots_of_its_row_and_no_others(name: str) -> None:
    """Danger is looked for in all of them, and by its own names."""
    own = intents.INTENTS[name]
    for state in (
        None,
        State(routine="calf", step="stretch", answered_at=1),
        State(routine="bedtime", step="calf_left"),
    ):
        slots = Recorded()
        turn = TurnContext(ADVICE, 10, state, slots)
        own.answer(turn)
        assert slots.read - {TRANSCRIPT, *DENIED, *BODY, *SIGNS} <= set(own.slots)


# ---- errors


@pytest.mark.parametrize("attributes", [{}, State(routine="calf", step="footboard", voice="whisper").to_json()])
def test_an_error_gets_a_safe_answer_by_the_same_renderer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, attributes: Json
) -> None:
    def breaks(turn: object) -> Any:
        raise RuntimeError("PLANTED words of a person")

    monkeypatch.setattr(intents, "INTENTS", {**intents.INTENTS, "AMAZON.HelpIntent": intents.Intent(breaks)})
    monkeypatch.setattr(logging.getLogger("cramp_coach"), "propagate", True)
    event = intent("AMAZON.HelpIntent", attributes=attributes)
    with caplog.at_level(logging.DEBUG, logger="cramp_coach"):
        response = create()(event, None)
    found = faults(event, response)
    assert found == ["something was raised, and the error handler answered"]
    assert "911" in spoken(response)
    assert ("whispered" in spoken(response)) is bool(attributes)
    assert "PLANTED" not in "".join(str(vars(record)) for record in caplog.records)
    assert any(record.levelno == logging.ERROR for record in caplog.records)


# ---- slots


@pytest.mark.parametrize("name", sorted(MODEL.slots))
def test_slots_of_any_shape(skill: Callable[[Json, object], Json], name: str) -> None:
    shapes: list[Any] = [
        None,
        {},
        {"name": "x"},
        {"name": "x", "value": None},
        slot("x", "y" * 5000),
        slot("x", "<s>&</speak>"),
    ]
    empty = slot("x", "z")
    empty["resolutions"]["resolutionsPerAuthority"] = []
    valueless = slot("x", "z", "z")
    valueless["resolutions"]["resolutionsPerAuthority"][0]["values"] = []
    bare = {"name": "x", "value": "z", "resolutions": {}}
    for shape in (*shapes, empty, valueless, bare):
        event = intent(name)
        event["request"]["intent"]["slots"] = dict.fromkeys((*MODEL.slots[name], "unheard_of"), shape)
        assert faults(event, skill(event, None)) == [], shape
    for nothing in (True, False):
        event = intent(name)
        event["request"]["intent"]["slots"] = None if nothing else {}
        assert faults(event, skill(event, None)) == []


def test_what_is_said_never_reaches_the_ssml(skill: Callable[[Json, object], Json]) -> None:
    for name, slots in MODEL.slots.items():
        for own in slots:
            response = skill(intent(name, heard={own: "<break time='99s'/>&zebra;"}), None)
            assert "zebra" not in str(response)
            assert "99s" not in str(response)


def test_danger_in_an_intent_that_nobody_knows_is_answered(skill: Callable[[Json, object], Json]) -> None:
    response = skill(intent("MadeUpIntent", heard={"anything": "chest pain"}), None)
    assert "911" in spoken(response)
    assert response["response"]["shouldEndSession"] is True


@pytest.mark.parametrize(
    ("place", "says", "closed"), [("jaw", "Call <say-as", True), ("arm", "I know the calf", False)]
)
def test_cramps_in_a_place_that_is_no_leg_may_be_a_danger(
    skill: Callable[[Json, object], Json], place: str, says: str, closed: bool
) -> None:
    response = skill(intent("ReliefIntent", heard={"muscle": place}), None)
    assert says in spoken(response)
    assert response["response"]["shouldEndSession"] is closed


def unmatched(name: str) -> Json:
    """A slot for which one authority offers a value that did not match, and the next one the value that did."""
    made = slot(name, "so called", "magnesium_pill")
    wrong = slot(name, "so called", "massage")["resolutions"]["resolutionsPerAuthority"][0]
    wrong["status"]["code"] = "ER_SUCCESS_NO_MATCH"
    made["resolutions"]["resolutionsPerAuthority"].insert(0, wrong)
    return made


def test_only_a_value_that_matched_is_taken(skill: Callable[[Json, object], Json]) -> None:
    event = intent("RemedyIntent")
    event["request"]["intent"]["slots"] = {"remedy": unmatched("remedy")}
    assert "agnesium" in spoken(skill(event, None))
    assert read(event).slots["remedy"].id == "magnesium_pill"


def test_every_slot_of_a_request_out_of_shape_is_read(skill: Callable[[Json, object], Json]) -> None:
    event = intent("SymptomIntent", heard={"symptom": "tired"}, other_symptom="chest_pain")
    event["request"] |= {"timestamp": {"day": 1}, "dialogState": "NEW_STATE"}
    event["request"]["intent"]["slots"]["third"] = ["no slot"]
    assert sorted(read(event).slots) == ["other_symptom", "symptom"]
    assert "911" in spoken(skill(event, None))


def test_an_id_of_an_older_model_is_heard_by_its_words(skill: Callable[[Json, object], Json]) -> None:
    event = intent("RemedyIntent")
    event["request"]["intent"]["slots"] = {"remedy": slot("remedy", "chest pain", "gone_from_the_content")}
    response = skill(event, None)
    assert spoken(response).count("911") >= 1
    assert response["response"]["shouldEndSession"] is True


# ---- screens


def test_a_screen_gets_what_the_words_and_the_attributes_leave(
    skill: Callable[[Json, object], Json], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the document takes of its room, the whole stays within what Alexa accepts."""

    def fills(reply: object, advice: object, room: int) -> Json:
        empty = {"type": RENDER, "token": "t", "document": {}, "datasources": {"d": ""}}
        empty["datasources"]["d"] = "x" * (room - len(json.dumps(empty)))  # type: ignore[index]
        return empty

    monkeypatch.setattr("skill.screen.directive", fills)
    state = State(routine="calf", step="stretch", conditions=tuple(ADVICE.words("conditions"))[:12], answered_at=10**9)
    event = intent("AMAZON.RepeatIntent", attributes=state.to_json())
    event["context"]["System"]["device"]["supportedInterfaces"] = {"Alexa.Presentation.APL": {}}
    response = skill(event, None)
    assert response["response"]["directives"]
    assert RESPONSE_BYTES - 1_500 < len(json.dumps(response)) <= RESPONSE_BYTES


# ---- envelopes


@pytest.mark.parametrize("name", ["MadeUpIntent", "", "AMAZON.ScrollUpIntent", "x" * 300])
def test_an_intent_that_nobody_knows(skill: Callable[[Json, object], Json], name: str) -> None:
    for attributes in ({}, State(routine="calf", step="stretch", answered_at=1).to_json()):
        event = intent(name, attributes=attributes)
        assert faults(event, skill(event, None)) == []


@pytest.mark.parametrize("locale", ["xx", "", "en", "EN-us", "../../etc", "x" * 5000])
def test_a_locale_that_nobody_knows(skill: Callable[[Json, object], Json], locale: str) -> None:
    for event in (launch(locale=locale), intent("SymptomIntent", symptom=ADVICE.symptoms()[0], locale=locale)):
        assert faults(event, skill(event, None)) == []


def test_a_request_without_a_session(skill: Callable[[Json, object], Json]) -> None:
    for made in (launch(), intent("AMAZON.YesIntent"), intent("WorseIntent"), intent("SymptomIntent", symptom="x")):
        event = {key: value for key, value in made.items() if key != "session"}
        response = skill(event, None)
        assert spoken(response)
        assert "shouldEndSession" in response["response"]


@pytest.mark.parametrize(
    "attributes",
    [None, {}, {"version": 0}, {"version": 2, "routine": 5}, {"version": 2, "conditions": "all"}, {"x": "y" * 9000}],
)
def test_attributes_of_any_shape(skill: Callable[[Json, object], Json], attributes: Any) -> None:
    for name in ("AMAZON.YesIntent", "AMAZON.NextIntent", "WorseIntent", "AMAZON.FallbackIntent"):
        event = intent(name)
        event["session"]["attributes"] = attributes
        assert faults(event, skill(event, None)) == []


def test_the_end_of_a_session_gets_no_words(skill: Callable[[Json, object], Json]) -> None:
    for reason in ("USER_INITIATED", "ERROR", "EXCEEDED_MAX_REPROMPTS"):
        event = ended(reason, attributes=State(routine="calf", step="stretch").to_json())
        assert skill(event, None)["response"] == {}


def test_home_goes_without_a_word(skill: Callable[[Json, object], Json]) -> None:
    response = skill(intent("AMAZON.NavigateHomeIntent"), None)
    assert (spoken(response), response["response"]["shouldEndSession"]) == ("", True)


def test_requests_that_are_no_conversation_get_no_words(skill: Callable[[Json, object], Json]) -> None:
    for kind in ("System.ExceptionEncountered", "AlexaSkillEvent.SkillEnabled", "AlexaSkillEvent.SkillDisabled"):
        assert spoken(skill(envelope({"type": kind}), None)) == ""


# ---- time


@pytest.mark.parametrize(
    ("heard", "seconds"),
    [
        ("PT30S", 30),
        ("PT1M", 60),
        ("PT1M30S", 90),
        ("PT1H", 3600),
        ("P1D", 86400),
        ("30", 30),
        (" pt5s ", 5),
        ("PT2.5S", 2),
        ("", None),
        ("PT", None),
        ("P", None),
        ("soon", None),
        ("-PT3S", None),
        ("P1W", 604_800),
        ("1e9", None),
        ("٣٠", None),
        ("9" * 7, None),
        ("PT" + "9" * 99 + "S", None),
    ],
)
def test_seconds(heard: str, seconds: int | None) -> None:
    assert seconds_in(heard) == seconds


@pytest.mark.parametrize("odd", [None, "", "soon", 5, "9999-99-99T99:99:99Z", object()])
def test_a_request_without_a_time_is_now(odd: object) -> None:
    assert epoch(odd) > 1_700_000_000
