"""A statistical stand-in for Alexa's understanding: a plain linear text classifier that has seen only built samples."""

from __future__ import annotations

import random
import re
from itertools import pairwise

from speaker.nlu.interaction_model import DURATION, TIME, InteractionModel
from speaker.nlu.normalize import spoken, stem

_SLOT = re.compile(r"\{([^}]+)\}")
_FILLINGS = 6
"""How often a sample with slots is shown, each time with values drawn at random."""
_SEED = 7
_TIMES = ("nine thirty", "half past nine", "ten o'clock", "a quarter to ten", "nine pm", "twenty two thirty")
_DURATIONS = (
    "ten seconds", "twenty seconds", "thirty seconds", "forty five seconds", "a minute", "one minute", "two minutes",
    "fifteen seconds", "a minute and a half", "five seconds",
)  # fmt: skip


class Classifier:
    """Words, pairs and stems, weighed by tf-idf, into a linear support vector machine."""

    def __init__(self, model: InteractionModel) -> None:
        # Only this measurement needs scikit-learn, so that the skill and its speaker start without it.
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline
        from sklearn.svm import LinearSVC

        texts, intents = zip(*training_lines(model), strict=True)
        self._pipeline = make_pipeline(
            TfidfVectorizer(analyzer=_features, sublinear_tf=True),
            LinearSVC(C=2, class_weight="balanced", max_iter=5000, random_state=_SEED),
        )
        self._pipeline.fit(texts, intents)

    def intent(self, say: str) -> tuple[str, float]:
        """The intent and its margin: the further below 0, the less sure."""
        margins = self._pipeline.decision_function([spoken(say)])[0]
        best = int(margins.argmax())
        return str(self._pipeline.classes_[best]), float(margins[best])


def training_lines(model: InteractionModel) -> list[tuple[str, str]]:
    """Every sample of the model, and Amazon's own phrases, as (utterance, intent); slots filled with sampled values."""
    values = {kind: sorted(own) for kind, own in model.values.items()} | {
        DURATION: list(_DURATIONS),
        TIME: list(_TIMES),
    }
    lines = []
    for pattern, owners in model.patterns.items():
        kinds = _SLOT.findall(pattern)
        if len(kinds) == 1 and pattern == f"{{{kinds[0]}}}":
            lines += [(value, owners[0][0]) for value in values[kinds[0]]]
            continue
        lines += [(text, owners[0][0]) for text in _filled(pattern, values, _FILLINGS if kinds else 1)]
    return lines + [(phrase, intent) for phrase, intent in model.published.items() for _ in range(_FILLINGS)]


def _filled(pattern: str, values: dict[str, list[str]], times: int) -> list[str]:
    """The sample with values drawn for its slots, by a draw of its own, so that a new sample changes no other."""
    draw = random.Random(f"{_SEED} {pattern}")  # noqa: S311 - the same utterances at every run
    return [_SLOT.sub(lambda found: draw.choice(values[found[1]]), pattern) for _ in range(times)]


def _features(text: str) -> list[str]:
    words = text.split()
    stems = [stem(word) for word in words]
    return [
        *words,
        *(" ".join(pair) for pair in pairwise(("<", *words, ">"))),
        *(f"~{own}" for own in stems),
        *("~" + " ".join(pair) for pair in pairwise(("<", *stems, ">"))),
    ]
