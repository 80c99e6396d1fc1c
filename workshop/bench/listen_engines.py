"""One recogniser in a process of its own: how well it hears, how long it takes, how much memory it needs."""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from pathlib import Path
from statistics import median, quantiles

from rapidfuzz.distance import Levenshtein

from speaker.bedside.engines import choose
from speaker.nlu.interaction_model import InteractionModel
from speaker.nlu.normalize import spoken
from speaker.nlu.recognizer import Hearing
from workshop.bench.listen_corpus import Clip


def main(name: str, clips: Path) -> None:
    """Prints one JSON object.

    Args:
        name: a recogniser's name, or the path of a model.
        clips: a pickled list of `Clip`, made by the process that started this one.
    """
    model = InteractionModel.load("en-US")
    before = _memory()
    started = time.perf_counter()
    wishes = (
        choose.Wishes(name, duplex="half")
        if name in choose.RECOGNIZERS
        else choose.Wishes(models=(Path(name),), duplex="half")
    )
    recognizer = choose.engines(model, wishes).recognizer
    loaded = time.perf_counter() - started
    ear = Hearing(model)
    counts: dict[str, list[int]] = {}
    took: list[float] = []
    """Seconds of processor time, which other people's work on this machine does not lengthen."""
    told: list[dict[str, object]] = []
    own: list[Clip] = pickle.loads(clips.read_bytes())  # noqa: S301 - made by the process that started this one
    for clip in own:
        begun = time.process_time()
        text = recognizer.transcribe(clip.samples).text
        took.append(time.process_time() - begun)
        wanted, found = spoken(clip.text).split(), spoken(text).split()
        same = ear.hear(clip.text).intent == ear.hear(text).intent
        row = counts.setdefault(f"{clip.voice}|{clip.noise}", [0, 0, 0, 0])
        for at, count in enumerate((Levenshtein.distance(wanted, found), len(wanted), int(same), 1)):
            row[at] += count
        told.append({"voice": clip.voice, "noise": clip.noise, "said": clip.text, "heard": text, "same": same})
    print(
        json.dumps(
            {
                "load": loaded,
                "memory": _memory() - before,
                "median": median(took),
                "p95": quantiles(took, n=20)[-1],
                "counts": counts,
                "clips": told,
            }
        )
    )


def _memory() -> float:
    """Megabytes at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
