"""The routine that Alexa is asked to offer: the directive as published, when it is sent, and what it may learn."""

from __future__ import annotations

import json
from typing import Any

import pytest

from skill.advice import locales, open_advice
from skill.app import OFFERS, create, from_environment, offers_in
from skill.dialog.offers import BEDTIME, STRETCH, evening_of
from skill.dialog.reply import Offer
from skill.handlers import time_zone
from skill.handlers.automation import offered, outcome
from skill.handlers.lenient_envelope import read
from skill.handlers.time_zone import zone_of
from speaker.routines import faults_of
from tests.envelopes import NOW, Json, envelope, intent

ID = "amzn1.ask.skill.test"


def on_alexa(event: Json, endpoint: str = "https://api.amazonalexa.com", token: Any = "PLANTED-TOKEN") -> Json:
    """The same request with what Alexa's own services are asked by."""
    event["context"]["System"] |= {"apiEndpoint": endpoint, "apiAccessToken": token}
    return event


def eased(attributes: Json, locale: str = "en-US") -> Json:
    return on_alexa(intent("EasedIntent", attributes=attributes, locale=locale))


STRETCHING: Json = {"version": 2, "routine": "calf", "step": "stretch", "started_at": NOW - 60, "answered_at": NOW - 45}
ASKED: Json = {"version": 2, "awaiting": "own_word", "offered": True, "answered_at": NOW - 5}
TIMED: Json = {"version": 2, "awaiting": "evening_time", "offered": True, "answered_at": NOW - 5}


def directive(response: Json) -> Json:
    (found,) = response["response"]["directives"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("locale", locales())
def test_a_word_is_handed_over_as_published(locale: str) -> None:
    response = create()(on_alexa(intent("AMAZON.YesIntent", attributes=ASKED, locale=locale)), None)
    assert "shouldEndSession" not in response["response"]
    assert "reprompt" not in response["response"]
    assert response["sessionAttributes"]["offered"] is True
    sent = directive(response)
    assert not faults_of(sent, ID, locale)
    assert sent["token"] == STRETCH
    words = list(open_advice(locale).region.own_words)
    assert sent["input"]["automation"]["trigger"] == {
        "type": "Alexa.Automation.Trigger.Voice.CustomUtterance",
        "version": "1.0",
        "payload": {"utterances": words, "locale": locale},
    }
    (operation,) = sent["input"]["automation"]["operations"]["serial"]
    assert operation["operation"]["payload"]["connectionRequest"] == {
        "uri": f"connection://{ID}.StretchNow/1?provider={ID}",
        "input": {},
    }
    assert sent["input"]["renderingData"]["operations"][STRETCH]["descriptionPrompt"]


def test_every_evening_is_handed_over_with_its_time_its_zone_and_its_first_evening(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time_zone, "_ask", lambda address, token: b'"Europe/London"')
    event = on_alexa(intent("EveningTimeIntent", heard={"time": "09:30"}, attributes=TIMED))
    sent = directive(create()(event, None))
    assert not faults_of(sent, ID, "en-US")
    assert sent["token"] == BEDTIME
    assert sent["input"]["automation"]["trigger"]["payload"]["schedule"] == {
        "triggerTime": "213000",
        "timeZoneId": "Europe/London",
        "recurrence": "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
    }
    (operation,) = sent["input"]["automation"]["operations"]["serial"]
    given = operation["operation"]["payload"]["connectionRequest"]["input"]
    assert given == {"since": "2027-01-15"}
    task = {"name": f"{ID}.Bedtime", "version": "1", "input": given}
    begun = create()(envelope({"type": "LaunchRequest", "task": task}, now=NOW + 41 * 86_400), None)
    assert begun["sessionAttributes"]["evening"] == 42


@pytest.mark.parametrize("time", ["EV", "NI", "", "25:00", "9", "21:61", "soon"])
def test_a_time_that_is_none_is_asked_for_again(time: str) -> None:
    response = create()(on_alexa(intent("EveningTimeIntent", heard={"time": time}, attributes=TIMED)), None)
    assert "directives" not in response["response"]
    assert "At what time?" in response["response"]["outputSpeech"]["ssml"]


@pytest.mark.parametrize(
    ("time", "evening"),
    [("21:30", "2130"), ("09:30", "2130"), ("10:00", "2200"), ("5:00", "1700"), ("12:15", "0015"), ("00:15", "0015")],
)
def test_a_time_is_one_of_the_evening(time: str, evening: str) -> None:
    assert evening_of(time) == evening


@pytest.mark.parametrize(
    "change",
    [
        {"offered": True},
        {"task": STRETCH},
        {"eased_off": True},
        {"stopped": True},
    ],
)
def test_it_is_offered_once_and_never_in_trouble(change: Json) -> None:
    assert "just say" in create()(eased(STRETCHING), None)["response"]["outputSpeech"]["ssml"]
    response = create()(eased({**STRETCHING, **change}), None)["response"]
    assert "just say" not in response["outputSpeech"]["ssml"]


@pytest.mark.parametrize("missing", ["token", "id", "locale"])
def test_it_is_not_offered_where_alexa_could_not_keep_it(missing: str) -> None:
    event = eased(STRETCHING, locale="de-DE" if missing == "locale" else "en-US")
    if missing == "token":
        event["context"]["System"]["apiAccessToken"] = None
    if missing == "id":
        for holder in (event["context"]["System"], event["session"]):
            holder["application"] = {}
    response = create()(event, None)["response"]
    assert response["shouldEndSession"] is True
    assert "just say" not in response["outputSpeech"]["ssml"]


def test_a_host_may_leave_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    response = create(offers=False)(eased(STRETCHING), None)["response"]
    assert response["shouldEndSession"] is True
    assert "just say" not in response["outputSpeech"]["ssml"]
    # Nor is Alexa asked for anything, whatever a session says that was open before.
    monkeypatch.setattr(time_zone, "_ask", lambda address, token: pytest.fail(f"asked {address}"))
    event = on_alexa(intent("EveningTimeIntent", heard={"time": "21:30"}, attributes=TIMED))
    create(offers=False)(event, None)


def test_the_setting_is_on_or_off() -> None:
    assert offers_in({})
    assert offers_in({OFFERS: "on"})
    assert not offers_in({OFFERS: " Off "})
    with pytest.raises(ValueError, match="expected on or off, found 'maybe'"):
        from_environment({OFFERS: "maybe"})
    assert not from_environment({OFFERS: "off"})(eased(STRETCHING), None)["response"].get("reprompt")


@pytest.mark.parametrize("name", ["AMAZON.NoIntent", "AMAZON.StopIntent", "AMAZON.NextIntent", "DeclineIntent"])
def test_anything_but_a_yes_is_goodnight(name: str) -> None:
    response = create()(on_alexa(intent(name, attributes=ASKED)), None)["response"]
    assert response["shouldEndSession"] is True
    assert "Goodnight" in response["outputSpeech"]["ssml"]


def test_a_time_that_was_not_asked_for_is_not_understood() -> None:
    event = on_alexa(intent("EveningTimeIntent", heard={"time": "21:30"}, attributes=STRETCHING))
    response = create()(event, None)["response"]
    assert "directives" not in response
    assert response["shouldEndSession"] is False


@pytest.mark.parametrize(
    ("code", "reason", "said"),
    [
        ("200", "", "set"),
        ("204", "REJECTED_BY_CUSTOMER", "rejected"),
        ("204", "AUTOMATION_ALREADY_ENABLED", "there"),
        ("204", "", "failed"),
        ("500", "REJECTED_BY_CUSTOMER", "failed"),
        ("", "", "failed"),
    ],
)
def test_what_comes_of_it(code: str, reason: str, said: str) -> None:
    assert outcome(code, reason) == said


# ---- the time zone


def asked(
    endpoint: str = "https://api.eu.amazonalexa.com", answer: bytes = b'"Europe/London"'
) -> tuple[str, list[str]]:
    """The zone, and the addresses that were asked."""
    addresses: list[str] = []

    def ask(address: str, token: str) -> bytes:
        assert token == "PLANTED-TOKEN"
        addresses.append(address)
        return answer

    return zone_of(read(on_alexa(intent("X"), endpoint)), ask), addresses


def test_alexa_is_asked_for_the_zone_of_the_device() -> None:
    path = "/v2/devices/PLANTED-DEVICE/settings/System.timeZone"
    assert asked() == ("Europe/London", [f"https://api.eu.amazonalexa.com{path}"])


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://api.amazonalexa.com",
        "https://api.amazonalexa.com.evil.test",
        "https://evil.test",
        "file:///etc/passwd",
        "",
    ],
)
def test_the_token_goes_to_nobody_but_alexa(endpoint: str) -> None:
    assert asked(endpoint) == ("", [])


