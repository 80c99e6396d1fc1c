"""Finds the prompts that the code refers to, and reports those missing from the content."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from skill.dialog import Awaiting
from skill.dialog.topic import LISTS
from workshop.linting.fault import Fault
from workshop.linting.places import ROOT
from workshop.linting.yaml_files import blocks
from workshop.linting.yaml_reader import read_tree

ROOMS = ("skill/dialog", "skill/handlers", "skill/screen", "skill/triage")
"""Folders whose code refers to prompts."""
FORMS: dict[str, tuple[str, ...]] = {
    "fallback_{}": tuple(Awaiting),
    "list_{}": tuple(LISTS),
    "{}_card_title": tuple(LISTS),
}
"""Composed names, and what may fill their gap. Any other composed name needs at least one matching prompt."""
_CALLS = {"prompt", "line"}
Values = Mapping[str, list[ast.expr]]
"""The values assigned to each variable."""


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """One reference to a prompt; `{}` stands for a part filled in at run time."""

    file: str
    line: int
    name: str


def prompt_faults(content: Path, root: Path = ROOT) -> Iterator[Fault]:
    """Prompts that the code or the content under `root` refers to and facts/prompts.yaml lacks."""
    known = blocks(read_tree(content / "facts" / "prompts.yaml", "facts/prompts.yaml")[0])
    if not known:
        return  # reported by the content check
    hint = "add it to facts/prompts.yaml and en/prompts.yaml, or name another"
    for named in sorted(named_prompts(root)):
        for name in expanded(named.name):
            if not any(re.fullmatch(re.escape(name).replace(r"\{\}", r"\w+"), prompt) for prompt in known):
                near = get_close_matches(name, [str(own) for own in known], 1)
                better = f"did you mean `{near[0]}`? Otherwise {hint}" if near else hint
                found = f"`{name}`, which it lacks"
                yield Fault(named.file, f"line {named.line}", "a prompt of facts/prompts.yaml", found, better, "prompt")


def expanded(name: str) -> tuple[str, ...]:
    """The name itself, or one name for each value its gap may take."""
    return tuple(name.replace("{}", value) for value in FORMS[name]) if name in FORMS else (name,)


def named_prompts(root: Path = ROOT) -> set[Named]:
    """Every prompt that a call names: literally, by a conditional expression, or composed."""
    found: set[Named] = set()
    paths = [path for room in ROOMS for path in sorted((root / room).rglob("*.py"))]
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    calls: dict[str, list[ast.Call]] = {}
    for node in (node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.Call)):
        calls.setdefault(ast.unparse(node.func).rpartition(".")[2], []).append(node)
    for path, tree in trees.items():
        scopes = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]
        outer = _assigned(tree.body)
        for scope in scopes:
            values = {**outer, **_given(scope, calls), **_assigned(list(ast.walk(scope)))}
            for call in (node for node in ast.walk(scope) if isinstance(node, ast.Call)):
                file = path.relative_to(root).as_posix()
                found |= {Named(file, call.lineno, name) for name in _names(_asked(call), values) if name}
    return found


def _asked(call: ast.Call) -> ast.expr | None:
    """The name argument of `prompt(moment, name)`, `line(moment, name)` or `advice.prompt(name)`."""
    if isinstance(call.func, ast.Name) and call.func.id in _CALLS and len(call.args) > 1:
        return call.args[1]
    if isinstance(call.func, ast.Attribute) and call.func.attr == "prompt" and call.args:
        return call.args[0]
    return None


def _given(scope: ast.AST, calls: Mapping[str, list[ast.Call]]) -> dict[str, list[ast.expr]]:
    """The arguments that callers of a function pass for each parameter; variables are ignored."""
    values: dict[str, list[ast.expr]] = {}
    if isinstance(scope, ast.FunctionDef):
        names = [own.arg for own in scope.args.args]
        for call in calls.get(scope.name, ()):
            given = [*zip(names, call.args, strict=False), *((own.arg or "", own.value) for own in call.keywords)]
            for name, value in given:
                if isinstance(value, ast.Constant | ast.IfExp):
                    values.setdefault(name, []).append(value)
    return values


def _assigned(nodes: list[ast.stmt] | list[ast.AST]) -> dict[str, list[ast.expr]]:
    values: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    values.setdefault(target.id, []).append(node.value)
    return values


def _names(node: ast.expr | None, values: Values, depth: int = 0) -> set[str]:
    """The strings an expression can evaluate to, as far as the source shows; `{}` for unknown parts."""
    if node is None or depth > 5:
        return set()
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.IfExp):
        return _names(node.body, values, depth + 1) | _names(node.orelse, values, depth + 1)
    if isinstance(node, ast.Name):
        return {name for value in values.get(node.id, ()) for name in _names(value, values, depth + 1)}
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        tables = [own for own in values.get(node.value.id, ()) if isinstance(own, ast.Dict)]
        return {name for table in tables for value in table.values for name in _names(value, values, depth + 1)}
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        return {"".join(str(part) for part in parts)}
    return set()
