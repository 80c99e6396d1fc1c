"""The manifest that Amazon's shop shows, held to its limits, its rules for health skills, and what the skill does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from skill.advice import Region, locales, open_advice
from speaker.nlu.interaction_model import MODELS
from workshop.linting.fault import Fault, either, place, shown
from workshop.models.build import Model, build_model
from workshop.models.conflicts import Utterances
from workshop.models.sentences import SENTENCES, read_sentences
from workshop.models.tasks import task_faults

FILE = "interaction_models/skill.json"
LENGTHS = {"name": (2, 50), "summary": (1, 160), "description": (1, 4000)}
"""Characters that Amazon takes."""
PHRASE_LENGTH = 200
KEYWORDS = 30
KEYWORD_LENGTH = 150
FLAGS = {
    "allowsPurchases": False,
    "usesPersonalInfo": False,
    "isChildDirected": False,
    "containsAds": False,
    "isExportCompliant": True,
    "usesHealthInfo": False,
}
"""What is true of this skill: it sells nothing and keeps nothing."""
DISCLAIMER = {
    "does not provide medical advice": "that it gives no medical advice",
    "for information and education only": "what it is for",
    "not a substitute for professional medical advice": "that it replaces no professional",
}
VIEWPORTS = {
    "hubRoundSmall": ("HUB", "ROUND", 100, 599, 100, 599),
    "hubLandscapeSmall": ("HUB", "RECTANGLE", 960, 1279, 100, 599),
    "hubLandscapeMedium": ("HUB", "RECTANGLE", 960, 1279, 600, 959),
    "hubLandscapeLarge": ("HUB", "RECTANGLE", 1280, 1920, 600, 1279),
    "hubLandscapeXLarge": ("HUB", "RECTANGLE", 1920, 2560, 960, 1279),
    "hubPortraitMedium": ("HUB", "RECTANGLE", 960, 1279, 1920, 2560),
    "tvLandscapeXLarge": ("TV", "RECTANGLE", 960, 960, 540, 540),
}
"""Amazon's viewport profiles that the screens are drawn for and tried at, each with its range of dp in `_VIEWPORT`'s
order. To declare a profile is to say that it was tried."""
_VIEWPORT = ("mode", "shape", "minWidth", "maxWidth", "minHeight", "maxHeight")
_NOT_IN_NAME = "cure relief treatment therapy remedy heal doctor medical clinic".split()
_CLAIMS = (
    r"cures?|cured|heals?|healed|miracle|guaranteed?|diagnos\w+|life.?saving|saves? lives?|instant(?:ly)?|100 ?%|"
    r"clinically proven|doctor.recommended|fda.approved|treats?|treatment|relieves?"
)
_BRITISH = {"color": "colour", "recognize": "recognise", "center": "centre", "fiber": "fibre", "practiced": "practised"}
_AMERICAN = ("en-US", "en-CA")
"""Locales that write `recognize`; Canada has `colour` from its region's own words."""
_OPENING = re.compile(r"^alexa,? (?:open|launch|start) (?P<name>.+?)(?: skill)?$", re.IGNORECASE)
_ARN = re.compile(r"arn:aws:lambda:[a-z]{2}(?:-[a-z]+)+-\d:(?P<account>\d{12}):function:[\w-]+(?::[\w-]+)?")

Tree = Mapping[str, Any]


def check_manifest(release: bool = False, folder: Path = MODELS) -> list[Fault]:
    """Every fault of `skill.json`. Placeholders are faults only where a release is about to be made."""
    path = folder / "skill.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))["manifest"]
    except FileNotFoundError:
        return [Fault(FILE, "", "a manifest", "no such file", "restore it from git")]
    except (ValueError, KeyError, TypeError) as error:
        hint = "look near that place for a comma or a quotation mark; the whole is one `manifest` block"
        return [Fault(FILE, "", "JSON with a manifest", str(error), hint)]
    sentences = read_sentences(root=folder / SENTENCES.name)
    models = {locale: build_model(locale, sentences) for locale in locales()}
    regions = {locale: open_advice(locale).region for locale in locales()}
    return [*manifest_faults(manifest, models, regions, release), *_icons(folder)]


