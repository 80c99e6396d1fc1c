"""Numbers as words, and the spoken durations that AMAZON.DURATION understands."""

from __future__ import annotations

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS = {word: at for at, word in enumerate(_ONES)} | {word: (at + 2) * 10 for at, word in enumerate(_TENS)}
_CALLED = frozenset(("111", "112", "108", "811", "911", "999", "988"))
"""Numbers to call, said digit by digit."""
_UNITS = {"second": 1, "seconds": 1, "sec": 1, "secs": 1, "minute": 60, "minutes": 60, "min": 60, "mins": 60}
_UNITS |= {"hour": 3600, "hours": 3600}
NUMBER_WORDS = frozenset((*_NUMBERS, "hundred", "half", "quarter", "quarters", "couple", "few", "another", *_UNITS))


def in_words(digits: str) -> str:
    """A typed number as it is said: "30" thirty, "120" one hundred twenty, "911" and "007" digit by digit."""
    number = int(digits)
    if len(digits) > 3 or digits[0] == "0" or digits in _CALLED:
        return " ".join(_ONES[int(digit)] for digit in digits)
    hundreds, rest = divmod(number, 100)
    words = [_ONES[hundreds], "hundred"] if hundreds else []
    if rest >= 20:
        words += [_TENS[rest // 10 - 2], *([_ONES[rest % 10]] if rest % 10 else [])]
    elif rest or not hundreds:
        words.append(_ONES[rest])
    return " ".join(words)


def durations(words: list[str]) -> dict[tuple[int, int], str]:
    """Every run of words that is a duration: (start, end) to ISO 8601, such as ("thirty", "seconds") to PT30S."""
    found = {}
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + 7) + 1):
            seconds = _seconds(words[start:end])
            if seconds is not None:
                found[start, end] = _iso(seconds)
    return found


def _seconds(words: list[str]) -> int | None:
    """Seconds in exactly these words; None where they are not a duration."""
    match words:
        case ["half", "a", "minute"] | ["half", "minute"]:
            return 30
        case ["half", "an", "hour"] | ["half", "hour"]:
            return 30 * 60
        case ["a", "quarter", "of", "an", "hour"]:
            return 15 * 60
        case ["three", "quarters", "of", "an", "hour"]:
            return 45 * 60
        case [*count, ("hour" | "hours"), "and", "a", "half"]:
            number = _number(count)
            return None if number is None else number * 3600 + 30 * 60
        case [*count, ("minute" | "minutes"), "and", "a", "half"]:
            number = _number(count)
            return None if number is None else number * 60 + 30
        case ["a", "minute", "and", *rest]:
            more = _seconds(rest)
            return None if more is None else 60 + more
        case ["a", "couple", "of", unit] | ["a", "couple", unit] if unit in _UNITS:
            return 2 * _UNITS[unit]
        case ["a", "few", "seconds"]:
            return 3
        case [*count, ("more" | "extra"), unit] if unit in _UNITS:
            return _seconds([*count, unit])
        case [*count, unit] if unit in _UNITS and (number := _number(count)) is not None:
            return number * _UNITS[unit]
    at = next((at for at, word in enumerate(words) if word in ("minute", "minutes")), None)
    if at is None or at + 1 == len(words):
        return None
    rest = words[at + 1 :]
    minutes, more = _number(words[:at]), _seconds(rest[1:] if rest[0] == "and" else rest)
    return None if minutes is None or more is None else minutes * 60 + more


def _number(words: list[str]) -> int | None:
    match words:
        case ["a"] | ["one"] | ["an"]:
            return 1
        case [word] if word.isdigit() and len(word) <= 4:
            return int(word)
        case [word] if word in _NUMBERS:
            return _NUMBERS[word]
        case [ten, one] if ten in _TENS and one in _ONES[1:10]:
            return _NUMBERS[ten] + _NUMBERS[one]
        case ["a", "hundred"]:
            return 100
        case [one, "hundred", *rest] if one in _ONES[1:10]:
            more = _number(rest[1:] if rest[:1] == ["and"] else rest) if rest else 0
            return None if more is None else _ONES.index(one) * 100 + more
    return None


def _iso(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return "PT" + (f"{minutes}M" if minutes else "") + (f"{rest}S" if rest or not minutes else "")
