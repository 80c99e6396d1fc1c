"""`make load`: a load test of the endpoint. Exits with 1 if a request was lost or answered wrongly, or it is slow."""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.endpoint.authority import Authority, pem
from tests.load.client import Result, megabytes, processor, run
from tests.load.requests import nights

ROOT = Path(__file__).parents[2]
LEAST_RATIO = 0.8
HOSTILE_SECONDS = 30
"""Maximum duration of the hostile client, which is stopped at the end of the run."""


@contextmanager
def served(which: str, folder: Path, memory: str = "none") -> Iterator[tuple[int, int]]:
    """A server process: its port and its id."""
    command = [sys.executable, "-m", "tests.load.server", which, str(folder), memory]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline()), process.pid
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def hostility(port: int) -> Iterator[None]:
    """Runs a client that sends garbage, slow bodies and half-open connections, within a `with` block."""
    command = [sys.executable, "-m", "tests.load.hostile", str(port), str(HOSTILE_SECONDS)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=ROOT) as process:
        try:
            yield
            assert process.poll() in (None, 0), "the hostile client broke down, so nothing was shown"
        finally:
            process.terminate()


def row(name: str, results: Sequence[Result]) -> str:
    """A line of the report: medians over the rounds, sums of what went wrong."""
    middle = statistics.median
    cells = (
        name,
        sum(own.asked for own in results),
        f"{middle(own.rate for own in results):.0f}",
        f"{middle(own.median for own in results):.1f}",
        f"{middle(own.slowest for own in results):.1f}",
        f"{middle(own.processor for own in results):.2f}",
        f"{max(own.megabytes for own in results):.0f}",
        sum(own.lost for own in results),
        sum(own.wrong for own in results),
    )
    return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    """Runs the load test and prints the report."""
    options = argparse.ArgumentParser("load", description=__doc__)
    options.add_argument("--requests", type=int, default=300, help="a round (default: 300)")
    options.add_argument("--rounds", type=int, default=11, help="of each, in turn (default: 11)")
    options.add_argument("--write", type=Path, help="write the report to this file too")
    chosen = options.parse_args()
    authority = Authority()
    rows: dict[str, list[Result]] = {"hello world": [], "Cramp Coach": []}
    with tempfile.TemporaryDirectory(prefix="cramp-coach-load-") as name:
        folder = Path(name)
        (folder / "root.pem").write_bytes(pem(authority.root))
        (folder / "chain.pem").write_bytes(pem(authority.signer, authority.intermediate))

        def measure(which: str, port: int, process: int, count: int) -> Result:
            requests, before = nights(authority), processor(process)
            result = run(which, port, requests, count)
            result.processor = (processor(process) - before) * 1000 / count
            result.megabytes = megabytes(process)
            return result

        with served("hello", folder) as (hello, hello_id), served("coach", folder) as (coach, coach_id):
            measure("hello", hello, hello_id, 100)
            measure("coach", coach, coach_id, 100)
            pair = [("hello world", "hello", hello, hello_id), ("Cramp Coach", "coach", coach, coach_id)]
            for _ in range(chosen.rounds):
                for title, which, port, process in pair:
                    rows[title].append(measure(which, port, process, chosen.requests))
                pair.reverse()  # alternate the order: the first run affects the second
            with hostility(coach):
                rows["Cramp Coach, under attack"] = [measure("coach", coach, coach_id, chosen.requests)]
        with served("coach", folder, f"sqlite:{folder}/places.sqlite") as (coach, coach_id):
            measure("coach", coach, coach_id, 20)
            rows["Cramp Coach, SQLite memory"] = [measure("kept", coach, coach_id, chosen.requests)]
    pairs = zip(rows["Cramp Coach"], rows["hello world"], strict=True)
    ratio = statistics.median(own.rate / other.rate for own, other in pairs)
    text = report(rows, ratio)
    sys.stdout.write(text)
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")
    bad = sum(own.lost + own.wrong for results in rows.values() for own in results)
    return 1 if bad or ratio < LEAST_RATIO else 0


def report(rows: dict[str, list[Result]], ratio: float) -> str:
    """The report as Markdown."""
    return "\n".join((
        "# Load",
        "",
        "Signed requests at `/alexa` from a second process, over eight connections that stay open. Every answer is",
        "compared with what the skill must say to that request. Hello world is the SDK's own, behind the same server,",
        "the same Flask and the same verification. Written by `make load`; the figures are of the machine it ran on.",
        "",
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors.",
        "",
        "| skill | requests | a second | median, ms | 99th percentile | processor, ms | memory, MB | lost | wrong |",
        "|---|---|---|---|---|---|---|---|---|",
        *(row(name, results) for name, results in rows.items()),
        "",
        f"Cramp Coach answers {ratio:.2f} times as many requests a second as hello world; {LEAST_RATIO} is the least.",
        "The figures are medians over the rounds, the ratio that of the two of a round; processor is the",
        "time that the server itself worked for one request.",
        "",
        "Under attack: 100 connections half open, 60 bodies that arrive a byte at a time, and 40 pieces of garbage a",
        "second, some with a certificate at an address that is made up, from a third process on the same processors.",
        "",
    ))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
