"""What is in `build/`, and that it works by itself."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from skill.advice.store import CONTENT, CompiledStore
from skill.app import create
from skill.screen.picture import GRAPHICS
from tests.envelopes import intent, launch

from .conftest import install_from_here

ROOT = Path(__file__).parents[2]
ALONE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from lambda_function import lambda_handler
answers = [lambda_handler(event, None) for event in json.load(sys.stdin)]
outside = [name for name, module in sys.modules.items() if "site-packages" in (getattr(module, "__file__", None) or "")]
loaded = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"answers": answers, "outside": outside, "loaded": loaded, "modules": sorted(sys.modules)}))
"""


def alone(code: Path, empty: Path, *events: object, flags: tuple[str, ...] = ("-I", "-S", "-B")) -> dict[str, object]:
    """The bundle's answers in an empty folder, with the standard library and nothing else."""
    command = [sys.executable, *flags, "-c", ALONE, str(code)]
    done = subprocess.run(command, input=json.dumps(events), capture_output=True, text=True, cwd=empty, check=False)
    assert done.returncode == 0, done.stderr
    said: dict[str, object] = json.loads(done.stdout)
    return said


def words(answer: object) -> object:
    return {key: value for key, value in answer.items() if key != "userAgent"} if isinstance(answer, dict) else answer


def test_it_answers_by_itself_what_the_source_answers(build: Path, tmp_path: Path) -> None:
    events = [
        launch(),
        launch(locale="en-GB"),
        intent("SymptomIntent", symptom="chest_pain"),
        intent("RemedyIntent", remedy="pickle_juice"),
        intent("RedFlagsIntent"),
        {"request": None},
    ]
    said = alone(build / "lambda", tmp_path, *events)
    skill = create()
    assert list(map(words, said["answers"])) == [words(skill(event, None)) for event in events]  # type: ignore[call-overload]
    assert said["outside"] == []


def test_a_first_answer_loads_little(build: Path, tmp_path: Path) -> None:
    said = alone(build / "lambda", tmp_path, launch())
    loaded, modules = said["loaded"], said["modules"]
    assert isinstance(loaded, list)
    assert isinstance(modules, list)
    assert not {"yaml", "boto3", "flask", "requests", "dateutil", "urllib", "ssl", "xml", "pathlib", "sqlite3"} & {
        *loaded
    }
    assert len([name for name in modules if name.startswith("ask_sdk_model")]) < 50
    assert "ask_sdk_model.services.reminder_management" not in modules


def test_a_locale_is_loaded_when_it_is_asked_for(build: Path, tmp_path: Path) -> None:
    code = tmp_path / "code"
    shutil.copytree(build / "lambda", code)
    for path in (code / "skill" / "content").rglob("*"):
        if path.is_file() and not re.match(r"(regions|timing|routines|prompts)\.", path.name):
            path.unlink()
    answers = alone(code, tmp_path, launch())["answers"]
    assert isinstance(answers, list)
    assert answers[0]["response"]["shouldEndSession"] is False


def test_the_content_is_the_sources(build: Path) -> None:
    compiled = build / "lambda" / "skill" / "content"
    names = {path.relative_to(CONTENT).with_suffix("").as_posix() for path in CONTENT.rglob("*.yaml")}
    assert {
        path.relative_to(compiled).as_posix().removesuffix(".content.bin") for path in compiled.rglob("*.bin")
    } == names
    for name in names:
        source = yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))
        assert json.loads(json.dumps(dict(CompiledStore(compiled).read(name)))) == json.loads(
            json.dumps(source, default=str)
        )


def test_nothing_is_in_it_that_lambda_has_no_use_for(build: Path) -> None:
    names = zipfile.ZipFile(build / "lambda.zip").namelist()
    first = {name.partition("/")[0] for name in names}
    assert not first & {"yaml", "boto3", "botocore", "flask", "requests", "tests", "requirements.txt", "pytest"}
    assert not [name for name in names if name.endswith((".so", ".yaml", ".pyd"))]
    assert not first & {"endpoint", "speaker", "workshop"}