def manifest_faults(
    manifest: Tree, models: Mapping[str, Model], regions: Mapping[str, Region], release: bool
) -> list[Fault]:
    """What is wrong with a manifest, given the models of its locales."""
    published, privacy = _block(manifest, "publishingInformation"), _block(manifest, "privacyAndCompliance")
    faults = list(_whole(manifest, published, privacy))
    for part, tree in (("publishingInformation", published), ("privacyAndCompliance", privacy)):
        own = _block(tree, "locales")
        for locale in sorted(set(models) | set(own)):
            here = place(part, "locales", locale)
            if locale not in models:
                hint = "remove it, or add the locale to regions.yaml"
                faults.append(Fault(FILE, here, f"a locale with a model: {either(models)}", shown(locale), hint))
            elif locale not in own:
                faults.append(Fault(FILE, here, "every locale that has a model", "none", "copy that of another locale"))
    for locale, texts in _block(published, "locales").items():
        if locale in models:
            faults += _texts(place("publishingInformation", "locales", locale), locale, texts, regions)
            faults += _phrases(place("publishingInformation", "locales", locale), texts, models[locale])
    if release:
        faults += _placeholders(manifest)
    return sorted(faults)


def _block(tree: Tree, key: str) -> Tree:
    value = tree.get(key)
    return value if isinstance(value, Mapping) else {}


def _whole(manifest: Tree, published: Tree, privacy: Tree) -> Iterator[Fault]:
    if manifest.get("manifestVersion") != "1.0":
        yield Fault(FILE, "manifestVersion", '"1.0"', shown(manifest.get("manifestVersion")), "Amazon knows no other")
    if published.get("category") != "HEALTH_AND_FITNESS":
        found = shown(published.get("category"))
        hint = "a health skill in another category is turned down"
        yield Fault(FILE, "publishingInformation.category", "HEALTH_AND_FITNESS", found, hint)
    if not published.get("testingInstructions"):
        hint = "tell the person who certifies it what to say, and that the long silences are meant"
        yield Fault(FILE, "publishingInformation.testingInstructions", "how to try the skill", "nothing", hint)
    for flag, value in FLAGS.items():
        if privacy.get(flag) is not value:
            hint = "if this has become true, the promise that nothing is kept has to change first"
            yield Fault(FILE, place("privacyAndCompliance", flag), shown(value), shown(privacy.get(flag)), hint)
    for locale, own in _block(privacy, "locales").items():
        for key in ("privacyPolicyUrl", "termsOfUseUrl"):
            if not str(own.get(key, "")).startswith("https://"):
                here = place("privacyAndCompliance", "locales", locale, key)
                yield Fault(FILE, here, "an https address", shown(own.get(key)), "a health skill needs both pages")
    custom = _block(_block(manifest, "apis"), "custom")
    uri = _block(custom, "endpoint").get("uri")
    if not _ARN.fullmatch(str(uri)) and not str(uri).startswith("https://"):
        hint = "such as arn:aws:lambda:us-east-1:123456789012:function:cramp-coach"
        yield Fault(FILE, "apis.custom.endpoint.uri", "a Lambda ARN or an https address", shown(uri), hint)
    events = _block(manifest, "events")
    if "SKILL_DISABLED" not in [own.get("eventName") for own in events.get("subscriptions", ())]:
        hint = "without it, a place that was kept outlives the skill by half an hour"
        yield Fault(FILE, "events.subscriptions", "SKILL_DISABLED", shown(events.get("subscriptions")), hint)
    elif _block(events, "endpoint").get("uri") != uri:
        found = shown(_block(events, "endpoint").get("uri"))
        yield Fault(FILE, "events.endpoint.uri", "the endpoint of apis.custom", found, "one function answers both")
    if "ALEXA_PRESENTATION_APL" not in [own.get("type") for own in custom.get("interfaces", ())]:
        hint = "the screens are sent only to a skill that declares it"
        yield Fault(FILE, "apis.custom.interfaces", "ALEXA_PRESENTATION_APL", shown(custom.get("interfaces")), hint)
    else:
        yield from _viewports(custom["interfaces"])
    yield from task_faults(custom)


