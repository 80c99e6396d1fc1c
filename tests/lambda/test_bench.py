"""What the bench measures is what it says that it measures."""

from __future__ import annotations

from typing import Any

import pytest

from skill.app import create
from workshop.bench import bench_events as turns
from workshop.bench import lambda_bench as bench
from workshop.bundle.lambda_zip import Interpreter


@pytest.mark.parametrize(("device", "shows"), [(turns.SPEAKER, False), (turns.SCREEN, True)])
def test_a_screen_is_measured_with_its_document_and_a_speaker_without(device: Any, shows: bool) -> None:
    answer = create()(turns.launch_event(device), None)["response"]
    assert bool(answer.get("directives")) is shows
    every = dict(turns.every_turn(device))
    assert {name.partition(" ")[0] for name in every} >= {"RedFlagsIntent", "RemedyIntent", "AMAZON.NextIntent"}
    asked = [event["context"]["System"]["device"]["supportedInterfaces"] for event in every.values()]
    assert all(("Alexa.Presentation.APL" in interfaces) is shows for interfaces in asked)


def test_the_page_tells_both_apart_and_limits_only_the_one() -> None:
    plain, shown = bench.Figures(40, 200, 16), bench.Figures(60, 2_000, 18)
    names = (bench.OURS, bench.SHIPPED, bench.COMPILED)
    measured = bench.Measured(
        figures=dict.fromkeys((*names, bench.LARGE), plain),
        screen=dict.fromkeys(names, shown),
        zips=dict.fromkeys((*names, bench.LARGE), 3_000),
        targets=[bench.Target("warm turn, to hello world with bytecode", 1.6, 1.5)],
        longest=([("WhyIntent", 500)], [("ReliefIntent", 2_500)]),
        shares="| 512 MB |",
    )
    page = bench.report(Interpreter("python", "3.13", "cpython-313"), measured)
    for name in names:
        assert f"| {name} | 40.0 ms | 0.200 ms | 16.0 MB | 3000 KB |" in page
        assert f"| {name} | 60.0 ms | 2.000 ms | 18.0 MB |\n" in page
    assert "| WhyIntent | 0.500 ms | ReliefIntent | 2.500 ms |" in page
    assert "| 1.60 | ≤ 1.5 | **no** |" in page
    assert page.count("≤") == 1
    first = bench.summary(Interpreter("python", "3.13", "cpython-313"), measured)
    assert f"| | {' | '.join(names)} |" in first
    assert "| cold start, to the first answer | 40 ms | 40 ms | 40 ms |" in first
    assert "Missed: warm turn, to hello world with bytecode." in first


def test_the_head_of_the_page_takes_the_machine_and_the_rounds() -> None:
    head = (bench.HERE / "performance.md").read_text(encoding="utf-8")
    head = head.format(machine="a laptop", runs=15, summary="The table.")
    assert "a laptop. Each figure is the median of 15 fresh" in head
    assert head.index("The table.") < head.index("## What the figures are of")
    assert "{" not in head
