"""The clinician's pack: complete, self-contained, without barriers, and its remarks come back."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from skill.advice import open_advice
from skill.advice.store import CONTENT
from workshop import cli
from workshop.review import LOCK, read_entries, read_lock, review_faults
from workshop.review.pack import pack
from workshop.review.reading import SITTING, chapters, sittings
from workshop.review.remarks import FORMAT, NotRemarks, answered, read_remarks

WORDS = CONTENT / "en"
NOT_SPOKEN = ("findings", "style")
KEPT_APART = ("heard_as", "rows")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def html() -> str:
    return pack(open_advice("en-US"))


@pytest.fixture(scope="module")
def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
def page(browser: Browser, html: str, tmp_path: Path) -> Iterator[Page]:
    (tmp_path / "review.html").write_text(html, encoding="utf-8")
    own = browser.new_page()
    own.goto((tmp_path / "review.html").as_uri())
    yield own
    own.close()


def spoken() -> Iterator[tuple[str, str]]:
    phrases = {
        name
        for name, fact in yaml.safe_load((CONTENT / "facts" / "prompts.yaml").read_text(encoding="utf-8")).items()
        if isinstance(fact, dict) and fact.get("phrase")
    }
    for path in sorted(WORDS.glob("*.yaml")):
        if path.stem not in NOT_SPOKEN:
            for name, words in yaml.safe_load(path.read_text(encoding="utf-8")).items():
                if not (path.stem == "prompts" and name in phrases):
                    yield from ((f"{path.stem}.{name}", sentence) for sentence in leaves(words))


def leaves(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, list):
        yield from (own for each in words for own in leaves(each))
    elif isinstance(words, dict):
        yield from (own for key, each in words.items() if key not in KEPT_APART for own in leaves(each))


def test_every_sentence_that_can_be_spoken_stands_in_it(text: str) -> None:
    every = list(spoken())
    assert len(every) > 1000, "so that the test can fail"
    missing = []
    for id_, sentence in every:
        pieces = [piece for piece in re.split(r"\{\w+\}", sentence) if piece.strip()]
        if not all(" ".join(piece.split()) in text for piece in pieces):
            missing.append((id_, sentence))
    assert not missing


def test_every_entry_that_is_accepted_can_be_remarked_upon(html: str) -> None:
    hashes = dict(re.findall(r'data-id="([^"]+)" data-hash="([^"]+)"', html))
    expected = {
        name: own.hash for name, own in read_entries().items() if not name.startswith(("findings.", "sources."))
    }
    assert hashes == expected


def test_it_needs_nothing_but_itself(html: str) -> None:
    assert not re.findall(r"<(?:img|link|script|iframe)[^>]+(?:src|href)=", html)
    assert not re.findall(r"url\(|@import", html)
    targets = set(re.findall(r'id="([^"]+)"', html))
    assert not [target for target in re.findall(r'href="#([^"]+)"', html) if target not in targets]


def test_sittings_are_an_hour_at_most() -> None:
    from workshop.linting.yaml_files import read_content
    from workshop.review.entries import parts_of

    parts = [part for part in parts_of(read_content(CONTENT)) if not part.is_phrase]
    every = chapters(open_advice("en-US"), parts, read_lock()[0])
    hours = sittings(every)
    assert [chapter for hour in hours for chapter in hour] == every
    assert all(sum(own.minutes for own in hour) <= SITTING for hour in hours)


def test_it_has_no_barrier(page: Page, axe: str) -> None:
    # Entries are all made alike: a few of each chapter, one of them open, say as much as all, in seconds.
    page.evaluate("document.querySelectorAll('section > article:nth-of-type(n + 4)').forEach((own) => own.remove())")
    assert page.locator("article").count() > 20
    page.locator("details summary").first.click()
    page.evaluate(axe)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(f"axe.run(document, {{ runOnly: {RULES} }})")
        assert [f"{own['id']}: {own['nodes'][0]['html'][:160]}" for own in found["violations"]] == []
        assert len(found["passes"]) > 15, "axe looked at something"


def test_it_is_read_without_scripts(browser: Browser, html: str, tmp_path: Path) -> None:
    (tmp_path / "review.html").write_text(html, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "review.html").as_uri())
    assert page.get_by_role("heading", name="remedies.heat", exact=False).first.is_visible()
    assert not page.get_by_role("button", name="Save remarks").is_visible()
    assert "print the page" in page.content()
    context.close()


def test_it_prints(page: Page) -> None:
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF") and printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") > 10


def remark_on(page: Page, id_: str, verdict: str, words: str = "") -> None:
    own = page.locator(f'details[data-id="{id_}"]')
    own.locator("summary").click()
    own.get_by_label("Verdict").select_option(verdict)
    own.get_by_label("What it should say").fill(words)


def test_what_is_saved_comes_back_as_a_review(page: Page, tmp_path: Path) -> None:
    remark_on(page, "remedies.heat", "agree")
    remark_on(page, "remedies.ice", "change", "Say ten minutes.\nNot longer.")
    remark_on(page, "symptoms.breathless", "unsafe", "Too late.")
    page.get_by_label("Your name").fill("Ana Ruiz")
    page.get_by_label("Role").select_option("pharmacist")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Save remarks").click()
    file, lock = tmp_path / "remarks.json", tmp_path / "lock.yaml"
    downloading.value.save_as(file)
    shutil.copy(LOCK, lock)
    told = answered(file, lock=lock).splitlines()
    assert "symptoms.breathless: unsafe: Too late." in told[0]
    assert re.fullmatch(
        r"skill/content/facts/remedies\.yaml:\d+: remedies\.ice: change: Say ten minutes\. Not longer\.", told[1]
    )
    assert told[-1].startswith("1 accepted by Ana Ruiz (pharmacist), 1 withdrawn as unsafe, 0 ")
    accepted = read_lock(lock)[0]
    assert (accepted["remedies.heat"].by, accepted["remedies.heat"].role) == ("Ana Ruiz", "pharmacist")
    assert [fault.key for fault in review_faults(lock=lock)] == ["breathless"]
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_text("3 remarks read.").wait_for()


def written(folder: Path, **changes: object) -> Path:
    file = {"format": FORMAT, "by": "Ana Ruiz", "role": "nurse", "date": "2026-11-25", "remarks": []} | changes
    path = folder / "remarks.json"
    path.write_text(json.dumps(file), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"format": "something"}, "cramp-coach-remarks/1"),
        ({"by": " "}, "`by`"),
        ({"role": "developer"}, "pharmacist"),
        ({"date": "yesterday"}, "yesterday"),
        ({"remarks": {}}, "a list of remarks"),
        ({"remarks": [{"id": "remedies.heat", "verdict": "maybe"}]}, "remark 1"),
        ({"remarks": ["heat"]}, "remark 1"),
    ],
)
def test_another_file_is_refused_by_name(tmp_path: Path, changes: dict[str, object], names: str) -> None:
    path = written(tmp_path, **changes)
    with pytest.raises(NotRemarks, match=re.escape(names)) as refused:
        read_remarks(path)
    assert "expected" in str(refused.value) and "found" in str(refused.value) and "Hint" in str(refused.value)


def test_no_file_or_no_json_is_refused_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", "--remarks", str(tmp_path / "none.json")]) == 2
    (tmp_path / "none.json").write_text("by: Ana", encoding="utf-8")
    assert cli.main(["review", "--remarks", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.count("cramp-coach: review: ") == 2


def test_agreeing_with_a_text_of_another_day_accepts_nothing(tmp_path: Path) -> None:
    old = {"id": "remedies.heat", "hash": "0" * 16, "verdict": "agree", "text": ""}
    gone = {"id": "remedies.snake_oil", "hash": "0" * 16, "verdict": "unsafe", "text": "Poison."}
    path, lock = written(tmp_path, remarks=[old, gone]), tmp_path / "lock.yaml"
    shutil.copy(LOCK, lock)
    told = answered(path, lock=lock)
    assert "remedies.heat: the text is another today" in told
    assert "remedies.snake_oil: unsafe, on an entry that is gone: Poison." in told
    assert lock.read_text(encoding="utf-8") == LOCK.read_text(encoding="utf-8")
