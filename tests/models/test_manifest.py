"""Every kind of fault in the manifest, made on purpose, and the committed manifest and icons without one."""

from __future__ import annotations

import copy
import io
import json
import runpy
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageChops, ImageStat

from skill.advice import locales, open_advice
from workshop.models import MODELS
from workshop.models.manifest import check_manifest, manifest_faults
from workshop.screens.viewport import VIEWPORTS, Viewport

if TYPE_CHECKING:
    from collections.abc import Callable

SKILL = json.loads((MODELS / "skill.json").read_text(encoding="utf-8"))["manifest"]
LANGUAGE = {
    "invocationName": "cramp coach",
    "intents": [
        {"name": "WhyIntent", "samples": ["why do i get cramps"]},
        {
            "name": "ReliefIntent",
            "slots": [{"name": "muscle", "type": "MUSCLE"}],
            "samples": ["it's my {muscle}", "i've got cramp in my {muscle}", "my {muscle} is paining a lot"],
        },
    ],
    "types": [{"name": "MUSCLE", "values": [{"name": {"value": "foot", "synonyms": ["calf"]}}]}],
}
US = "publishingInformation.locales.en-US"


def told(manifest: dict[str, Any], release: bool = False) -> str:
    models = {locale: {"interactionModel": {"languageModel": LANGUAGE}} for locale in locales()}
    regions = {locale: open_advice(locale).region for locale in locales()}
    return "\n".join(map(str, manifest_faults(manifest, models, regions, release)))


def spoilt(change: Callable[[Any], object]) -> str:
    made = copy.deepcopy(SKILL)
    change(made)
    return told(made)


def text_of(locale: str = "en-US", **texts: object) -> str:
    return spoilt(lambda own: own["publishingInformation"]["locales"][locale].update(texts))


def description(old: str, new: str, locale: str = "en-US") -> str:
    text = SKILL["publishingInformation"]["locales"][locale]["description"]
    assert old in text
    return text_of(locale, description=text.replace(old, new))


def test_the_committed_manifest_has_no_fault() -> None:
    assert check_manifest() == []
    assert told(SKILL) == ""


def test_a_release_wants_every_placeholder_filled() -> None:
    text = told(SKILL, release=True)
    for locale in locales():
        here = f"privacyAndCompliance.locales.{locale}"
        assert f"{here}.privacyPolicyUrl: expected the address of a privacy policy, found the placeholder" in text
        assert f"{here}.termsOfUseUrl: expected the address of a terms of use, found the placeholder" in text
    assert "Hint: put the address of your own privacy policy" in text
    assert "apis.custom.endpoint.uri: expected the ARN of your Lambda function, found the placeholder" in text
    assert "events.endpoint.uri: expected the ARN of your Lambda function, found the placeholder" in text


def test_a_manifest_with_everything_filled_may_be_released() -> None:
    filled = json.dumps(SKILL).replace("example.com", "crampcoach.net").replace("000000000000", "123456789012")
    assert told(json.loads(filled), release=True) == ""


