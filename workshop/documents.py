"""Documents generated from the content, with their generator and command."""

from __future__ import annotations

from workshop.advice_document import document
from workshop.check.stale_documents import Documents
from workshop.intents_document import intents_document
from workshop.readme_document import readme_document

DOCUMENTS: Documents = {
    "docs/advice.md": (document, "make document"),
    "docs/intents.md": (intents_document, "make document"),
    "README.md": (readme_document, "make document"),
}
"""By path from the project's root."""
