"""Review of the content: what matters for safety, who accepted it, and what has changed since.

`entries` reads what there is to accept, `lock` keeps what was accepted, `differences` compares the two.
"""

from __future__ import annotations

from workshop.review.differences import Change, Difference, differences, review_faults
from workshop.review.entries import Entry, read_entries
from workshop.review.lock import LOCK, ROLES, Accepted, accept, read_lock

__all__ = [
    "LOCK",
    "ROLES",
    "Accepted",
    "Change",
    "Difference",
    "Entry",
    "accept",
    "differences",
    "read_entries",
    "read_lock",
    "review_faults",
]
