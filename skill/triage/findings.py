"""Findings in what was said: what of what, and whether it is meant of now and of somebody here (after ConText)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from skill.advice.compiled import Tree
from skill.advice.shape import build, fact, shape
from skill.triage.words import BREAK, Lexicon, Mention, Spelling, tokens, usual_form

_REACH = 6
"""Words before something within which a "not" denies it."""
_OWN = 3
"""Words before something within which a question says whose it is."""
_FARTHEST = 9
"""Words between two things said of each other."""
_MOST = 4
"""Mentions of one thing that are combined with others; more than one breath holds."""

Combination = tuple[str, ...]


def _combinations(lists: Iterable[Iterable[str]]) -> tuple[Combination, ...]:
    return tuple(tuple(one) for one in lists)


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation, and how it was meant."""

    id: str
    denied: bool = False
    over: bool = False
    past: bool = False
    asked: bool = False
    supposed: bool = False
    """Only thought of: "what if my leg swells"."""
    told: bool = False
    """A story of somebody who is not here."""
    other: bool = False
    """Of somebody else who is here."""

    @property
    def stated(self) -> bool:
        """It is there now, in somebody here."""
        return not (self.denied or self.over or self.past or self.asked or self.supposed or self.told)


@shape
class Kind:
    """One finding of the table: which things said together make it."""

    id: str
    of: tuple[Combination, ...] = fact("lists of names", item="a list of names", make=_combinations)
    stays: bool = fact(default=False)
    """It counts even when it is over: a faint, a fit, a bite."""
    named: bool = fact(default=False)
    """The name of an illness: asked about or told of a relative, it is none."""
    past: bool = fact(default=False)
    """It lies behind somebody, such as an old clot: of a relative it is a story."""
    always: bool = fact(default=False)
    """No "not" takes it away: "I don't want to live" is said in many ways."""


class Table:
    """The words of one language and the findings that they make."""

    def __init__(self, facts: Tree, words: Tree) -> None:
        """`facts` is `facts/findings.yaml`, `words` its file of words."""
        cues = words["cues"]
        phrases = [(name, phrase) for name, own in words["words"].items() for phrase in own]
        phrases += [(f"{_CUE}{name}", phrase) for name, own in cues.items() for phrase in own]
        phrases += [
            (name, " ".join(parts))
            for name, row in facts["compounds"].items()
            for parts in product(*(words["words"][own] for own in row))
        ]
        self.spelling = Spelling(words["spellings"], words["endings"], words["rephrased"])
        usual = [(name, usual_form(phrase, self.spelling)) for name, phrase in phrases]
        literal = (*facts["literal"], *(f"{_CUE}{name}" for name in cues))
        self.lexicon = Lexicon(
            usual, facts["counts"], words["numbers"], words["passed_over"], words["articles"], literal
        )
        self.parts = frozenset(facts["parts"])
        self.no_states = self.parts.union(facts["who"])
        """What is itself neither denied nor over: places and people."""
        self.pronoun: str = facts["pronoun"]
        """The name of what stands for a place named before, or for the leg."""
        self.idiom: str = facts["idiom"]
        """The name of manners of speaking; whatever stands in one means nothing by itself."""
        self.kinds = tuple(build(Kind, raw, id=name) for name, raw in facts["findings"].items())
        self.beginning: dict[str, list[tuple[int, int]]] = {}
        """By the first name of a combination: its kind and its place there; few are looked at for one sentence."""
        for at, kind in enumerate(self.kinds):
            for row, combination in enumerate(kind.of):
                self.beginning.setdefault(combination[0], []).append((at, row))


