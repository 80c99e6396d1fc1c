"""The content in one locale: every id looked up on demand, so that nothing is built that a turn does not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from skill.advice.compiled import Store, Tree
from skill.advice.default_store import default_store
from skill.advice.gazetteer import Phrases
from skill.advice.model import (
    Claim,
    Condition,
    CueRule,
    Hit,
    Muscle,
    Region,
    Routine,
    Rule,
    Source,
    Step,
    Symptom,
    Timing,
    Verdict,
)
from skill.advice.text import LocalWords, fill, plain

CLAIM_FILES = ("causes", "remedies", "habits", "lookalikes", "answers")
"""The files whose entries are claims: all of one shape, each with a verdict."""
_STEP_FACTS = {"kind", "hold", "longest", "rounds", "times", "rest", "verdict", "sources"}


def locales(store: Store | None = None) -> tuple[str, ...]:
    """The locales that have a region of their own."""
    return tuple(name for name in (store or default_store()).read("regions") if name != "default")


@lru_cache(maxsize=32)
def open_advice(locale: str) -> Advice:
    """The content as said in `locale`; an unknown locale gets the default region."""
    store = default_store()
    return Advice(store, locale if locale in store.read("regions") else "default")


class Advice:
    """Facts and words of one locale, by id. Unknown ids give None, never an error: they come from outside."""

    def __init__(self, store: Store, locale: str = "en-US") -> None:
        """`locale` must be a key of `regions.yaml`.

        Raises:
            KeyError: no such region.
        """
        self._store = store
        self.region = _region(locale, store.read("regions")[locale])
        self._local = LocalWords(self.region.words)
        self._routines: dict[str, Routine] = {}
        self._phrases = Phrases(self.words)
        self._prompts: dict[str, tuple[str, ...]] = {}

    @property
    def store(self) -> Store:
        """Where this content is read from; another locale of it is `Advice(advice.store, locale)`."""
        return self._store

    def facts(self, name: str) -> Tree:
        """One facts file as plain data."""
        return self._store.read(f"facts/{name}")

    def words(self, name: str) -> Tree:
        """One file of words as plain data."""
        return self._store.read(f"{self.region.language}/{name}")

    def say(self, text: str, **values: object) -> str:
        """A sentence of the content as it is spoken here, its placeholders filled.

        Raises:
            KeyError: a placeholder without a value.
        """
        return self._local(fill(text, {**self._everywhere, **values}) if "{" in text else text)

    def prompt(self, name: str, **values: object) -> tuple[str, ...]:
        """The sentences of one prompt (`prompts.yaml`). Raises KeyError where there is none."""
        if not values and name in self._prompts:
            return self._prompts[name]
        texts = self.words("prompts")[name]
        said = tuple(self.say(text, **values) for text in ([texts] if isinstance(texts, str) else texts))
        if not values:
            self._prompts[name] = said
        return said

    @cached_property
    def timing(self) -> Timing:
        """The numbers of `timing.yaml`."""
        raw = self.facts("timing")
        hold, minutes = raw["hold"], raw["minutes"]
        return Timing(
            hold["shortest"],
            hold["longest"],
            hold["change"],
            minutes["reassess"],
            minutes["resume"],
            raw["list_size"],
            raw["bedtime_weeks"],
        )

    @cached_property
    def cues(self) -> tuple[CueRule, ...]:
        """The cues that a hold may carry."""
        words = self.words("timing")["cues"]
        return tuple(
            CueRule(
                id=name,
                text=words[name],
                shortest=rule["from"],
                after=rule.get("after"),
                half=rule.get("at") == "half",
                left=rule.get("left"),
            )
            for name, rule in self.facts("timing")["cues"].items()
            if isinstance(rule, dict)
        )

    @cached_property
    def _everywhere(self) -> dict[str, object]:
        region = self.region
        number = {"emergency": region.emergency or ""}
        return {
            "emergency": fill(region.emergency_name, number),
            "emergency_call": fill(region.emergency_call, number),
            "same_day": region.same_day_call,
            "crisis_call": region.crisis_call,
            "poison_call": region.poison_call,
            "reassess_minutes": self.timing.reassess_minutes,
            "resume_minutes": self.timing.resume_minutes,
            "weeks": self.timing.bedtime_weeks,
        }

    # ---- ids to nouns -------------------------------------------------------------------------

    def routine(self, name: str | None) -> Routine | None:
        """A relief or bedtime routine."""
        if not isinstance(name, str) or name == "shared":
            return None
        if name not in self._routines:
            raw = self.facts("routines").get(name)
            if raw is None:
                return None
            self._routines[name] = self._build_routine(name, raw)
        return self._routines[name]

    def _build_routine(self, name: str, raw: Tree) -> Routine:
        facts, words = self.facts("routines"), self.words("routines")
        own = words[name]
        steps = []
        for step in raw["order"]:
            shared = step not in raw["steps"]
            fact = facts["shared"][step] if shared else raw["steps"][step]
            # A routine may word a shared step in its own way.
            text = own["steps"].get(step) or words["shared"][step]
            steps.append(_step(step, fact, text))
        return Routine(name, own["name"], tuple(steps))

    def routines(self) -> tuple[str, ...]:
        """Every routine id, relief and bedtime."""
        return tuple(name for name in self.facts("routines") if name != "shared")

    def muscle(self, name: str | None) -> Muscle | None:
        """A place that can be named."""
        raw = self.facts("muscles").get(name) if name else None
        if raw is None or name is None:
            return None
        words = self.words("muscles")[name]
        return Muscle(name, raw["routine"], words["name"], words.get("note", ""))

    def symptom(self, name: str | None) -> Symptom | None:
        """A sign, with its tier."""
        raw = self.facts("symptoms").get(name) if name else None
        if raw is None or name is None:
            return None
        words = self.words("symptoms")[name]
        then = raw.get("then", "emergency")
        return Symptom(name, raw["tier"], words["sign"], words["because"], tuple(raw["sources"]), then)

    def symptoms(self) -> tuple[str, ...]:
        """Every symptom id, the most urgent tier first, as written within a tier."""
        ranks = {tier: rank for rank, tier in enumerate(self.tiers)}
        facts = self.facts("symptoms")
        return tuple(sorted(facts, key=lambda name: ranks[facts[name]["tier"]]))

    def listed_signs(self) -> tuple[str, ...]:
        """The symptoms that the spoken list of warning signs names, in its order."""
        facts = self.facts("symptoms")
        return tuple(name for name in self.symptoms() if facts[name].get("listed", True))

    @cached_property
    def tiers(self) -> tuple[str, ...]:
        """Tier ids, the most urgent first."""
        return tuple(self.facts("tiers"))

    def claim(self, topic: str, name: str | None) -> Claim | None:
        """One entry of a claim file."""
        if topic not in CLAIM_FILES or name is None:
            return None
        raw = self.facts(topic).get(name)
        if raw is None:
            return None
        words = self.words(topic)[name]
        if raw["verdict"] == Verdict.UNSAFE:
            sentences = (words["refuse"], words["because"], words["instead"])
        else:
            sentences = tuple(words["answer"])
        return Claim(
            topic=topic,
            id=name,
            verdict=Verdict(raw["verdict"]),
            name=words["name"],
            sentences=sentences,
            short=words.get("short", words["name"]),
            numbers=raw.get("numbers", {}),
            sources=tuple(raw["sources"]),
            sources_read=str(raw["sources_read"]),
            rows=tuple(raw.get("rows", ())),
            explains=_chosen(sentences, raw.get("explains", ())),
            always=_chosen(sentences, raw.get("always", ())),
            offers_no_stretch=raw.get("offers_no_stretch", False),
        )

    def listed(self, topic: str) -> tuple[str, ...]:
        """Ids of a claim file that belong to its spoken list, in file order."""
        return tuple(name for name, raw in self.facts(topic).items() if raw.get("listed"))

    def condition(self, name: str | None) -> Condition | None:
        """Something a person may say about themselves."""
        raw = self.facts("conditions").get(name) if name else None
        if raw is None or name is None:
            return None
        words = self.words("conditions")[name]
        texts = words.get("rules", {})
        rules = []
        for rule, fact in raw.get("rules", {}).items():
            text = texts[rule]
            because, instead = (text, ()) if isinstance(text, str) else (text["because"], tuple(text["instead"]))
            rules.append(Rule(rule, self._reached(fact), fact["do"], because, instead))
        return Condition(name, words["name"], words["noted"], tuple(rules), tuple(raw["sources"]))

    def _reached(self, fact: Tree) -> tuple[str, ...]:
        """What a rule is about: every answer of a whole file, so that a new one is covered, but those it spares."""
        spared = fact.get("unless", ())
        found: list[str] = []
        for selector in fact["on"]:
            topic, _, target = selector.partition(".")
            whole = target == "*" and topic in CLAIM_FILES
            found += [f"{topic}.{name}" for name in self.facts(topic)] if whole else [selector]
        return tuple(name for name in found if name not in spared)

    def source(self, name: str) -> Source | None:
        """A reference."""
        raw = self.facts("sources").get(name)
        return Source(id=name, **raw) if raw else None

    # ---- what a condition changes -------------------------------------------------------------

    def step_rules(self, conditions: Iterable[str], routine: str, step: Step) -> tuple[Hit, ...]:
        """The rules that apply to a step, in the order the conditions were named."""
        selectors = {f"step.{step.kind}", "step.*"}
        if step.kind in ("stretch", "bedtime"):
            selectors.add(f"routine.{routine}")
        return tuple(self._hits(conditions, selectors))

    def claim_rules(self, conditions: Iterable[str], claim: Claim) -> tuple[Hit, ...]:
        """The rules that apply to a claim."""
        return tuple(self._hits(conditions, {f"{claim.topic}.{claim.id}"}))

    def _hits(self, conditions: Iterable[str], selectors: set[str]) -> Iterator[Hit]:
        for name in conditions:
            condition = self.condition(name)
            for rule in condition.rules if condition else ():
                if selectors.intersection(rule.on):
                    yield Hit(name, rule)

    # ---- listening for danger ------------------------------------------------------------------

    def overheard(self, text: str) -> Symptom | None:
        """The most urgent sign that `text` names in so many words, whatever slot it came in."""
        heard = set(self._phrases.within("symptoms", text).values())
        return next((self.symptom(name) for name in self.symptoms() if name in heard), None)

    def named_in(self, file: str, text: str) -> str | None:
        """The id in `file` whose `heard_as` is the longest phrase in `text`; None where none is."""
        facts = self.facts(file)
        alone = self.is_named(file, text)
        found = {
            phrase: name
            for phrase, name in self._phrases.within(file, text).items()
            if alone or not facts[name].get("alone")
        }
        return found[max(found, key=len)] if found else None

    def resembling(self, file: str, text: str) -> str | None:
        """The id in `file` one of whose `heard_as` says in other words what `text` says; None where none does."""
        return self._phrases.nearest(file, text)

    def is_named(self, file: str, text: str) -> bool:
        """Whether the whole of `text` is what an entry of `file` is called."""
        return plain(text) in self._phrases.of(file)


def _chosen(sentences: tuple[str, ...], numbers: Iterable[int]) -> tuple[str, ...]:
    """The sentences of these numbers, which count from 1."""
    return tuple(sentences[number - 1] for number in numbers if number <= len(sentences))


def _step(name: str, fact: Tree, words: Tree) -> Step:
    return Step(
        id=name,
        kind=fact["kind"],
        hold=fact["hold"],
        longest=fact["longest"],
        do=tuple(words["do"]),
        first=tuple(words.get("first", ())),
        release=tuple(words.get("release", ())),
        helper=tuple(words.get("helper", ())),
        rounds=fact.get("rounds", 1),
        times=fact.get("times", 1),
        rest=fact.get("rest", 0),
        numbers={key: value for key, value in fact.items() if key not in _STEP_FACTS},
        verdict=Verdict(fact["verdict"]),
        sources=tuple(fact["sources"]),
    )


def _region(locale: str, raw: dict[str, Any]) -> Region:
    return Region(
        locale=locale,
        language=raw["language"],
        emergency=raw["emergency"],
        emergency_call=raw["emergency_call"],
        emergency_name=raw["emergency_name"],
        same_day_call=raw["same_day_call"],
        crisis_call=raw["crisis_call"],
        poison_call=raw["poison_call"],
        lines=tuple(raw["lines"]),
        words=raw["words"],
    )
