"""How fast the bundle starts and answers, side by side with Amazon's hello world: `make bench` → docs/performance.md.

Every figure is the median of fresh, isolated processes that take turns, so that a busy machine is busy for all alike.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from skill.advice.store import CONTENT
from skill.speaker.envelope import Device, Session, envelope, launch

from .bundle import Interpreter, bundle, compile_bytecode, install, pack
from .project import ROOT, CannotBundle
from .share import WHOLE, share_of

HERE = ROOT / "lambda" / "baseline"
REPORT = ROOT / "docs" / "performance.md"
OURS, SHIPPED, COMPILED, LARGE = "Cramp Coach", "hello world as shipped", "hello world with bytecode", "content × 20"
MEMORIES = (128, 256, 512, 1_024, WHOLE)
TIMES = 20
NIGHT = 1_800_000_000
"""Epoch seconds of every request."""
_FIXED = ("timing", "tiers", "style", "regions")
"""Content files that are settings and not collections: twenty times as much content does not make them longer."""


@dataclass(frozen=True)
class Figures:
    """What one bundle took: milliseconds to the first answer, microseconds a warm turn, MB at the peak, KB of zip."""

    cold: float
    warm: float
    memory: float
    zip: float


@dataclass(frozen=True)
class Target:
    """A ratio to reach."""

    name: str
    ratio: float
    most: float


@dataclass(frozen=True)
class Measured:
    """What one interpreter took."""

    figures: dict[str, Figures]
    targets: list[Target]
    longest: list[tuple[str, float]]
    """Our longest warm turns, in microseconds."""
    shares: str
    """The table of starts under a share of a processor."""


Rounds = dict[str, list[dict[str, float]]]
"""By bundle: what each of its processes took, in the order of the rounds."""


def measure(python: Interpreter, runs: int, folder: Path) -> Measured:
    """Everything that one interpreter is measured by."""
    built = dict(build(python, folder))
    event = json.dumps([launch_event()])
    rounds: Rounds = {name: [] for name in built}
    for _ in range(runs):
        for name, code in built.items():
            rounds[name].append(probe(python, code, event))
    figures = {
        name: Figures(
            cold=statistics.median(one["cold"] for one in all_),
            warm=statistics.median(one["warm"] for one in all_),
            memory=statistics.median(one["memory"] for one in all_) / 1024,
            zip=(folder / f"{name}.zip").stat().st_size / 1000,
        )
        for name, all_ in rounds.items()
    }
    turns = dict(every_turn())
    events = json.dumps([launch_event(), *turns.values()])
    longest = sorted(zip(turns, sweep(python, built[OURS], events)[1:], strict=True), key=lambda turn: -turn[1])[:5]
    return Measured(figures, targets(rounds), longest, "\n".join(shares(python, built, event)))


def build(python: Interpreter, folder: Path) -> Iterator[tuple[str, Path]]:
    """Each bundle by its name, unpacked, with its zip beside it."""
    for name, content in ((OURS, None), (LARGE, enlarge(CONTENT, folder / "content"))):
        archive = bundle(python, folder / name, content)
        shutil.move(archive, folder / f"{name}.zip")
        yield name, folder / name / "lambda"
    for name in (SHIPPED, COMPILED):
        code = folder / name
        code.mkdir()
        install(code, HERE / "requirements.txt", only_ours=False)
        shutil.copyfile(HERE / "hello_world.py", code / "lambda_function.py")
        if name == COMPILED:
            compile_bytecode(code, python)
        pack(code, folder / f"{name}.zip")
        yield name, code


def enlarge(source: Path, target: Path, times: int = TIMES) -> Path:
    """The content with every entry so many times, under ids and names of their own."""
    for path in sorted(source.rglob("*.yaml")):
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.stem not in _FIXED:
            entries |= {
                f"{name}_{at}": _renamed(entry, at) for at in range(1, times) for name, entry in entries.items()
            }
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(yaml.safe_dump(entries, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return target


def _renamed(entry: Any, at: int) -> Any:
    if not isinstance(entry, dict) or "heard_as" not in entry:
        return entry
    return entry | {"heard_as": [f"{own} {at}" for own in entry["heard_as"]]}


def launch_event() -> dict[str, Any]:
    """Opening the skill."""
    return envelope(Device(), Session(), launch(), NIGHT)


def every_turn(locale: str = "en-US") -> Iterator[tuple[str, dict[str, Any]]]:
    """In the middle of a stretch, every intent of the model, with every value of each of its slots."""
    model = json.loads((ROOT / "interaction_models" / f"{locale}.json").read_text(encoding="utf-8"))
    language = model["interactionModel"]["languageModel"]
    values = {own["name"]: own["values"] for own in language.get("types", ())}
    state = {"v": 1, "routine": "calf", "step": "stretch", "started_at": NIGHT - 40, "at": NIGHT - 40}
    for intent in language["intents"]:
        slots = {slot["name"]: values.get(slot["type"], ()) for slot in intent.get("slots", ())}
        yield intent["name"], _asked(intent["name"], {}, state)
        for slot, known in slots.items():
            for value in known:
                yield f"{intent['name']} {value['id']}", _asked(intent["name"], {slot: value}, state)


def _asked(intent: str, slots: dict[str, Any], state: dict[str, Any]) -> dict[str, Any]:
    filled = {}
    for name, value in slots.items():
        said = value["name"]["value"]
        match = {"status": {"code": "ER_SUCCESS_MATCH"}, "values": [{"value": {"name": said, "id": value["id"]}}]}
        filled[name] = {"name": name, "value": said, "resolutions": {"resolutionsPerAuthority": [match]}}
    request = {"type": "IntentRequest", "intent": {"name": intent, "slots": filled}}
    return envelope(Device(), Session(attributes=state, new=False), request, NIGHT)


def probe(python: Interpreter, code: Path, events: str, under: Sequence[str] = ()) -> dict[str, float]:
    """One start in a process of its own. `under` is a command to run it with."""
    taken: dict[str, float] = json.loads(_run([*under, *_command(python, code), "cold"], events))
    return taken


def sweep(python: Interpreter, code: Path, events: str) -> list[float]:
    """Microseconds of each event's warm turn."""
    taken: list[float] = json.loads(_run([*_command(python, code), "sweep"], events))
    return taken


