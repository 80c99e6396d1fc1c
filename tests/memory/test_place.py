"""A place is kept, found once, forgotten and expired, in every store alike."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from skill.app import create
from skill.dialog import Awaiting, State, TurnContext
from skill.memory.key import key
from skill.memory.place import from_record, to_record
from skill.memory.record import FIELDS
from tests.memory.night import ADVICE, USER, Json, Night, is_open, sentence, speech, step

if TYPE_CHECKING:
    from tests.memory.conftest import Stored, Table

pytestmark = pytest.mark.usefixtures("patient")
RESUME = ADVICE.timing.resume_minutes * 60
STEPS = [one.id for one in ADVICE.routine("calf").steps]  # type: ignore[union-attr]


def asks_first(answer: Json) -> bool:
    """Nothing is stretched: the question is whether to."""
    attributes = answer["sessionAttributes"]
    return attributes.get("awaiting") == "start" and "routine" not in attributes


@pytest.fixture
def night(store: Stored) -> Night:
    return Night(create(memory=store.adapter))


@pytest.mark.parametrize("end", ["drop", "stop"])
def test_continue_goes_on_where_the_session_ended(night: Night, store: Stored, end: str) -> None:
    night.to_step(3)
    night.wait(5)
    getattr(night, end)()
    assert len(store.rows()) == 1
    night.wait(300)
    night.launch()
    answer = night.resume()
    assert step(answer) == ("calf", STEPS[2])
    assert sentence("resumed") in speech(answer)
    assert is_open(answer)


def test_continue_without_a_launch_before_it(night: Night) -> None:
    night.to_step(2)
    night.drop()
    night.wait(60)
    assert step(night.resume()) == ("calf", STEPS[1])


def test_what_silence_reached_is_what_is_kept(night: Night) -> None:
    night.launch()
    night.wait(max(night.attributes["step_offsets"]) + 20)
    night.drop()
    assert step(night.resume()) == ("calf", STEPS[1])


@pytest.mark.parametrize("routine", ["arch", "hamstring"])
def test_another_muscle(night: Night, routine: str) -> None:
    muscle = next(name for name in ADVICE.words("muscles") if ADVICE.muscle(name).routine == routine)  # type: ignore[union-attr]
    night.launch()
    night.say("ReliefIntent", muscle=("it", muscle))
    night.say("AMAZON.NoIntent")
    kept = step({"sessionAttributes": night.attributes})
    assert kept[0] == routine
    night.drop()
    assert step(night.resume()) == kept


def test_bedtime_goes_on_with_its_side(night: Night) -> None:
    night.launch()
    night.say("BedtimeIntent")
    night.say("AMAZON.NextIntent")
    kept = step({"sessionAttributes": night.attributes})
    night.drop()
    night.wait(120)
    answer = night.resume()
    assert step(answer) == kept
    assert answer["sessionAttributes"]["awaiting"] == "bedtime"
    assert "started_at" not in answer["sessionAttributes"]


def test_the_helper_is_told_as_a_helper(night: Night) -> None:
    night.launch()
    night.say("HelperIntent")
    night.drop()
    assert night.resume()["sessionAttributes"]["helper"] is True


def test_a_place_is_used_up_by_being_found(night: Night, store: Stored) -> None:
    night.to_step(3)
    night.drop()
    assert step(night.resume()) == ("calf", STEPS[2])
    assert store.rows() == []
    night.attributes = {}  # that session is lost without any word of its end
    answer = night.resume()
    assert sentence("no_place") in speech(answer)
    assert asks_first(answer)


def test_a_place_is_the_users_own(night: Night, store: Stored) -> None:
    night.to_step(3)
    night.drop()
    neighbour = Night(night.skill, user="amzn1.ask.account.NEIGHBOUR", now=night.now)
    assert sentence("no_place") in speech(neighbour.resume())
    assert step(night.resume()) == ("calf", STEPS[2])


def test_the_last_place_is_the_one_that_counts(night: Night, store: Stored) -> None:
    night.to_step(4)
    night.drop()
    night.to_step(2)
    night.stop()
    assert len(store.rows()) == 1
    assert step(night.resume()) == ("calf", STEPS[1])


# ---- time


@pytest.mark.parametrize(("away", "found"), [(0, True), (RESUME - 1, True), (RESUME + 1, False), (86400 * 30, False)])
def test_half_an_hour(night: Night, store: Stored, away: int, found: bool) -> None:
    night.to_step(3)
    night.drop()
    night.wait(away)
    answer = night.resume()
    assert asks_first(answer) is not found
    if found:
        assert step(answer) == ("calf", STEPS[2])
    assert (sentence("no_place") in speech(answer)) is not found
    assert store.rows() == [], "an expired place goes when it is looked at"


def test_the_store_is_told_when_a_place_expires(night: Night, store: Stored) -> None:
    night.to_step(2)
    night.drop()
    assert int(store.rows()[0]["expires_at"]) == int(night.now.timestamp()) + RESUME


def test_dynamodb_deletes_by_expires_at(table: Table) -> None:
    described = table.client.describe_time_to_live(TableName=table.name)["TimeToLiveDescription"]
    assert described["AttributeName"] == "expires_at"


def test_sqlite_deletes_what_has_expired_with_the_next_writing(sqlite_store: Stored) -> None:
    skill = create(memory=sqlite_store.adapter)
    first = Night(skill, user="first")
    first.now -= timedelta(seconds=RESUME + 60)
    first.to_step(2)
    first.drop()
    second = Night(skill, user="second")
    second.to_step(2)
    second.drop()
    assert [row["id"] for row in sqlite_store.rows()] == [digest("second")]


def test_a_request_from_the_future_deletes_nobody_elses_place(sqlite_store: Stored) -> None:
    skill = create(memory=sqlite_store.adapter)
    first = Night(skill, user="first")
    first.to_step(3)
    first.drop()
    liar = Night(skill, user="liar")
    liar.now += timedelta(days=36500)
    liar.to_step(2)
    liar.drop()
    assert step(first.resume()) == ("calf", STEPS[2])


def test_the_ten_minutes_leave_out_the_time_away(night: Night) -> None:
    night.launch()
    night.wait(400)
    night.say("AMAZON.RepeatIntent")
    night.drop()
    night.wait(1500)
    answer = night.resume()
    assert int(night.now.timestamp()) - answer["sessionAttributes"]["started_at"] == 400


def test_the_ten_minutes_leave_out_a_pause_that_ended_the_session(night: Night) -> None:
    night.launch()
    night.wait(30)
    night.say("AMAZON.PauseIntent")
    night.wait(500)
    night.drop()
    answer = night.resume()
    assert int(night.now.timestamp()) - answer["sessionAttributes"]["started_at"] == 30


# ---- what is forgotten


ENDINGS: dict[str, Json] = {
    "it's gone": {"intent": "EasedIntent"},
    "yes, it has let go": {"intent": "AMAZON.YesIntent"},
    "worse, though eased off": {"intent": "WorseIntent", "before": "WorseIntent"},
    "an emergency": {"intent": "SymptomIntent", "symptom": "emergency"},
    "same day": {"intent": "SymptomIntent", "symptom": "same_day"},
}


def _end(night: Night, how: str) -> None:
    ending = dict(ENDINGS[how])
    intent = ending.pop("intent")
    if before := ending.get("before"):
        night.say(before)
    night.hear_out()
    tier = ending.get("symptom")
    slots = {}
    if tier:
        sign = next(name for name in ADVICE.symptoms() if ADVICE.symptom(name).tier == tier)  # type: ignore[union-attr]
        slots = {"symptom": ("a sign", sign)}
    night.say(intent, **slots)
    night.drop()


@pytest.mark.parametrize("how", ENDINGS)
def test_nothing_is_kept_after(night: Night, store: Stored, how: str) -> None:
    night.to_step(3)
    _end(night, how)
    assert store.rows() == []
    assert sentence("no_place") in speech(night.resume())


@pytest.mark.parametrize("how", ENDINGS)
def test_an_earlier_place_is_forgotten_after(night: Night, store: Stored, how: str) -> None:
    night.to_step(3)
    night.drop()
    assert len(store.rows()) == 1
    night.launch()
    _end(night, how)
    assert store.rows() == []


def test_switching_the_skill_off_deletes_the_place(night: Night, store: Stored) -> None:
    night.to_step(3)
    night.drop()
    other = Night(night.skill, user="somebody else")
    other.to_step(2)
    other.drop()
    assert night.disable()["response"] == {}
    assert [row["id"] for row in store.rows()] == [digest("somebody else")]


@pytest.mark.parametrize("user", [None, ""])
def test_without_a_user_nothing_is_read_or_written(store: Stored, user: str | None) -> None:
    nobody = Night(create(memory=store.adapter), user=user)
    nobody.to_step(3)
    nobody.drop()
    nobody.disable()
    assert store.rows() == []
    assert sentence("no_place") in speech(nobody.resume())


# ---- what is stored


def test_only_ids_a_step_and_times(night: Night, store: Stored) -> None:
    condition = next(iter(ADVICE.words("conditions")))
    remedy = next(iter(ADVICE.words("remedies")))
    book = next(name for name in ADVICE.symptoms() if ADVICE.symptom(name).tier == "book")  # type: ignore[union-attr]
    night.launch()
    night.say("AMAZON.NoIntent")
    night.say("ConditionIntent", condition=("PLANTED-CONDITION", condition))
    night.say("SymptomIntent", symptom=("PLANTED-SYMPTOM", book))
    night.say("RemedyIntent", remedy=("PLANTED-REMEDY", remedy))
    night.say("ReliefIntent", muscle="PLANTED-MUSCLE")
    night.say("HoldLongerIntent", seconds="PT37S")
    night.say("WhisperIntent")
    night.drop()
    (row,) = store.rows()
    assert set(row) == {"id", *FIELDS}
    assert row["id"] == digest(USER)
    raw = store.raw()
    for planted in (USER, "PLANTED", condition, book, remedy, "PT37S", "whisper", "amzn1"):
        assert planted.encode() not in raw, planted


def test_sqlite_overwrites_what_it_deletes(sqlite_store: Stored) -> None:
    night = Night(create(memory=sqlite_store.adapter))
    night.to_step(3)
    night.drop()
    assert digest(USER).encode() in sqlite_store.raw()
    night.disable()
    assert digest(USER).encode() not in sqlite_store.raw()


def test_a_store_refuses_anything_that_is_not_a_place(store: Stored) -> None:
    envelope = SimpleNamespace(context=None, session=SimpleNamespace(user=SimpleNamespace(user_id=USER)), request=None)
    with pytest.raises(ValueError, match="expected exactly the fields"):
        store.adapter.save_attributes(envelope, {**PLACE, "symptom": "swelling"})
    assert store.rows() == []


# ---- records of any shape


MOMENT = TurnContext(ADVICE, now=1_800_000_000, keeps_place=True)
PLACE: Json = dict(to_record(State(routine="calf", step="footboard", started_at=1_799_999_900), MOMENT))
ODD: list[object] = [
    None, True, -1, 2**53, 10**400, 0.5, float("nan"), float("inf"), "", "1", b"1", b"calf", [], {}, {"calf": 1},
    object(), "9" * 100_000, Decimal("1E+999999999"), Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"),
    Decimal("0.5"), "../../etc", "\x00", "\ud800",
]  # fmt: skip


def test_a_place_comes_back_as_it_was() -> None:
    state = State(routine="calf", step="footboard", helper=True, started_at=MOMENT.now - 77)
    assert from_record(to_record(state, MOMENT), MOMENT) == state.with_(answered_at=MOMENT.now)
    paused = State(routine="bedtime", step="calf_right", awaiting=Awaiting.PAUSED)
    assert from_record(to_record(paused, MOMENT), MOMENT) == paused.with_(
        answered_at=MOMENT.now, awaiting=Awaiting.BEDTIME
    )


def test_dynamodbs_numbers_are_numbers() -> None:
    decimals = {name: Decimal(value) if type(value) is int else value for name, value in PLACE.items()}
    assert from_record(decimals, MOMENT) == from_record(PLACE, MOMENT) is not None


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
def test_a_field_of_the_wrong_kind_is_no_place(field: str, odd: object) -> None:
    accepted = field == "helper" and odd is True
    assert (from_record({**PLACE, field: odd}, MOMENT) is not None) is accepted


@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_field_is_no_place(field: str) -> None:
    assert from_record({name: value for name, value in PLACE.items() if name != field}, MOMENT) is None


@pytest.mark.parametrize("record", [None, 1, "calf", b"calf", [PLACE], (), {}, {1: 2}, {**PLACE, "more": 1}])
def test_what_is_not_a_record_is_no_place(record: object) -> None:
    assert from_record(record, MOMENT) is None


def test_content_that_has_changed_since() -> None:
    assert from_record({**PLACE, "routine": "neck"}, MOMENT) is None
    assert from_record({**PLACE, "step": "backflip"}, MOMENT) is None
    fewer_rounds = from_record({**PLACE, "round": 9}, MOMENT)
    assert fewer_rounds is not None
    assert fewer_rounds.round == 1


def digest(user: str) -> str:
    return str(key(SimpleNamespace(context=None, session=SimpleNamespace(user=SimpleNamespace(user_id=user)))))


def test_the_key_is_the_users_alone_wherever_they_are_named() -> None:
    user = SimpleNamespace(user=SimpleNamespace(user_id=USER))
    in_context = SimpleNamespace(context=SimpleNamespace(system=user), session=None)
    assert key(in_context) == digest(USER) != digest(USER + "x")
    for nobody in (None, "", 5, b"bytes", ["x"]):
        envelope = SimpleNamespace(context=None, session=SimpleNamespace(user=SimpleNamespace(user_id=nobody)))
        assert key(envelope) is None
    assert key(SimpleNamespace()) is None
    assert digest("\ud800")
