"""Style of spoken sentences: length, one per line, no literal numbers, no forbidden words, reading grade."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from workshop.check.readability import grade
from workshop.check.spoken_text import REGIONAL, WHOLE, Spoken, regional, sounding, spoken
from workshop.linting.fault import Fault, place
from workshop.linting.yaml_files import Content, blocks, texts

_INNER_END = re.compile(r"[.?!]\s+\S")
_TURNED = re.compile(
    r"\b(?:not|never|no longer|nobody|don['\u2019]t|isn['\u2019]t|aren['\u2019]t|without|unless)\b", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def style_faults(content: Content) -> Iterator[Fault]:
    """Sentences that are hard to follow by ear."""
    limits = {
        **blocks(content.fact("style").get("words_in_sentence")),
        **blocks(content.fact("style").get("words_in_phrase")),
    }
    for language in content.words:
        words = content.word(language, "style")
        numbers = whole_words(texts(words.get("number_words")))
        for part in spoken(content, language):
            yield from _numbers(part, numbers)
            yield from _sentence(content, part, words, limits)
            yield from _permitted(part, words)
        yield from _counts(content, language)
    for part in regional(content):
        language = str(blocks(blocks(content.regions).get(part.key.split(".")[0])).get("language"))
        yield from _sentence(content, part, content.word(language, "style"), limits)
    yield from _region_numbers(content)


def whole_words(phrases: Iterable[str]) -> re.Pattern[str]:
    """A case-insensitive pattern for any of `phrases` as whole words; it matches nothing if there are none."""
    return _pattern(tuple(phrases))


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted((re.escape(phrase.lower()) for phrase in phrases), key=len, reverse=True)
    return re.compile(
        rf"(?<![\w'\u2019-])(?:{'|'.join(ordered)})(?![\w'\u2019])" if ordered else r"(?!)", re.IGNORECASE
    )


def _numbers(part: Spoken, number_words: re.Pattern[str]) -> Iterator[Fault]:
    declare = f"declare the number under {part.declare} and write its {{name}} here"
    hint = f"{declare if part.declare else 'leave the number out'}; telephone numbers belong in regions.yaml"
    for found in [*_DIGITS.findall(part.bare), *number_words.findall(part.bare.replace("-", " "))]:
        yield Fault(part.file, part.key, "no number typed into a sentence", f'"{found}"', hint)


def _sentence(
    content: Content, part: Spoken, style: Mapping[str, object], limits: Mapping[str, object]
) -> Iterator[Fault]:
    stands_alone = [name for name in part.placeholders if name in WHOLE]
    if stands_alone and part.text.strip() != f"{{{stands_alone[0]}}}":
        hint = f"give {{{stands_alone[0]}}} a line of its own, because it is a whole sentence already"
        yield Fault(part.file, part.key, f"{{{stands_alone[0]}}} alone", f'"{part.text}"', hint)
    limit, count = limits.get(part.length), len(sounding(content, part.text).split())
    if isinstance(limit, int) and count > limit and not stands_alone:
        hint = "make two sentences of it, or leave words out" if part.is_sentence else "leave words out"
        expected = f"at most {limit} words" + (" in a sentence" if part.is_sentence else "")
        yield Fault(part.file, part.key, expected, f'{count} in "{part.text}"', hint)
    if part.is_sentence and not stands_alone:
        if _INNER_END.search(part.text):
            hint = "give each sentence a line of its own, after `- `"
            yield Fault(part.file, part.key, "one sentence", f'several in "{part.text}"', hint)
        if not part.text.rstrip().endswith((".", "?")):
            yield Fault(part.file, part.key, "a full stop or a question mark at the end", f'"{part.text}"', "add it")
    elif not part.is_sentence and part.length and part.text.rstrip().endswith((".", "?", ",")):
        hint = "take the sign away, because this is said inside a sentence"
        yield Fault(part.file, part.key, "a few words without a sign at the end", f'"{part.text}"', hint)
    signs = style.get("forbidden_characters")
    for sign in dict.fromkeys(sign for sign in part.bare if isinstance(signs, str) and sign in signs):
        hint = (
            "a placeholder is {name}, in small letters"
            if sign in "{}"
            else "say it in plain words, with . , ? ' - : alone"
        )
        yield Fault(part.file, part.key, f"no `{sign}` in what is spoken", f'"{part.text}"', hint)
    for word in dict.fromkeys(
        found.lower() for found in whole_words(texts(style.get("forbidden_words"))).findall(part.bare)
    ):
        hint = f"say it plainly and calmly; {part.file.split('/')[0]}/style.yaml lists what is never said"
        yield Fault(part.file, part.key, f'no "{word}" in what is spoken', f'"{part.text}"', hint)


def _permitted(part: Spoken, style: Mapping[str, object]) -> Iterator[Fault]:
    """Permission for something on the never-permitted list; a preceding "not" or "never" makes it a prohibition."""
    for allowed in whole_words(texts(style.get("permits"))).finditer(part.bare):
        for thing in whole_words(texts(style.get("never_permitted"))).finditer(part.bare, allowed.end()):
            if not _TURNED.search(part.bare[: thing.start()]):
                found = f'"{allowed[0]} … {thing[0]}" in "{part.text}"'
                hint = "say not to do it, or leave it out"
                yield Fault(part.file, part.key, f'no permission to "{thing[0].lower()}"', found, hint)


def _counts(content: Content, language: str) -> Iterator[Fault]:
    """Prompts with too many sentences before the question that follows."""
    most = content.fact("style").get("sentences_before_question")
    facts = content.fact("prompts")
    for name, value in content.word(language, "prompts").items() if facts else ():
        count = len(value) if isinstance(value, list) else 1
        if isinstance(most, int) and count > most and blocks(facts.get(name)).get("closes") is not True:
            hint = (
                "leave one out, or mark the prompt `closes: true` in facts/prompts.yaml if no question ever follows it"
            )
            expected = f"at most {most} sentences before a question"
            yield Fault(f"{language}/prompts.yaml", name, expected, str(count), hint)


def _region_numbers(content: Content) -> Iterator[Fault]:
    file = "regions.yaml"
    for name, region in blocks(content.regions).items():
        own = blocks(region)
        if name != "default" and not re.fullmatch(r"[a-z]{2}-[A-Z]{2}", str(name)):
            hint = "a locale as Alexa names it"
            yield Fault(file, str(name), "`default` or a locale such as en-GB", f"`{name}`", hint)
        if isinstance(own.get("language"), str) and own["language"] not in content.words:
            hint = "name a folder of words"
            yield Fault(file, place(name, "language"), "a folder of words", f'"{own["language"]}"', hint)
        lines = texts(own.get("lines") or [])
        said = [text for key in REGIONAL for text in texts(own.get(key))]
        for key in ("emergency_name", *REGIONAL):
            for text in texts(own.get(key)):
                rest = text
                for line in lines:
                    rest = rest.replace(line, " ")
                for digits in _DIGITS.findall(rest):
                    hint = "add the number to `lines`, or write {emergency} where it is the emergency number"
                    yield Fault(file, place(name, key), "only telephone numbers of `lines`", f'"{digits}"', hint)
        for line in lines:
            if not any(line in text for text in said):
                hint = "say it in a sentence of the region, or remove it"
                yield Fault(
                    file, place(name, "lines"), "numbers that a sentence says", f'"{line}", which none says', hint
                )
        if own.get("emergency") and not any("{emergency}" in text for text in texts(own.get("emergency_call"))):
            hint = 'write "Call {emergency} now."'
            yield Fault(file, place(name, "emergency_call"), "{emergency} in the sentence", "none", hint)
        for word, local in blocks(own.get("words")).items():
            if str(word).lower() == str(local).lower():
                hint = "remove the line"
                yield Fault(file, place(name, "words", word), "another word than the American one", f'"{local}"', hint)


# ---- reading grade --------------------------------------------------------------------------------


def grade_faults(content: Content) -> Iterator[Fault]:
    """Texts above the Flesch-Kincaid grade limit."""
    limits = blocks(content.fact("style").get("grade"))
    whole, each = limits.get("whole"), limits.get("entry")
    for language in content.words:
        entries: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for part in spoken(content, language):
            if part.is_sentence:
                entries[part.file, part.entry].append(sounding(content, part.text))
        for (file, entry), sentences in entries.items():
            years = grade(sentences)
            if isinstance(each, int) and years > each and entry:
                hint = "use shorter words and shorter sentences"
                key = entry.partition(" ")[2]
                yield Fault(file, key, f"a reading grade of at most {each}", f"{years:.1f}", hint)
        everything = [sentence for sentences in entries.values() for sentence in sentences]
        if isinstance(whole, int) and everything and (years := grade(everything)) > whole:
            hint = "use shorter words and shorter sentences throughout"
            expected = f"a reading grade of at most {whole} over all sentences"
            yield Fault(f"{language}/", "", expected, f"{years:.1f}", hint)
