"""One recogniser in a process of its own: how well it hears, how long it takes, how much memory it needs."""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from rapidfuzz.distance import Levenshtein

from speaker.bedside.engines import choose
from speaker.nlu.interaction_model import InteractionModel
from speaker.nlu.normalize import spoken
from speaker.nlu.recognizer import Hearing
from workshop.bench.listen_corpus import Clip

Hypothesis = tuple[str, float | None, str, str]
"""Voice, noise, what was said, what was heard."""


def main(name: str, clips: Path) -> None:
    """Prints one JSON object.

    Args:
        name: a recogniser's name, or the path of a model.
        clips: a pickled list of `Clip`, made by the process that started this one.
    """
    model = InteractionModel.load("en-US")
    own_model = () if name in choose.RECOGNIZERS else (Path(name),)
    started = time.perf_counter()
    recognizer = choose.engines(model, choose.Wishes(name, duplex="half", models=own_model)).recognizer
    loaded = time.perf_counter() - started
    took: list[float] = []
    """Seconds of processor time, which other people's work on this machine does not lengthen."""
    heard: list[Hypothesis] = []
    own: list[Clip] = pickle.loads(clips.read_bytes())  # noqa: S301 - made by the process that started this one
    for clip in own:
        begun = time.process_time()
        text = recognizer.transcribe(clip.samples).text
        took.append(time.process_time() - begun)
        heard.append((clip.voice, clip.noise, clip.text, text))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    costs = {"load": loaded, "memory": memory, "median": median(took), "p95": quantiles(took, n=20)[-1]}
    print(json.dumps(scored(model, heard) | costs))


def scored(model: InteractionModel, heard: Iterable[Hypothesis]) -> dict[str, Any]:
    """For each voice and noise: word errors, words, intents that are those of the typed words, utterances."""
    ear = Hearing(model)
    counts: dict[str, list[int]] = {}
    told: list[dict[str, object]] = []
    for voice, noise, said, text in heard:
        wanted, found = spoken(said).split(), spoken(text).split()
        same = ear.hear(said).intent == ear.hear(text).intent
        row = counts.setdefault(f"{voice}|{noise}", [0, 0, 0, 0])
        for at, count in enumerate((Levenshtein.distance(wanted, found), len(wanted), int(same), 1)):
            row[at] += count
        told.append({"voice": voice, "noise": noise, "said": said, "heard": text, "same": same})
    return {"counts": counts, "clips": told}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
