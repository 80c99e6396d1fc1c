"""The parts of README.md that come from elsewhere: a night with its seconds, an answer, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

from skill.advice import CLAIM_FILES, Advice
from skill.app import create
from skill.speech import Silence
from speaker import InteractionModel, Speaker
from speaker.request_envelope import Device
from workshop.citations import sources_of
from workshop.linting.places import ROOT

README = ROOT / "README.md"
TRIAGE = ROOT / "docs" / "triage.md"
LOCALE = "en-US"
NIGHT: tuple[tuple[str, float | None], ...] = (
    ("Alexa, open cramp coach", None),
    ("my foot", 24.0),
    ("it's gone", None),
)
"""What a person says, and how many seconds into what plays; None: when it has ended."""
QUESTION = "does magnesium help"
_BLOCK = re.compile(r"(<!-- (\w+): written by `make document` -->\n).*?(<!-- end -->)", re.DOTALL)
_HELP = re.compile(r"^\| needs help at once \| (\d+ of \d+) \| (\d+ of \d+) \|", re.MULTILINE)
_CALM = re.compile(r"^\| is a cramp, a worry or a story \| (\d+ of \d+) \|", re.MULTILINE)
_LOWERED = re.compile(r"less urgent (\d+) times of (\d+)\.")


class NoFigures(ValueError):
    """A page that a figure is taken from has another shape."""


def readme_document(advice: Advice) -> str:
    """README.md with its parts as they are today.

    Raises:
        NoFigures: docs/triage.md has no figure where one was expected.
    """
    parts = {"night": _night(), "answer": _answer(), "refuses": _refuses(advice, TRIAGE)}
    text = README.read_text(encoding="utf-8")
    missing = set(parts) - {found[2] for found in _BLOCK.finditer(text)}
    if missing:
        raise NoFigures(f"README.md: expected the parts {', '.join(sorted(missing))}, found none. Hint: put them back")
    return _BLOCK.sub(lambda found: f"{found[1]}\n{parts[found[2]]}\n\n{found[3]}", text)


def _speaker() -> Speaker:
    return Speaker(create(), InteractionModel.load(LOCALE), Device(locale=LOCALE), now=1_800_000_000.0)


def _night() -> str:
    """A short night, each line at its second."""
    speaker, rows, begun = _speaker(), [], 0.0
    for at, (words, _) in enumerate(NIGHT):
        after = NIGHT[at][1]
        turn = speaker.say(words.lower(), after)
        rows.append(f"{_clock(begun)}  > {words}")
        cut = NIGHT[at + 1][1] if at + 1 < len(NIGHT) else None
        now = 0.0
        for event in turn.plays:
            if cut is not None and now >= cut:
                break
            if isinstance(event, Silence):
                rows.append(f"{_clock(begun + now)}    … {event.seconds:g} s")
            else:
                rows.append(f"{_clock(begun + now)}    {event.text}")
            now += event.seconds
        begun += min(now, cut) if cut is not None else now
    return "\n".join(f"    {row}" for row in rows)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _answer() -> str:
    """What `cramp-coach ask` prints, folded."""
    speaker = _speaker()
    turn = speaker.say(f"alexa, ask {speaker.model.invocation} {QUESTION}")
    lines = [*re.split(r"(?<=[.?]) ", turn.words), *sources_of(turn.response or {}, LOCALE)]
    return "\n".join(f"    {line}" for line in lines)


def _refuses(advice: Advice, triage: Path) -> str:
    """What it does not say, why, and how that was tried."""
    verdicts: dict[str, int] = {}
    for file in CLAIM_FILES:
        for name in advice.facts(file):
            claim = advice.claim(file, name)
            if claim is not None:
                verdicts[claim.verdict] = verdicts.get(claim.verdict, 0) + 1
    text = triage.read_text(encoding="utf-8")
    lowered = _found(_LOWERED, text, triage)
    helped, calm = _found(_HELP, text, triage), _found(_CALM, text, triage)[1]
    rows = (
        ("“Take quinine”, and other harm", "it can kill; the answer says so and names something safer",
         f"{verdicts.get('unsafe', 0)} answers are refusals"),
        ("“Magnesium works”", "trials say otherwise; what is unproven is called unproven",
         f"{verdicts.get('unproven', 0)} of {sum(verdicts.values())} answers"),
        ("“It is nothing”, for a danger", "a rule decides, and nobody talks it down",
         f"{lowered[1]} of {lowered[2]} talked down; heard in fresh words: {helped[1]}, through Alexa {helped[2]}"),
        ("“Go to hospital”, for a cramp", "a hard, throbbing, immovable calf is what a cramp is",
         f"{calm} left calm"),
        ("What you have, or what to take", "it is no doctor; it says whom to ask, and how soon", "docs/advice.md"),
        ("Anything without a source", "`make check` refuses it", f"{len(advice.facts('sources'))} sources"),
    )  # fmt: skip
    lines = ["| it does not say | because | counted |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _found(pattern: re.Pattern[str], text: str, path: Path) -> re.Match[str]:
    found = pattern.search(text)
    if found is None:
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        raise NoFigures(f"{name}: expected {pattern.pattern!r}, found none. Hint: make triage")
    return found