@pytest.mark.parametrize("answer", [b"", b"{}", b'"not a zone!"', b"\xff", b'"' + b"x" * 300 + b'"'])
def test_without_an_answer_the_routine_goes_without(answer: bytes) -> None:
    assert asked(answer=answer)[0] == ""


def test_a_network_that_fails_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(address: str, token: str) -> bytes:
        raise TimeoutError

    monkeypatch.setattr(time_zone, "_ask", fails)
    own = read(on_alexa(intent("X")))
    made = offered(Offer(BEDTIME, "2130"), own, open_advice("en-US"))
    assert made["automation"]["trigger"]["payload"]["schedule"].keys() == {"triggerTime", "recurrence"}


def test_neither_token_nor_device_is_in_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    response = create()(eased(STRETCHING), None)
    assert "PLANTED" not in json.dumps(response)
    assert "PLANTED" not in caplog.text


@pytest.mark.parametrize("name", ["AMAZON.RepeatIntent", "AMAZON.YesIntent", "AMAZON.FallbackIntent", "WhisperIntent"])
def test_a_country_without_a_word_says_goodnight(name: str) -> None:
    """A session that was asked in another locale."""
    state = {"version": 2, "awaiting": "own_word", "topic": "say", "offered": True, "answered_at": NOW}
    response = create()(on_alexa(intent(name, attributes=state, locale="en-NZ")), None)["response"]
    assert "Goodnight." in response["outputSpeech"]["ssml"]
    assert response["shouldEndSession"] is True
    assert not response.get("directives")