def _viewports(interfaces: Iterable[Tree]) -> Iterator[Fault]:
    """Every profile that is drawn for has to be declared, and no other."""
    at, own = next((at, own) for at, own in enumerate(interfaces) if own.get("type") == "ALEXA_PRESENTATION_APL")
    here = place("apis.custom.interfaces", at, "supportedViewports")
    declared = [tuple(viewport.get(key) for key in _VIEWPORT) for viewport in own.get("supportedViewports", ())]
    for name, range_ in VIEWPORTS.items():
        if range_ not in declared:
            hint = "declare what is drawn, with the range of Amazon's viewport profile"
            yield Fault(FILE, here, f"{name}: {_spelt(range_)}", "no such range", hint)
    for found in declared:
        if found not in VIEWPORTS.values():
            hint = "to declare a profile is to say that it was tried: add it to screens/viewport.py first"
            yield Fault(FILE, here, f"a profile that is drawn for: {either(VIEWPORTS)}", _spelt(found), hint)


def _spelt(range_: tuple[object, ...]) -> str:
    return ", ".join(f"{key} {value}" for key, value in zip(_VIEWPORT, range_, strict=True))


def _texts(key: str, locale: str, texts: Tree, regions: Mapping[str, Region]) -> Iterator[Fault]:
    for name, (least, most) in LENGTHS.items():
        length = len(str(texts.get(name, "")).strip())
        if not least <= length <= most:
            yield Fault(FILE, place(key, name), f"{least} to {most} characters", str(length), "Amazon turns it down")
    for icon, size in (("smallIconUri", 108), ("largeIconUri", 512)):
        if not str(texts.get(icon, "")).endswith(f"icon-{size}.png"):
            hint = f"file://assets/images/icon-{size}.png"
            yield Fault(FILE, place(key, icon), f"the icon of {size} pixels", shown(texts.get(icon)), hint)
    for word in _NOT_IN_NAME:
        if re.search(rf"\b{word}", str(texts.get("name", "")), re.IGNORECASE):
            hint = "Amazon turns down health skills whose name promises something"
            yield Fault(
                FILE, place(key, "name"), "a name without a promise", f'"{word}" in {shown(texts["name"])}', hint
            )
    yield from _description(place(key, "description"), str(texts.get("description", "")), regions, locale)
    words = texts.get("keywords", [])
    if not 1 <= len(words) <= KEYWORDS or any(not 0 < len(word) <= KEYWORD_LENGTH for word in words):
        expected = f"1 to {KEYWORDS} keywords of at most {KEYWORD_LENGTH} characters"
        yield Fault(FILE, place(key, "keywords"), expected, shown(words), "leave out the weakest")
    for name in ("name", "summary", "description", "keywords"):
        text = " ".join(texts.get(name, ())) if name == "keywords" else str(texts.get(name, ""))
        yield from _claims(place(key, name), text)
        yield from _spelling(place(key, name), text, regions[locale])


def _description(key: str, text: str, regions: Mapping[str, Region], locale: str) -> Iterator[Fault]:
    plain = " ".join(text.lower().split())
    for phrase, what in DISCLAIMER.items():
        if phrase not in plain:
            yield Fault(FILE, key, f'a disclaimer that says {what}: "{phrase}"', "none", "Amazon insists on it")
    number = regions[locale].emergency
    if number and not re.search(rf"\bcall {number}\b", text):
        yield Fault(FILE, key, f'"call {number}"', "no such words", "say what to call in an emergency here")
    for other in sorted({own.emergency for own in regions.values() if own.emergency} - {number}):
        if re.search(rf"(?<!\d )\b{other}\b(?! \d)", text):
            yield Fault(FILE, key, f"only {number}, the number of {locale}", other, "that number is another country's")
    if re.search(r"\b(?:skill|alexa|it|we) (?:can |will )?calls? (?:911|999|000|112|for help|an ambulance)", plain):
        yield Fault(FILE, key, "that the person calls", "that the skill does", "neither the skill nor Alexa can call")


