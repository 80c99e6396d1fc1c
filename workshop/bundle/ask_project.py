"""Writes the ASK CLI v2 project around the code: manifest, models, tasks, icons, template and settings."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "interaction_models"
TEMPLATE = ROOT / "lambda" / "template.yaml"
PLACEHOLDER_ACCOUNT = ":000000000000:"
"""The placeholder AWS account id in a function's ARN."""


Json = dict[str, Any]


class CannotBundle(RuntimeError):
    """The bundle cannot be built; the message says what was expected, what was found and what to do."""


def write_project(out: Path, version: str) -> None:
    """Writes the project into `out`, for a function on the given version of Python.

    Raises:
        CannotBundle: the manifest names an icon or a task that is not there, or there is no model.
    """
    package = out / "skill-package"
    models = sorted(MODELS.glob("[a-z][a-z]-[A-Z][A-Z].json"))
    if not models:
        raise CannotBundle(f"{MODELS.name}/: expected a model for each locale, found none. Hint: make models")
    manifest_path = MODELS / "skill.json"
    if not manifest_path.is_file():
        raise CannotBundle(f"expected the manifest {manifest_path.relative_to(ROOT)}, found none")
    manifest = deployable(_read_manifest(manifest_path), _read_manifest(package / "skill.json"))
    for folder in (package, out / "infrastructure"):
        shutil.rmtree(folder, ignore_errors=True)
    target = package / "interactionModels" / "custom"
    target.mkdir(parents=True)
    for model in models:
        shutil.copyfile(model, target / model.name)
    (package / "tasks").mkdir()
    for task in manifest["apis"]["custom"].get("tasks", ()):
        name = f"{task['name']}.{task['version']}.json"
        if not (MODELS / "tasks" / name).is_file():
            raise CannotBundle(
                f"skill.json: declares {task['name']}, expected tasks/{name}, found none. Hint: make models"
            )
        shutil.copyfile(MODELS / "tasks" / name, package / "tasks" / name)
    _write_json(package / "skill.json", {"manifest": manifest})
    for icon in sorted(set(_assets(manifest))):
        source = MODELS / "icons" / Path(icon).name
        if not source.is_file():
            raise CannotBundle(f"skill.json: names {icon}, expected {source.relative_to(ROOT)}, found no such file")
        (package / icon).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, package / icon)
    (out / "infrastructure").mkdir()
    shutil.copyfile(TEMPLATE, out / "infrastructure" / TEMPLATE.name)
    write_resources(out / "ask-resources.json", version)


def deployable(manifest: Json, before: Json) -> Json:
    """The manifest without the placeholder ARN, with the ARN that an earlier `ask deploy` wrote to `before`, if any.

    Amazon rejects a manifest whose function does not trust the skill, and events without an endpoint. Before the first
    deployment there is no function: the CLI creates the skill without both, then the function, and adds them.
    """
    custom = manifest["apis"]["custom"]
    if PLACEHOLDER_ACCOUNT not in custom["endpoint"]["uri"]:
        return manifest
    if not before or PLACEHOLDER_ACCOUNT in json.dumps(before):
        before = {"apis": {"custom": {}}}
    known = {key: own for key, own in before["apis"]["custom"].items() if key in ("endpoint", "regions")}
    bare = {key: own for key, own in custom.items() if key != "endpoint"}
    made = {key: own for key, own in manifest.items() if key != "events"}
    made["apis"] = {**manifest["apis"], "custom": {**bare, **known}}
    return made | ({"events": before["events"]} if "events" in before else {})


def _read_manifest(path: Path) -> Json:
    """The manifest in a file; empty if the file is missing or unreadable."""
    try:
        manifest: Json = json.loads(path.read_text(encoding="utf-8"))["manifest"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return manifest


def write_resources(path: Path, version: str) -> None:
    """Writes the settings that `ask deploy` reads. Existing settings are kept; only the Python runtime is updated.

    Raises:
        CannotBundle: the existing file was not written by the ASK CLI.
    """
    if not path.exists():
        _write_json(path, ask_resources(version))
        return
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        for profile in kept["profiles"].values():
            profile["skillInfrastructure"]["userConfig"] |= {
                "runtime": f"python{version}",
                "skillEvents": skill_events(),
            }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotBundle(
            f"{path.name}: expected the settings of `ask deploy`, found another file ({type(error).__name__}). "
            "Hint: move it away, and a new one is written"
        ) from error
    _write_json(path, kept)


def skill_events() -> Json:
    """The events that the manifest subscribes to, in the CLI's format."""
    events = _read_manifest(MODELS / "skill.json")["events"]
    return {"subscriptions": [own["eventName"] for own in events["subscriptions"]]}


def ask_resources(version: str) -> Json:
    """Initial settings. The code folder has no requirements.txt, so that the CLI zips it unchanged, bytecode included;
    the infrastructure is our own stack."""
    return {
        "askcliResourcesVersion": "2020-03-31",
        "profiles": {
            "default": {
                "skillMetadata": {"src": "./skill-package"},
                "code": {"default": {"src": "./lambda"}},
                "skillInfrastructure": {
                    "type": "@ask-cli/cfn-deployer",
                    "userConfig": {
                        "runtime": f"python{version}",
                        "handler": "lambda_function.lambda_handler",
                        "templatePath": f"./infrastructure/{TEMPLATE.name}",
                        "awsRegion": "us-east-1",
                        "skillEvents": skill_events(),
                        "cfn": {
                            "capabilities": ["CAPABILITY_AUTO_EXPAND"],
                            "parameters": {
                                "KeepPlaces": "yes",
                                "OfferRoutines": "on",
                                "LogDays": "14",
                                "AlarmEmail": "",
                            },
                        },
                    },
                },
            }
        },
    }


def _assets(node: Any) -> Iterator[str]:
    """Every `file://…` path of the manifest, relative to the skill package."""
    if isinstance(node, dict):
        for value in node.values():
            yield from _assets(value)
    elif isinstance(node, list):
        for value in node:
            yield from _assets(value)
    elif isinstance(node, str) and node.startswith("file://"):
        yield node.removeprefix("file://")


def _write_json(path: Path, data: Json) -> None:
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