_CUE = "~"
"""Before the name of a cue, so that no thing is named like one."""
_NO_CUE: frozenset[str] = frozenset()
_JOINS = frozenset(("and", "through", "self"))
_UNBROKEN = frozenset(("through", "or"))
_UNTIL_OVER = frozenset(("through", "and", "has", "self"))
_BEFORE_QUESTION = frozenset(("filler", "but"))
_PERSON = frozenset(("self", "kin"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says of a body."""

    findings: tuple[Finding, ...] = ()
    """Every finding in it, stated or not."""
    aside: bool = False
    """It is a question or has a manner of speaking in it, so that no sign in it is meant of oneself."""


def read(text: str, table: Table, extra: Iterable[str] = ()) -> Reading:
    """The findings in `text`. `extra` are names of things known to be spoken of, such as a medicine."""
    words = tokens(text, table.spelling)
    if not words:
        return Reading()
    said = _Said(words, table)
    places = {name: [Mention(-1, -1, (name,))] for name in extra}
    for mention in said.things:
        for name in mention.names:
            places.setdefault(name, []).append(mention)
    rows = sorted(row for name in places for row in table.beginning.get(name, ()))
    best: dict[int, Finding] = {}
    for at, row in rows:
        if at in best and best[at].stated:
            continue
        found = _found(table.kinds[at], table.kinds[at].of[row], said, places)
        if found is not None and (at not in best or found.stated):
            best[at] = found
    return Reading(tuple(best.values()), said.asks or said.idiomatic)


def _found(kind: Kind, combination: Combination, said: _Said, places: dict[str, list[Mention]]) -> Finding | None:
    """What a combination comes to: a finding that is stated, else any; None where these are not said of each other."""
    best: Finding | None = None
    if not all(name in places for name in combination):
        return None
    for mentions in product(*(places[name][:_MOST] for name in combination)):
        if said.belong(combination, mentions):
            finding = said.finding(kind, combination, mentions)
            if finding.stated:
                return finding
            best = best or finding
    return best


class _Said:
    """One utterance, looked at."""

    def __init__(self, words: list[str], table: Table) -> None:
        self.words = words
        self.parts = table.parts
        self.no_states = table.no_states
        self.things: list[Mention] = []
        self.cue: list[frozenset[str]] = [_NO_CUE] * len(words)
        """What each word says of how the others are meant."""
        self.thing: list[bool] = [False] * len(words)
        mentions = table.lexicon.mentions(words)
        self.idiomatic = any(table.idiom in own.names for own in mentions)
        hidden = [own for own in mentions if table.idiom in own.names]
        for mention in mentions:
            if mention not in hidden and any(_distance(mention, own) == 0 for own in hidden):
                continue
            cues = frozenset(name[1:] for name in mention.names if name.startswith(_CUE))
            names = tuple(name for name in mention.names if not name.startswith(_CUE))
            for at in range(mention.start, mention.end):
                self.cue[at] |= cues
                self.thing[at] |= bool(names)
            if names:
                self.things.append(Mention(mention.start, mention.end, names))
        # "Could it be a clot" asks, though "could be" is also how something is said to be there.
        for at, word in enumerate(words[:1]):
            self.cue[at] |= frozenset(name[1:] for name in table.lexicon.alone(word) if name.startswith(_CUE))
        # "It" may be any place, so that it is nearer than none.
        self.places = [own for own in self.things if (self.parts - {table.pronoun}).intersection(own.names)]
        self.clause: list[int] = []
        clause = 0
        for word, cue in zip(words, self.cue, strict=True):
            clause += word == BREAK or "but" in cue
            self.clause.append(clause)
        self.asking = [self._asks(number) for number in range(clause + 1)]
        """Whether each clause is a question."""
        self.asks = any(self.asking)

    def belong(self, combination: Combination, mentions: Sequence[Mention]) -> bool:
        """Whether these are said of each other: close by, and each state of the place that is nearest to it."""
        real = [own for own in mentions if own.start >= 0]
        if len(set(real)) < len(real) and len({own.start for own in real}) == 1:
            return True  # one word that stands for all of it
        ordered = sorted(real, key=lambda own: own.start)
        for one, two in pairwise(ordered):
            if two.start - one.end > _FARTHEST or self._broken(one, two):
                return False
        places = [own for name, own in zip(combination, mentions, strict=True) if name in self.parts]
        if len(places) != 1:
            return True
        states = [own for name, own in zip(combination, mentions, strict=True) if name not in self.parts]
        return not states or any(self._nearest(own, places[0]) for own in states)

    def _broken(self, one: Mention, two: Mention) -> bool:
        """A sentence ends between them."""
        return BREAK in self.words[one.end : two.start]

    def _nearest(self, state: Mention, place: Mention) -> bool:
        own = _distance(state, place)
        if own == 0:
            return True
        for other in self.places:
            if other.start == place.start:
                continue
            # Of two places as near, the one named before: "my foot is cold and my hand is warm".
            if _distance(state, other) < own and not self._joined(other, place):
                return False
        return True

    def _joined(self, one: Mention, two: Mention) -> bool:
        """ "My foot and ankle": both are meant."""
        first, second = sorted((one, two), key=lambda own: own.start)
        between = range(first.end, second.start)
        return all(self.cue[at] & _JOINS for at in between)

    def finding(self, kind: Kind, combination: Combination, mentions: Sequence[Mention]) -> Finding:
        """The finding that these mentions make, with its attributes."""
        real = [own for own in mentions if own.start >= 0]
        states = [
            own
            for name, own in zip(combination, mentions, strict=True)
            if own.start >= 0 and name not in self.no_states
        ] or real
        start, end = min(own.start for own in real), max(own.end for own in real)
        clauses = {self.clause[own.start] for own in real}
        near = frozenset[str]().union(*(self.cue[at] for at in range(len(self.words)) if self.clause[at] in clauses))
        now = "now" in near
        past = "past" in near and not now
        kin = "kin" in near
        return Finding(
            kind.id,
            denied=not kind.always and any(self._denied(own) for own in states),
            over=not kind.stays and not now and any(self._over(own) for own in states),
            past=past,
            asked=all(self.asking[own] for own in clauses)
            and not kind.always
            and (kind.named or not self._of_oneself(start, end)),
            supposed=self._supposed(start) and not kind.always,
            told="story" in near or (kin and not now and (kind.past or (kind.named and "had" in near))),
            other=kin,
        )

    def _denied(self, mention: Mention) -> bool:
        for at in range(mention.start - 1, max(-1, mention.start - 1 - _REACH), -1):
            cue = self.cue[at]
            if "denied" in cue:
                return True
            if (
                not cue & _UNBROKEN
                and not self._is_place(at)
                and not (self.thing[at] and self._listed(at, mention.start))
            ):
                return False
        return False

    def _listed(self, at: int, start: int) -> bool:
        """Something before "or": "no pain or swelling"."""
        return any("or" in self.cue[between] for between in range(at, start))

    def _over(self, mention: Mention) -> bool:
        for at in range(mention.end, min(len(self.words), mention.end + _REACH)):
            cue = self.cue[at]
            if "over" in cue:
                return True
            if not cue & _UNTIL_OVER and not self._is_place(at):
                break
        # "It was numb but it's fine now": a clause of its own may say so.
        return any("settled" in self.cue[at] for at in range(mention.end, len(self.words)))

    def _is_place(self, at: int) -> bool:
        return any(own.start <= at < own.end for own in self.places)

    def _asks(self, clause: int) -> bool:
        own = [at for at, number in enumerate(self.clause) if number == clause and self.words[at] != BREAK]
        for at in own[: _REACH + 1]:
            if "asking" in self.cue[at]:
                return True
            if not self.cue[at] & _BEFORE_QUESTION:
                return False
        return False

    def _of_oneself(self, start: int, end: int) -> bool:
        near = (*range(max(1, start - _OWN), end), *range(end, len(self.words)))
        return any(self.cue[at] & _PERSON for at in near)

    def _supposed(self, start: int) -> bool:
        for at in range(start - 1, -1, -1):
            if self.words[at] == BREAK or "but" in self.cue[at]:
                return False
            if "supposed" in self.cue[at]:
                return True
        return False


def _distance(one: Mention, two: Mention) -> int:
    if one.start >= two.end:
        return one.start - two.end + 1
    if two.start >= one.end:
        return two.start - one.end + 1
    return 0
