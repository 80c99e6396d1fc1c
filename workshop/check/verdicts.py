"""Checks words against verdicts: nothing unproven is recommended, and everything unsafe is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from skill.advice.advice import CLAIM_FILES
from skill.advice.model import Verdict
from workshop.check.style_guide import whole_words
from workshop.linting.fault import Fault, listed, place, shown
from workshop.linting.yaml_files import Content, blocks, texts
from workshop.linting.yaml_reader import Tree

_CLAUSE = re.compile(r"[.?,;:]| but | so | though ")


def verdict_faults(content: Content) -> Iterator[Fault]:
    """Answers that claim more or less than their verdict allows."""
    most = blocks(content.fact("style").get("words_in_phrase")).get("short")
    for language in content.words:
        style = content.word(language, "style")
        if not style:
            continue  # reported already; without these word lists every answer would look wrong
        for file in CLAIM_FILES:
            for name, fact in content.fact(file).items():
                own = blocks(content.word(language, file).get(name))
                if own:
                    yield from _claim(language, file, name, blocks(fact), own, style)
                    yield from _listing(language, file, name, blocks(fact), own, most)


def _claim(language: str, file: str, name: str, fact: Tree, own: Tree, style: Mapping[str, object]) -> Iterator[Fault]:
    words_file, verdict = f"{language}/{file}.yaml", fact.get("verdict")
    said = " ".join(texts(own.get("answer")))
    everything = " ".join([said, *(t for part in ("refuse", "because", "instead") for t in texts(own.get(part)))])

    def has(markers: str, text: str) -> bool:
        return whole_words(texts(style.get(markers))).search(text) is not None

    def lacks(markers: str, text: str) -> bool:
        return bool(texts(style.get(markers))) and not has(markers, text)

    some = {marker: listed(f'"{word}"' for word in texts(style.get(marker))[:4]) for marker in style}
    key = place(name, "answer")
    if verdict == Verdict.UNPROVEN and said:
        if lacks("not_proven", said):
            hint = f"say it with words such as {some.get('not_proven')}, or change the verdict"
            yield Fault(words_file, key, "words that say plainly that it is not proven", shown(said), hint)
        for sentence in texts(own.get("answer")):
            for word in recommending(sentence, style):
                hint = "say what is known of it, and that it is harmless if it is; or change the verdict"
                yield Fault(
                    words_file, key, "no recommendation of an unproven thing", f'"{word}" in {shown(sentence)}', hint
                )
    if verdict == Verdict.PLAUSIBLE and said and lacks("hedges", said):
        hint = f"leave a doubt with words such as {some.get('hedges')}, or change the verdict"
        yield Fault(words_file, key, "words that leave a doubt", shown(said), hint)
    if verdict == Verdict.SUPPORTED and has("not_proven", said):
        hint = "say it plainly, or change the verdict"
        yield Fault(words_file, key, "no doubt about a supported thing", shown(said), hint)
    refusal = own.get("refuse")
    if verdict == Verdict.UNSAFE and isinstance(refusal, str):
        refuses = texts(style.get("refuses"))
        if refuses and not whole_words(refuses).match(refusal):
            hint = "begin with the refusal, because it may be all that is heard"
            yield Fault(
                words_file, place(name, "refuse"), f"a beginning such as {some.get('refuses')}", shown(refusal), hint
            )
    if fact.get("kind") == "medicine" and lacks("keeps_medicine", everything):
        hint = "nobody stops a medicine on the word of a speaker"
        expected = f"{some.get('keeps_medicine')} in what is said of a medicine"
        yield Fault(words_file, name, expected, shown(everything.strip()), hint)


def recommending(sentence: str, style: Mapping[str, object]) -> list[str]:
    """The recommending words of a sentence, except those negated earlier in their clause."""
    turning = whole_words(texts(style.get("not_recommending_after")))
    found: list[str] = []
    if "not_recommending_after" not in style:
        return found
    for clause in _CLAUSE.split(sentence):
        for match in whole_words(texts(style.get("recommends"))).finditer(clause):
            if not turning.search(clause[: match.start()]):
                found.append(match.group())
    return found


def _listing(language: str, file: str, name: str, fact: Tree, own: Tree, most: object) -> Iterator[Fault]:
    words_file, is_listed = f"{language}/{file}.yaml", fact.get("listed") is True
    if is_listed and fact.get("verdict") in (Verdict.UNPROVEN, Verdict.UNSAFE):
        hint = "a thing in the spoken list is recommended by being there; remove `listed`"
        expected = "a supported or plausible verdict where `listed` is true"
        yield Fault(f"facts/{file}.yaml", place(name, "listed"), expected, str(fact.get("verdict")), hint)
    if is_listed and "short" not in own:
        few = f"at most {most} words" if isinstance(most, int) else "a few words"
        hint = f"add `short:` with {few} that fit a list"
        yield Fault(words_file, place(name, "short"), "a few words for the spoken list", "nothing", hint)
    if not is_listed and "short" in own:
        hint = f"remove it, or add `listed: true` in facts/{file}.yaml"
        yield Fault(words_file, place(name, "short"), "`short` only where `listed` is true", shown(own["short"]), hint)
