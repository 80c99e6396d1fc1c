"""What people say to the coach, as recognisers want to know it beforehand: sentences, a language model, a prompt.

All of it comes from the samples of the interaction model, the same that the ear understands by.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import cycle

from speaker.nlu.interaction_model import DURATION, InteractionModel
from speaker.nlu.normalize import joined

_SLOT = re.compile(r"\{([\w.]+)\}")
_VALUES_PER_SAMPLE = 4
"""Values said in one sample: enough for each value to meet many samples, few enough to start quickly."""
_OFTEN = 12
"""How often a phrase that every speaker knows ("yes", "stop") counts beside a sample of ours."""
_DISCOUNT = 0.6
"""What absolute discounting takes from each count, for what was never seen."""
_LEAST = -99.0
"""The logarithm of nothing, in the ARPA format."""
_PROMPT_WORDS = 60
_DURATIONS = ("thirty seconds", "ten seconds", "a minute")

Counts = dict[tuple[str, ...], int]


def sentences(model: InteractionModel) -> Iterator[tuple[str, int]]:
    """What people say, with how often each counts: every sample, some values said in it, every value by itself."""
    fillers = {kind: cycle(sorted(own)) for kind, own in model.values.items()}
    fillers[DURATION] = cycle(_DURATIONS)
    for phrase in model.built_in:
        yield joined(phrase), _OFTEN
        yield f"{model.invocation} {joined(phrase)}", 1
    for called in (model.invocation, f"open {model.invocation}", f"hey {model.invocation}"):
        yield called, _OFTEN
    for place in model.values.get("MUSCLE", ()):
        yield f"{model.invocation} my {joined(place)}", 1
    for own in model.values.values():
        yield from ((joined(phrase), 1) for phrase in own)
    for pattern in model.patterns:
        kinds = _SLOT.findall(pattern)
        if not kinds:
            yield joined(pattern), 3
        elif all(kind in fillers for kind in kinds):
            for _ in range(_VALUES_PER_SAMPLE):
                yield joined(_SLOT.sub(lambda kind: next(fillers[kind[1]]), pattern)), 1


def vocabulary(model: InteractionModel) -> frozenset[str]:
    """Every word in what people say."""
    return frozenset(word for sentence, _ in sentences(model) for word in sentence.split())


def prompt(model: InteractionModel, words: int = _PROMPT_WORDS) -> str:
    """A few lines as people say them, for recognisers that are primed with text: the words that matter most come last.

    Takes the shortest sample of as many intents as `words` allow, in a fixed order.
    """
    shortest: dict[str, str] = {}
    for pattern, intents in sorted(model.patterns.items(), key=lambda own: (len(own[0]), own[0])):
        if len(pattern.split()) > 2 and not _SLOT.search(pattern):
            shortest.setdefault(intents[0][0], joined(pattern))
    lines: list[str] = []
    for line in shortest.values():
        if sum(len(own.split()) for own in lines) + len(line.split()) > words:
            break
        lines.append(line.capitalize())
    return ". ".join((*lines, model.invocation.title())) + "."


def arpa(texts: Iterable[tuple[str, int]], known: Iterable[str]) -> str:
    """A trigram model in the ARPA format, with absolute discounting.

    Args:
        texts: sentences and how often each counts.
        known: words that the recogniser can hear; sentences with others are left out.
    """
    grams = _counted(texts, frozenset(known))
    lines = ["\\data\\", *(f"ngram {n}={len(own) + (n == 1)}" for n, own in grams.items()), ""]
    levels = {n: _probabilities(own) for n, own in grams.items()}
    backoffs = {n: _backoffs(levels, n) for n in (1, 2)}
    for n, own in levels.items():
        lines.append(f"\\{n}-grams:")
        if n == 1:
            lines.append(f"{_LEAST} <s> {backoffs[1].get(('<s>',), 0.0):.4f}")
        for gram, chance in sorted(own.items()):
            line = f"{math.log10(chance):.4f} {' '.join(gram)}"
            lines.append(f"{line} {backoffs[n].get(gram, 0.0):.4f}" if n < 3 else line)
        lines.append("")
    return "\n".join([*lines, "\\end\\", ""])


def _counted(texts: Iterable[tuple[str, int]], known: frozenset[str]) -> dict[int, Counts]:
    grams: dict[int, Counts] = {1: Counter(), 2: Counter(), 3: Counter()}
    for text, times in texts:
        words = text.split()
        if not words or not known.issuperset(words):
            continue
        whole = ["<s>", *words, "</s>"]
        for n, own in grams.items():
            for at in range(len(whole) - n + 1):
                gram = tuple(whole[at : at + n])
                if gram != ("<s>",):
                    own[gram] = own.get(gram, 0) + times
    return grams


def _probabilities(counts: Counts) -> dict[tuple[str, ...], float]:
    """Chance of each gram after its history, discounted where there is a lower level to fall back on."""
    totals: dict[tuple[str, ...], int] = defaultdict(int)
    for gram, count in counts.items():
        totals[gram[:-1]] += count
    taken = _DISCOUNT if len(next(iter(counts), ())) > 1 else 0.0
    return {gram: (count - taken) / totals[gram[:-1]] for gram, count in counts.items()}


def _backoffs(levels: dict[int, dict[tuple[str, ...], float]], n: int) -> dict[tuple[str, ...], float]:
    """For each history of `n` words, the logarithm of the weight that the shorter history gets."""
    seen: dict[tuple[str, ...], float] = defaultdict(float)
    shorter: dict[tuple[str, ...], float] = defaultdict(float)
    for gram, chance in levels[n + 1].items():
        seen[gram[:-1]] += chance
        shorter[gram[:-1]] += levels[n][gram[1:]]
    return {
        history: math.log10(max(1e-6, 1 - chance) / max(1e-6, 1 - shorter[history])) for history, chance in seen.items()
    }
