"""Measures the bedside speaker and writes the figures into docs/listen.md: `make bench ARGS=listen`."""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

from speaker.bedside.engines import pocketsphinx
from speaker.bedside.engines.combined import Combined
from speaker.bedside.protocols import Transcript
from speaker.bedside.sound import quiet
from speaker.nlu.interaction_model import InteractionModel
from workshop.bench import listen_nights
from workshop.bench.listen_corpus import NOISES, TEXTS, clips, voices
from workshop.bench.listen_engines import scored

DOCUMENT = Path(__file__).parents[2] / "docs" / "listen.md"
BEGINS, ENDS = "<!-- measured: begins -->", "<!-- measured: ends -->"
SEPARATE = ("moonshine", "pocketsphinx")
"""Recognisers that are run; `combined` is worked out from what these two heard."""


def main(arguments: list[str]) -> int:
    """Runs every measurement; returns the exit status."""
    parser = argparse.ArgumentParser("listen_bench", description=__doc__)
    parser.add_argument("--voice", type=Path, help="a Piper voice as one more speaker")
    parser.add_argument("--model", type=Path, action="append", default=[], help="one more recogniser to measure")
    parser.add_argument("--keep", type=Path, help="a folder for the figures; those that are there are not made again")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="cramp-coach-bench-") as folder:
        kept = options.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        results = _recognisers(kept, options.voice, [str(own) for own in options.model])
        nights = _once(kept / "nights.json", listen_nights.measured)
    text = "\n".join([*_hearing(results), "", *_costs(results), "", *_nights(nights)])
    document = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = document.partition(BEGINS)
    DOCUMENT.write_text(f"{before}{BEGINS}\n\n{text}\n\n{ENDS}{rest.partition(ENDS)[2]}", encoding="utf-8")
    print(text)
    return 0


def _once(path: Path, make: Callable[[], Any]) -> Any:
    if not path.is_file():
        path.write_text(json.dumps(make()), encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))


def _recognisers(folder: Path, voice: Path | None, models: list[str]) -> dict[str, Any]:
    corpus = folder / "clips.pickle"
    if not corpus.is_file():
        corpus.write_bytes(pickle.dumps(list(clips(TEXTS["said"], voices(voice)))))
    results: dict[str, Any] = {}
    for name in (*SEPARATE, *models):

        def run(name: str = name) -> Any:
            command = [sys.executable, "-m", "workshop.bench.listen_engines", name, str(corpus)]
            return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)

        results[Path(name).name] = _once(folder / f"{Path(name).name}.json", run)
    return {"combined": _combined(results["moonshine"], results["pocketsphinx"]), **results}


class _Replayed:
    """A recogniser that has already heard everything."""

    text = ""

    def transcribe(self, samples: object) -> Transcript:
        return Transcript(self.text)


def _combined(general: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    first, second = _Replayed(), _Replayed()
    both = Combined(first, second, pocketsphinx.sounds_of)
    heard = []
    for one, other in zip(general["clips"], ours["clips"], strict=True):
        first.text, second.text = one["heard"], other["heard"]
        heard.append((one["voice"], one["noise"], one["said"], both.transcribe(quiet(1)).text))
    return scored(InteractionModel.load("en-US"), heard) | {
        key: general[key] + ours[key] for key in ("load", "memory", "median", "p95")
    }


def _hearing(results: dict[str, Any]) -> Iterable[str]:
    names = list(dict.fromkeys(key.partition("|")[0] for key in results["combined"]["counts"]))
    count = results["combined"]["counts"][f"{names[0]}|None"][3]
    yield f"**Words and intents**: {count} utterances × {len(names)} synthetic voices × quiet, and pink noise 20 dB"
    yield "and 10 dB below the speech. Each cell: word error rate, share whose intent is that of the typed words."
    yield ""
    yield f"| recogniser | noise | {' | '.join(names)} | all |"
    yield f"|---|---|{'---|' * (len(names) + 1)}"
    for engine, result in results.items():
        for noise in NOISES:
            rows = [result["counts"][f"{name}|{noise}"] for name in names]
            cells = [_cell(row) for row in [*rows, [sum(own) for own in zip(*rows, strict=True)]]]
            yield f"| {engine} | {'quiet' if noise is None else f'{noise:g} dB'} | {' | '.join(cells)} |"


def _cell(row: list[int]) -> str:
    return f"{row[0] / row[1]:.2f}, {row[2] / row[3]:.0%}"


def _costs(results: dict[str, Any]) -> Iterable[str]:
    yield "**Costs** of one utterance in processor time; of loading, and of memory, with everything else that hears."
    yield "`combined` is reckoned as the sum of its two, which share a part of it."
    yield ""
    yield "| recogniser | s an utterance, median | 95 % | loads in s | MB |"
    yield "|---|---|---|---|---|"
    for engine, own in results.items():
        yield f"| {engine} | {own['median']:.2f} | {own['p95']:.2f} | {own['load']:.1f} | {own['memory']:.0f} |"


def _nights(own: dict[str, Any]) -> Iterable[str]:
    calls = own["calls"]
    hits = ", ".join(f"{name} {hit} of {count}" for name, (hit, count) in calls.items())
    delays = own["delays"]
    yield "| the whole speaker | |"
    yield "|---|---|"
    yield f"| its name, heard of {sum(count for _, count in calls.values())} calls | {hits} |"
    yield f"| false alarms, {own['television_minutes']:.0f} min of a loud television | {own['television']} |"
    yield f"| any action in a bedroom hour: silence, hum, snoring, a low television | {own['hour']} |"
    yield (
        f"| end of speech → first sound, {len(delays)} turns, two processors under load {own['busy']:.0f} | "
        f"median {median(delays):.1f} s, worst {max(delays):.1f} s; {own['ends']:g} s of it are the end of speech |"
    )
    yield f"| ready after it is started | {own['ready']:.1f} s |"
    yield f"| memory at most | {own['memory']:.0f} MB |"
    yield f"| of one processor: a quiet night, a television on | {own['load']:.0%}, {own['load_talk']:.0%} |"
    yield f"| understood over its own voice, in an echo, with the canceller | {own['over']} of {own['over_of']} |"
    yield f"| its own voice taken for a person, {own['own_minutes']:.0f} min in an echo | {own['own']} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
