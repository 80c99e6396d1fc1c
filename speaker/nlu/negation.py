"""Danger first: a bodily sign that is stated in so many words is heard as one, whatever the rest sounds like."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise, takewhile

from speaker.nlu.interaction_model import DURATION, Value
from speaker.nlu.slot_values import HeardSlot, Span

SIGN = "SYMPTOM"
"""The slot type whose values are bodily signs, the most urgent first."""
_ASKING = frozenset(
    "why what what's when where who which how how's is isn't are aren't am was were do does did can could should would "
    "will might may shall whether tell explain".split()
)
_ONESELF = frozenset("i i'm i've i'd my mine me he he's she she's his her we our husband wife mum mom dad".split())
"""Who asks about a sign of one of these has it; "can cramps cause chest pain" asks in general."""
_NEAR = 3
"""Words before a sign within which a question says whose it is."""
_NOT = frozenset(
    "not isn't aren't wasn't don't doesn't didn't haven't hasn't hadn't without never stopped ain't nor neither".split()
)
_NONE = frozenset(("no",))
REFUSALS = _NOT | {"can't", "cannot", "won't", "no", "couldn't"}
_REACH = 5
"""Words before a sign that may deny it."""
# Between "not" and the sign it denies; any other word begins something new: "it's not better my leg is swollen".
_UNBROKEN = frozenset(
    "a an any the really very at all having have had got feel feels feeling felt get getting been so that too badly "
    "actually either look looks think thinking need want going to or and real much in".split()
)
_COUNTED = frozenset("more real sign signs of actual visible or and other such any".split())
"""Between "no" and its sign: elsewhere "no" answers a question."""
_SUPPOSED = frozenset(("think", "believe"))
_OVER = frozenset(
    "gone better cleared over went disappeared away eased stopped passed settled fine normal okay".split()
)
_GOES = frozenset("gone cleared went disappeared eased stopped passed settled".split())
_UNTIL_OVER = frozenset("has have is are was were 's just all now it that feels seems got much a lot finally".split())
_NOT_OVER = frozenset("to numb cold red blue white black purple pale dark hot weak funny up dead into".split())
"""After "went" and "gone": it has got worse."""
_LONG_AGO = (
    "years ago", "year ago", "last year", "months ago", "at my age", "as a child", "as a kid", "when i was", "used to",
    "in the past", "once had", "when he was", "when she was", "runs in",
)  # fmt: skip
_STILL = frozenset("now tonight again still since".split())
_FROM = frozenset(("from", "after", "because", "with"))
_WARMED = frozenset("ice iced pack packs heat heating heater bath shower bottle towel compress blanket socks".split())
"""What makes skin cold, warm, red or numb without any danger, where that is what the person says it comes from."""
_LAIN_ON = ("slept on", "lay on", "was lying on", "been lying on", "fell asleep on")
_TAKEN = frozenset("took taken swallowed i've drank overdosed".split())
_NEVER_DENIED = frozenset(("self_harm",))
"""Signs that win even over a "not": "i don't want to live" is said in many ways."""
_CRAMPED = frozenset("cramp cramps cramping cramped spasm spasming charley knot knotted seized locked".split())
# How long it has cramped: "it's been going for nearly forty minutes", "an hour it's been".
_BEGAN = frozenset(
    "been lasted lasts cramping cramped cramp going gone hurting hurts paining stop stopped stopping past last had "
    "since nearly almost over".split()
)
_UP_TO = frozenset(
    "it it's this that the cramp for about like over at least nearly almost past last on more than now solid a good "
    "been cramping hurting going since well".split()
)
_AWAKE = frozenset("awake asleep sleep bed hold holding rest pregnant ago until till in every".split())
_AND_SO = (("it's", "been"), ("it", "has", "been"), ("of", "this"), ("and", "it"), ("i've", "had"), ("this", "has"))
_SHORTEST = 60
"""Seconds: shorter lengths are of a hold."""


def volunteered(words: list[str], spans: list[Span], values: Mapping[str, Value]) -> list[HeardSlot]:
    """The two most urgent signs that the words state; none for a denial, a sign that is over, or a general question.

    `values` are the signs of the model, in its order.
    """
    rank = {id_: at for at, id_ in enumerate(dict.fromkeys(value.id for value in values.values()))}
    signs = [span for span in spans if span.slot.type == SIGN and _stated(words, span, spans)]
    apart: list[Span] = []
    for span in sorted(signs, key=lambda span: (rank.get(span.slot.id or "", len(rank)), span.start)):
        if all(span.end <= other.start or other.end <= span.start for other in apart):
            apart.append(span)
    return [span.slot for span in sorted(apart[:2], key=lambda span: span.start)]


def denied(words: list[str], spans: list[Span]) -> list[Span]:
    """The signs that the words say are not there, or not any more, where the words say little else."""
    if _asks(words):
        return []
    signs = [span for span in spans if span.slot.type == SIGN and (_denies(words, span) or _is_over(words, span))]
    last = max((span.end for span in signs), default=0)
    left = [word for word in words[last:] if word not in _OVER | _UNTIL_OVER | _COUNTED]
    return [] if len(left) > 1 else signs


def without_not(words: list[str]) -> list[str]:
    """The words less the one "not" among them; none where there is no such word, or more, or it is "not only"."""
    at = [at for at, word in enumerate(words) if word in _NOT]
    if _asks(words) or len(at) != 1 or words[at[0] + 1 : at[0] + 2] in (["only"], ["just"], ["better"]):
        return []
    return words[: at[0]] + words[at[0] + 1 :]


def without_signs(spans: list[Span]) -> list[Span]:
    """The spans less the signs: one that is not stated fills no slot."""
    return [span for span in spans if span.slot.type != SIGN]


def lasted(words: list[str], spans: list[Span]) -> HeardSlot | None:
    """How long it has cramped, where the words say so; None for the length of anything else."""
    for span in spans:
        if span.slot.type != DURATION or seconds_in(span.slot.value) < _SHORTEST:
            continue
        if _AWAKE.intersection(words[: span.start]) or _AWAKE.intersection(words[span.end : span.end + 1]):
            continue
        before = list(reversed(words[max(0, span.start - _REACH) : span.start]))
        linked = list(takewhile(lambda word: word in _UP_TO, before))
        began = _BEGAN.intersection(linked) or (len(linked) < len(before) and before[len(linked)] in _BEGAN)
        if began and before[:1] != ["a"]:
            return span.slot
        after = tuple(words[span.end : span.end + 3])
        if any(after[: len(phrase)] == phrase for phrase in _AND_SO):
            return span.slot
    return None


def belongs(words: list[str], known: Collection[str], fillers: Collection[str]) -> bool:
    """Whether every word is one of an intent's own, and every "not" with the word after it too.

    "It's gone" ends the night, so what only sounds like it must not: "it's gone blue".
    """
    own = [word for word in words if word not in fillers]
    pairs = (f"{one} {two}" for one, two in pairwise(words) if one in REFUSALS)
    return all(word in known for word in own) and all(pair in known for pair in pairs)


def seconds_in(duration: str) -> int:
    """Seconds of an ISO 8601 duration of minutes and seconds."""
    minutes, _, rest = duration.removeprefix("PT").rpartition("M")
    return 60 * int(minutes or 0) + int(rest.removesuffix("S") or 0)


def _stated(words: list[str], span: Span, spans: list[Span]) -> bool:
    longer = any(
        other.start <= span.start and span.end <= other.end and other.end - other.start > span.end - span.start
        for other in spans
    )
    if longer or _denies(words, span) or _is_over(words, span) or _is_explained(words, span):
        return False
    return not _in_general(words, span) and not _is_past(words)


def _denies(words: list[str], span: Span) -> bool:
    """A "not" before the sign and nothing between that begins anew. "Can't breathe" carries its own, and is a sign."""
    if span.slot.id in _NEVER_DENIED:
        return False
    before = words[max(0, span.start - _REACH) : span.start]
    for at in reversed(range(len(before))):
        between = before[at + 1 :]
        if before[at] in _NONE and all(word in _COUNTED for word in between):
            return True
        if before[at] in _NOT:
            supposed = bool(between) and between[0] in _SUPPOSED
            return "only" not in between and (supposed or all(word in _UNBROKEN for word in between))
    return False


def _is_over(words: list[str], span: Span) -> bool:
    after = words[span.end : span.end + _REACH]
    for at, word in enumerate(after):
        if word in _OVER:
            return (at > 0 or word in _GOES) and not _NOT_OVER.intersection(after[at + 1 : at + 3])
        if word not in _UNTIL_OVER:
            return False
    return False


def _in_general(words: list[str], span: Span) -> bool:
    near = (*words[max(1, span.start - _NEAR) : span.end], *words[span.end :])
    return _asks(words) and not _ONESELF.intersection(near)


def _asks(words: list[str]) -> bool:
    said = [word for word in words if word not in ("and", "but", "so", "then", "um", "uh", "well", "please")]
    return bool(said) and said[0] in _ASKING


def _is_past(words: list[str]) -> bool:
    text = f" {' '.join(words)} "
    return any(f" {phrase} " in text for phrase in _LONG_AGO) and not _STILL.intersection(words)


def _is_explained(words: list[str], span: Span) -> bool:
    """It has another reason, such as the ice pack or a cramp that locks the leg; or it is only a way of speaking."""
    own, after = words[span.start : span.end], words[span.end : span.end + _REACH]
    rest = {*words[: span.start], *words[span.end :]}
    match span.slot.id:
        case "leg_warm" | "leg_red" | "new_numbness" if after[:1] and after[0] in _FROM and _WARMED.intersection(after):
            return True
        case "new_numbness":
            return any(phrase in " ".join(words[: span.start]) for phrase in _LAIN_ON)
        case "leg_unmovable":
            return "move" in own and bool(_CRAMPED & rest)
        case "needs_ambulance":
            return own[-1] == "dying" and (after[:1] in (["for"], ["to"], ["of"]) or "killing" in rest)
        case "stroke_signs":
            of_the_coach = own[:1] == ["not"] and bool({"you're", "you", "that's", "this", "it's"} & rest)
            return of_the_coach or (own[-1] == "right" and after[:1] == ["now"])
        case "overdose":
            return words[0] in _ASKING and not _TAKEN & set(words)
    return False
