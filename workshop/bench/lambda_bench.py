"""Benchmarks the bundle beside Amazon's hello world: `make bench` writes docs/performance.md.

Every figure is a median over fresh, isolated processes that alternate, so that load on the machine affects all alike.
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

from skill.advice.store import CONTENT
from speaker.request_envelope import Device
from workshop.bench.bench_events import SCREEN, SPEAKER, every_turn, launch_event
from workshop.bench.cpu_quota import WHOLE, share_of
from workshop.bench.scale_content import enlarge
from workshop.bundle.ask_project import ROOT, CannotBundle
from workshop.bundle.lambda_zip import Interpreter, bundle, compile_bytecode, install, pack

HERE = ROOT / "workshop" / "bench" / "baseline"
REPORT = ROOT / "docs" / "performance.md"
OURS, SHIPPED, COMPILED, LARGE = "Cramp Coach", "hello world as shipped", "hello world with bytecode", "content × 20"
MEMORIES = (128, 256, 512, 1_024, WHOLE)


@dataclass(frozen=True)
class Figures:
    """Figures of one bundle: milliseconds to the first answer, microseconds per warm turn, MB of peak memory."""

    cold: float
    warm: float
    memory: float


Longest = list[tuple[str, float]]
"""Turns with their duration in microseconds."""


@dataclass(frozen=True)
class Target:
    """A target ratio."""

    name: str
    ratio: float
    most: float


@dataclass(frozen=True)
class Measured:
    """All figures of one interpreter."""

    figures: dict[str, Figures]
    """On a device without a screen."""
    screen: dict[str, Figures]
    """On a device with a screen; without a baseline, since hello world shows nothing."""
    zips: dict[str, float]
    """KB."""
    targets: list[Target]
    longest: tuple[Longest, Longest]
    """Our slowest warm turns, without and with a screen."""
    shares: str
    """The table of cold starts under a CPU quota."""


Rounds = dict[str, list[dict[str, float]]]
"""By bundle, the figures of each process, in the order of the rounds."""


def measure(python: Interpreter, runs: int, folder: Path) -> Measured:
    """Takes every measurement for one interpreter."""
    built = dict(build(python, folder))
    spoken, shown = (json.dumps([launch_event(device)]) for device in (SPEAKER, SCREEN))
    rounds: Rounds = {name: [] for name in built}
    screen: Rounds = {name: [] for name in built if name != LARGE}
    for _ in range(runs):
        for name, code in built.items():
            rounds[name].append(probe(python, code, spoken))
            if name in screen:
                screen[name].append(probe(python, code, shown))
    return Measured(
        figures=medians(rounds),
        screen=medians(screen),
        zips={name: (folder / f"{name}.zip").stat().st_size / 1000 for name in built},
        targets=targets(rounds),
        longest=(longest(python, built[OURS], SPEAKER), longest(python, built[OURS], SCREEN)),
        shares="\n".join(shares(python, built, spoken, shown)),
    )


def medians(rounds: Rounds) -> dict[str, Figures]:
    """Median figures per bundle."""

    def median(all_: list[dict[str, float]], what: str) -> float:
        return statistics.median(one[what] for one in all_)

    return {
        name: Figures(median(all_, "cold"), median(all_, "warm"), median(all_, "memory") / 1024)
        for name, all_ in rounds.items()
    }


def longest(python: Interpreter, code: Path, device: Device) -> Longest:
    """The five slowest warm turns."""
    turns = dict(every_turn(device))
    taken = sweep(python, code, json.dumps([launch_event(device), *turns.values()]))[1:]
    return sorted(zip(turns, taken, strict=True), key=lambda turn: -turn[1])[:5]


def build(python: Interpreter, folder: Path) -> Iterator[tuple[str, Path]]:
    """Builds every bundle; returns each unpacked folder and its zip by name."""
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


def probe(python: Interpreter, code: Path, events: str, under: Sequence[str] = ()) -> dict[str, float]:
    """One start in a fresh process. `under` is a command prefix to run it with."""
    taken: dict[str, float] = json.loads(_run([*under, *_command(python, code), "cold"], events))
    return taken


def sweep(python: Interpreter, code: Path, events: str) -> list[float]:
    """Microseconds of the warm turn of each event."""
    taken: list[float] = json.loads(_run([*_command(python, code), "sweep"], events))
    return taken


def _command(python: Interpreter, code: Path) -> list[str]:
    # -B: Lambda's disk is read-only, so modules without bytecode are compiled at every start.
    return [python.command, "-I", "-S", "-B", "-W", "ignore", str(HERE / "measure_start.py"), str(code)]


def _run(command: list[str], events: str) -> str:
    done = subprocess.run(command, input=events, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBundle(f"a measurement failed: {' '.join(command)}\n{done.stderr[-2000:]}")
    return done.stdout


def shares(python: Interpreter, built: dict[str, Path], spoken: str, shown: str, runs: int = 5) -> Iterator[str]:
    """The cold start under the CPU share of each memory size, as table rows."""
    yield "| memory | share of a processor | Cramp Coach | with a screen | hello world as shipped |"
    yield "|---:|---:|---:|---:|---:|"
    for memory in MEMORIES:
        with share_of(memory) as under:
            if under is None:
                yield f"| {memory} MB | {memory / WHOLE:.2f} | not measured: no control groups here | | |"
                continue
            taken = [
                statistics.median(probe(python, built[name], event, under)["cold"] for _ in range(runs))
                for name, event in ((OURS, spoken), (OURS, shown), (SHIPPED, spoken))
            ]
            yield f"| {memory} MB | {memory / WHOLE:.2f} | {' | '.join(f'{one:.0f} ms' for one in taken)} |"


def targets(rounds: Rounds) -> list[Target]:
    """Each target with the ratio measured: the median of the ratios within a round, since load affects both sides of
    that ratio."""

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

    def ordered(figures: dict[str, Figures]) -> Iterator[tuple[str, Figures]]:
        return ((name, figures[name]) for name in (OURS, SHIPPED, COMPILED, LARGE) if name in figures)

    reached = [
        f"| {goal.name} | {goal.ratio:.2f} | ≤ {goal.most} | {'yes' if goal.ratio <= goal.most else '**no**'} |"
        for goal in measured.targets
    ]
    turns = [
        f"| {name} | {taken / 1000:.3f} ms | {other} | {shown / 1000:.3f} ms |"
        for (name, taken), (other, shown) in zip(*measured.longest, strict=True)
    ]
    return "\n".join(
        [
            f"### Python {python.version}",
            "",
            "| | cold start | warm turn | peak memory | zip |",
            "|---|---:|---:|---:|---:|",
            *(f"{_row(name, own)} {measured.zips[name]:.0f} KB |" for name, own in ordered(measured.figures)),
            "",
            "| ratio | found | to reach | reached |",
            "|---|---:|---:|---|",
            *reached,
            "",
            "On a device with a screen, for information: ours adds a document with pictures, hello world nothing.",
            "",
            "| | cold start | warm turn | peak memory |",
            "|---|---:|---:|---:|",
            *(_row(name, own) for name, own in ordered(measured.screen)),
            "",
            "The longest warm turns in the middle of a stretch, over every intent of the US English model and every",
            "value that it lists for a slot:",
            "",
            "| without a screen | | with a screen | |",
            "|---|---:|---|---:|",
            *turns,
            "",
            "The cold start on the share of a processor that Lambda gives each memory size:",
            "",
            measured.shares,
            "",
        ]
    )


def summary(python: Interpreter, measured: Measured) -> str:
    """The page's beginning: ours beside both, and what the ratios come to."""
    names = (OURS, SHIPPED, COMPILED)
    figures = [measured.figures[name] for name in names]
    rows = (
        ("cold start, to the first answer", [f"{own.cold:.0f} ms" for own in figures]),
        ("one more turn", [f"{own.warm / 1000:.2f} ms" for own in figures]),
        ("memory at most", [f"{own.memory:.0f} MB" for own in figures]),
        ("what is uploaded", [f"{measured.zips[name] / 1000:.1f} MB" for name in names]),
    )
    missed = [goal.name for goal in measured.targets if goal.ratio > goal.most]
    verdict = f"Missed: {'; '.join(missed)}." if missed else f"All {len(measured.targets)} limits below are kept."
    return "\n".join(
        [
            f"On Python {python.version}:",
            "",
            f"| | {' | '.join(names)} |",
            "|---|---:|---:|---:|",
            *(f"| {name} | {' | '.join(values)} |" for name, values in rows),
            "",
            verdict,
        ]
    )


