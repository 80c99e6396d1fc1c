"""Lists what Alexa and the skill send each other about tasks and routines, as JSON lines, for checkers of types.

A line is `{"name", "kind", "json"}`, with the kind `request` or `response`. It plays each flow in every locale through
the stand-in speaker, on a device with a screen and on one without: a task that is launched, a word of the person's own
and the routine of every evening, each with every answer of Alexa's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from skill.advice import locales
from skill.app import create
from speaker import InteractionModel, Speaker
from speaker.device import Turn
from speaker.request_envelope import Device
from speaker.routines import ANSWERS

NOW = 1_790_000_000
WORD = ("open cramp coach", "it's gone", "yes")
"""What a person says until Alexa is asked to offer a word."""
EVENING = ("open cramp coach", "bedtime stretches", "yes", "yes", "yes", "at half past nine")
"""What a person says until Alexa is asked to offer every evening."""


def main() -> int:
    """Prints the lines; fails where a flow did not come to its offer."""
    for locale in locales():
        model = InteractionModel.load(locale)
        for screen in (False, True):
            for name, turns in flows(model, locale, screen):
                place = f"{locale}{'-screen' if screen else ''}-{name}"
                for number, turn in enumerate(turns, start=1):
                    for kind, own in (("request", turn.request), ("response", turn.response)):
                        sys.stdout.write(json.dumps({"name": f"{place}-{number}-{kind}", "kind": kind, "json": own}))
                        sys.stdout.write("\n")
    return 0


def flows(model: InteractionModel, locale: str, screen: bool) -> Iterator[tuple[str, list[Turn]]]:
    """Every flow with its turns, which all reached the skill.

    Raises:
        RuntimeError: a turn did not.
    """
    device = Device(locale=locale, screen=screen, routines=True)
    for task, given in (("StretchNow", {"place": "foot"}), ("Bedtime", {"since": "2026-09-21"})):
        speaker = Speaker(create(), model, device, now=NOW)
        yield task, _reached([speaker.start_task(task, given), speaker.say("stop")])
    for said in ANSWERS:
        for name, words in (("word", WORD), ("evening", EVENING)):
            speaker = Speaker(create(), model, device, now=NOW)
            yield f"{name}-{said}", _reached([*map(speaker.say, words), speaker.answer_offer(said)])


def _reached(turns: list[Turn]) -> list[Turn]:
    for turn in turns:
        if turn.request is None or turn.response is None:
            raise RuntimeError(f"expected a request and a response for {turn.heard!r}, found none: {turn.note}")
    return turns


if __name__ == "__main__":
    sys.exit(main())
