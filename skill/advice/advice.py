"""The content in one locale: every id looked up on demand, so that nothing is built that a turn does not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

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
)
from skill.advice.shape import build
from skill.advice.text import LocalWords, fill, plain

CLAIM_FILES = ("causes", "remedies", "habits", "lookalikes", "answers")
"""The files whose entries are claims: all of one shape, each with a verdict."""


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
        self.region = build(Region, store.read("regions")[locale], locale=locale)
        self._local = LocalWords(self.region.words)
        self._routines: dict[str, Routine] = {}
        self._conditions: dict[str, Condition] = {}
        self._symptoms: dict[str, Symptom] = {}
        self._claims: dict[tuple[str, str], Claim] = {}
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
        raw, words = self.facts("timing"), self.words("timing")["cues"]
        # The sources of the cues stand among them.
        rules = {name: rule for name, rule in raw["cues"].items() if isinstance(rule, Mapping)}
        return build(
            Timing, raw, cues=tuple(build(CueRule, rule, words[name], id=name) for name, rule in rules.items())
        )

    @property
    def cues(self) -> tuple[CueRule, ...]:
        """The cues that a hold may carry."""
        return self.timing.cues

    @cached_property
    def _everywhere(self) -> dict[str, object]:
        region = self.region
        number = {"emergency": region.emergency or ""}
        named = {"emergency": fill(region.emergency_name, number)}
        return {
            "emergency": named["emergency"],
            "emergency_call": fill(region.emergency_call, number),
            "same_day": region.same_day_call,
            "crisis_call": fill(region.crisis_call, number),
            "crisis_then": fill(region.crisis_then, named),
            "poison_call": fill(region.poison_call, number),
            "poison_then": fill(region.poison_then, named),
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
            steps.append(build(Step, fact, text, id=step))
        return build(Routine, raw, own, id=name, steps=tuple(steps))

    def routines(self) -> tuple[str, ...]:
        """Every routine id, relief and bedtime."""
        return tuple(name for name in self.facts("routines") if name != "shared")

    def way_around(self, obstacle: str | None, routine: str) -> tuple[str, ...]:
        """Another way of a routine's step for a person with this obstacle; empty where there is none."""
        own = self.words("obstacles").get(obstacle) if obstacle else None
        return tuple(own["ways"].get(routine, ())) if own else ()

    def muscle(self, name: str | None) -> Muscle | None:
        """A place that can be named."""
        raw = self.facts("muscles").get(name) if name else None
        return None if raw is None or name is None else build(Muscle, raw, self.words("muscles")[name], id=name)

    def symptom(self, name: str | None) -> Symptom | None:
        """A sign, with its tier."""
        raw = self.facts("symptoms").get(name) if name else None
        if raw is None or name is None:
            return None
        if name not in self._symptoms:
            self._symptoms[name] = build(Symptom, raw, self.words("symptoms")[name], id=name)
        return self._symptoms[name]

    def symptoms(self) -> tuple[str, ...]:
        """Every symptom id, the most urgent tier first, as written within a tier."""
        ranks = {tier: rank for rank, tier in enumerate(self.tiers)}
        facts = self.facts("symptoms")
        return tuple(sorted(facts, key=lambda name: ranks[facts[name]["tier"]]))

    def listed_signs(self) -> tuple[str, ...]:
        """The symptoms that the spoken list of warning signs names, in its order."""
        facts, tiers = self.facts("symptoms"), self.facts("tiers")
        listed = [name for name in self.symptoms() if facts[name].get("listed", True)]
        return tuple(sorted(listed, key=lambda name: tiers[facts[name]["tier"]]["told"]))

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
        if (topic, name) not in self._claims:
            words = self.words(topic)[name]
            short = words.get("short", words["name"])
            self._claims[topic, name] = build(Claim, raw, words, topic=topic, id=name, short=short)
        return self._claims[topic, name]

    def listed(self, topic: str) -> tuple[str, ...]:
        """Ids of a claim file that belong to its spoken list, in file order."""
        return tuple(name for name, raw in self.facts(topic).items() if raw.get("listed"))

    def condition(self, name: str | None) -> Condition | None:
        """Something a person may say about themselves."""
        raw = self.facts("conditions").get(name) if name else None
        if raw is None or name is None:
            return None
        if name not in self._conditions:
            self._conditions[name] = self._build_condition(name, raw)
        return self._conditions[name]

    def _build_condition(self, name: str, raw: Tree) -> Condition:
        words = self.words("conditions")[name]
        texts = words.get("rules", {})
        rules = tuple(
            build(Rule, fact, texts[rule], id=rule, on=self._reached(fact))
            for rule, fact in raw.get("rules", {}).items()
        )
        return build(Condition, raw, words, id=name, rules=rules)

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
        return build(Source, raw, id=name) if raw else None

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
        """The most urgent sign that `text` names literally, whatever slot it came in."""
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