def _row(name: str, own: Figures) -> str:
    return f"| {name} | {own.cold:.1f} ms | {own.warm / 1000:.3f} ms | {own.memory:.1f} MB |"


def machine() -> str:
    """The CPU and the operating system, as far as known."""
    info = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {len(names) or '?'} cores, {platform.system()}"


def pythons(named: Sequence[str]) -> list[Interpreter]:
    """The interpreters asked for; by default this one, and Lambda's if it is installed."""
    if named:
        return [Interpreter.find(name) for name in named]
    found = [Interpreter.find(sys.executable)]
    try:
        lambdas = Interpreter.find("python3.13")
    except CannotBundle:
        return found
    return found if lambdas.version == found[0].version else [*found, lambdas]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command-line entry point; the exit status is 1 if a target is missed."""
    parser = argparse.ArgumentParser("bench", description="Measure the bundle; write docs/performance.md.")
    parser.add_argument("--python", action="append", default=[], help="an interpreter to measure with (repeatable)")
    parser.add_argument("--runs", type=int, default=15, help="fresh processes for each figure (default: 15)")
    options = parser.parse_args(arguments)
    sections, missed, first = [], 0, ""
    try:
        for python in pythons(options.python):
            with tempfile.TemporaryDirectory(prefix="cramp-coach-bench-") as folder:
                measured = measure(python, options.runs, Path(folder))
            sections.append(report(python, measured))
            first = summary(python, measured)  # of the last: Lambda's, where it is here
            missed += sum(goal.ratio > goal.most for goal in measured.targets)
            print(sections[-1])
    except CannotBundle as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    head = (HERE / "performance.md").read_text(encoding="utf-8")
    body = "\n".join(sections)
    text = head.format(machine=machine(), runs=options.runs, summary=first)
    REPORT.write_text(f"{text}\n{body}", encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
