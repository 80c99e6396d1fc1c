"""The documents: every command in them exists, every example runs, every picture is small, every page is found."""

from __future__ import annotations

import argparse
import importlib.util
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill import __version__
from workshop import cli
from workshop.check.project_metadata import metadata_faults
from workshop.documents import DOCUMENTS
from workshop.readme_document import NoFigures, readme_document

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
PAGES = sorted(path for folder in (ROOT, DOCS, ROOT / ".github") for path in folder.glob("*.md"))
LARGEST = 100_000
"""Bytes of a picture in the repository."""
_CODE = re.compile(r"`([^`\n]+)`|^(?: {4}|```\w*\n)(.+)$", re.MULTILINE)
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def lines_of_code(path: Path) -> Iterator[str]:
    """Everything that stands as code on a page, line by line."""
    text = path.read_text(encoding="utf-8")
    for fenced in _FENCED.finditer(text):
        yield from fenced[2].splitlines()
    for found in _CODE.finditer(_FENCED.sub("", text)):
        yield (found[1] or found[2]).strip()


def commands(program: str) -> list[tuple[str, list[str]]]:
    """The page and the words of every command that begins with `program`."""
    found = []
    for path in PAGES:
        for line in lines_of_code(path):
            for part in re.split(r"&&|\|\||;|\s\|\s", line.split("  #")[0].strip()):
                command = part.strip().removeprefix("$ ").removeprefix(".venv/bin/")
                if command.startswith(program + " "):
                    found.append((path.name, shlex.split(command.removeprefix(program))))
    return found


def verbs() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))


def test_every_verb_of_make_in_the_documents_exists() -> None:
    used = [(page, words[0]) for page, words in commands("make") if not words[0].startswith("-")]
    assert len(used) > 40, "so that the test can fail"
    known = verbs()
    assert [(page, verb) for page, verb in used if re.fullmatch(r"[a-z-]+", verb) and verb not in known] == []


@pytest.mark.parametrize("program", ["cramp-coach", "python -m workshop.cli"])
def test_every_command_line_in_the_documents_is_accepted(program: str) -> None:
    every = commands(program)
    assert every
    for page, words in every:
        try:
            cli.parser().parse_args(words)
        except (SystemExit, argparse.ArgumentError):
            pytest.fail(f"{page}: expected a command line that is accepted, found {program} {shlex.join(words)}")


def test_what_make_passes_on_is_accepted() -> None:
    """`make talk ARGS="--fast"`: the flags are those of the verb."""
    own = {verb for action in cli.parser()._actions if action.dest == "verb" for verb in action.choices or ()}
    passed = [
        (page, words[0], shlex.split(word.removeprefix("ARGS=")))
        for page, words in commands("make")
        for word in words[1:]
        if words[0] in own and word.startswith("ARGS=")
    ]
    assert len(passed) > 3
    for page, verb, arguments in passed:
        try:
            cli.parser().parse_args([verb, *arguments])
        except SystemExit:
            pytest.fail(f"{page}: expected flags of {verb}, found {arguments}")


def test_every_module_in_the_documents_can_be_run() -> None:
    every = commands("python -m")
    assert every
    for page, words in every:
        name = words[0]
        if name.partition(".")[0] in ("pytest", "pip", "venv"):
            continue
        assert importlib.util.find_spec(name) is not None, f"{page}: expected a module, found {name}"


def test_the_examples_in_python_run() -> None:
    every = [
        (path.name, code)
        for path in PAGES
        for language, code in _FENCED.findall(path.read_text(encoding="utf-8"))
        if language == "python"
    ]
    assert every
    for page, code in every:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
        assert done.returncode == 0, f"{page}: {done.stderr}"
        assert "Straighten your leg" in done.stdout


def test_the_readme_begins_with_the_two_commands_and_is_short() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^    (make .+)$", text, re.MULTILINE)[:2] == ["make talk", "make test"]
    assert len(text.splitlines()) < 140


def test_what_the_readme_quotes_is_what_is_said_and_measured() -> None:
    write, _ = DOCUMENTS["README.md"]
    from skill.advice import open_advice

    assert (ROOT / "README.md").read_text(encoding="utf-8") == write(open_advice("en-US")), "Hint: make document"


