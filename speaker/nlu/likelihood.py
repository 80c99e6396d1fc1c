"""How well words fit each intent: naive Bayes over every sample, its slots filled with the model's values."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from itertools import pairwise

from speaker.nlu.interaction_model import DURATION, TIME, InteractionModel
from speaker.nlu.language import language
from speaker.nlu.normalize import stem

_COPIES = 3
"""How often a sample with slots is counted, each time with other values."""
_SMOOTHING = 0.02
_LEAST_WEIGHT = 0.05


class Likelihood:
    """How often each intent of one model has each word and run of words."""

    def __init__(self, model: InteractionModel) -> None:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for text, intent in _utterances(model):
            counts[intent].update(features(text.split()))
        vocabulary = {name for own in counts.values() for name in own}
        self._unseen: dict[str, float] = {}
        self._logs: dict[str, dict[str, float]] = {}
        for intent, own in counts.items():
            total = sum(own.values()) + _SMOOTHING * len(vocabulary)
            self._unseen[intent] = math.log(_SMOOTHING / total)
            self._logs[intent] = {name: math.log((count + _SMOOTHING) / total) for name, count in own.items()}
        self._vocabulary = vocabulary
        self._owners = Counter(name for own in counts.values() for name in own)

    def weight(self, feature: str) -> float:
        """How telling a feature is: the fewer intents have it, the more; what none has, such as a slot, tells most."""
        return math.log((1 + len(self._logs)) / (self._owners[feature] or 1)) + _LEAST_WEIGHT

    def vocabulary(self, intent: str) -> Collection[str]:
        """The words, pairs and threes that an intent's own samples have."""
        return self._logs.get(intent, {})

    def known(self, words: list[str]) -> float:
        """The share of the words and pairs that any sample has, 0 to 1."""
        own = [*words, *(" ".join(pair) for pair in pairwise(("<", *words, ">")))]
        return sum(name in self._vocabulary for name in own) / len(own)

    def __call__(self, words: list[str]) -> dict[str, float]:
        """Intent to the mean log likelihood of the words' known features; empty where none is known."""
        own = [name for name in features(words) if name in self._vocabulary]
        if not own:
            return {}
        return {
            intent: sum(logs.get(name, self._unseen[intent]) for name in own) / len(own)
            for intent, logs in self._logs.items()
        }


def features(words: list[str]) -> list[str]:
    """Words and stems, with their pairs and threes, and the sentence's two ends."""
    stems = [stem(word) for word in words]
    return [
        *words,
        *(f"~{own}" for own in stems),
        *(" ".join(pair) for pair in pairwise(("<", *words, ">"))),
        *("~" + " ".join(pair) for pair in pairwise(("<", *stems, ">"))),
        *(" ".join(three) for three in zip(("<", *words), words, (*words[1:], ">"), strict=False)),
    ]


def _utterances(model: InteractionModel) -> Iterator[tuple[str, str]]:
    values = {kind: list(own) for kind, own in model.values.items()} | {
        DURATION: list(language(model.language).phrases("heard_lengths", "spelling")),
        TIME: list(language(model.language).phrases("heard_times", "spelling")),
    }
    turn: Counter[str] = Counter()
    for pattern, owners in model.patterns.items():
        intent = owners[0][0]
        if "{" not in pattern:
            yield pattern, intent
            continue
        bare = pattern.count("{") == 1 and pattern.startswith("{") and pattern.endswith("}")
        for _ in range(len(values[pattern[1:-1]]) if bare else _COPIES):
            text = pattern
            while "{" in text:
                before, _, rest = text.partition("{")
                kind, _, after = rest.partition("}")
                text = before + values[kind][turn[kind] % len(values[kind])] + after
                turn[kind] += 1
            yield text, intent
    for phrase, intent in model.built_in.items():
        for _ in range(_COPIES):
            yield phrase, intent
