"""Documents that are generated from the content: what writes each, and the command that does."""

from __future__ import annotations

from workshop.advice_document import document
from workshop.check.stale_documents import Documents
from workshop.intents_document import intents_document

DOCUMENTS: Documents = {
    "docs/advice.md": (document, "make document"),
    "docs/intents.md": (intents_document, "make document"),
}
"""By path from the project's root."""
