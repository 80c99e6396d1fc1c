"""Numbers as words, and the spoken durations that AMAZON.DURATION understands."""

from __future__ import annotations

import re
from functools import lru_cache

from speaker.nlu.language import UNITS, language

_SECONDS = dict(zip(UNITS, (1, 60, 3600, 86_400, 604_800, 2_592_000, 31_536_000), strict=True))
"""A month is reckoned as 30 days and a year as 365."""
_LONGEST = 8
"""Words of the longest duration."""
_ISO = re.compile(
    r"P(?:(?P<year>\d+)Y)?(?:(?P<month>\d+)M)?(?:(?P<week>\d+)W)?(?:(?P<day>\d+)D)?"
    r"(?:T(?:(?P<hour>\d+)H)?(?:(?P<minute>\d+)M)?(?:(?P<second>\d+)S)?)?"
)


def number_words(name: str = "en") -> frozenset[str]:
    """The words that a number or a length may have."""
    return _numerals(name).words


def in_words(digits: str, name: str = "en") -> str:
    """A typed number as it is said: "30" thirty, "120" one hundred twenty, "911" and "007" digit by digit."""
    own = _numerals(name)
    number = int(digits)
    if len(digits) > 3 or digits[0] == "0" or digits in own.called:
        return " ".join(own.ones[int(digit)] for digit in digits)
    hundreds, rest = divmod(number, 100)
    words = [own.ones[hundreds], own.hundred] if hundreds else []
    if rest >= 20:
        words += [own.tens[rest // 10 - 2], *([own.ones[rest % 10]] if rest % 10 else [])]
    elif rest or not hundreds:
        words.append(own.ones[rest])
    return " ".join(words)


def number_of(words: list[str], name: str = "en") -> int | None:
    """The number that exactly these words are; None where they are none."""
    own = _numerals(name)
    return own.number(words) if words and not own.is_article(words) else None


def durations(words: list[str], name: str = "en") -> dict[tuple[int, int], str]:
    """Every run of words that is a duration: (start, end) to ISO 8601, such as ("thirty", "seconds") to PT30S."""
    own = _numerals(name)
    found = {}
    for end in range(1, len(words) + 1):
        if words[end - 1] not in own.ends:
            continue
        for start in range(max(0, end - _LONGEST), end):
            seconds = own.seconds(words[start:end])
            if seconds is not None:
                found[start, end] = iso(seconds)
    return found


def iso(seconds: int) -> str:
    """Seconds as ISO 8601: below a day in minutes and seconds, and from there on in the largest unit that fits."""
    for unit in ("year", "month", "week", "day"):
        if seconds and seconds % _SECONDS[unit] == 0:
            return f"P{seconds // _SECONDS[unit]}{unit[0].upper()}"
    minutes, rest = divmod(seconds, 60)
    return "PT" + (f"{minutes}M" if minutes else "") + (f"{rest}S" if rest or not minutes else "")


def seconds_in(duration: str) -> int:
    """Seconds of an ISO 8601 duration; 0 for anything else."""
    match = _ISO.fullmatch(duration)
    if match is None:
        return 0
    return sum(_SECONDS[unit] * int(count) for unit, count in match.groupdict().items() if count)


class _Numerals:
    """The numerals of one language."""

    def __init__(self, name: str) -> None:
        raw = language(name).files["spelling"]
        self.ones: list[str] = list(raw["ones"])
        self.tens: list[str] = list(raw["tens"])
        self.hundred: str = raw["hundred"][0]
        self.called = frozenset(raw["called"])
        self._and = frozenset(raw["and"])
        self._single = frozenset(raw["single"])
        self._more = frozenset(raw["more"])
        self._half = {tuple(phrase.split()) for phrase in raw["and_a_half"]}
        self._counts: dict[tuple[str, ...], int] = {
            tuple(phrase.split()): count for phrase, count in raw["counts"].items()
        }
        self._lengths: dict[tuple[str, ...], int] = {
            tuple(phrase.split()): length for phrase, length in raw["lengths"].items()
        }
        self._units = {word: _SECONDS[unit] for unit, own in raw["units"].items() for word in own}
        self.ends = {*self._units, *(phrase[-1] for phrase in (*self._lengths, *self._half))}
        phrases = (*self._counts, *self._lengths, *self._half)
        numerals = {*self.ones, *self.tens, self.hundred, *self._units}
        self.words = frozenset(numerals | {word for phrase in phrases for word in phrase} - self._single - self._and)

    def seconds(self, words: list[str], below: int = 10**12) -> int | None:
        """Seconds in exactly these words, in units smaller than `below`; None where they are not a duration."""
        if tuple(words) in self._lengths:
            return self._lengths[tuple(words)]
        at = next((at for at, word in enumerate(words) if word in self._units), None)
        if at is None or self._units[words[at]] >= below:
            return None
        unit, rest = self._units[words[at]], words[at + 1 :]
        count = words[:at]
        number = self._number(count[:-1] if count and count[-1] in self._more else count)
        if number is None:
            return None
        if not rest:
            return number * unit
        if tuple(rest) in self._half:
            return number * unit + unit // 2
        more = self.seconds(rest[1:] if rest[0] in self._and else rest, below=unit)
        return None if more is None else number * unit + more

    def is_article(self, words: list[str]) -> bool:
        """Whether this is "a", which is one only before a unit."""
        return len(words) == 1 and words[0] in self._single and words[0] not in self.ones

    def number(self, words: list[str]) -> int | None:
        """The number that exactly these words are."""
        return self._number(words)

    def _number(self, words: list[str]) -> int | None:
        if tuple(words) in self._counts:
            return self._counts[tuple(words)]
        match words:
            case [word] if word in self._single:
                return 1
            case [word] if word.isdigit() and len(word) <= 4:
                return int(word)
            case [word] if word in self.ones:
                return self.ones.index(word)
            case [word] if word in self.tens:
                return 10 * (self.tens.index(word) + 2)
            case [ten, one] if ten in self.tens and one in self.ones[1:10]:
                return 10 * (self.tens.index(ten) + 2) + self.ones.index(one)
            case [one, hundred, *rest] if hundred == self.hundred and one in self.ones[1:10]:
                more = self._number(rest[1:] if rest[0] in self._and else rest) if rest else 0
                return None if more is None else self.ones.index(one) * 100 + more
        return None


@lru_cache
def _numerals(name: str) -> _Numerals:
    return _Numerals(name)
