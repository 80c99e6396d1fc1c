"""The custom tasks as the OpenAPI files that the ASK CLI deploys beside the manifest: one task a file.

The form is Amazon's: https://developer.amazon.com/docs/alexa/custom-skills/implement-custom-tasks-in-your-skill.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from skill.advice import Advice, locales, open_advice
from skill.dialog.tasks import PLACE, TASKS
from speaker.nlu.interaction_model import MODELS
from workshop.linting.fault import Fault, shown

FOLDER = MODELS / "tasks"
_HINT = "run `make models` and commit what it writes"

Json = dict[str, Any]


def task_files(folder: Path = FOLDER) -> dict[str, str]:
    """The text of every task file by its name, from the content and the words in `folder`.

    Raises:
        OSError: there are no words.
        KeyError: the words lack a task, or one of its parts.
    """
    words = {locale: _words(folder, open_advice(locale)) for locale in locales()}
    return {
        f"{name}.{version}.json": json.dumps(_definition(name, version, words), indent=1) + "\n"
        for name, version in TASKS
    }


def write_tasks(folder: Path = FOLDER) -> list[Path]:
    """Writes every task file, and removes those of tasks that are no more; returns the files."""
    files = task_files(folder)
    for path in folder.glob("*.json"):
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def declared() -> list[Json]:
    """The tasks as the manifest has to declare them."""
    return [{"name": name, "version": version} for name, version in TASKS]


def task_faults(custom: Mapping[str, Any], folder: Path = FOLDER) -> Iterator[Fault]:
    """What is wrong with the tasks that a manifest's `apis.custom` declares, and with their files."""
    if custom.get("tasks") != declared():
        expected = ", ".join(f"{own['name']} version {own['version']}" for own in declared())
        where, found = "apis.custom.tasks", shown(json.dumps(custom.get("tasks")))
        yield Fault("interaction_models/skill.json", where, expected, found, "declare what skill/ answers")
    for name, text in task_files(folder).items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            found = "another text" if path.is_file() else "no such file"
            yield Fault(f"interaction_models/tasks/{name}", "", "what the content says now", found, _HINT, "stale")


def _words(folder: Path, advice: Advice) -> Mapping[str, Any]:
    path = folder / f"{advice.region.language}.yaml"
    words: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return words


def _definition(name: str, version: str, words: Mapping[str, Mapping[str, Any]]) -> Json:
    own = words["en-US"][name]
    example = {key: parameter["example"] for key, parameter in own["parameters"].items()}
    body = {
        "schema": {"$ref": "#/components/schemas/Input"},
        "examples": {"example": {"summary": own["about"], "value": example}},
    }
    done = {"schema": {"$ref": "#/components/schemas/SuccessfulResponse"}}
    post = {
        "requestBody": {"content": {"application/json": body}},
        "responses": {"200": {"description": "It is over.", "content": {"application/json": done}}},
    }
    inputs = {key: _parameter(name, key, words) for key in own["parameters"]}
    return {
        "openapi": "3.0.0",
        "info": {
            "title": own["title"],
            "version": version,
            # Without it a task is its vendor's own: no routine of the Alexa app and no quick link can have it.
            "x-amzn-alexa-access-scope": "public",
            "x-amzn-display-details": {
                locale: {"title": here[name]["title"]} for locale, here in words.items()
            },
        },
        "paths": {f"/{name}": {"summary": own["title"], "description": own["about"], "post": post}},
        "components": {
            "schemas": {
                "Input": {"type": "object", "properties": inputs},
                "SuccessfulResponse": {"type": "object", "properties": {}},
            }
        },
    }  # fmt: skip


def _parameter(name: str, key: str, words: Mapping[str, Mapping[str, Any]]) -> Json:
    shown_as = {locale: {"name": here[name]["parameters"][key]["name"]} for locale, here in words.items()}
    places: Json = {"enum": _places(open_advice("en-US"))} if key == PLACE else {}
    return {"type": "string", **places, "x-amzn-display-details": shown_as}


def _places(advice: Advice) -> list[str]:
    """What a person can name by itself, in the words that the app shows."""
    facts, words = advice.facts("muscles"), advice.words("muscles")
    return list(dict.fromkeys(str(words[own]["name"]) for own in facts if not facts[own].get("alone")))