WANTED = ["__init__.py", "advice/module.py", "screen/graphics/calf.json"]
STRAY = [
    *".env .DS_Store notes.txt advice/module.py~ advice/.#module.py advice/._module.py .idea/x.xml".split(),
    *"screen/graphics/calf.svg screen/graphics/calf.json.bak screen/graphics/more/calf.json speech/data.json".split(),
    "advice/__pycache__/module.cpython-311.pyc",
    "advice/module copy.py",
]


def test_what_lies_about_stays_out(making: ModuleType, tmp_path: Path) -> None:
    for name in (*STRAY, *WANTED):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [path.relative_to(tmp_path).as_posix() for path in making.needed(tmp_path)] == WANTED


def test_the_skill_in_it_is_modules_graphics_and_content(build: Path) -> None:
    names = [name for name in zipfile.ZipFile(build / "lambda.zip").namelist() if name.startswith("skill/")]
    modules = r"(\w+/)*(\w+\.py|__pycache__/\w+\.[\w-]+\.pyc)"
    data = r"skill/screen/graphics/[\w-]+\.json|skill/content/[\w/]+\.content\.bin"
    assert not [name for name in names if not re.fullmatch(f"{modules}|{data}", name)]


def test_every_graphic_is_in_it(build: Path) -> None:
    graphics = {path.name for path in GRAPHICS.iterdir()}
    assert {path.name for path in (build / "lambda" / "skill" / "screen" / "graphics").iterdir()} == graphics


def test_a_screen_gets_its_pictures_from_the_bundle(build: Path, tmp_path: Path) -> None:
    event = launch()
    event["context"]["System"]["device"]["supportedInterfaces"] = {"Alexa.Presentation.APL": {"runtime": {}}}
    answers = alone(build / "lambda", tmp_path, event)["answers"]
    assert answers == [create()(event, None)]
    assert '"AVG"' in json.dumps(answers)


def test_every_module_has_its_bytecode(build: Path) -> None:
    names = set(zipfile.ZipFile(build / "lambda.zip").namelist())
    tag = sys.implementation.cache_tag
    for name in names:
        if name.endswith(".py"):
            folder, _, file = name.rpartition("/")
            assert f"{folder}/__pycache__/{file[:-3]}.{tag}.pyc".lstrip("/") in names, name


def test_bytecode_is_taken_whatever_the_date_of_its_source(build: Path, tmp_path: Path) -> None:
    code = tmp_path / "code"
    zipfile.ZipFile(build / "lambda.zip").extractall(code)  # dates everything anew
    verbose = [sys.executable, "-I", "-S", "-B", "-v", "-c", ALONE, str(code)]
    done = subprocess.run(verbose, input=json.dumps([launch()]), capture_output=True, text=True, check=True)
    sources = re.findall(r"^# code object from '(.+)'$", done.stderr, re.MULTILINE)
    ours = [source for source in sources if source.startswith(str(code))]
    assert len(ours) > 100
    assert all(source.endswith(".pyc") for source in ours)


def test_twice_the_same_bytes(making: ModuleType, build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "install", install_from_here)
    again = making.bundle(making.Interpreter.find(sys.executable), tmp_path / "elsewhere")
    first, second = ((path).read_bytes() for path in (build / "lambda.zip", again))
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_the_project_is_whole(build: Path) -> None:
    resources = json.loads((build / "ask-resources.json").read_text(encoding="utf-8"))
    assert resources["askcliResourcesVersion"] == "2020-03-31"
    profile = resources["profiles"]["default"]
    assert (build / profile["code"]["default"]["src"] / "lambda_function.py").is_file()
    infrastructure = profile["skillInfrastructure"]
    assert (build / infrastructure["userConfig"]["templatePath"]).is_file()
    assert infrastructure["userConfig"]["runtime"] == f"python{sys.version_info.major}.{sys.version_info.minor}"
    # The CLI installs packages, and leaves the bytecode out, wherever it finds this file.
    assert not (build / "lambda" / "requirements.txt").exists()

    package = build / profile["skillMetadata"]["src"]
    manifest = json.loads((package / "skill.json").read_text(encoding="utf-8"))["manifest"]
    locales = manifest["publishingInformation"]["locales"]
    models = {path.stem for path in (package / "interactionModels" / "custom").glob("*.json")}
    assert set(locales) == models
    tasks = {f"{task['name']}.{task['version']}.json" for task in manifest["apis"]["custom"]["tasks"]}
    assert tasks == {path.name for path in (package / "tasks").iterdir()}
    for locale in locales.values():
        for icon in (locale["smallIconUri"], locale["largeIconUri"]):
            assert (package / icon.removeprefix("file://")).read_bytes().startswith(b"\x89PNG")