def _claims(key: str, text: str) -> Iterator[Fault]:
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        for found in re.finditer(rf"\b(?:{_CLAIMS})\b", sentence, re.IGNORECASE):
            # "It is not a substitute for diagnosis or treatment" claims neither.
            if not re.search(r"\b(?:not|no|never|neither)\b", sentence[: found.start()], re.IGNORECASE):
                hint = "say what the skill does, not what it achieves"
                yield Fault(FILE, key, "no health claim", f'"{found[0]}" in {shown(sentence)}', hint)


def _spelling(key: str, text: str, region: Region) -> Iterator[Fault]:
    american = region.locale in _AMERICAN
    local = {**({} if american else _BRITISH), **region.words}
    foreign = {} if region.words or not american else {there: here for here, there in _BRITISH.items()}
    for word, own in {**local, **foreign}.items():
        if word != own and re.search(rf"\b{re.escape(word)}s?\b", text, re.IGNORECASE):
            yield Fault(FILE, key, f"`{own}`, as {region.locale} has it", f"`{word}`", "write it as people there do")


def _phrases(key: str, texts: Tree, model: Model) -> Iterator[Fault]:
    key = place(key, "examplePhrases")
    language = model["interactionModel"]["languageModel"]
    phrases = texts.get("examplePhrases", [])
    if len(phrases) != 3 or len(set(phrases)) != len(phrases):
        yield Fault(FILE, key, "three different example phrases", shown(phrases), "the shop shows three")
    utterances = Utterances(language)
    for at, phrase in enumerate(phrases):
        here = place(key, at)
        if len(phrase) > PHRASE_LENGTH:
            yield Fault(FILE, here, f"at most {PHRASE_LENGTH} characters", str(len(phrase)), "say it in fewer words")
        opening = _OPENING.match(phrase.rstrip("."))
        if at == 0 and (opening is None or opening["name"].lower() != language["invocationName"]):
            expected = f'"Alexa, open {language["invocationName"]}"'
            yield Fault(
                FILE, here, expected, shown(phrase), "the first phrase has the wake word and the invocation name"
            )
        if at > 0 and opening is None and not utterances.reached(re.sub(r"[^\w' -]", "", phrase.lower())):
            hint = "take it from the samples: Amazon tries each of the three"
            yield Fault(FILE, here, "a phrase that reaches an intent", shown(phrase), hint)


def _placeholders(manifest: Tree) -> Iterator[Fault]:
    privacy = _block(_block(manifest, "privacyAndCompliance"), "locales")
    for locale, own in privacy.items():
        for key, page in (("privacyPolicyUrl", "privacy policy"), ("termsOfUseUrl", "terms of use")):
            if re.match(r"https://(?:[\w-]+\.)*example\.(?:com|org|net)(?:/|$)", str(own.get(key, ""))):
                hint = f"put the address of your own {page}"
                here = place("privacyAndCompliance", "locales", locale, key)
                yield Fault(FILE, here, f"the address of a {page}", f"the placeholder {shown(own[key])}", hint)
    for key, tree in (
        ("apis.custom", _block(_block(manifest, "apis"), "custom")),
        ("events", _block(manifest, "events")),
    ):
        arn = _ARN.fullmatch(str(_block(tree, "endpoint").get("uri")))
        if arn and arn["account"] == "0" * 12:
            found = f"the placeholder {shown(arn[0])}"
            hint = "put the ARN that deploying the function printed"
            yield Fault(FILE, f"{key}.endpoint.uri", "the ARN of your Lambda function", found, hint)


def _icons(folder: Path) -> Iterator[Fault]:
    for size in (108, 512):
        file = f"icons/icon-{size}.png"
        path = folder / file
        head = path.read_bytes()[:24] if path.is_file() else b""
        # A PNG begins with its mark and the IHDR block, whose first eight bytes are width and height.
        if head[:8] != b"\x89PNG\r\n\x1a\n" or head[16:24] != size.to_bytes(4, "big") * 2:
            found = "another picture" if head else "no such file"
            hint = "run `python interaction_models/icons/draw.py`"
            yield Fault(f"interaction_models/{file}", "", f"a PNG of {size} by {size} pixels", found, hint)
