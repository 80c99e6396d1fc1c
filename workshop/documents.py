"""Documents that are generated from the content: what writes each, and the command that does."""

from __future__ import annotations

from workshop.advice_document import document
from workshop.check.stale_documents import Documents

DOCUMENTS: Documents = {"docs/advice.md": (document, "make document")}
"""By path from the project's root."""