def deployed(package: Path, resources: Any, uri: str) -> None:
    """What `ask deploy` does to the manifest once it has made the function."""
    whole = json.loads((package / "skill.json").read_text(encoding="utf-8"))
    told = resources["profiles"]["default"]["skillInfrastructure"]["userConfig"]["skillEvents"]
    whole["manifest"]["apis"]["custom"]["endpoint"] = {"uri": uri}
    events = whole["manifest"].setdefault("events", {})
    events |= {"endpoint": {"uri": uri}, "subscriptions": [{"eventName": name} for name in told["subscriptions"]]}
    (package / "skill.json").write_text(json.dumps(whole), encoding="utf-8")


def test_a_first_deployment_names_no_function_and_a_later_one_the_same(project: ModuleType, tmp_path: Path) -> None:
    def manifest() -> Any:
        return json.loads((tmp_path / "skill-package" / "skill.json").read_text(encoding="utf-8"))

    uri = "arn:aws:lambda:us-east-1:123456789012:function:ask-CrampCoach-Function-1:live"
    project.write_project(tmp_path, "3.13")
    assert "arn:aws" not in json.dumps(manifest())
    assert "events" not in manifest()["manifest"]
    deployed(tmp_path / "skill-package", json.loads((tmp_path / "ask-resources.json").read_text("utf-8")), uri)
    source = json.loads((ROOT / "interaction_models" / "skill.json").read_text(encoding="utf-8"))
    placeholder = source["manifest"]["apis"]["custom"]["endpoint"]["uri"]
    expected = json.loads(json.dumps(source).replace(placeholder, uri))
    assert manifest() == expected
    project.write_project(tmp_path, "3.13")
    assert manifest() == expected


def test_an_address_of_ones_own_is_left_alone(project: ModuleType) -> None:
    source = json.loads((ROOT / "interaction_models" / "skill.json").read_text(encoding="utf-8"))["manifest"]
    own = json.loads(json.dumps(source).replace("000000000000", "123456789012"))
    assert project.deployable(own, {}) == own
    # What a bundle before this rule left behind is no deployment.
    assert project.deployable(source, source) == project.deployable(source, {}) != source


def test_what_is_deployed_is_what_was_checked(build: Path) -> None:
    for path in (ROOT / "interaction_models").glob("??-??.json"):
        assert (build / "skill-package" / "interactionModels" / "custom" / path.name).read_bytes() == path.read_bytes()
    template = build / "infrastructure" / "template.yaml"
    assert template.read_bytes() == (ROOT / "lambda" / "template.yaml").read_bytes()


def test_settings_outlive_the_next_bundle(project: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "ask-resources.json"
    project.write_resources(path, "3.12")
    settings = json.loads(path.read_text(encoding="utf-8"))
    config = settings["profiles"]["default"]["skillInfrastructure"]["userConfig"]
    config["cfn"]["parameters"]["AlarmEmail"] = "night@example.com"
    path.write_text(json.dumps(settings), encoding="utf-8")
    project.write_resources(path, "3.13")
    kept = json.loads(path.read_text(encoding="utf-8"))["profiles"]["default"]["skillInfrastructure"]["userConfig"]
    assert kept["cfn"]["parameters"]["AlarmEmail"] == "night@example.com"
    assert kept["runtime"] == "python3.13"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(project.CannotBundle, match="found another file"):
        project.write_resources(path, "3.13")


def test_what_is_missing_is_said(
    making: ModuleType, project: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(making.CannotBundle, match=r"expected a Python interpreter, found 'no-such-python'.*Hint"):
        making.Interpreter.find("no-such-python")
    monkeypatch.setattr(project, "MODELS", tmp_path)
    with pytest.raises(project.CannotBundle, match="expected a model for each locale, found none"):
        project.write_project(tmp_path, "3.13")


def test_a_package_that_is_not_wanted_is_refused(
    making: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "boto3").mkdir()
    monkeypatch.setattr(making.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0))
    with pytest.raises(making.CannotBundle, match="found boto3"):
        making.install(tmp_path)
