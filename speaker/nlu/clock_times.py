"""Times of day in words, as AMAZON.TIME understands them: "half past nine", "nine thirty pm", "ten o'clock"."""

from __future__ import annotations

from functools import lru_cache

from speaker.nlu.language import language
from speaker.nlu.number_words import number_of

_LONGEST = 7
"""Words of the longest time."""
_DAY, _HALF_DAY, _HOUR = 24, 12, 60
_QUARTER, _HALF, _STEP = 15, 30, 5
"""Minutes; those that stand before "past" and "to" are a quarter, a half or a multiple of five."""


def clock_times(words: list[str], name: str = "en") -> dict[tuple[int, int], str]:
    """Every run of words that is a time of day: (start, end) to HH:MM, as "nine thirty" to 09:30."""
    own = _clock(name)
    if own.hours.isdisjoint(words):
        return {}
    found = {}
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            run = words[start:end]
            minutes = own.minutes(run)
            if minutes is None and (run == words or words[start - 1 : start] in own.introduced):
                minutes = own.bare(run)
            if minutes is not None:
                found[start, end] = f"{minutes // _HOUR:02}:{minutes % _HOUR:02}"
    return found


class _Clock:
    """How one language tells the time."""

    def __init__(self, name: str) -> None:
        raw = language(name).files["spelling"]
        self._name = name
        clock = {key: [phrase.split() for phrase in phrases] for key, phrases in raw["clock"].items()}
        self._whole, self._past, self._to = clock["whole"], clock["past"], clock["to"]
        self._half, self._quarter, self._single = clock["half"], clock["quarter"], clock["single"]
        self._later, self._earlier = clock["evening"], clock["morning"]
        self.introduced = clock["introduced"]
        """What may stand before an hour alone: "at ten"."""
        self.hours = frozenset([*raw["ones"], *raw["tens"]])

    def minutes(self, words: list[str]) -> int | None:
        """Minutes since midnight in exactly these words; None where they are no time, or an hour alone."""
        for endings, later in ((self._later, True), (self._earlier, False)):
            for ending in endings:
                if len(words) > len(ending) and words[-len(ending) :] == ending:
                    rest = words[: -len(ending)]
                    return _of_half_day(self._exact(rest, self.bare(rest)), later)
        return self._exact(words, None)

    def bare(self, words: list[str]) -> int | None:
        """The hour alone, of twelve."""
        hour = number_of(words, self._name)
        return hour * _HOUR if hour is not None and 1 <= hour <= _HALF_DAY else None

    def _exact(self, words: list[str], otherwise: int | None) -> int | None:
        for whole in self._whole:
            if words[-len(whole) :] == whole:
                return self.bare(words[: -len(whole)])
        for link, sign in [*((own, 1) for own in self._past), *((own, -1) for own in self._to)]:
            for at in range(1, len(words) - len(link)):
                if words[at : at + len(link)] == link:
                    return self._beside(words[:at], sign, words[at + len(link) :])
        if words[:1] in self._half and self.bare(words[1:]) is not None:
            return self._beside(words[:1], 1, words[1:])
        for at in range(1, len(words)):
            hour, minute = number_of(words[:at], self._name), self._minute(words[at:])
            if hour is not None and minute is not None and hour < _DAY:
                return hour * _HOUR + minute
        return otherwise

    def _minute(self, words: list[str]) -> int | None:
        """The minutes after an hour: "thirty", "oh five"."""
        if words[:1] in self._single:
            minute = number_of(words[1:], self._name) if len(words) > 1 else None
            return minute if minute is not None and minute < _HALF_DAY - 2 else None
        minute = number_of(words, self._name)
        return minute if minute is not None and _HALF_DAY - 2 <= minute < _HOUR else None

    def _beside(self, before: list[str], sign: int, after: list[str]) -> int | None:
        """So many minutes past an hour, or to it."""
        hour = self.bare(after)
        if before in self._half:
            minutes: int | None = _HALF
        elif before in self._quarter:
            minutes = _QUARTER
        else:
            minutes = number_of(before, self._name)
        if hour is None or minutes is None or minutes % _STEP or not 0 < minutes <= _HALF:
            return None
        return (hour + sign * minutes) % (_DAY * _HOUR)


def _of_half_day(minutes: int | None, later: bool) -> int | None:
    """The time in the morning or in the evening; a time of twenty-four hours stands as it is."""
    if minutes is None or minutes >= (_HALF_DAY + 1) * _HOUR:
        return minutes
    return minutes % (_HALF_DAY * _HOUR) + (_HALF_DAY * _HOUR if later else 0)


@lru_cache
def _clock(name: str) -> _Clock:
    return _Clock(name)