def test_a_readme_without_its_parts_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from skill.advice import open_advice

    bare = tmp_path / "README.md"
    bare.write_text("# Nothing\n", encoding="utf-8")
    monkeypatch.setattr("workshop.readme_document.README", bare)
    with pytest.raises(NoFigures, match="answer, night, refuses"):
        readme_document(open_advice("en-US"))
    monkeypatch.undo()
    monkeypatch.setattr("workshop.readme_document.TRIAGE", bare)
    with pytest.raises(NoFigures, match="make triage"):
        readme_document(open_advice("en-US"))


def test_figures_in_the_index_of_performance_are_those_of_its_tables() -> None:
    text = (DOCS / "performance.md").read_text(encoding="utf-8")
    first = re.search(r"^\| cold start, to the first answer \| (\d+) ms \| (\d+) ms \|", text, re.MULTILINE)
    assert first
    tables = re.findall(
        r"^\| (?:Cramp Coach|hello world as shipped) \| ([\d.]+) ms \| [\d.]+ ms \| [\d.]+ MB \| \d", text, re.MULTILINE
    )
    assert [int(first[1]), int(first[2])] == [round(float(own)) for own in tables[-2:]]


def test_pictures_in_the_repository_are_small_and_shown() -> None:
    pictures = [path for path in DOCS.rglob("*") if path.suffix in (".png", ".gif", ".jpg", ".webp")]
    assert pictures
    pages = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    assert [(path.name, path.stat().st_size) for path in pictures if path.stat().st_size > LARGEST] == []
    assert [path.name for path in pictures if path.relative_to(DOCS).as_posix() not in pages] == []


def test_the_index_names_every_page() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in DOCS.glob("*.md") if path.name != "README.md" and f"({path.name})" not in index] == []


def test_pictures_in_html_are_there_and_described() -> None:
    tags = [(path, tag) for path in PAGES for tag in re.findall(r"<img [^>]+>", path.read_text(encoding="utf-8"))]
    assert tags
    for path, tag in tags:
        source, described = re.search(r'src="([^"]+)"', tag), re.search(r'alt="[^"]{20,}"', tag)
        assert source and described and (path.parent / source[1]).is_file(), f"{path.name}: {tag}"


# ---- what hosts of repositories read ----------------------------------------------------------------


def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["advice_is_wrong", "misheard", "bug"])
def test_a_form_for_issues_is_one(name: str) -> None:
    form = read_yaml(FORMS / f"{name}.yml")
    assert {"name", "description", "body"} <= form.keys()
    asked = [own for own in form["body"] if own["type"] != "markdown"]
    ids = [own["id"] for own in asked]
    assert len(set(ids)) == len(ids) > 2
    assert all(own["attributes"]["label"] for own in asked)
    assert any(own.get("validations", {}).get("required") for own in asked)
    for own in asked:
        assert own["type"] in ("textarea", "input", "dropdown")
        options = own["attributes"].get("options", [])
        assert bool(options) is (own["type"] == "dropdown")
        assert all(isinstance(option, str) for option in options) and len(set(options)) == len(options)


def test_owners_are_of_paths_that_exist_and_clinicians_own_what_is_said() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    assert rows[0][0] == "*"
    for path, *owners in rows[1:]:
        assert (ROOT / path.lstrip("/")).exists(), path
        assert all(owner.startswith("@") for owner in owners) and owners
    assert "@cramp-coach/clinicians" in {row[0]: row[1] for row in rows}["/skill/content/"]


def test_the_workflow_runs_all_of_it_and_the_hooks_are_verbs() -> None:
    flow = read_yaml(ROOT / ".github" / "workflows" / "ci.yml")
    steps = [step.get("run", "") for job in flow["jobs"].values() for step in job["steps"]]
    assert ".ci/run" in steps
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "oldest=3.11" in script and "LambdaRuntime" in script, "both interpreters"
    hooks = [hook for repo in read_yaml(ROOT / ".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]
    assert [hook["entry"].split()[1] in verbs() for hook in hooks] == [True] * len(hooks)


def test_metadata_is_complete_and_its_version_is_in_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"Homepage", "Documentation", "Source", "Issues", "Changelog"} <= project["urls"].keys()
    assert len(project["keywords"]) > 3 and "Typing :: Typed" in project["classifiers"]
    versions = re.findall(r"^## (\d+\.\d+\.\d+) - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert versions[0] == __version__


def test_placeholders_in_the_metadata_do_not_go_out() -> None:
    assert not list(metadata_faults(release=False))
    named = [fault.key for fault in metadata_faults(release=True)]
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    assert named == [f"project.urls.{name}" for name, url in urls.items() if "example.com" in url]
