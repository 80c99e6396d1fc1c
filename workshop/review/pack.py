"""The clinician's pack: every sentence that can be spoken on one page that needs nothing else, screen or paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from skill.advice import Advice
from skill.advice.model import Source
from skill.advice.store import CONTENT
from workshop.linting.yaml_files import read_content
from workshop.review.entries import parts_of
from workshop.review.lock import LOCK, ROLES, read_lock
from workshop.review.reading import Chapter, Item, chapters, sittings
from workshop.review.remarks import FORMAT, VERDICTS

HERE = Path(__file__).parent
_ANSWERS = ("not read", "agree: read against its sources", "would change", "unsafe as it stands")
_OPTIONS = "".join(
    f'<option value="{verdict}">{text}</option>' for verdict, text in zip(("", *VERDICTS), _ANSWERS, strict=True)
)
_INTRODUCTION = """
<p>Everything that Cramp Coach can say about night leg cramps, with the rule that decides when, the verdict that we hold
the references to support, and the references.
<strong>{unread} of {count} entries were read by no clinician yet.</strong></p>
<p>It is in the order of what could do most harm, in {sittings}. Each entry has an id, a remark and three answers:
<em>agree</em>, when you have read it against its sources; <em>would change</em>; <em>unsafe as it stands</em>.
Verdicts:
<em>supported</em> is said plainly, <em>plausible</em> with a doubt, <em>unproven</em> as unproven and not recommended,
<em>unsafe</em> is refused with something safer. The source <code>synthesis</code> is our own reading of the others.
Words in [brackets] are filled in by the conversation.</p>
<p>Send the saved file to the maintainers. There, <code>cramp-coach review --remarks FILE</code> lists what you would
change by file and line, accepts what you agreed to under your name, and withdraws what you called unsafe. On paper,
each entry has a line to write on. Nothing on this page is sent anywhere, and nothing is kept but what you save.</p>
"""


def pack(advice: Advice, content: Path = CONTENT, lock: Path = LOCK) -> str:
    """The page, as HTML. The same content gives the same page."""
    parts = [part for part in parts_of(read_content(content)) if not part.is_phrase]
    every = chapters(advice, parts, read_lock(lock)[0])
    return "\n".join(_page(advice, every)) + "\n"


def _page(advice: Advice, every: list[Chapter]) -> Iterator[str]:
    items = [item for chapter in every for item in chapter.items]
    unread = sum(item.accepted is None or item.accepted.role == ROLES[0] for item in items)
    hours = sittings(every)
    many = f"{len(hours)} sittings of an hour or less" if len(hours) > 1 else "one sitting"
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'none'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield "<title>Cramp Coach: for the clinician</title>"
    yield f"<style>{_file('pack.css')}</style></head><body>"
    yield "<header><h1>Cramp Coach: for the clinician</h1>"
    yield _INTRODUCTION.format(unread=unread, count=len(items), sittings=many)
    yield "</header>"
    yield from _form()
    yield '<nav aria-label="Chapters">'
    for number, hour in enumerate(hours, 1):
        yield f"<h2>Sitting {number}, about {sum(own.minutes for own in hour)} minutes</h2><ul>"
        yield from (f'<li><a href="#{own.id}">{own.title}</a>: {len(own.items)} entries</li>' for own in hour)
        yield "</ul>"
    yield "</nav><main>"
    for chapter in every:
        yield from _chapter(chapter)
    yield from _sources(advice)
    yield f"</main><script>{_file('pack.js')}</script></body></html>"


def _form() -> Iterator[str]:
    """Shown by the script, which alone can save a file."""
    roles = "".join(f"<option>{role}</option>" for role in ROLES[1:])
    yield f'<form class="bar" name="reviewer" data-format="{FORMAT}" hidden aria-label="Your remarks">'
    yield '<label>Your name <input name="by" required autocomplete="name"></label>'
    yield f'<label>Role <select name="role">{roles}</select></label>'
    yield '<button type="submit">Save remarks as a file</button>'
    yield '<label>Go on with a saved file <input type="file" name="file" accept=".json"></label>'
    yield "<output></output></form>"
    yield "<noscript><p>Without scripts, remarks cannot be saved: print the page and write on it.</p></noscript>"


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f'<section aria-labelledby="{chapter.id}"><h2 id="{chapter.id}">{chapter.title}</h2>'
    yield f"<p>{chapter.about} About {chapter.minutes} minutes.</p>"
    mark: str | None = None
    for item in chapter.items:
        if chapter.id in ("urgency", "signs") and item.mark != mark:
            mark = item.mark
            yield f"<h3>{(mark or 'the tiers themselves').replace('_', ' ').capitalize()}</h3>"
        yield from _item(item, "h4" if mark is not None else "h3")
    yield "</section>"


def _item(item: Item, heading: str) -> Iterator[str]:
    mark = f' <span class="mark">{escape(item.mark.replace("_", " "))}</span>' if item.mark else ""
    name = f"{escape(item.name)} " if item.name else ""
    yield f'<article><{heading} id="{item.id}">{name}<code>{item.id}</code>{mark}</{heading}>'
    for said in item.said:
        label = f'<span class="label">{escape(said.label)}:</span> ' if said.label else ""
        yield f"<p>{label}{escape(said.text)}</p>"
    if item.rules:
        rules = "; ".join(f"{escape(key)}: {escape(value)}" for key, value in item.rules)
        yield f'<p class="rule">Rule: {rules}</p>'
    read = f"accepted by {item.accepted}" if item.accepted else "accepted by nobody"
    cited = ", ".join(f'<a href="#source-{name}">{name}</a>' for name in item.sources) or "no source of its own"
    yield f'<p class="cited">Sources: {cited} · {escape(read)}</p>'
    yield f'<details data-id="{item.id}" data-hash="{item.hash}"><summary>Remark on {item.id}</summary>'
    yield f"<label>Verdict <select>{_OPTIONS}</select></label>"
    yield "<label>What it should say, and why <textarea></textarea></label></details></article>"


def _sources(advice: Advice) -> Iterator[str]:
    yield '<section aria-labelledby="sources"><h2 id="sources">Sources</h2><ul>'
    for name in advice.facts("sources"):
        source = advice.source(name)
        if source:
            yield f'<li id="source-{name}"><code>{name}</code>: {_cited(source)}</li>'
    yield "</ul></section>"


def _cited(source: Source) -> str:
    year = f", {source.year}" if source.year else ""
    find = escape(source.find)
    found = f'<a href="{find}">{find}</a>' if source.find.startswith("https://") and " " not in source.find else find
    return f"{escape(source.publisher)}: {escape(source.title)}{year}. {found}"


def _file(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
