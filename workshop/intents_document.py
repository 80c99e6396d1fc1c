"""docs/intents.md: the table of intents as a page, from the table itself and the sentence files."""

from __future__ import annotations

from skill.advice import Advice
from skill.handlers.intents import CONTENT_TYPES, INTENTS, Intent
from workshop.models.sentences import read_sentences

_HEAD = """# Intents

Written by `make document` from `skill/handlers/intents.py` and `interaction_models/sentences/en/`; do not edit. A sign
of danger in what was said is answered before any of these, whatever the intent.
"""
_BUILT_IN = "Amazon's own"


def intents_document(advice: Advice) -> str:
    """The page; the same for every locale, since names are."""
    about = {intent.name: intent.about for intent in read_sentences().intents}
    rows = [
        f"| `{name}` | {about.get(name, _BUILT_IN)} | {_slots(row)} | {_begins(row)} |" for name, row in INTENTS.items()
    ]
    head = "| intent | what a person means | slots (type, content) | before anything else |\n|---|---|---|---|"
    return "\n".join((_HEAD, head, *rows)) + "\n"


def _slots(row: Intent) -> str:
    return ", ".join(
        f"`{slot}` ({kind}{f', facts/{CONTENT_TYPES[kind]}.yaml' if kind in CONTENT_TYPES else ''})"
        for slot, kind in row.slots.items()
    )


def _begins(row: Intent) -> str:
    """What the intent does where nothing has been said in the session."""
    return "starts the stretch" if row.in_session else "is answered"