@pytest.mark.parametrize(
    ("locale", "texts", "expected"),
    [
        ("en-US", {"name": "C"}, f"{US}.name: expected 2 to 50 characters, found 1"),
        ("en-US", {"summary": "x" * 161}, f"{US}.summary: expected 1 to 160 characters, found 161"),
        ("en-US", {"summary": ""}, f"{US}.summary: expected 1 to 160 characters, found 0"),
        ("en-US", {"description": "x" * 4001}, f"{US}.description: expected 1 to 4000 characters, found 4001"),
        ("en-US", {"name": "Cramp Relief"}, 'a name without a promise, found "relief" in "Cramp Relief"'),
        ("en-US", {"smallIconUri": "file://x.png"}, f"{US}.smallIconUri: expected the icon of 108 pixels"),
        ("en-US", {"largeIconUri": None}, f"{US}.largeIconUri: expected the icon of 512 pixels"),
        ("en-US", {"keywords": ["cramp"] * 31}, f"{US}.keywords: expected 1 to 30 keywords"),
        ("en-US", {"summary": "Cures cramps."}, f'{US}.summary: expected no health claim, found "Cures"'),
        ("en-US", {"keywords": ["cramp cure"]}, f'{US}.keywords: expected no health claim, found "cure"'),
        ("en-US", {"summary": "It recognises a cramp"}, "expected `recognize`, as en-US has it"),
        ("en-GB", {"summary": "The color of night"}, "expected `colour`, as en-GB has it, found `color`"),
        ("en-AU", {"summary": "Under the comforter"}, "expected `doona`, as en-AU has it, found `comforter`"),
        ("en-US", {"summary": "The colour of night"}, "expected `color`, as en-US has it, found `colour`"),
        ("en-GB", {"summary": "A calm moment"}, ""),
        ("en-US", {"summary": "It is no cure for anything."}, ""),
    ],
)
def test_texts(locale: str, texts: dict[str, object], expected: str) -> None:
    assert expected in text_of(locale, **texts)
    assert expected or text_of(locale, **texts) == ""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("does not provide medical advice", "helps", "a disclaimer that says that it gives no medical advice"),
        ("for information and education only", "for you", "a disclaimer that says what it is for"),
        ("not a substitute for professional", "as good as", "a disclaimer that says that it replaces no professional"),
        ("call 911 yourself", "get help", 'expected "call 911", found no such words'),
        ("call 911 yourself", "call 911 or 112 yourself", "expected only 911, the number of en-US, found 112"),
        ("Neither the skill nor Alexa can call for you", "Alexa can call 911", "expected that the person calls"),
        ("It starts with", "It heals you with", 'expected no health claim, found "heals"'),
    ],
)
def test_descriptions(old: str, new: str, expected: str) -> None:
    assert f"{US}.description: expected" in description(old, new)
    assert expected in description(old, new)


def test_every_country_has_its_own_number() -> None:
    assert 'expected "call 999"' in description("call 999", "call 112", "en-GB")


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        (["Alexa, open cramp coach", "It's my foot"], "expected three different example phrases"),
        (["Alexa, open cramp coach", "It's my foot", "It's my foot"], "expected three different example phrases"),
        (["Open cramp coach", "It's my foot", "Why do I get cramps"], '1: expected "Alexa, open cramp coach", found'),
        (["Alexa, open leg coach skill", "It's my foot", "Why"], '1: expected "Alexa, open cramp coach"'),
        (["Alexa, open leg coach", "It's my foot", "Why do I get cramps"], '1: expected "Alexa, open cramp coach"'),
        (
            ["Alexa, open cramp coach", "My cat", "Why do I get cramps"],
            '2: expected a phrase that reaches an intent, found "My',
        ),
        (["Alexa, open cramp coach", "It's my foot", "why " * 60], "3: expected at most 200 characters"),
    ],
)
def test_example_phrases(phrases: list[str], expected: str) -> None:
    text = text_of(examplePhrases=phrases)
    assert f"{US}.examplePhrases" in text
    assert expected in text


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda own: own.update(manifestVersion="2.0"), 'manifestVersion: expected "1.0", found "2.0"'),
        (lambda own: own["publishingInformation"].update(category="GAMES"), "category: expected HEALTH_AND_FITNESS"),
        (lambda own: own["publishingInformation"].pop("testingInstructions"), "expected how to try the skill"),
        (lambda own: own["privacyAndCompliance"].update(usesPersonalInfo=True), "usesPersonalInfo: expected `false`"),
        (lambda own: own["privacyAndCompliance"].pop("containsAds"), "containsAds: expected `false`, found nothing"),
        (
            lambda own: own["privacyAndCompliance"]["locales"]["en-IN"].update(privacyPolicyUrl="http://a.in"),
            "locales.en-IN.privacyPolicyUrl: expected an https address",
        ),
        (lambda own: own["publishingInformation"]["locales"].pop("en-CA"), "locales.en-CA: expected every locale that"),
        (lambda own: own["privacyAndCompliance"]["locales"].pop("en-CA"), "locales.en-CA: expected every locale that"),
        (
            lambda own: own["publishingInformation"]["locales"].update({"de-DE": {}}),
            "locales.de-DE: expected a locale with a model: en-US, en-CA",
        ),
        (lambda own: own["apis"]["custom"]["endpoint"].update(uri="here"), "expected a Lambda ARN or an https address"),
        (lambda own: own["apis"]["custom"].update(interfaces=[]), "interfaces: expected ALEXA_PRESENTATION_APL"),
        (lambda own: own["events"].update(subscriptions=[]), "events.subscriptions: expected SKILL_DISABLED"),
        (lambda own: own["events"]["endpoint"].update(uri="x"), "events.endpoint.uri: expected the endpoint of apis."),
        (lambda own: own.pop("privacyAndCompliance"), "expected every locale that has a model, found none"),
    ],
)
def test_the_whole(change: Callable[[Any], object], expected: str) -> None:
    assert expected in spoilt(change)


