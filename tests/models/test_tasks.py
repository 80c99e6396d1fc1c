"""The custom tasks: what the manifest declares, what is deployed and what the skill answers are the same."""

from __future__ import annotations

import json
from pathlib import Path

from skill.advice import open_advice
from skill.app import create
from skill.dialog.tasks import TASKS
from skill.speech.timeline import timeline
from speaker.nlu.interaction_model import MODELS
from tests.envelopes import Json, envelope
from workshop.models.tasks import FOLDER, declared, task_faults, task_files, write_tasks

MANIFEST: Json = json.loads((MODELS / "skill.json").read_text(encoding="utf-8"))["manifest"]
FILES = {name: json.loads(text) for name, text in task_files().items()}


def test_the_manifest_and_the_files_are_what_the_skill_answers() -> None:
    assert not list(task_faults(MANIFEST["apis"]["custom"]))


def test_a_task_that_is_not_declared_is_told() -> None:
    (fault,) = task_faults({"tasks": declared()[:1]})
    assert "apis.custom.tasks: expected" in str(fault)
    assert "Bedtime" in str(fault)


def test_a_file_that_is_stale_or_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text((FOLDER / "en.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    custom = {"tasks": declared()}
    assert len(list(task_faults(custom, tmp_path))) == len(TASKS)
    (tmp_path / "Gone.1.json").write_text("{}")
    write_tasks(tmp_path)
    assert not (tmp_path / "Gone.1.json").exists()
    assert not list(task_faults(custom, tmp_path))
    (tmp_path / "Bedtime.1.json").write_text("{}")
    assert ["another text" in str(fault) for fault in task_faults(custom, tmp_path)] == [True]


def test_a_file_is_as_amazon_takes_it() -> None:
    """One path, named as the task and the file; at most one input, which is what a routine of the app can fill, and at
    least one, which is what a quick link needs."""
    for name, own in FILES.items():
        (path,) = own["paths"]
        assert name == f"{path[1:]}.{own['info']['version']}.json"
        assert list(own["paths"][path]) == ["summary", "description", "post"]
        assert own["info"]["x-amzn-alexa-access-scope"] == "public"
        assert set(own["info"]["x-amzn-display-details"]) == set(MANIFEST["publishingInformation"]["locales"])
        assert len(own["components"]["schemas"]["Input"]["properties"]) == 1
        inputs = own["components"]["schemas"]["Input"]["properties"]
        example = own["paths"][path]["post"]["requestBody"]["content"]["application/json"]["examples"]["example"]
        for key, value in example["value"].items():
            assert value in inputs[key].get("enum", [value])


def test_every_place_of_the_file_starts_its_own_stretch() -> None:
    """Whatever the app offers is understood."""
    advice = open_advice("en-US")
    places = FILES["StretchNow.1.json"]["components"]["schemas"]["Input"]["properties"]["place"]["enum"]
    assert len(places) >= 8
    for place in places:
        task = {"name": "amzn1.ask.skill.test.StretchNow", "version": "1", "input": {"place": place}}
        response = create()(envelope({"type": "LaunchRequest", "task": task}), None)
        muscle = advice.muscle(advice.named_in("muscles", place))
        assert muscle is not None
        assert response["sessionAttributes"]["routine"] == muscle.routine


def test_a_task_that_is_over_is_completed_and_an_emergency_is_not() -> None:
    def answer(words: str, attributes: Json) -> Json:
        slots = {"symptom": {"name": "symptom", "value": words}} if words else {}
        name = "SymptomIntent" if words else "EasedIntent"
        request = {"type": "IntentRequest", "intent": {"name": name, "slots": slots}}
        response: Json = create()(envelope(request, attributes=attributes), None)["response"]
        return response

    task = {"name": "amzn1.ask.skill.test.StretchNow", "version": "1", "input": {}}
    begun = create()(envelope({"type": "LaunchRequest", "task": task}), None)["sessionAttributes"]
    over = answer("", begun)
    assert over["directives"] == [{"type": "Tasks.CompleteTask", "status": {"code": "200", "message": "OK"}}]
    assert over["shouldEndSession"] is True
    assert "directives" not in answer("", {**begun, "task": None})
    urgent = answer("chest pain", begun)
    assert "911" in "".join(str(event) for event in timeline(urgent["outputSpeech"]["ssml"]))
    assert "directives" not in urgent