def _command(python: Interpreter, code: Path) -> list[str]:
    # -B: Lambda's disk is read-only, so what has no bytecode is compiled again at every start.
    return [python.command, "-I", "-S", "-B", "-W", "ignore", str(HERE / "probe.py"), str(code)]


def _run(command: list[str], events: str) -> str:
    done = subprocess.run(command, input=events, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBundle(f"a measurement failed: {' '.join(command)}\n{done.stderr[-2000:]}")
    return done.stdout


def shares(python: Interpreter, built: dict[str, Path], event: str, runs: int = 5) -> Iterator[str]:
    """The cold start under the share of a processor that each memory size has, as rows of a table."""
    yield "| memory | share of a processor | Cramp Coach | hello world as shipped |"
    yield "|---:|---:|---:|---:|"
    for memory in MEMORIES:
        with share_of(memory) as under:
            if under is None:
                yield f"| {memory} MB | {memory / WHOLE:.2f} | not measured: no control groups here | |"
                continue
            medians = [
                statistics.median(probe(python, built[name], event, under)["cold"] for _ in range(runs))
                for name in (OURS, SHIPPED)
            ]
            yield f"| {memory} MB | {memory / WHOLE:.2f} | {medians[0]:.0f} ms | {medians[1]:.0f} ms |"


def targets(rounds: Rounds) -> list[Target]:
    """What is to be reached, and what was: the median of the ratios within a round, since a machine that is busy in
    one round is busy for both sides of that ratio."""

    def ratio(of: str, to: str, what: str) -> float:
        pairs = zip(rounds[of], rounds[to], strict=True)
        return statistics.median(mine[what] / theirs[what] for mine, theirs in pairs)

    return [
        Target("cold start, to hello world as shipped", ratio(OURS, SHIPPED, "cold"), 0.5),
        Target("cold start, to hello world with bytecode", ratio(OURS, COMPILED, "cold"), 1.2),
        Target("warm turn, to hello world with bytecode", ratio(OURS, COMPILED, "warm"), 1.5),
        Target("peak memory, to hello world with bytecode", ratio(OURS, COMPILED, "memory"), 1.3),
        Target("content × 20: cold start, to ours", ratio(LARGE, OURS, "cold"), 1.2),
        Target("content × 20: warm turn, to ours", ratio(LARGE, OURS, "warm"), 1.1),
    ]


def report(python: Interpreter, measured: Measured) -> str:
    """One section of the page."""
    figures = measured.figures
    rows = [
        f"| {name} | {own.cold:.1f} ms | {own.warm / 1000:.3f} ms | {own.memory:.1f} MB | {own.zip:.0f} KB |"
        for name, own in ((name, figures[name]) for name in (OURS, SHIPPED, COMPILED, LARGE))
    ]
    reached = [
        f"| {goal.name} | {goal.ratio:.2f} | ≤ {goal.most} | {'yes' if goal.ratio <= goal.most else '**no**'} |"
        for goal in measured.targets
    ]
    turns = [f"| {name} | {taken / 1000:.3f} ms |" for name, taken in measured.longest]
    return "\n".join(
        [
            f"## Python {python.version}",
            "",
            "| | cold start | warm turn | peak memory | zip |",
            "|---|---:|---:|---:|---:|",
            *rows,
            "",
            "| ratio | found | to reach | reached |",
            "|---|---:|---:|---|",
            *reached,
            "",
            "The longest warm turns, over every intent and every value of every slot, in the middle of a stretch:",
            "",
            "| turn | |",
            "|---|---:|",
            *turns,
            "",
            "The cold start on the share of a processor that Lambda gives each memory size:",
            "",
            measured.shares,
            "",
        ]
    )


def machine() -> str:
    """The processor and the system, as far as they say."""
    info = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {len(names) or '?'} cores, {platform.system()}"


def pythons(named: Sequence[str]) -> list[Interpreter]:
    """The interpreters asked for; else this one, and Lambda's where it is installed."""
    if named:
        return [Interpreter.find(name) for name in named]
    found = [Interpreter.find(sys.executable)]
    try:
        lambdas = Interpreter.find("python3.13")
    except CannotBundle:
        return found
    return found if lambdas.version == found[0].version else [*found, lambdas]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns the exit status: 1 where a target is missed."""
    parser = argparse.ArgumentParser("bench", description="Measure the bundle; write docs/performance.md.")
    parser.add_argument("--python", action="append", default=[], help="an interpreter to measure with (repeatable)")
    parser.add_argument("--runs", type=int, default=15, help="fresh processes for each figure (default: 15)")
    options = parser.parse_args(arguments)
    sections, missed = [], 0
    try:
        for python in pythons(options.python):
            with tempfile.TemporaryDirectory(prefix="cramp-coach-bench-") as folder:
                measured = measure(python, options.runs, Path(folder))
            sections.append(report(python, measured))
            missed += sum(goal.ratio > goal.most for goal in measured.targets)
            print(sections[-1])
    except CannotBundle as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    head = (HERE / "performance.md").read_text(encoding="utf-8")
    body = "\n".join(sections)
    REPORT.write_text(head.format(machine=machine(), runs=options.runs) + "\n" + body, encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