SCREENS = "apis.custom.interfaces.1.supportedViewports"


def viewports(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    [own] = [own for own in manifest["apis"]["custom"]["interfaces"] if own["type"] == "ALEXA_PRESENTATION_APL"]
    declared: list[dict[str, Any]] = own["supportedViewports"]
    return declared


@pytest.mark.parametrize("viewport", VIEWPORTS, ids=lambda own: own.name)
def test_every_screen_that_is_drawn_is_inside_a_declared_range(viewport: Viewport) -> None:
    shape = "ROUND" if viewport.round else "RECTANGLE"
    dp = viewport.width * 160 / viewport.dpi, viewport.height * 160 / viewport.dpi
    assert any(
        (own["mode"], own["shape"]) == (viewport.mode, shape)
        and own["minWidth"] <= dp[0] <= own["maxWidth"]
        and own["minHeight"] <= dp[1] <= own["maxHeight"]
        for own in viewports(SKILL)
    )


@pytest.mark.parametrize("at", range(7))
def test_a_profile_that_is_missing(at: int) -> None:
    assert f"{SCREENS}: expected " in spoilt(lambda own: viewports(own).pop(at))
    assert ", found no such range" in spoilt(lambda own: viewports(own).pop(at))


def test_a_profile_that_nobody_drew_for() -> None:
    text = spoilt(lambda own: viewports(own).append(dict(viewports(own)[1], mode="MOBILE")))
    assert f"{SCREENS}: expected a profile that is drawn for: hubRoundSmall, hubLandscapeSmall" in text
    assert "found mode MOBILE, shape RECTANGLE, minWidth 960" in text
    assert text.count(SCREENS) == 1


def test_a_manifest_that_cannot_be_read(tmp_path: Any) -> None:
    assert "expected a manifest, found no such file" in str(check_manifest(folder=tmp_path)[0])
    (tmp_path / "skill.json").write_text("{")
    assert "expected JSON with a manifest" in str(check_manifest(folder=tmp_path)[0])


@pytest.mark.parametrize("size", [108, 512])
def test_icons_are_what_the_drawing_gives(size: int) -> None:
    path = MODELS / "icons" / f"icon-{size}.png"
    with Image.open(path) as whole:
        whole.verify()
    icon = Image.open(path).convert("RGB")
    drawn = runpy.run_path(str(MODELS / "icons" / "draw.py"))["draw"](size)
    again = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert icon.size == again.size == (size, size)
    assert max(ImageStat.Stat(ImageChops.difference(icon, again)).mean) < 1
    assert max(ImageStat.Stat(icon).stddev) > 20, "a picture, not a plain square"
